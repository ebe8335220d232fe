import type { ClockFacts, Lateness, PlannedClock } from "#core/policy/types.ts";
import { type Instant, MINUTE } from "#core/time.ts";

/**
 * Tells late detection (首发 → 发现), late reporting (发现 → 收报) and late response apart, in whole minutes, null where unknown,
 * so that no unit answers for another's delay. A time of detection that was only inferred from the receipt says nothing.
 *
 * Response: how long after the tightest limit the first response came, 0 when in time. A limit that was already over
 * when the level was raised counts from the raising.
 */
export function lateness(facts: ClockFacts, clocks: readonly PlannedClock[]): Lateness {
  const { surfacedAt, receivedAt, respondedAt } = facts;
  const detected = facts.detectedAt?.inferred ? undefined : facts.detectedAt?.at;
  const limits = clocks.flatMap((c) =>
    (c.kind === "hard" || c.kind === "extendable") && ANSWERED.has(c.key) ? (limitOf(c, facts) ?? []) : [],
  );
  const tightest = limits.length > 0 ? Math.min(...limits) : undefined;
  return {
    detection: between(surfacedAt?.at, detected),
    reporting: between(detected, receivedAt),
    response: between(tightest, respondedAt),
  };
}

/** Limits that a first response is measured by. */
const ANSWERED = new Set(["release.authoritative", "response.first", "reply.suggestion", "reply.complaint"]);

function limitOf(clock: PlannedClock, facts: ClockFacts): Instant | null {
  return clock.note.includes("改级时已过") ? (facts.raisedAt ?? clock.dueAt) : clock.dueAt;
}

function between(from: Instant | undefined, to: Instant | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  return Math.max(0, Math.floor((to - from) / MINUTE));
}
