import { type Case, type CaseClock, midNo, shortNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { namedUnits } from "#core/case/responders.ts";
import { overOnlyByRange } from "#core/clocks/range.ts";
import { addDays, dayOf, formatMoment, formatSpan, type Instant, timeOf } from "#core/time.ts";
import { type Card, cut, type Line } from "./card.ts";
import { CLOCK_NAMES } from "./names.ts";

/** What a digest reports; collected from the database at the moment it is posted. */
export interface DigestData {
  counts: { opened: number; open: number; responded: number; closed: number; overdue: number };
  /** Open cases with a limit that is over, longest first. */
  overdue: Case[];
  /** Open cases whose tightest limit ends today or tomorrow, or is over only if a vague time was early. */
  soon: Case[];
  /** Open cases that wait for a second person. */
  asked: Case[];
  anchor: { hash: string; events: number };
  /** The time at which the digest was due, when it comes late. */
  lateSince?: Instant;
}

/** At most so many cases of a kind are listed; the rest is counted. */
const LISTED = 10;
/** Longest title in a row, characters. */
const TITLE = 20;

/** The daily digest: figures, what is over, what ends soon, who is on duty, and the day's anchor. */
export function digestCard(data: DigestData, office: Office, now: Instant): Card {
  const { counts } = data;
  const duty = office.roster.dutyAt(now);
  const lines: Line[] = [
    ...(data.lateSince === undefined
      ? []
      : [
          {
            kind: "text" as const,
            text: `补发：应于 ${formatMoment(data.lateSince, now)} 发出，迟到 ${formatSpan(now - data.lateSince)}。`,
          },
        ]),
    {
      kind: "text",
      text: `新增 ${counts.opened} · 在办 ${counts.open} · 今日回应 ${counts.responded} · 逾期 ${counts.overdue} · 办结 ${counts.closed}`,
      emphasis: "strong",
    },
    ...section("逾期", data.overdue, (k) => `${CLOCK_NAMES[k.key]} ${overdueText(k, now)}`, office, now),
    ...section(
      "今明到期",
      data.soon,
      (k) => `${CLOCK_NAMES[k.key]} ${overOnlyByRange(k, now) ? "时间待确认" : formatMoment(k.dueAt ?? now, now)}`,
      office,
      now,
    ),
    ...section("待第二人确认", data.asked, () => "请确认", office, now),
    { kind: "text", text: `值班 ${duty.officer} 带班 ${duty.leader}(${dutySpan(duty)})` },
    {
      kind: "text",
      text: `校验 ${data.anchor.hash.slice(0, 8)}…${data.anchor.hash.slice(-8)}(当日 ${data.anchor.events} 条记录)`,
      emphasis: "quiet",
    },
  ];
  return {
    title: `【舆情日报】${formatMoment(now)} · ${office.roster.coordinator.aliases[0] ?? office.roster.coordinator.name}`,
    tone: data.overdue.length > 0 ? "red" : data.soon.length > 0 ? "yellow" : "blue",
    lines,
    buttons: [{ action: "到期", label: "到期清单", values: {} }],
  };
}

/** A limit that is over only by a range is to be confirmed first. */
const overdueText = (k: CaseClock, now: Instant): string =>
  overOnlyByRange(k, now) ? "时间待确认" : `逾期 ${formatSpan(now - (k.dueAt ?? now))}`;

/** "17:30–次日08:30" */
function dutySpan({ from, to }: { from: Instant; to: Instant }): string {
  const days =
    dayOf(to) === dayOf(from) ? "" : dayOf(to) === addDays(dayOf(from), 1) ? "次日" : formatMoment(to).slice(0, -5);
  return `${timeOf(from)}–${days}${timeOf(to)}`;
}

/** "001" of the day of the digest; of other days with the day: every day has its 001. */
const noOn = (c: Case, now: Instant): string =>
  midNo(c.id).startsWith(dayOf(now).replaceAll("-", "")) ? shortNo(c.id) : midNo(c.id);

function section(
  title: string,
  cases: readonly Case[],
  what: (k: CaseClock) => string,
  office: Office,
  now: Instant,
): Line[] {
  if (cases.length === 0) return title === "待第二人确认" ? [] : [{ kind: "text", text: `${title}：无` }];
  const rows = cases.slice(0, LISTED).map((c): Line => {
    const clock = tightest(c);
    const units = namedUnits(c, office)
      .map((u) => office.roster.unit(u)?.aliases[0] ?? u)
      .slice(0, 2)
      .join("、");
    return {
      kind: "text",
      text: [noOn(c, now), cut(c.title, TITLE), clock ? what(clock) : "", units].filter((s) => s !== "").join(" "),
    };
  });
  const more: Line[] =
    cases.length > LISTED
      ? [{ kind: "text", text: `另有 ${cases.length - LISTED} 件，见到期清单`, emphasis: "quiet" }]
      : [];
  return [{ kind: "text", text: title, emphasis: "quiet" }, ...rows, ...more];
}

/** Limits that run, internal targets and what only advises aside. */
export const runningLimits = (c: Case): CaseClock[] =>
  c.clocks.filter((k) => k.stoppedAt === undefined && k.kind !== "soft" && k.kind !== "advisory" && k.dueAt !== null);

/** The running limit that ends first. */
export const tightest = (c: Case): CaseClock | undefined =>
  runningLimits(c).sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
