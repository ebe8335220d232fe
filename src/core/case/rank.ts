import type { Level } from "#core/intake/types.ts";
import { rank } from "#core/policy/rank.ts";
import type { EventLevel } from "#core/policy/types.ts";
import type { Case } from "./case.ts";

const GRAVEST_FIRST: readonly EventLevel[] = ["I", "II", "III", "IV", "none", "pending"];

/** The graver of the two levels of a case, unset = IV (ruling 1). */
export const rankOf = (c: Case): Level => rank(c.triage?.eventLevel, c.triage?.opinionLevel);

export const isGraver = (a: EventLevel, b: EventLevel): boolean => GRAVEST_FIRST.indexOf(a) < GRAVEST_FIRST.indexOf(b);

/**
 * True for rank I/II, and while provisional 5 h/24 h limits run: those remind and escalate like hard ones (ruling 2), so
 * neither the night rule nor the flood limit holds them back.
 */
export function isUrgent(c: Case): boolean {
  const rank = rankOf(c);
  return rank === "I" || rank === "II" || isSuggestedMajor(c);
}

/** The facts suggest a level I/II emergency and nobody has decided yet. */
export const isSuggestedMajor = (c: Case): boolean =>
  c.clocks.some((k) => k.key === "release.authoritative" && k.kind === "provisional" && k.stoppedAt === undefined);
