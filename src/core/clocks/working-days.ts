/**
 * Working days with 节假日 and 调休, and working time within the office's hours, in Asia/Shanghai.
 *
 * The table comes from the package chinese-days, read as data: its functions depend on the time zone of the machine. It holds
 * the State Council's holiday notices year by year; a year without a notice counts Monday to Friday, and whatever falls in it
 * is 暂定.
 */
import table from "chinese-days/dist/chinese-days.json" with { type: "json" };
import { addDays, atTime, type Day, dayOf, type Instant, localParts, startOfDay } from "#core/time.ts";

const daysOff = new Set(Object.keys(table.holidays));
const makeUpDays = new Set(Object.keys(table.workdays));
const publishedYears = new Set([...daysOff].map((day) => day.slice(0, 4)));

/** Is the holiday notice of this day's year known? */
export function isPublished(day: Day): boolean {
  return publishedYears.has(day.slice(0, 4));
}

/**
 * True when a span of working days touches a year whose holiday notice is not known: its end is 暂定.
 * @param to end of the span; 24:00 still belongs to its day
 */
export function isTentative(from: Instant, to: Instant): boolean {
  return !isPublished(dayOf(from)) || !isPublished(dayOf(to - 1));
}

export function isWorkingDay(day: Day): boolean {
  if (makeUpDays.has(day)) return true;
  return !daysOff.has(day) && localParts(startOfDay(day)).weekday <= 5;
}

/** The day that lies `count` working days after (before, when negative) a day, which itself is not counted. */
export function shiftWorkingDays(day: Day, count: number): Day {
  const step = Math.sign(count);
  let at = day;
  for (let left = Math.abs(count); left > 0; ) {
    at = addDays(at, step);
    if (isWorkingDay(at)) left--;
  }
  return at;
}

/** A stretch of working time. */
interface Stretch {
  from: Instant;
  to: Instant;
}

/**
 * The instant at which `ms` of working time have passed since `from`. At the end of a stretch of working time the limit is
 * that end, not the beginning of the next.
 * @param hours spans of a working day, "08:30-12:00", in order
 */
export function addWorkingTime(from: Instant, ms: number, hours: readonly string[]): Instant {
  let left = ms;
  for (let day = dayOf(from); ; day = addDays(day, 1)) {
    for (const stretch of workingHours(day, hours)) {
      const start = Math.max(stretch.from, from);
      if (start >= stretch.to) continue;
      if (start + left <= stretch.to) return start + left;
      left -= stretch.to - start;
    }
  }
}

/** Working time between two instants, in milliseconds; 0 when `to` is not after `from`. */
export function workingTimeBetween(from: Instant, to: Instant, hours: readonly string[]): number {
  let sum = 0;
  for (let day = dayOf(from); startOfDay(day) < to; day = addDays(day, 1))
    for (const stretch of workingHours(day, hours))
      sum += Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from));
  return sum;
}

function workingHours(day: Day, hours: readonly string[]): Stretch[] {
  if (!isWorkingDay(day)) return [];
  return hours.map((span) => ({ from: atTime(day, span.slice(0, 5)), to: atTime(day, span.slice(6)) }));
}
