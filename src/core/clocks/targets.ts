import type { OfficeConfig } from "#core/config.ts";
import type { Casualties } from "#core/intake/types.ts";
import { numericLimit } from "#core/policy/limit.ts";
import { clocksOf } from "#core/policy/pack.ts";
import { isMajor, rank } from "#core/policy/rank.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import type { ClockFacts, ClockKey, PlannedClock } from "#core/policy/types.ts";
import { HOUR, type Instant, MINUTE } from "#core/time.ts";
import { applies } from "./applies.ts";
import { dueAfter } from "./due.ts";
import { type Start, startOf } from "./start.ts";
import { addWorkingTime, isTentative } from "./working-days.ts";

/**
 * The office's internal targets ⚙: 研判, 签收, 紧急报送, 持续发布. Kind "soft": they remind and escalate, and never count as
 * 逾期. They are never shown under the number of a document that does not set them.
 */
export function internalTargets(facts: ClockFacts, rules: RuleSet, config: OfficeConfig): PlannedClock[] {
  return [triage(facts, config), sign(facts, config), reportUp(facts, rules, config), continuous(facts, config)].filter(
    (clock) => clock !== undefined,
  );
}

function triage(facts: ClockFacts, { params }: OfficeConfig): PlannedClock | undefined {
  const start = startOf(["receivedAt"], facts, params);
  const pace = isMajor(facts.suggestedLevel) ? "urgent" : "normal";
  return start && target("triage", `triage.${pace}`, start, start.at + params.triage[pace] * MINUTE);
}

/** 15 min for rank I/II and 30 min for III by the clock on the wall, 60 min of working time for IV. */
function sign(facts: ClockFacts, config: OfficeConfig): PlannedClock | undefined {
  const { params, workingHours } = config;
  const start = startOf(["assignedAt"], facts, params);
  if (!start) return undefined;
  const level = rank(facts.eventLevel, facts.opinionLevel);
  const window = params.sign[level] * MINUTE;
  const dueAt = level === "IV" ? addWorkingTime(start.at, window, workingHours) : start.at + window;
  const clock = target("sign", `sign.${level}`, start, dueAt);
  return level === "IV" && isTentative(start.at, dueAt) ? { ...clock, note: [...clock.note, "暂定"] } : clock;
}

/** The next release is due this long after the last one; rank IV has no interval. */
function continuous(facts: ClockFacts, { params }: OfficeConfig): PlannedClock | undefined {
  const level = rank(facts.eventLevel, facts.opinionLevel);
  if (facts.respondedAt === undefined || level === "IV") return undefined;
  const at = Math.max(facts.respondedAt, facts.lastReleaseAt ?? facts.respondedAt);
  const start: Start = { at, from: "respondedAt", note: [] };
  return target("release.continuous", `continuous.${level}`, start, at + params.continuous[level] * HOUR);
}

/**
 * 紧急报送: 1 h for rank I/II, casualties, or a superior's demand. The stricter of the office's own rule and its ⚙ value
 * stands; 立即 of a statute has no number and is named beside it.
 */
function reportUp(facts: ClockFacts, rules: RuleSet, config: OfficeConfig): PlannedClock | undefined {
  if (!mustReportUp(facts)) return undefined;
  const start = startOf(["detectedAt"], facts, config.params);
  const from = start?.at ?? 0;
  const binding = rules.rules.filter((r) => r.key === "report.up" && r.advisory === null && applies(r, facts) !== "no");
  const byRule = binding.flatMap((rule) =>
    clocksOf(rule).flatMap((clock) => {
      const limit = numericLimit(clock);
      return limit ? [{ rule, clock, dueAt: dueAfter(from, limit, config) }] : [];
    }),
  );
  const best = byRule.reduce<(typeof byRule)[number] | undefined>(
    (a, b) => (a && a.dueAt <= b.dueAt ? a : b),
    undefined,
  );
  const ownDueAt = from + config.params.reportUp * MINUTE;
  const same = best && best.dueAt <= ownDueAt ? byRule.filter((r) => r !== best && r.dueAt === best.dueAt) : [];
  const immediate = binding.filter((r) => clocksOf(r).some((clock) => clock.limit.unit === "immediate"));
  const also = [...immediate, ...same.map((r) => r.rule)].map((r) => r.id);
  if (!best || best.dueAt > ownDueAt)
    return { ...target("report.up", "reportUp", start, start ? ownDueAt : null), also };
  const { docNo, article, quote } = best.rule.cite;
  const note = [...(start?.note ?? []), ...(best.clock.limit.value === null ? ["推定"] : [])];
  return {
    key: "report.up",
    start: start?.at ?? null,
    startFrom: start?.from ?? null,
    dueAt: start ? best.dueAt : null,
    kind: "soft",
    rule: best.rule.id,
    cite: { docNo, article, quote },
    also,
    note: [...new Set(note)],
  };
}

function mustReportUp(facts: ClockFacts): boolean {
  const suggested = facts.triaged ? null : facts.suggestedLevel;
  const urgent = isMajor(rank(facts.eventLevel, facts.opinionLevel)) || isMajor(suggested);
  return urgent || isHarmed(facts.casualties) || facts.superiorRequired || facts.matter === "superior";
}

/** Somebody was harmed, even if nobody knows how many. "没听说有伤亡" is neither. */
export function isHarmed(casualties: Casualties | null): boolean {
  if (!casualties) return false;
  const { status, dead, injured, severe, missing } = casualties;
  return status === "unknown" || [dead, injured, severe, missing].some((n) => (n ?? 0) > 0);
}

function target(key: ClockKey, param: string, start: Start | undefined, dueAt: Instant | null): PlannedClock {
  return {
    key,
    start: start?.at ?? null,
    startFrom: start?.from ?? null,
    dueAt,
    kind: "soft",
    rule: `param:${param}`,
    cite: null,
    also: [],
    note: [...(start?.note ?? []), "内部目标"],
  };
}
