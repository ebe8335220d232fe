import type { Office } from "#core/case/office.ts";
import { stageTable } from "#core/escalation/table.ts";
import { resolveRules } from "#core/policy/resolve.ts";
import { loadSetup, type Setup, type SetupOverrides } from "#src/setup.ts";

let example: Setup | undefined;

/** The example county, read once; with overrides, read anew. */
export function exampleSetup(overrides?: SetupOverrides): Setup {
  if (overrides) return loadSetup(undefined, overrides);
  example ??= loadSetup();
  return example;
}

/** The office of the example county with the rules in force on a day of the tests. */
export function exampleOffice(setup: Setup = exampleSetup()): Office {
  const { config, roster, packs } = setup;
  const rules = resolveRules(packs, { use: config.packs, jurisdiction: roster.home, on: "2026-11-20" });
  return {
    config,
    roster,
    stages: stageTable(config.stages),
    rulesDigest: "rules-of-the-test",
    rulesOf: () => rules,
    keepsRules: () => true,
  };
}
