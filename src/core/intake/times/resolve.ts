import {
  addDays,
  atTime,
  DAY,
  type Day,
  dayOf,
  HOUR,
  type Instant,
  instantOf,
  localParts,
  MINUTE,
  startOfDay,
  toIso,
} from "#core/time.ts";
import type { TimeValue } from "../types.ts";
import type { DayRef, PartOfDay, TimeMention } from "./mention.ts";

/** A time tied to the calendar. */
export interface Resolved {
  /** The exact time, or the start of the range. */
  at: Instant;
  /** The end of the range; null for an exact time. */
  end: Instant | null;
  /** The same as it is reported; `text` is added by the caller, who knows what was written. */
  time: Omit<TimeValue, "text">;
}

export interface Reference {
  receivedAt: Instant;
  /** Reports speak of the past; announcements and limits of the future. */
  direction: "past" | "future";
  /** The time named before this one: a bare clock time goes on from it. */
  after?: Instant;
}

/** Reports speak of the last twenty years and of the next two; anything else is a slip of the pen. */
const OLDEST = 20 * 366 * DAY;
const NEWEST = 2 * 366 * DAY;
/** Clocks of phones differ. */
const CLOCK_SKEW = 5 * MINUTE;

/**
 * Ties a mention to the calendar of Asia/Shanghai. `value` is the exact time or the start of the range. A day that does
 * not exist, or a time on the wrong side of receipt, gives undefined: nothing is ever rolled over.
 */
export function resolveTime(mention: TimeMention, reference: Reference): Resolved | undefined {
  const start = resolveOne(mention, reference);
  if (!start || !isPlausible(start.at, reference)) return undefined;
  const until = mention.until && rangeEnd(mention, mention.until, start, reference);
  if (!until) return start;
  const { value } = start.time;
  return { ...start, end: until, time: { ...start.time, from: value, to: toIso(until), precision: "range" } };
}

function isPlausible(at: Instant, { receivedAt, direction }: Reference): boolean {
  return direction === "past"
    ? at <= receivedAt + CLOCK_SKEW && at >= receivedAt - OLDEST
    : at >= receivedAt - DAY && at <= receivedAt + NEWEST;
}

function resolveOne(mention: TimeMention, reference: Reference): Resolved | undefined {
  const { receivedAt } = reference;
  if (mention.ago !== null) return moment(receivedAt - mention.ago, { approx: true });
  if (mention.agoDays !== null) return wholeDay(addDays(dayOf(receivedAt), -mention.agoDays), true);
  if (mention.day?.kind === "overnight") return overnight(receivedAt);
  if (mention.day?.kind === "week") return wholeWeek(mention.day.week, receivedAt);
  const day = mention.day ? resolveDay(mention.day, reference) : undefined;
  if (mention.day && !day) return undefined;
  if (mention.clock) return resolveClock(mention, day, reference);
  if (mention.part) return resolvePart(mention.part, day, reference);
  if (!day) return undefined;
  const whole = wholeDay(day, mention.fuzzy);
  return mention.since ? { ...whole, time: { ...whole.time, since: true } } : whole;
}

function moment(at: Instant, { approx, ambiguous }: { approx: boolean; ambiguous?: boolean }): Resolved {
  const time = { value: toIso(at), precision: "minute" as const, approx };
  return { at, end: null, time: ambiguous ? { ...time, ambiguous: true } : time };
}

function range(from: Instant, to: Instant, precision: "day" | "range", approx: boolean): Resolved {
  return { at: from, end: to, time: { value: toIso(from), from: toIso(from), to: toIso(to), precision, approx } };
}

function wholeDay(day: Day, approx: boolean): Resolved {
  return range(startOfDay(day), startOfDay(addDays(day, 1)), "day", approx);
}

function wholeWeek(week: number, receivedAt: Instant): Resolved {
  const monday = addDays(mondayOf(receivedAt), 7 * week);
  return range(startOfDay(monday), startOfDay(addDays(monday, 7)), "range", true);
}

/** 昨夜今晨 runs from 20:00 of the day before to receipt. */
function overnight(receivedAt: Instant): Resolved {
  return range(atTime(addDays(dayOf(receivedAt), -1), "20:00"), receivedAt, "range", true);
}

function mondayOf(at: Instant): Day {
  return addDays(dayOf(at), 1 - localParts(at).weekday);
}

