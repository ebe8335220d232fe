import type { OfficeConfig } from "#core/config.ts";
import type { ClockRule } from "#core/policy/limit.ts";
import { authorityOf, type Rule, type RuleSet } from "#core/policy/resolve.ts";
import type { ClockFacts, ClockKey } from "#core/policy/types.ts";
import type { Instant } from "#core/time.ts";
import { askedOf } from "./applies.ts";
import { binds, type Candidate, contenders, stricter } from "./plan.ts";

/** How one document's limit stands on one case. */
export interface LimitStanding {
  key: ClockKey;
  rule: Rule;
  clock: ClockRule;
  dueAt: Instant | null;
  /**
   * counts: the clock of the case; same: says the same; tightened: a stricter one of the same or a lower level counts in its
   * place; loosening: a higher document is stricter (放宽无效); advisory: does not bind.
   */
  standing: "counts" | "same" | "tightened" | "loosening" | "advisory";
  /** Id of the obligation that counts, if there is one and it is another. */
  by: string | null;
  /** Why it only advises. */
  why: string | null;
}

/** Every document's limit for these facts and what became of it: which one counts, and why the others do not. */
export function explainLimits(facts: ClockFacts, rules: RuleSet, config: OfficeConfig): LimitStanding[] {
  const level = new Map(rules.packs.map((pack) => [pack.id, authorityOf(pack)]));
  const all = contenders(facts, rules, config);
  return all.map((c): LimitStanding => {
    const counting = all.filter((r) => r.key === c.key && binds(r));
    const best = counting.find((r) => counting.every((other) => !stricter(other, r)));
    const { key, rule, clock, dueAt } = c;
    const stands = { key, rule, clock, dueAt, by: best && best !== c ? best.rule.id : null, why: null };
    if (!binds(c)) return { ...stands, standing: "advisory", why: reasonOf(c) };
    if (best === undefined || best === c) return { ...stands, standing: "counts" };
    if (!stricter(best, c)) return { ...stands, standing: "same" };
    const isHigher = (level.get(best.rule.pack) ?? 0) < (level.get(rule.pack) ?? 0);
    return { ...stands, standing: isHigher ? "loosening" : "tightened" };
  });
}

function reasonOf({ rule, holds }: Candidate): string {
  if (rule.advisory !== null) return rule.advisory;
  return holds === "asked" ? `是否适用待判定(${askedOf(rule)})` : "内部目标";
}
