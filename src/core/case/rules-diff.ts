import { explainLimits } from "#core/clocks/explain-limits.ts";
import { requirementsOf } from "#core/policy/requirements.ts";
import { diffRules, type ObligationChange } from "#core/policy/rules-diff.ts";
import type { ClockKey, ClockKind, Responsibility } from "#core/policy/types.ts";
import type { Instant } from "#core/time.ts";
import type { Case, CaseClock, MovedClock } from "./case.ts";
import type { Office } from "./office.ts";
import { requirementFacts } from "./requirement-facts.ts";
import { respondersFor, rulesOfCase } from "./responders.ts";
import { clockFacts, settleClocks } from "./settle.ts";

/** One limit of one case under one set of rules. */
export interface LimitUnder {
  dueAt: Instant | null;
  kind: ClockKind;
  /** Obligation id, or "param:<name>". */
  rule: string;
  /** "国办发〔2016〕61号 三"; empty for an internal target. */
  basis: string;
}

export interface ClockChange {
  key: ClockKey;
  before: LimitUnder | null;
  after: LimitUnder | null;
}

/** What the rules in force now would change on one case. */
export interface CaseRulesDiff {
  /** Digest of the case's own set; undefined before 研判. */
  from: string | undefined;
  to: string;
  clocks: ClockChange[];
  /** Limits that bind and would end at another time. */
  moved: MovedClock[];
  obligations: ObligationChange[];
  /** Set when the first responsible body or the coordination would be another. */
  responsibility?: { before: Responsibility; after: Responsibility };
}

/** Nothing is changed: the case is looked at as it would be under the rules in force now. */
export function rulesDiff(c: Case, office: Office): CaseRulesDiff {
  const to = office.rulesDigest;
  const fresh: Case = { ...c };
  if (c.rules !== undefined) fresh.rules = to;
  // A case without a set of its own is planned by the present one already: what stands on it is what was before.
  const before = c.rules === undefined ? c.clocks : settleClocks(c, office);
  const clocks = changesOf(live(before), live(settleClocks(fresh, office)));
  const responsible = { before: c.responsibility, after: respondersFor(fresh, office) };
  return {
    from: c.rules,
    to,
    clocks,
    moved: clocks.flatMap(movedClock),
    obligations: c.rules === undefined ? [] : obligationChanges(c, office, c.rules, to),
    ...(names(responsible.before) === names(responsible.after) ? {} : { responsibility: responsible }),
  };
}

/** Would anything that people act on be different? Another wording alone is no change of the case. */
export const changesCase = (diff: CaseRulesDiff): boolean =>
  diff.clocks.length > 0 || diff.obligations.length > 0 || diff.responsibility !== undefined;

/** Obligations that differ and that concern this case: by a limit, a requirement, or as basis of who is responsible. */
function obligationChanges(c: Case, office: Office, from: string, to: string): ObligationChange[] {
  const [before, after] = [rulesOfCase(c, office, from), rulesOfCase(c, office, to)];
  const facts = { limits: clockFacts(c), requirements: requirementFacts(c) };
  const concern = new Set(
    [before, after].flatMap((set) => [
      ...explainLimits(facts.limits, set, office.config).map((l) => l.rule.id),
      ...requirementsOf(set, facts.requirements).map((r) => r.rule),
      ...respondersFor({ ...c, rules: set === before ? from : to }, office).basis,
    ]),
  );
  return diffRules(before, after).filter(({ id }) => concern.has(id));
}

/** What was met or has ended stays as it is. */
const live = (clocks: readonly CaseClock[]): CaseClock[] => clocks.filter((k) => k.outcome !== "ended");

function changesOf(before: readonly CaseClock[], after: readonly CaseClock[]): ClockChange[] {
  const nameOf = (k: CaseClock): string => (k.kind === "advisory" ? `${k.key}?` : k.key);
  const olds = new Map(before.map((k) => [nameOf(k), k]));
  const news = new Map(after.map((k) => [nameOf(k), k]));
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((name): ClockChange[] => {
    const [old, now] = [olds.get(name), news.get(name)];
    const key = (old ?? now)?.key;
    const change = { before: old ? under(old) : null, after: now ? under(now) : null };
    return key === undefined || JSON.stringify(change.before) === JSON.stringify(change.after)
      ? []
      : [{ key, ...change }];
  });
}

const under = ({ dueAt, kind, rule, cite }: CaseClock): LimitUnder => ({
  dueAt,
  kind,
  rule,
  basis: cite ? `${cite.docNo} ${cite.article}` : "",
});

const BINDING: ReadonlySet<ClockKind> = new Set(["hard", "extendable", "provisional"]);
const boundAt = (limit: LimitUnder | null): Instant | null => (limit && BINDING.has(limit.kind) ? limit.dueAt : null);

function movedClock({ key, before, after }: ClockChange): MovedClock[] {
  const moved = { key, before: boundAt(before), after: boundAt(after) };
  return moved.before === moved.after ? [] : [moved];
}

const names = ({ firstResponsible, coordinator, localResponders }: Responsibility): string =>
  JSON.stringify([firstResponsible, coordinator, localResponders]);
