import type { OfficeConfig } from "#core/config.ts";
import { nominalHours } from "#core/policy/explain.ts";
import { type ClockRule, type NumericLimit, numericLimit } from "#core/policy/limit.ts";
import { clocksOf } from "#core/policy/pack.ts";
import type { Rule, RuleSet } from "#core/policy/resolve.ts";
import { AWAITS_TRIAGE, type ClockFacts, type ClockKey, type PlannedClock } from "#core/policy/types.ts";
import { type Applies, applies, askedOf, keysFor, raisedInto } from "./applies.ts";
import { dueAfter } from "./due.ts";
import { overOnlyByRange } from "./range.ts";
import { type Start, startOf } from "./start.ts";
import { internalTargets } from "./targets.ts";
import { isTentative } from "./working-days.ts";

/**
 * Every limit of a case that follows from its facts: those that documents set, the superior's own, and internal targets.
 * Whether a limit was met, and that a met one stops, is the case's business. Pure: the same facts give the same limits, so a
 * level that changes never moves the start of a limit that stays.
 *
 * One key has at most one limit that counts, the strictest among the documents that bind; what only advises is added as kind
 * "advisory" where it is stricter than what binds.
 */
export function planClocks(facts: ClockFacts, rules: RuleSet, config: OfficeConfig): PlannedClock[] {
  const clocks = [
    ...limitsByDocuments(facts, rules, config),
    ...requested(facts, config),
    ...internalTargets(facts, rules, config),
  ];
  return clocks.sort((a, b) => ORDER.indexOf(a.key) - ORDER.indexOf(b.key));
}

const ORDER: readonly ClockKey[] = [
  "release.authoritative",
  "press.conference",
  "response.first",
  "requested",
  "reply.suggestion",
  "reply.complaint",
  "repost.soft",
  "repost.hard",
  "report.up",
  "triage",
  "sign",
  "release.continuous",
];

/** The superior's own limit; its document is not among the packs. */
function requested(facts: ClockFacts, config: OfficeConfig): PlannedClock[] {
  if (facts.requestedDueAt === undefined) return [];
  const start = startOf(["receivedAt"], facts, config.params);
  const clock: PlannedClock = {
    key: "requested",
    start: start?.at ?? null,
    startFrom: start?.from ?? null,
    dueAt: facts.requestedDueAt,
    kind: "hard",
    rule: "requested",
    cite: null,
    also: [],
    note: [],
  };
  return [{ ...clock, note: overNotes(clock, facts, undefined) }];
}

/** A limit that an obligation sets for these facts, before the strictest is chosen. */
export interface Candidate {
  key: ClockKey;
  rule: Rule;
  clock: ClockRule;
  limit: NumericLimit;
  holds: Exclude<Applies, "no">;
  start: Start | undefined;
  dueAt: number | null;
}

/** Every limit that a document sets for these facts, in order of authority: the strictest that binds becomes the clock. */
export function contenders(facts: ClockFacts, rules: RuleSet, config: OfficeConfig): Candidate[] {
  const keys = keysFor(facts, rules);
  return rules.rules
    .filter((rule) => keys.has(rule.key))
    .flatMap((rule) => clocksOf(rule).flatMap((clock) => candidate(rule, clock, facts, config) ?? []));
}

function limitsByDocuments(facts: ClockFacts, rules: RuleSet, config: OfficeConfig): PlannedClock[] {
  const candidates = contenders(facts, rules, config);
  return [...new Set(candidates.map((c) => c.key))].flatMap((key) => {
    const rivals = candidates.filter((c) => c.key === key);
    const counting = rivals.filter((c) => binds(c));
    const best = strictest(counting);
    const advice = strictest(rivals.filter((c) => !binds(c) && (!best || stricter(c, best))));
    return [
      ...(best ? [planned(best, counting, facts, config)] : []),
      ...(advice ? [planned(advice, [advice], facts, config)] : []),
    ];
  });
}

function candidate(rule: Rule, clock: ClockRule, facts: ClockFacts, config: OfficeConfig): Candidate | undefined {
  const holds = applies(rule, facts);
  const limit = clock.kind === "extendable" && facts.extended ? clock.extendTo : numericLimit(clock);
  if (holds === "no" || limit === undefined) return undefined;
  const start = startOf(clock.start, facts, config.params);
  const dueAt = start ? dueAfter(start.at, limit, config) : null;
  return { key: keyOf(rule, clock), rule, clock, limit, holds, start, dueAt };
}

