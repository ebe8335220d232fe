import type { Office } from "#core/case/office.ts";
import { stageTable } from "#core/escalation/table.ts";
import { type RuleSet, resolveRules } from "#core/policy/resolve.ts";
import { type Day, dayOf, type Instant } from "#core/time.ts";
import type { Setup } from "./setup.ts";
import { ruleSetDigest } from "./store/chain.ts";

/**
 * The office with the rules in force now and those that cases froze.
 * @param kept rule sets as the database keeps them
 */
export function officeOf(
  { config, roster, packs }: Pick<Setup, "config" | "roster" | "packs">,
  kept: readonly { digest: string; body: string }[],
  now: () => Instant,
): Office {
  const frozen = new Map(kept.map(({ digest, body }) => [digest, JSON.parse(body) as RuleSet]));
  let day: Day | undefined;
  let current: { rules: RuleSet; digest: string } | undefined;
  // Packs have dates of validity, so the set in force is resolved anew every day.
  const inForce = (): { rules: RuleSet; digest: string } => {
    const today = dayOf(now());
    if (current && day === today) return current;
    const rules = resolveRules(packs, { use: config.packs, jurisdiction: roster.home, on: today });
    const digest = ruleSetDigest(rules);
    frozen.set(digest, rules);
    day = today;
    current = { rules, digest };
    return current;
  };
  return {
    config,
    roster,
    stages: stageTable(config.stages),
    get rulesDigest() {
      return inForce().digest;
    },
    rulesOf: (digest) => (digest === undefined ? inForce().rules : (frozen.get(digest) ?? inForce().rules)),
    keepsRules: (digest) => frozen.has(digest) || inForce().digest === digest,
  };
}
