import type { Level } from "#core/intake/types.ts";
import { clocksOf } from "#core/policy/pack.ts";
import { isGraver, isMajor } from "#core/policy/rank.ts";
import type { Rule, RuleSet } from "#core/policy/resolve.ts";
import type { ClockFacts, ClockKey, EventLevel } from "#core/policy/types.ts";
import type { Instant } from "#core/time.ts";

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
 * The obligation keys that limit a case of this matter. A suggestion, complaint or repost runs by its own limit; one that has
 * become 舆情 (a level was given, or it is an emergency), or for which no document sets a limit of its own, runs by the limits
 * of 舆情 too: some clock always runs from receipt. Every repost is given a 舆情等级, which alone makes it no 舆情.
 */
export function keysFor(facts: ClockFacts, rules: RuleSet): ReadonlySet<string> {
  const { matter } = facts;
  if (matter === "opinion" || matter === "superior") return new Set(OF_OPINION);
  const own = OF_MATTER[matter];
  const bound = rules.rules.some(
    (r) => r.key === own && r.advisory === null && clocksOf(r).length > 0 && applies(r, facts) !== "no",
  );
  const talkedAbout = facts.opinionLevel !== undefined && matter !== "repost";
  const isOpinion = facts.emergency || talkedAbout || decidedLevel(facts) !== null;
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
  if (level === "no") return "no";
  if (byMatter) return cameThrough(rule, facts) ? level : "no";
  return Object.keys(when).every((field) => DECIDED_BY_FACTS.has(field)) ? level : "asked";
}

/** A limit of reply that a document sets for one channel, such as 12345热线, holds for what came through it. */
function cameThrough({ key, when }: Rule, { channels }: ClockFacts): boolean {
  if (!key.startsWith("reply.") || when.source === undefined || channels === undefined) return true;
  return [when.source].flat().some((source) => channels.some((c) => c.includes(source) || source.includes(c)));
}

/** What a person has to judge before the rule can count, in the rule's own words. */
export function askedOf({ when }: Pick<Rule, "when">): string {
  const asked = Object.entries(when).filter(([field]) => !DECIDED_BY_FACTS.has(field));
  return asked.flatMap(([, words]) => [words].flat()).join("、");
}

function holdsForLevel(rule: Rule, facts: ClockFacts): "yes" | "provisionally" | "no" {
  const levels = rule.when.eventLevel;
  if (!levels || levels.includes(decidedLevel(facts))) return "yes";
  const suspected = suspectedLevel(facts);
  return suspected !== null && levels.includes(suspected) ? "provisionally" : "no";
}

/** 待定 may turn out to be anything: it raises what was no I/II. */
function isRaise(from: EventLevel, to: EventLevel | undefined): boolean {
  return to === undefined || to === "pending" ? !isMajor(from) : isGraver(to, from);
}

/**
 * The raising of the level that brought this rule into play; undefined when it held (or ran provisionally) since the first
 * decision, or came with a lowering. Of several raisings it is the one since which the rule has held without a break.
 */
export function raisedInto(rule: Rule, facts: ClockFacts): Instant | undefined {
  let after = facts.eventLevel;
  for (const { at, from } of (facts.levelChanges ?? []).toReversed()) {
    if (holdsForLevel(rule, { ...facts, eventLevel: from }) === "no") return isRaise(from, after) ? at : undefined;
    after = from;
  }
  return undefined;
}
