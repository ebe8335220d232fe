import { type Case, midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { namedUnits } from "#core/case/responders.ts";
import { STATES } from "#core/case/states.ts";
import { formatMoment, formatRemaining, type Instant } from "#core/time.ts";
import type { Button, Card, Line } from "./card.ts";
import { tightest } from "./digest-card.ts";
import { CLOCK_NAMES } from "./names.ts";
import { toneOf } from "./tone.ts";

/** Cases of a list on one card: what a phone shows at a glance, each with its button. */
export const PAGE = 5;

/** A page of a longer list. */
export interface ListPage {
  cases: readonly Case[];
  /** Of the whole list. */
  total: number;
  /** From 1. */
  page: number;
}

/** The page that a press or a line names; a list has no page 0. */
export const pageOf = (written: string | undefined): number => Math.max(1, Math.trunc(Number(written ?? 1)) || 1);

/** One page of cases that are all at hand. */
export function paged(all: readonly Case[], written: string | undefined): ListPage {
  const page = Math.min(pageOf(written), Math.max(1, Math.ceil(all.length / PAGE)));
  return { cases: all.slice((page - 1) * PAGE, page * PAGE), total: all.length, page };
}

/**
 * A list of cases: number and title, the limit that ends first, state and units. A press opens one.
 * @param next runs the list again for its next page
 */
export function listCard(
  title: string,
  { cases, total, page }: ListPage,
  next: Pick<Button, "action" | "values">,
  office: Office,
  now: Instant,
): Card {
  const pages = Math.ceil(total / PAGE);
  const more: Button = { ...next, label: "下一页", values: { ...next.values, 页: String(page + 1) } };
  return {
    title: `${title} ${total} 件${pages > 1 ? `(${page}/${pages})` : ""}`,
    tone: cases[0] ? toneOf(cases[0], now) : "blue",
    lines:
      cases.length > 0
        ? cases.flatMap((c) => caseRow(c, office, now))
        : [{ kind: "text", text: "没有符合条件的案件。" }],
    buttons: [
      ...cases.map(
        (c): Button => ({
          action: "状态",
          label: midNo(c.id),
          values: { 编号: c.id, 版本: String(c.version) },
        }),
      ),
      ...(page < pages ? [more] : []),
    ],
  };
}

/** "还剩 22小时47分 首次回应 11月23日(周一)15:00 · 待签收 · 县住建局": what is urgent stands first. */
export function caseRow(c: Case, office: Office, now: Instant): Line[] {
  const clock = tightest(c);
  const units = namedUnits(c, office)
    .map((u) => office.roster.unit(u)?.aliases[0] ?? u)
    .slice(0, 2)
    .join("、");
  const limit = clock?.dueAt
    ? `${formatRemaining(clock.dueAt, now, clock)} ${CLOCK_NAMES[clock.key]} ${formatMoment(clock.dueAt, now)}`
    : "";
  return [
    { kind: "text", text: `${midNo(c.id)} ${c.title}`, emphasis: "strong" },
    {
      kind: "text",
      text: [limit, STATES[c.state].zh, units].filter((s) => s !== "").join(" · "),
      emphasis: "quiet",
    },
  ];
}
