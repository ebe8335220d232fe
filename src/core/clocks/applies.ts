import type { Level } from "#core/intake/types.ts";
import { clocksOf } from "#core/policy/pack.ts";
import { isMajor } from "#core/policy/rank.ts";
import type { Rule, RuleSet } from "#core/policy/resolve.ts";
import type { ClockFacts, ClockKey, EventLevel } from "#core/policy/types.ts";

/** How an obligation's condition stands to the facts. */
export type Applies =
  | "yes"
  /** Would hold if 研判 gave level I/II, which the facts suggest. */
  | "provisionally"
  /** Depends on something that only a person can judge. */
  | "asked"
  | "no";

const OF_OPINION: readonly ClockKey[] = ["release.authoritative", "press.conference", "response.first"];
const OF_MATTER = { suggestion: "reply.suggestion", complaint: "reply.complaint", repost: "repost" } as const;
const DECIDED_BY_FACTS = new Set(["default", "eventLevel", "opinionLevel"]);

/**
 * The obligation keys that limit a case of this matter. A suggestion, complaint or repost runs by its own limit; a suggestion
 * or complaint that has become 舆情 (a level was given, or it is an emergency), or for which no document sets a limit of
 * reply, runs by the limits of 舆情 too: some clock always runs from receipt.
 */
export function keysFor(facts: ClockFacts, rules: RuleSet): ReadonlySet<string> {
  const { matter } = facts;
  if (matter === "opinion" || matter === "superior") return new Set(OF_OPINION);
  const own = OF_MATTER[matter];
  if (matter === "repost") return new Set([own]);
  const bound = rules.rules.some((r) => r.key === own && r.advisory === null && clocksOf(r).length > 0);
  const isOpinion = facts.emergency || facts.opinionLevel !== undefined || decidedLevel(facts) !== null;
  return new Set(bound && !isOpinion ? [own] : [own, ...OF_OPINION]);
}

/** 突发事件等级 as 研判 gave it; null for 无, 待定 and before 研判. */
function decidedLevel(facts: ClockFacts): Level | null {
  const level = facts.triaged ? facts.eventLevel : undefined;
  return level === undefined || level === "none" || level === "pending" ? null : level;
}

/**
 * Not yet 研判 and the facts suggest level I/II, or nobody knows how many people an emergency harmed, or it is a 社会安全事件,
 * for which no statute sets levels: the 5 h and 24 h limits then run provisionally.
 */
function suspectedLevel(facts: ClockFacts): Level | null {
  const settled: EventLevel | undefined = facts.triaged ? (facts.eventLevel ?? "none") : undefined;
  if (settled !== undefined && settled !== "pending") return null;
  if (isMajor(facts.suggestedLevel)) return facts.suggestedLevel;
  const unsure = facts.casualties === null || facts.casualties.status !== "stated";
  return (facts.emergency && unsure) || facts.socialSecurity ? "II" : null;
}

/** Does the condition hold? Limits of reply and reposting hold by the choice of the matter. */
export function applies(rule: Rule, facts: ClockFacts): Applies {
  const { when } = rule;
  const byMatter = Object.values(OF_MATTER).some((key) => key === rule.key);
  if (when.opinionLevel && !when.opinionLevel.some((level) => level === facts.opinionLevel)) return "no";
  const level = holdsForLevel(rule, facts);
  if (level === "no" || byMatter) return level;
  return Object.keys(when).every((field) => DECIDED_BY_FACTS.has(field)) ? level : "asked";
}

/** What a person has to judge before the rule can count, in the rule's own words. */
export function askedOf({ when }: Rule): string {
  const asked = Object.entries(when).filter(([field]) => !DECIDED_BY_FACTS.has(field));
  return asked.flatMap(([, words]) => [words].flat()).join("、");
}

function holdsForLevel(rule: Rule, facts: ClockFacts): "yes" | "provisionally" | "no" {
  const levels = rule.when.eventLevel;
  if (!levels || levels.includes(decidedLevel(facts))) return "yes";
  const suspected = suspectedLevel(facts);
  return suspected !== null && levels.includes(suspected) ? "provisionally" : "no";
}

/** Would the rule have held at the level before it was raised? */
export function heldBeforeRaise(rule: Rule, facts: ClockFacts): boolean {
  return holdsForLevel(rule, { ...facts, eventLevel: facts.raisedFrom ?? "IV" }) === "yes";
}
