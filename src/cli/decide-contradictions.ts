import { isGraver } from "#core/policy/rank.ts";
import type { Instant } from "#core/time.ts";
import type { DecideFacts, TimeFact } from "./decide-facts.ts";
import { codeOf, instant, knownTime } from "./decide-readings.ts";

/** What is wrong with a fact, and the fact's name. */
export interface FactProblem {
  field: string;
  reason: string;
}

/** Facts that cannot all be true: a person corrects them, nothing is guessed. A range counts by its start. */
export function contradictions(facts: DecideFacts, home: string): FactProblem[] {
  return [...ofTimes(facts), ...ofLevels(facts), ...ofWho(facts, home)];
}

const TIMES = ["occurredAt", "surfacedAt", "detectedAt"] as const;
const ORDER = [
  ...TIMES.map((field) => [field, "receivedAt"] as const),
  ["receivedAt", "assignedAt"],
  ["receivedAt", "raisedAt"],
  ["occurredAt", "respondedAt"],
  ["respondedAt", "lastReleaseAt"],
] as const;

function ofTimes(facts: DecideFacts): FactProblem[] {
  const reversed = TIMES.filter((field) => {
    const time = facts[field];
    const to = typeof time === "object" && time !== null ? instant(time.to) : undefined;
    const at = startOf(time);
    return at !== undefined && to !== undefined && to < at;
  });
  const disordered = ORDER.filter(([first, then]) => {
    const [a, b] = [startOf(facts[first]), startOf(facts[then])];
    return a !== undefined && b !== undefined && a > b;
  });
  return [
    ...reversed.map((field) => ({ field, reason: `${field} 的 to 早于 value,请核对` })),
    ...disordered.map(([first, then]) => ({ field: first, reason: `${first} 晚于 ${then},请核对这两个时间` })),
  ];
}

const startOf = (time: TimeFact | null | undefined): Instant | undefined => knownTime(time)?.at;

function ofLevels(facts: DecideFacts): FactProblem[] {
  const { eventLevel, opinionLevel, level, suggestedLevel, eventLevelHint, raisedAt, raisedFrom, triaged } = facts;
  const problem = (wrong: boolean, field: string, reason: string): FactProblem[] => (wrong ? [{ field, reason }] : []);
  const decided = eventLevel !== null && eventLevel !== undefined;
  return [
    ...problem(differ(opinionLevel, level), "level", "level 与 opinionLevel 都是舆情等级,却不一致,请只写一个"),
    ...problem(differ(suggestedLevel, eventLevelHint), "suggestedLevel", "suggestedLevel 与 eventLevelHint 不一致"),
    ...problem(triaged === false && decided, "triaged", "triaged 为 false(未研判),未定的等级请写 suggestedLevel"),
    ...problem(
      facts.emergency === false && decided && eventLevel !== "none" && eventLevel !== "pending",
      "emergency",
      `emergency 为 false,却有突发事件等级 eventLevel=${eventLevel}`,
    ),
    ...problem(typeof raisedFrom === "string" && !raisedAt, "raisedFrom", "写了 raisedFrom 还须写 raisedAt(改级时间)"),
    ...problem(typeof raisedAt === "string" && !decided, "raisedAt", "写了 raisedAt 还须写 eventLevel(改级后的等级)"),
    ...problem(
      typeof raisedAt === "string" && decided && !isGraver(eventLevel, raisedFrom ?? "IV"),
      "raisedFrom",
      `raisedFrom=${raisedFrom ?? "IV"} 不低于 eventLevel=${eventLevel},不是提级`,
    ),
    ...problem(
      facts.matter !== undefined && isMatter(facts.kind) && facts.kind !== facts.matter,
      "kind",
      "kind 与 matter 不一致,请只写 matter",
    ),
  ];
}

const differ = (a: string | null | undefined, b: string | null | undefined): boolean =>
  typeof a === "string" && typeof b === "string" && a !== b;

const isMatter = (kind: DecideFacts["kind"]): boolean =>
  kind !== undefined && !["report", "update", "query", "refuse", "not-report"].includes(kind);

function ofWho(facts: DecideFacts, home: string): FactProblem[] {
  const own = facts.home === undefined ? home : codeOf(facts.home);
  const units = (facts.units ?? []).filter((unit) => typeof unit !== "string");
  const torn = units.filter((unit) => units.some((other) => other.name === unit.name && disagree(unit, other)));
  return [
    ...(facts.misroute && facts.places?.map(codeOf).includes(own)
      ? [{ field: "misroute", reason: `misroute 为 true(误指),places 却有本级 ${own}` }]
      : []),
    ...[...new Set(torn.map((unit) => unit.name))].map((name) => ({
      field: "units",
      reason: `units 里 ${name} 写了两次,管理方式或上级不一致`,
    })),
  ];
}

type UnitFact = Exclude<NonNullable<DecideFacts["units"]>[number], string>;

const disagree = (a: UnitFact, b: UnitFact): boolean =>
  (a.management ?? "local") !== (b.management ?? "local") || a.superior !== b.superior;
