import type { ClockFacts, ClockKind, KnownTime, Lateness, PlannedClock } from "#core/policy/types.ts";
import { type Instant, MINUTE } from "#core/time.ts";
import { kindAt } from "./range.ts";

/**
 * Tells late detection (首发 → 发现), late reporting (发现 → 收报) and late response apart, in whole minutes, null where unknown,
 * so that no unit answers for another's delay. A time that was only inferred says nothing; of one that is known only as a range
 * the least delay counts that it leaves.
 *
 * Response: how long after the tightest limit the first response came, 0 when in time. A limit that was already over
 * when the level was raised counts from the raising, one that new rules brought from their adoption; one that the response
 * missed only by a range that is still to be confirmed counts for nobody.
 */
export function lateness(facts: ClockFacts, clocks: readonly PlannedClock[]): Lateness {
  return {
    detection: between(latest(facts.surfacedAt), earliest(facts.detectedAt)),
    reporting: between(latest(facts.detectedAt), facts.receivedAt),
    response: responseLateness(clocks, facts.respondedAt),
  };
}

/** Limits that a first response is measured by. */
const ANSWERED = new Set(["release.authoritative", "response.first", "reply.suggestion", "reply.complaint"]);
const BINDING = new Set<ClockKind>(["hard", "extendable"]);

function responseLateness(clocks: readonly PlannedClock[], respondedAt: Instant | undefined): number | null {
  if (respondedAt === undefined) return null;
  const limits = clocks
    .filter((c) => ANSWERED.has(c.key) && BINDING.has(kindAt(c, respondedAt)))
    .flatMap((c) => c.overSince ?? c.dueAt ?? []);
  return limits.length > 0 ? between(Math.min(...limits), respondedAt) : null;
}

const earliest = (time: KnownTime | undefined): Instant | undefined => (time?.inferred ? undefined : time?.at);

/** Unknown for a range whose end nobody stated. */
function latest(time: KnownTime | undefined): Instant | undefined {
  return time?.range ? earliest(time) && time.to : earliest(time);
}

function between(from: Instant | undefined, to: Instant | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  return Math.max(0, Math.floor((to - from) / MINUTE));
}
