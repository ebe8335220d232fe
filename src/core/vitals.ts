import type { Instant } from "./time.ts";

/** What a database tells about the bot that runs on it, for somebody who looks from outside. */
export interface Vitals {
  /** The pages of the file are in order. */
  intact: boolean;
  openCases: number;
  /** Time of the newest event. */
  newestEvent?: Instant;
  /** Last sign of life of the bot. */
  heartbeat?: Instant;
  /** When the next digest is due. */
  nextDigest?: Instant;
  lastAnchor?: Instant;
  /** Reminders due before `now` minus the grace and not fired. */
  lateReminders: number;
  /** Messages that wait for delivery for longer than the grace. */
  stuckMessages: number;
}
