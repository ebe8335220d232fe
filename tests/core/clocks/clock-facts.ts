import { fromIso } from "#core/iso.ts";
import type { ClockFacts, EventLevel, KnownTime } from "#core/policy/types.ts";
import type { Instant } from "#core/time.ts";

/** "2026-11-20T09:00", in Asia/Shanghai. */
export function at(text: string): Instant {
  const instant = fromIso(text);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
}

export const sure = (text: string): KnownTime => ({ at: at(text), range: false, inferred: false });

export const RECEIVED = "2026-11-20T09:00";

/** A report received on Friday 20 November 2026, 09:00, detected at 08:50. */
export function facts(change: Partial<ClockFacts> = {}): ClockFacts {
  return {
    matter: "opinion",
    eventLevel: undefined,
    opinionLevel: undefined,
    triaged: false,
    suggestedLevel: null,
    emergency: false,
    casualties: null,
    socialSecurity: false,
    superiorRequired: false,
    sensitive: false,
    detectedAt: sure("2026-11-20T08:50"),
    receivedAt: at(RECEIVED),
    ...change,
  };
}

export const triaged = (eventLevel: EventLevel, more: Partial<ClockFacts> = {}): Partial<ClockFacts> => ({
  triaged: true,
  eventLevel,
  ...more,
});

export const stated = (dead: number, injured = 0) => ({ status: "stated" as const, dead, injured });
