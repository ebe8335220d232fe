import type { Roster } from "../roster/roster.ts";
import type { Correction } from "./correction.ts";
import type { Draft } from "./draft.ts";
import type { ParseInput, Report } from "./types.ts";

/** What an addition or correction says, beside the report that it is laid over. */
export interface AmendContext extends Correction {
  before: Report;
  input: ParseInput;
  roster: Roster;
  draft: Draft;
  stated: Report;
  correcting: boolean;
}

export const union = <T>(a: readonly T[], b: readonly T[]): T[] => [...new Set([...a, ...b])];
