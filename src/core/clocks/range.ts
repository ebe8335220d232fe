import { AWAITS_TRIAGE, type ClockKind, type PlannedClock } from "#core/policy/types.ts";
import type { Instant } from "#core/time.ts";

/** Over at `now` when counted from the start of the range, and not when counted from its end: to be confirmed first. */
export function overOnlyByRange(clock: PlannedClock, now: Instant | undefined): boolean {
  const { dueAt, latestDueAt } = clock;
  return now !== undefined && dueAt !== null && latestDueAt !== undefined && dueAt <= now && latestDueAt > now;
}

/**
 * What a limit counts as at an instant. One that starts from a range is provisional from the moment it is over only by the
 * range until the limit from the range's end has passed too; then it is hard, whenever the range is confirmed.
 */
export function kindAt(clock: PlannedClock, now: Instant): ClockKind {
  const { kind, latestDueAt, note } = clock;
  const byRange = latestDueAt !== undefined && !note.includes(AWAITS_TRIAGE);
  if (!byRange || (kind !== "hard" && kind !== "provisional")) return kind;
  return overOnlyByRange(clock, now) ? "provisional" : "hard";
}