/** Reposting has a target and a limit in one sentence; they are two clocks. */
function keyOf(rule: Rule, clock: ClockRule): ClockKey {
  if (rule.key !== "repost") return rule.key as ClockKey;
  return clock.kind === "soft" ? "repost.soft" : "repost.hard";
}

/** False for what only advises: its pack does not bind, a person must judge its condition, or it is a target beside a limit. */
export function binds(c: Candidate): boolean {
  return c.rule.advisory === null && c.holds !== "asked" && (c.clock.kind !== "soft" || c.key === "repost.soft");
}

/** The first of the strictest: rules stand in order of authority, so that the highest issuer is cited. */
function strictest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((best, c) => (best && !stricter(c, best) ? best : c), undefined);
}

/** Ends earlier; while no start is known, is shorter. */
export function stricter(a: Candidate, b: Candidate): boolean {
  return ends(a, b) < ends(b, a);
}

function ends(c: Candidate, other: Candidate): number {
  if (c.dueAt !== null && other.dueAt !== null) return c.dueAt;
  return nominalHours(c.limit);
}

function planned(c: Candidate, rivals: readonly Candidate[], facts: ClockFacts, config: OfficeConfig): PlannedClock {
  const { start, dueAt, rule } = c;
  const latestDueAt = start?.latest === undefined ? undefined : dueAfter(start.latest, c.limit, config);
  const { docNo, article, quote } = rule.cite;
  const clock: PlannedClock = {
    key: c.key,
    start: start?.at ?? null,
    startFrom: start?.from ?? null,
    dueAt,
    kind: "hard",
    rule: rule.id,
    cite: { docNo, article, quote },
    also: rivals.filter((r) => r !== c && ends(r, c) === ends(c, r)).map((r) => r.rule.id),
    note: [],
    ...(latestDueAt === undefined ? {} : { latestDueAt }),
    ...besideSurfaced(c, facts, config),
  };
  const raisedAt = c.holds === "yes" && rule.when.eventLevel !== undefined ? raisedInto(rule, facts) : undefined;
  const note = notesOf(c, clock, facts, raisedAt);
  const overSince = note.includes(OVER_WHEN_RAISED) ? raisedAt : undefined;
  return {
    ...clock,
    kind: kindOf(c, clock, facts),
    note,
    ...(overSince === undefined ? {} : { overSince }),
  };
}

function kindOf(c: Candidate, clock: PlannedClock, facts: ClockFacts): PlannedClock["kind"] {
  if (!binds(c)) return "advisory";
  if (c.holds === "provisionally") return "provisional";
  if (c.clock.kind === "soft") return "soft";
  if (c.clock.kind === "extendable" && !facts.extended) return "extendable";
  return overOnlyByRange(clock, facts.receivedAt) ? "provisional" : "hard";
}

/** No document starts the 48 h at 首发, practice often does: the office sees both. */
function besideSurfaced(c: Candidate, { surfacedAt }: ClockFacts, config: OfficeConfig): { surfacedDueAt?: number } {
  if (c.key !== "response.first" || !surfacedAt || !c.start || surfacedAt.at >= c.start.at) return {};
  return { surfacedDueAt: dueAfter(surfacedAt.at, c.limit, config) };
}

const OVER_WHEN_RAISED = "改级时已过";

/** @param raisedAt the raising of the level that brought the limit into being */
function notesOf(c: Candidate, clock: PlannedClock, facts: ClockFacts, raisedAt: number | undefined): string[] {
  const notes = [...(c.start?.note ?? [])];
  if (c.rule.advisory !== null) notes.push(`参考：${c.rule.advisory}`);
  else if (c.holds === "asked") notes.push(`参考：是否适用待判定（${askedOf(c.rule)}）`);
  else if (!binds(c)) notes.push("内部目标");
  if (c.holds === "provisionally") notes.push(AWAITS_TRIAGE);
  if (c.clock.limit.value === null) notes.push("推定");
  if (c.limit.unit === "workingDay" && c.start && clock.dueAt !== null && isTentative(c.start.at, clock.dueAt))
    notes.push("暂定");
  return [...new Set([...notes, ...(binds(c) ? overNotes(clock, facts, raisedAt) : [])])];
}

function overNotes(clock: PlannedClock, facts: ClockFacts, raisedAt: number | undefined): string[] {
  const { dueAt } = clock;
  if (dueAt === null) return [];
  const over = (at: number | undefined): boolean => at !== undefined && dueAt <= at && !overOnlyByRange(clock, at);
  return [...(over(facts.receivedAt) ? ["收报时已过"] : []), ...(over(raisedAt) ? [OVER_WHEN_RAISED] : [])];
}
