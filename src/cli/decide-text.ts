import { CLOCK_NAMES, START_NAMES } from "#core/message/names.ts";
import { limitText } from "#core/policy/limit.ts";
import { clocksOf } from "#core/policy/pack.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import type { ClockKind, Leader, PlannedClock } from "#core/policy/types.ts";
import { formatMoment, formatRemaining, formatSpan, type Instant, MINUTE } from "#core/time.ts";
import type { Decision } from "./decide.ts";

/**
 * A decision for people to read: who, by when, on what basis, what is still to be asked.
 * @param now counts what is left of each limit from here; without it only the limits are named
 */
export function decisionText(
  decision: Decision,
  clocks: readonly PlannedClock[],
  rules: RuleSet,
  now: Instant | undefined,
): string[] {
  const { firstResponsible, coordinator, localResponders, leadUnit, notify, basis, human } = decision;
  return [
    row("第一责任主体", firstResponsible) ?? "第一责任主体:待定",
    row("牵头部门", leadUnit ? [leadUnit] : []),
    row("组织协调", coordinator),
    row("属地回应", localResponders),
    row("领导责任", [decision.leader ?? []].flat().map(leaderText)),
    row("告知", notify),
    ...clockTexts(clocks, rules, now),
    ...latenessText(decision),
    ...(decision.by === "analogy" ? ["依据:按类推,没有可引用的文件"] : []),
    ...(basis.length > 0 ? ["依据:", ...basis.map((id) => `  ${citation(id, rules)}`)] : []),
    ...(human.length > 0 ? ["请人确认:", ...human.map((question) => `  ${question}`)] : []),
  ].filter((line) => line !== undefined);
}

function row(name: string, values: readonly string[]): string | undefined {
  return values.length > 0 ? `${name}:${values.join("、")}` : undefined;
}

function leaderText({ of, post, role }: Leader): string {
  return `${of}${post}${role ? `(${role})` : ""}`;
}

/** What binds, what the office only aims at, and what only advises stand apart, the first to end on top. */
const GROUPS = [
  ["时限", ["hard", "extendable", "provisional"]],
  ["内部目标(只提醒,不计逾期)", ["soft"]],
  ["参考(不具约束力)", ["advisory"]],
] as const satisfies readonly (readonly [string, readonly ClockKind[]])[];

function clockTexts(clocks: readonly PlannedClock[], rules: RuleSet, now: Instant | undefined): string[] {
  return GROUPS.flatMap(([title, kinds]) => {
    const group = clocks.filter((clock) => (kinds as readonly ClockKind[]).includes(clock.kind));
    const inOrder = group.toSorted((a, b) => end(a) - end(b));
    return group.length > 0 ? [`${title}:`, ...inOrder.flatMap((clock) => clockText(clock, rules, now))] : [];
  });
}

const end = ({ dueAt }: PlannedClock): number => dueAt ?? Number.POSITIVE_INFINITY;

function clockText(clock: PlannedClock, rules: RuleSet, now: Instant | undefined): string[] {
  const { dueAt, start, startFrom, cite } = clock;
  const labels = labelsOf(clock).join("、");
  const limit =
    dueAt === null
      ? `${lengthOf(clock, rules)}起算时间不明`
      : `${formatMoment(dueAt, now)} 前${left(clock, dueAt, now)}`;
  const detail = [
    ...(start !== null && startFrom !== null ? [`起算 ${formatMoment(start, now)}(${START_NAMES[startFrom]})`] : []),
    ...(cite ? [`依据 ${cite.docNo} ${cite.article}`] : []),
  ];
  return [
    `  ${CLOCK_NAMES[clock.key]}:${limit}${labels ? `(${labels})` : ""}`,
    ...(detail.length > 0 ? [`    ${detail.join(",")}`] : []),
  ];
}

/** What is answered already needs no countdown. */
function left({ kind, latestDueAt }: PlannedClock, dueAt: Instant, now: Instant | undefined): string {
  const soft = kind === "soft" || kind === "advisory";
  return now === undefined ? "" : `,${formatRemaining(dueAt, now, { latestDueAt, soft })}`;
}

/** Every label of a clock, with the count from 首发 beside it. */
export function notesOf({ note, surfacedDueAt }: PlannedClock): string[] {
  return [...note, ...(surfacedDueAt === undefined ? [] : [`自首发计为${formatMoment(surfacedDueAt)}`])];
}

/** The labels that the heading of the group does not say already. */
function labelsOf(clock: PlannedClock): string[] {
  return [
    ...(clock.kind === "extendable" ? ["可延长一次"] : []),
    ...notesOf(clock)
      .filter((label) => label !== "内部目标")
      .map((label) => label.replace(/^参考：/u, "")),
  ];
}

/** "48小时,": the length is known also when the start is not. */
function lengthOf(clock: PlannedClock, rules: RuleSet): string {
  const rule = rules.rules.find((r) => r.id === clock.rule);
  const lengths = rule ? clocksOf(rule).map(limitText) : [];
  return lengths.length === 1 ? `${lengths[0]},` : "";
}

function latenessText({ lateness }: Decision): string[] {
  const parts = [
    ["发现滞后(首发至发现)", lateness.detection],
    ["报送迟延(发现至收报)", lateness.reporting],
    ["回应超过时限", lateness.response],
  ] as const;
  const known = parts.flatMap(([name, minutes]) =>
    minutes === null ? [] : [`${name} ${formatSpan(minutes * MINUTE)}`],
  );
  return known.length > 0 ? [`用时:${known.join(",")}`] : [];
}

function citation(id: string, rules: RuleSet): string {
  const cite = rules.rules.find((rule) => rule.id === id)?.cite;
  return cite ? `${cite.docNo} ${cite.article}“${cite.quote}”(${id})` : id;
}
