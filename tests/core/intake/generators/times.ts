import type fc from "fast-check";
import type { Instant } from "#core/time.ts";
import * as exact from "./exact-times.ts";
import type { Expression } from "./expression.ts";
import * as relative from "./relative-times.ts";
import * as spoken from "./spoken-times.ts";
import * as spans from "./time-spans.ts";

/** A way to say a time, given when the message is received. */
export type Family = (receivedAt: Instant) => fc.Arbitrary<Expression>;

/** Composed from what is meant; nothing here is taken from the parser. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  "full date and clock": exact.fullDateAndClock,
  "date without year and clock": exact.shortDateAndClock,
  "time to the second": exact.toTheSecond,
  "day of the month and clock": exact.dayOfMonthAndClock,
  "whole day": exact.wholeDay,
  "29 February, 31st, New Year": exact.rareDay,
  weekday: exact.weekday,
  "weekday and date that agree": exact.weekdayWithDate,
  "weekday and date that disagree": exact.weekdayAgainstDate,
  "part of the day and clock": spoken.partOfDayAndClock,
  "昨晚, 今早 and clock": spoken.fusedDayAndClock,
  "part and clock without a day": spoken.partAndClockOnly,
  "今晚 after midnight": spoken.tonightAfterMidnight,
  "clock without morning or evening": spoken.bareClock,
  "so long ago": relative.timeAgo,
  "part of the day": relative.partOfDay,
  "昨晚, 今早": relative.fusedPartOfDay,
  昨夜今晨: relative.overnight,
  dictated: spoken.dictated,
  "traditional and full width": spoken.traditional,
  "range of days": spans.days,
  "days one after another": spans.listedDays,
  "range of hours": spans.hours,
  "range of hours as spoken": spans.spokenHours,
};
