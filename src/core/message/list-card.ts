import { type Case, midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { namedUnits } from "#core/case/responders.ts";
import { STATES } from "#core/case/states.ts";
import { formatMoment, formatRemaining, type Instant } from "#core/time.ts";
import type { Card, Line } from "./card.ts";
import { tightest } from "./digest-card.ts";
import { CLOCK_NAMES } from "./names.ts";
import { toneOf } from "./tone.ts";

/** Cases in a list, at most this many on a card. */
export const PAGE = 8;

/** A list of cases: number, title, state, and the limit that ends first. A press opens one. */
export function listCard(title: string, cases: readonly Case[], total: number, office: Office, now: Instant): Card {
  const shown = cases.slice(0, PAGE);
  const rest: Line[] =
    total > shown.length
      ? [
          {
            kind: "text",
            text: `共 ${total} 件，这里列前 ${shown.length} 件；可加 单位=、状态=、起=、止= 缩小范围。`,
            emphasis: "quiet",
          },
        ]
      : [];
  return {
    title: `${title}(${total})`,
    tone: shown[0] ? toneOf(shown[0], now) : "blue",
    lines:
      shown.length > 0
        ? [...shown.flatMap((c) => row(c, office, now)), ...rest]
        : [{ kind: "text", text: "没有符合条件的案件。" }],
    buttons: shown
      .slice(0, 5)
      .map((c) => ({ action: "状态", label: midNo(c.id), values: { 编号: c.id, 版本: String(c.version) } })),
  };
}

function row(c: Case, office: Office, now: Instant): Line[] {
  const clock = tightest(c);
  const units = namedUnits(c, office)
    .map((u) => office.roster.unit(u)?.aliases[0] ?? u)
    .slice(0, 2)
    .join("、");
  const limit = clock?.dueAt
    ? `${CLOCK_NAMES[clock.key]} ${formatMoment(clock.dueAt, now)} ${formatRemaining(clock.dueAt, now, clock)}`
    : STATES[c.state].zh;
  return [
    { kind: "text", text: `${midNo(c.id)} ${c.title}`, emphasis: "strong" },
    {
      kind: "text",
      text: [STATES[c.state].zh, units, limit].filter((s, i, all) => s !== "" && all.indexOf(s) === i).join(" · "),
      emphasis: "quiet",
    },
  ];
}
