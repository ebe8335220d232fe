import { addDays, type Day, dayOf, type Instant, instantOf, localParts } from "#core/time.ts";
import type { DayRef } from "./mention.ts";

export interface DayReference {
  receivedAt: Instant;
  /** Reports speak of the past; announcements and limits of the future. */
  direction: "past" | "future";
  /** The time named before this one: 当天 and 次日 count from it. */
  after?: Instant;
}

/** 29 February comes again within eight years. */
const LEAP = 8;

/** The day meant; undefined for a day that does not exist, and for kinds that are no single day. */
export function resolveDay(ref: DayRef, { receivedAt, direction, after }: DayReference): Day | undefined {
  const today = dayOf(receivedAt);
  const past = direction === "past";
  const isOnSide = (day: Day | undefined): day is Day => day !== undefined && (past ? day <= today : day >= today);
  const step = past ? -1 : 1;
  const { year, month } = localParts(receivedAt);
  switch (ref.kind) {
    case "offset":
      return addDays(today, ref.days);
    case "from-last":
      // 要求当日反馈 counts from receipt; 当天 of a story without a time does not.
      if (after === undefined && past) return undefined;
      return addDays(dayOf(after ?? receivedAt), ref.days);
    case "weekday": {
      const inWeek = addDays(mondayOf(receivedAt), 7 * (ref.week ?? 0) + ref.weekday - 1);
      return ref.week !== null || isOnSide(inWeek) ? inWeek : addDays(inWeek, 7 * step);
    }
    case "month-day": {
      if (ref.months !== null) return dayInMonth(year, month + ref.months, ref.day);
      for (let n = 0; n <= 2; n++) {
        const day = dayInMonth(year, month + step * n, ref.day);
        if (isOnSide(day)) return day;
      }
      return undefined;
    }
    case "date": {
      if (ref.year !== null) return realDay(ref.year, ref.month, ref.day);
      if (ref.yearsBack !== null) return realDay(year - ref.yearsBack, ref.month, ref.day);
      for (let n = 0; n <= LEAP; n++) {
        const day = realDay(year + step * n, ref.month, ref.day);
        if (isOnSide(day)) return day;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

export function mondayOf(at: Instant): Day {
  return addDays(dayOf(at), 1 - localParts(at).weekday);
}

/** `month` may lie outside 1–12: it is counted on into other years. */
function dayInMonth(year: number, month: number, day: number): Day | undefined {
  return realDay(year + Math.floor((month - 1) / 12), ((((month - 1) % 12) + 12) % 12) + 1, day);
}

/** undefined for 2月30日 and its like. */
function realDay(year: number, month: number, day: number): Day | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const at = instantOf(year, month, day);
  const p = localParts(at);
  return p.year === year && p.month === month && p.day === day ? dayOf(at) : undefined;
}
