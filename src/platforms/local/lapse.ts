import type { Instant } from "#core/time.ts";

/** The bot of the time-lapse room runs on a virtual clock; people speed it up here. */
export interface LapseControls {
  /** Milliseconds of virtual time in a millisecond: 0 paused, 60 a minute in a second. */
  speed(): number;
  setSpeed(speed: number): void;
  /** Moves the clock to just past the next reminder; resolves when it has been sent. */
  jump(): Promise<void>;
  /** Starts over. The owner of the platform calls `clear()` on it on the way. */
  reset(): Promise<void>;
  now(): Instant;
}
