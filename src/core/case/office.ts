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
  /**
   * The rule set with this digest; without one, the set in force now. A set that is lost is stood in for by the present one,
   * so that limits go on running; whoever may ask about it asks `keepsRules` first.
   */
  rulesOf(digest: string | undefined): RuleSet;
  /** Is the rule set with this digest there? One that is lost is a finding, never passed over in silence. */
  keepsRules(digest: string): boolean;
}
