import type { Category } from "#core/intake/types.ts";
import { clocksOf } from "./pack.ts";
import { holds, isEmergency, isGrave } from "./requirement-conditions.ts";
import { asksFor } from "./requirement-words.ts";
import type { AdvisoryReason, Rule, RuleSet } from "./resolve.ts";
import type { Citation, ClockFacts, ResponsibilityFacts } from "./types.ts";

/**
 * What the documents ask for on one case, besides limits and responsibility.
 *
 *   requirementsOf(set: RuleSet, facts: RequirementFacts): Requirement[]
 *   requirementFacts(c: Case): RequirementFacts      in #core/case/requirement-facts.ts
 */

/** Everything that requirements depend on. What nobody has said is undefined: a person is asked, nothing is assumed. */
export interface RequirementFacts
  extends Pick<
    ClockFacts,
    | "matter"
    | "eventLevel"
    | "opinionLevel"
    | "triaged"
    | "suggestedLevel"
    | "emergency"
    | "superiorRequired"
    | "sensitive"
  > {
  categories: readonly Category[];
  policyOwner: ResponsibilityFacts["policyOwner"];
  /** Somebody was harmed, even if nobody knows how many. */
  harmed: boolean;
  /** The report speaks of false or incomplete information. */
  rumour: boolean;
  /** How many places and units are concerned. */
  places: number;
  units: number;
  /** Are other organisations named, with whom the words have to be agreed? */
  otherOrgs: boolean | undefined;
  /** Does the matter belong to somebody else? undefined: a unit gave it back, and nobody has decided. */
  notOwnDuty: boolean | undefined;
  /** Forms of the responses so far. */
  forms: readonly string[];
  /** A limit of law or document was missed. */
  overdue: boolean;
  /** False once a second person agreed that no response is due. */
  respond: boolean;
  /** Content is handled offline because of a secrecy marking. */
  withheld: boolean;
  closed: boolean;
}

export type RequirementKind = "gate" | "require" | "notify" | "record" | "checklist" | "evidence" | "propose";

/** One thing that an obligation asks for on this case. */
export interface Requirement {
  /** Obligation id. */
  rule: string;
  pack: string;
  kind: RequirementKind;
  /** One Chinese sentence without a full stop, half-width punctuation. */
  text: string;
  /** What only a person can judge before it holds, "需人工判断:…"; null when the facts decide. */
  judge: string | null;
  cite: Citation;
  /** null: binds. */
  advisory: AdvisoryReason | null;
}

/**
 * Which obligations of the frozen rules ask for something on this case now, in order of authority. A requirement whose
 * condition cannot hold is not listed; one that depends on what only a person can judge is listed with the question.
 */
export function requirementsOf(set: RuleSet, facts: RequirementFacts): Requirement[] {
  const opinion = isOpinion(set, facts);
  return set.rules.flatMap((rule) => {
    if (!concerns(rule, facts, opinion)) return [];
    const found = holds(rule.when, facts);
    if (found === "no") return [];
    const judge = found === "yes" ? null : `需人工判断:${found.ask}`;
    const { docNo, article, quote } = rule.cite;
    return asksFor(rule).map(
      ({ kind, text }): Requirement => ({
        ...{ rule: rule.id, pack: rule.pack, kind, text, judge },
        cite: { docNo, article, quote },
        advisory: rule.advisory,
      }),
    );
  });
}

/** Duties of the office as such, not of one case. */
const OF_THE_OFFICE = new Set(["collect", "contact.24h", "site.check", "docs", "workflow", "channel", "assess.exempt"]);
/** What holds whatever the matter is; the rest is asked of 舆情 alone. */
const OF_ANY_MATTER = new Set([
  ...["secrecy.review", "worksecret", "consistency.confirm", "review", "privacy.destroy", "report.truth"],
  ...["transfer.misroute", "handle"],
]);
const OF_MATTER: Readonly<Record<string, readonly RequirementFacts["matter"][]>> = {
  "reply.suggestion": ["suggestion"],
  "reply.complaint": ["complaint"],
  "reply.explain": ["suggestion", "complaint"],
  reasons: ["suggestion"],
  repost: ["repost"],
};
/** Asked for only where something is or will be published. */
const OF_PUBLICATION = new Set([
  ...["secrecy.review", "consistency.confirm", "review", "draft.checklist", "press.attendance", "leader.voice"],
  ...["release.authoritative", "press.conference", "response.first", "release.continuous", "media.plan", "disposition"],
  ...["responsible", "reply.suggestion", "reply.complaint"],
]);
/** Asked for once something has been published. */
const AFTER_RESPONSE = new Set(["release.continuous", "evaluate.tags"]);

/** Is this the matter and the time for what the obligation governs? After closing only personal data is left to do. */
function concerns({ key }: Rule, facts: RequirementFacts, opinion: boolean): boolean {
  if (OF_THE_OFFICE.has(key)) return false;
  if (facts.closed !== (key === "privacy.destroy")) return false;
  if (!facts.respond && OF_PUBLICATION.has(key)) return false;
  if (AFTER_RESPONSE.has(key) && facts.forms.length === 0) return false;
  // The documents ask for a standing link with 宣传 and 网信; the office tells them of grave cases.
  if (key === "notify.linkage" && !isGrave(facts)) return false;
  const matters = OF_MATTER[key];
  if (matters) return matters.includes(facts.matter);
  return OF_ANY_MATTER.has(key) || opinion;
}

/** 舆情: by its matter; a suggestion or complaint that became one, or for which no document sets a limit of reply. */
function isOpinion(set: RuleSet, facts: RequirementFacts): boolean {
  const { matter, opinionLevel, emergency } = facts;
  if (matter !== "suggestion" && matter !== "complaint") return matter !== "repost";
  const bound = set.rules.some((r) => r.key === `reply.${matter}` && r.advisory === null && clocksOf(r).length > 0);
  return !bound || opinionLevel !== undefined || emergency || isEmergency(facts);
}
