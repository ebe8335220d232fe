import fc from "fast-check";
import { DAY, HOUR, type Instant, instantOf, localParts, MINUTE } from "#core/time.ts";

/** A day of the calendar as three numbers: the generators count with these, not with the texts of the parser. */
export interface Date3 {
  y: number;
  m: number;
  d: number;
}

export const dateOf = (at: Instant): Date3 => {
  const { year, month, day } = localParts(at);
  return { y: year, m: month, d: day };
};
export const midnight = ({ y, m, d }: Date3): Instant => instantOf(y, m, d);
export const plusDays = (date: Date3, days: number): Date3 => dateOf(midnight(date) + days * DAY);
export const moment = (date: Date3, hour: number, minute = 0, second = 0): Instant =>
  midnight(date) + hour * HOUR + minute * MINUTE + second * 1_000;
/** Monday 1 … Sunday 7. */
export const weekdayOf = (date: Date3): number => localParts(midnight(date)).weekday;

const FROM = instantOf(2024, 1, 1);
const TO = instantOf(2029, 1, 1);
const anyMinute = fc.integer({ min: 0, max: (TO - FROM) / MINUTE - 1 }).map((n) => FROM + n * MINUTE);
/** 00:00–06:00, when 昨晚, 今晚 and 凌晨 are easily taken for one another. */
const smallHours = fc
  .tuple(fc.integer({ min: 0, max: (TO - FROM) / DAY - 1 }), fc.integer({ min: 0, max: 359 }))
  .map(([day, minute]) => FROM + day * DAY + minute * MINUTE);
/** The first days of a year, of March and of other months, and the last ones. */
const borders = fc
  .tuple(
    fc.integer({ min: 2024, max: 2028 }),
    fc.constantFrom(1, 1, 3, 3, 5, 7, 10, 12),
    fc.integer({ min: -1, max: 2 }),
    fc.integer({ min: 0, max: 24 * 60 - 1 }),
  )
  .map(([year, month, day, minute]) => instantOf(year, month, day) + minute * MINUTE)
  .filter((at) => at >= FROM && at < TO);

/** When a message is received: any minute of 2024–2028, with more of the nights and borders than there are. */
export const receipt: fc.Arbitrary<Instant> = fc.oneof(
  { weight: 3, arbitrary: anyMinute },
  { weight: 1, arbitrary: smallHours },
  { weight: 1, arbitrary: borders },
);