function resolveDay(ref: DayRef, { receivedAt, direction }: Reference): Day | undefined {
  const today = dayOf(receivedAt);
  const { year, month } = localParts(receivedAt);
  switch (ref.kind) {
    case "offset":
      return addDays(today, ref.days);
    case "weekday": {
      const inWeek = addDays(mondayOf(receivedAt), 7 * (ref.week ?? 0) + ref.weekday - 1);
      if (ref.week !== null) return inWeek;
      if (direction === "past") return inWeek <= today ? inWeek : addDays(inWeek, -7);
      return inWeek >= today ? inWeek : addDays(inWeek, 7);
    }
    case "month-day": {
      const step = direction === "past" ? -1 : 1;
      for (let n = 0; n <= 2; n++) {
        const day = realDay(
          year + Math.floor((month - 1 + step * n) / 12),
          ((month - 1 + step * n + 12) % 12) + 1,
          ref.day,
        );
        if (day && (direction === "past" ? day <= today : day >= today)) return day;
      }
      return undefined;
    }
    case "date": {
      if (ref.year !== null) return realDay(ref.year, ref.month, ref.day);
      const thisYear = realDay(year, ref.month, ref.day);
      if (direction === "past") return thisYear && thisYear <= today ? thisYear : realDay(year - 1, ref.month, ref.day);
      return thisYear && thisYear >= today ? thisYear : realDay(year + 1, ref.month, ref.day);
    }
    default:
      return undefined;
  }
}

/** undefined for 2月30日 and its like. */
function realDay(year: number, month: number, day: number): Day | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const at = instantOf(year, month, day);
  const p = localParts(at);
  return p.year === year && p.month === month && p.day === day ? dayOf(at) : undefined;
}

function resolvePart(
  part: PartOfDay,
  day: Day | undefined,
  { receivedAt, direction }: Reference,
): Resolved | undefined {
  const today = dayOf(receivedAt);
  const onDay = (d: Day): Resolved =>
    range(startOfDay(d) + part.from * HOUR, startOfDay(d) + part.to * HOUR, "range", true);
  if (day) return onDay(day);
  const now = onDay(today);
  return direction === "past" && now.at > receivedAt ? onDay(addDays(today, -1)) : now;
}

function resolveClock(mention: TimeMention, day: Day | undefined, reference: Reference): Resolved | undefined {
  const { receivedAt, direction, after } = reference;
  const hours = hoursMeant(mention);
  const approx = mention.fuzzy;
  const minute = mention.clock?.minute ?? 0;
  const on = (d: Day): Instant[] => hours.map((h) => startOfDay(d) + h * HOUR + minute * MINUTE);
  if (direction === "future") {
    const today = dayOf(receivedAt);
    const next = [...(day ? on(day) : [...on(today), ...on(addDays(today, 1))])].sort((a, b) => a - b);
    const at = next.find((x) => x >= receivedAt) ?? next[0];
    return at === undefined ? undefined : moment(at, { approx });
  }
  const inPast = (list: Instant[]): Instant[] => list.filter((x) => x <= receivedAt + CLOCK_SKEW);
  if (day) {
    const possible = inPast(on(day));
    const at = Math.max(...possible);
    return possible.length === 0 ? undefined : moment(at, { approx, ambiguous: possible.length > 1 });
  }
  if (after !== undefined && !mention.part) {
    const going = inPast([...on(dayOf(after)), ...on(addDays(dayOf(after), 1))]).filter((x) => x >= after);
    const at = Math.min(...going);
    if (going.length > 0 && at - after < 18 * HOUR) return moment(at, { approx });
  }
  const recent = inPast([...on(addDays(dayOf(receivedAt), -1)), ...on(dayOf(receivedAt))]);
  if (recent.length === 0) return undefined;
  return moment(Math.max(...recent), { approx, ambiguous: !mention.part && hours.length > 1 });
}

/**
 * The hours, counted from midnight of the named day, that a clock time can mean. Evening hours after midnight belong to
 * the next day (昨晚12点, 昨夜1点); without a part of the day, 3点 is 03:00 or 15:00.
 */
function hoursMeant({ clock, part }: TimeMention): number[] {
  const hour = clock?.hour ?? 0;
  if (hour > 12 || hour === 0) return [hour];
  switch (part?.kind) {
    case undefined:
      return clock?.official ? [hour] : hour === 12 ? [12] : [hour, hour + 12];
    case "dawn":
      return [hour % 12];
    case "morning":
      return [hour];
    case "noon":
      return [hour < 10 ? hour + 12 : hour];
    case "afternoon":
      return [hour === 12 ? 12 : hour + 12];
    case "evening":
    case "night":
      if (hour === 12) return [24];
      return hour < 5 ? [hour, hour + 24] : [hour + 12];
  }
}

/** The end of a stated range. A bare clock or day goes on from the start: 14:00至16:00, 11月18日至20日. */
function rangeEnd(start: TimeMention, end: TimeMention, from: Resolved, reference: Reference): Instant | undefined {
  const complete: TimeMention = { ...end, until: null, part: end.part ?? (end.clock ? start.part : null) };
  const resolved = resolveOne(complete, { ...reference, after: from.at });
  if (!resolved || resolved.at < from.at) return undefined;
  return resolved.end ?? resolved.at;
}
