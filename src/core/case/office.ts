import type { OfficeConfig } from "#core/config.ts";
import type { StageTable } from "#core/escalation/stages.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import type { Roster } from "#core/roster/roster.ts";

/** The office that a case belongs to: everything that decisions depend on besides the case itself. */
export interface Office {
  config: OfficeConfig;
  roster: Roster;
  stages: StageTable;
  /** Digest of the rule set in force now; a case freezes it at 研判. */
  rulesDigest: string;
  /** The rule set with this digest; without one, the set in force now. */
  rulesOf(digest: string | undefined): RuleSet;
}
