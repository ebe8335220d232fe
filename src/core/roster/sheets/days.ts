import { fromIso } from "#core/iso.ts";
import { addDays, type Day, type Instant, localParts, startOfDay } from "#core/time.ts";

// Days, weekdays and shifts as duty lists write them.

const WEEKDAYS = "一二三四五六日";
const LONGEST = 62;

/** The month that a duty list is for, where its title or the name of its sheet says so. */
export interface Month {
  year?: number;
  month?: number;
}

export function monthOf(title: string): Month {
  const text = title.normalize("NFKC");
  const year = /(20\d\d)\s*年/u.exec(text)?.[1];
  const month = /(?<!\d)(1[0-2]|0?[1-9])\s*月/u.exec(text)?.[1];
  return { ...(year ? { year: Number(year) } : {}), ...(month ? { month: Number(month) } : {}) };
}

/** Days of a cell: one, several joined by 、, or from one 至 another. A day without a year is the nearest to `now`. */
export function readDays(text: string, list: Month, now: Instant): Day[] | undefined {
  const bare = text.normalize("NFKC").replace(/\([^)]*\)|(?:周|星期)[一二三四五六日天]|\s00:00(?::00)?$/gu, "");
  const days = bare
    .split(/[、,;\n]/u)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [first, last, ...more] = part.split(/至|到|~|—+/u);
      const from = readDay(first ?? "", list, now);
      if (last === undefined || from === undefined) return from && [from];
      const to = readDay(last, { year: Number(from.slice(0, 4)), month: Number(from.slice(5, 7)) }, now);
      return to === undefined || more.length > 0 ? undefined : daysBetween(from, to);
    });
  return days.length > 0 && days.every((d) => d !== undefined) ? days.flat() : undefined;
}

function daysBetween(from: Day, to: Day): Day[] | undefined {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (days.length >= LONGEST) return undefined;
    days.push(day);
  }
  return days.length > 0 ? days : undefined;
}

function readDay(text: string, { year, month }: Month, now: Instant): Day | undefined {
  const found = /^(?:(\d{4})[-/.年])?(?:(\d{1,2})[-/.月])?(\d{1,2})[日号]?$/u.exec(text.replace(/\s/gu, ""));
  if (!found) return undefined;
  const [, y, m = month, d] = found;
  if (m === undefined) return undefined;
  const on = (of: number): Day => `${of}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
  const stated = y ?? year;
  if (stated !== undefined) return fromIso(on(Number(stated))) === undefined ? undefined : on(Number(stated));
  const thisYear = localParts(now).year;
  return [thisYear, thisYear + 1, thisYear - 1]
    .map(on)
    .filter((day) => fromIso(day) !== undefined)
    .sort((a, b) => Math.abs(startOfDay(a) - now) - Math.abs(startOfDay(b) - now))[0];
}

/** Weekdays of a cell, 1 Monday to 7 Sunday: 周一、星期三, 周一至周五, 工作日, 周末, 每天. */
export function readWeekdays(text: string): number[] | undefined {
  const bare = text.normalize("NFKC").replace(/\s|周(?!末)|星期|礼拜/gu, "");
  if (/^工作日$/u.test(bare)) return [1, 2, 3, 4, 5];
  if (/^(?:周末|双休日|休息日)$/u.test(bare)) return [6, 7];
  if (/^每[天日]$/u.test(bare)) return [1, 2, 3, 4, 5, 6, 7];
  const days = bare.split(/[、,;\n]/u).map((part) => {
    const range = /^(.)(?:至|到|-|~|—+)(.)$/u.exec(part);
    if (!range) return Array.from(part, weekday);
    const [from, to] = [weekday(range[1] ?? ""), weekday(range[2] ?? "")];
    return from <= to ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [0];
  });
  const all = days.flat();
  return all.length > 0 && all.every((d) => d > 0) ? all : undefined;
}

const weekday = (char: string): number =>
  /[1-7]/u.test(char) ? Number(char) : WEEKDAYS.indexOf(char === "天" ? "日" : char) + 1;

export const weekdayWords = (days: readonly number[]): string => days.map((d) => `周${WEEKDAYS[d - 1]}`).join("、");

/** First and last hour of the office, "08:30" and "17:30". */
export interface OfficeHours {
  opens: string;
  closes: string;
}

export interface Shift {
  from: string;
  to: string;
}

/** "17:30-次日8:30", 全天, 夜班, 白班; a shift that ends at or before its start ends on the next day. */
export function readShift(text: string, { opens, closes }: OfficeHours): Shift | undefined {
  const bare = text.normalize("NFKC").replace(/\s/gu, "");
  if (/^(?:全天|24小时|昼夜)$/u.test(bare)) return { from: opens, to: opens };
  if (/^(?:夜班?|晚班?|夜间)$/u.test(bare)) return { from: closes, to: opens };
  if (/^(?:白班|日班|白天)$/u.test(bare)) return { from: opens, to: closes };
  const [first, last, ...more] = bare.split(/-|—+|~|至|到/u);
  const [from, to] = [readClock(first ?? ""), readClock((last ?? "").replace(/^(?:次日|第二天|翌日)/u, ""))];
  return from && to && more.length === 0 ? { from, to } : undefined;
}

/** "8:30", "8时30分", "8点", or how a spreadsheet stores a time of day. */
export function readClock(text: string): string | undefined {
  const bare = text.normalize("NFKC").trim();
  if (/^1899-12-3[01]$/u.test(bare)) return "00:00";
  const found = /^(?:1899-12-3[01] )?(\d{1,2})(?:[:时点](\d{2})?(?::00|分)?)$/u.exec(bare);
  if (!found) return undefined;
  const [, hour = "", minute = "00"] = found;
  if (Number(hour) > 24 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, "0")}:${minute}`;
}

/** Who a list without hours means: the night of a working day, the whole of any other day. */
export const usualShift = (isWorking: boolean, { opens, closes }: OfficeHours): Shift =>
  isWorking ? { from: closes, to: opens } : { from: opens, to: opens };
