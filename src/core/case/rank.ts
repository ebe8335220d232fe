import type { Level } from "#core/intake/types.ts";
import { rank } from "#core/policy/rank.ts";
import { AWAITS_TRIAGE, type EventLevel } from "#core/policy/types.ts";
import type { Case } from "./case.ts";

/** The graver of the two levels of a case, unset = IV (ruling 1). */
export const rankOf = (c: Case): Level => rank(c.triage?.eventLevel, c.triage?.opinionLevel);

/** What 研判 finds filled in: an emergency of unknown level is 待定, never 无, which would end its limits unseen. */
export function suggestedEventLevel({ report }: Pick<Case, "report">): EventLevel {
  const isEmergency =
    report.flags.includes("emergency") || (report.category ?? report.categoryHint).includes("emergency-disaster");
  return report.eventLevelHint ?? (isEmergency ? "pending" : "none");
}

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
  c.clocks.some(
    (k) => k.key === "release.authoritative" && k.note.includes(AWAITS_TRIAGE) && k.stoppedAt === undefined,
  );
