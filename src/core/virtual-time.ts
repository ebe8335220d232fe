import { type Instant, SECOND } from "./time.ts";

/** What runs by itself, as far as a virtual clock drives it. */
export interface Driven {
  tick(): Promise<void>;
  /** The next instant at which a tick has something to do. */
  nextDue(): Promise<Instant | undefined>;
}

/** A clock that somebody moves. */
export interface MovableClock {
  now(): Instant;
  set(at: Instant): void;
}

/**
 * Moves a virtual clock to `target`, stopping at every instant at which something is due, so that a fast clock sees each
 * reminder at its own time.
 */
export async function advanceTo(engine: Driven, clock: MovableClock, target: Instant): Promise<void> {
  for (;;) {
    const next = await engine.nextDue();
    if (next === undefined || next > target) break;
    // What was due before and still is (a message that cannot be sent yet) must not hold the clock still.
    clock.set(Math.max(next, clock.now()));
    await engine.tick();
    const after = await engine.nextDue();
    if (after !== undefined && after <= clock.now()) {
      if (clock.now() + SECOND > target) break;
      clock.set(clock.now() + SECOND);
    }
  }
  clock.set(Math.max(target, clock.now()));
  await engine.tick();
}

export function movableClock(start: Instant): MovableClock {
  let at = start;
  return {
    now: () => at,
    set: (to) => {
      at = to;
    },
  };
}
