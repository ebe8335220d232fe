/**
 * Instants and how people read them.
 *
 * Inside the program an instant is a number: milliseconds since 1970-01-01T00:00:00Z. People read Asia/Shanghai, which has
 * been UTC+8 all year since 1992, so local time is plain arithmetic: no time-zone database, and no dependence on the
 * zone of the machine.
 */

/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** A day in Asia/Shanghai, written 2026-11-22. */
export type Day = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const OFFSET = 8 * HOUR;
const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"] as const;

export interface LocalParts {
  year: number;
  /** 1–12 */
  month: number;
  /** 1–31 */
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 1 = Monday … 7 = Sunday */
  weekday: number;
}

/** The calendar fields of an instant in Asia/Shanghai. */
export function localParts(at: Instant): LocalParts {
  const d = new Date(at + OFFSET);
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    weekday: d.getUTCDay() || 7,
  };
}

/** The instant of a local time in Asia/Shanghai; fields beyond their range carry over (hour 24 is the next midnight). */
export function instantOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): Instant {
  return Date.UTC(year, month - 1, day, hour, minute, second) - OFFSET;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** The day of an instant in Asia/Shanghai: "2026-11-22". */
export function dayOf(at: Instant): Day {
  const p = localParts(at);
  return `${p.year}-${two(p.month)}-${two(p.day)}`;
}

/** Midnight at the start of a day. */
export function startOfDay(day: Day): Instant {
  return atTime(day, "00:00");
}

/** The instant of "HH:MM" on a day; "24:00" is the end of the day. */
export function atTime(day: Day, time: string): Instant {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return instantOf(year, month, date, hour, minute);
}

/** The day that is `count` days after (or before) a day. */
export function addDays(day: Day, count: number): Day {
  return dayOf(startOfDay(day) + count * DAY);
}

/** "HH:MM" of an instant in Asia/Shanghai. */
export function timeOf(at: Instant): string {
  const p = localParts(at);
  return `${two(p.hour)}:${two(p.minute)}`;
}

/** "2026-11-22 15:20", the value of a field for a date and a time. */
export const formatStamp = (at: Instant): string => `${dayOf(at)} ${timeOf(at)}`;

/** ISO 8601 with the offset of Asia/Shanghai, to the second: "2026-11-20T11:00:00+08:00". */
export function toIso(at: Instant): string {
  return `${new Date(at + OFFSET).toISOString().slice(0, 19)}+08:00`;
}

/** "11月22日(周日)15:20", with the year in front when it is not the year of `now`. */
export function formatMoment(at: Instant, now: Instant = at): string {
  const p = localParts(at);
  const year = p.year === localParts(now).year ? "" : `${p.year}年`;
  return `${year}${p.month}月${p.day}日(周${WEEKDAYS[p.weekday % 7]})${two(p.hour)}:${two(p.minute)}`;
}

/** A length of time in Chinese, rounded down to the minute: "23小时05分", "45分", "2天03小时". */
export function formatSpan(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes}分`;
  if (hours < 72) return `${hours}小时${two(minutes % 60)}分`;
  return `${Math.floor(hours / 24)}天${two(hours % 24)}小时`;
}

/** What a limit is, as far as it matters to how its passing is called. */
export interface Passing {
  /** Its start is the start of a range: counted from the end of the range, it ends then. */
  latestDueAt?: Instant | undefined;
  /** The office's own target: it is passed, never 逾期. */
  soft?: boolean | undefined;
}

/**
 * "还剩 23小时05分" before the limit, "时限已到" in its minute, "已逾期 3小时12分" after it; "已超目标 3小时12分" after a target, and
 * "时间待确认" while it is over only because the start is known by its range alone.
 */
export function formatRemaining(dueAt: Instant, now: Instant, { latestDueAt, soft }: Passing = {}): string {
  if (dueAt > now) return `还剩 ${formatSpan(dueAt - now)}`;
  if (latestDueAt !== undefined && latestDueAt > now) return "时间待确认";
  if (now - dueAt < MINUTE) return "时限已到";
  return `${soft ? "已超目标" : "已逾期"} ${formatSpan(now - dueAt)}`;
}
