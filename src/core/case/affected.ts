import type { Reader } from "#core/store.ts";
import type { Case } from "./case.ts";
import type { Office } from "./office.ts";
import { type CaseRulesDiff, changesCase, rulesDiff } from "./rules-diff.ts";

/** One open case with what the rules in force now would change on it. */
export interface Affected {
  c: Case;
  diff: CaseRulesDiff;
}

/** Cases looked at in one step. */
const STEP = 200;

/** Open cases that the rules in force now would change, the limit that ends first on top. */
export async function affectedCases(store: Pick<Reader, "cases">, office: Office): Promise<Affected[]> {
  const found: Affected[] = [];
  for (let offset = 0; ; offset += STEP) {
    const cases = await store.cases({ open: true, byDue: true, limit: STEP, offset });
    for (const c of cases) {
      if (c.rules === office.rulesDigest) continue;
      const diff = rulesDiff(c, office);
      if (changesCase(diff)) found.push({ c, diff });
    }
    if (cases.length < STEP) return found;
  }
}
