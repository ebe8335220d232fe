import {
  addDays,
  atTime,
  DAY,
  type Day,
  dayOf,
  HOUR,
  type Instant,
  localParts,
  MINUTE,
  SECOND,
  startOfDay,
  toIso,
} from "#core/time.ts";
import type { TimeValue } from "../types.ts";
import { endMeant, monthMeant } from "./calendar.ts";
import { hoursMeant } from "./hours.ts";
import type { TimeMention } from "./mention.ts";
import { type DayReference, mondayOf, resolveDay } from "./resolve-day.ts";

/** A time tied to the calendar. */
export interface Resolved {
  /** The exact time, or the start of the range. */
  at: Instant;
  /** The end of the range; null for an exact time. */
  end: Instant | null;
  /** The same as it is reported; `text` is added by the caller, who knows what was written. */
  time: Omit<TimeValue, "text">;
}

/** `after` is the time named before this one: a bare clock time goes on from it. */
export type Reference = DayReference;

/** Reports speak of the last twenty years and of the next two; anything else is a slip of the pen. */
const OLDEST = 20 * 366 * DAY;
const NEWEST = 2 * 366 * DAY;
/** Clocks of phones differ. */
const CLOCK_SKEW = 5 * MINUTE;
/** A bare clock time belongs to the story that it goes on with, if that is not longer ago. */
const SAME_STORY = 18 * HOUR;
/** Up to here a night belongs, in speech, to the day before: 今晚8点 said at 01:00. */
const NIGHT_ENDS = 5;
const SHANGHAI = 480;

/**
 * Ties a mention to the calendar of Asia/Shanghai. `value` is the exact time or the start of the range. A day that does
 * not exist, or a time on the wrong side of receipt, gives undefined: nothing is ever rolled over.
 */
export function resolveTime(mention: TimeMention, reference: Reference): Resolved | undefined {
  const start = resolveOne(mention, reference);
  if (!start || !isPlausible(start.at, reference)) return undefined;
  // An exact time with 开始 is when it happened; a day or a longer time with 开始 says that it has gone on since.
  if (mention.since && (start.time.precision === "day" || start.time.precision === "range")) start.time.since = true;
  const end = mention.until && rangeEnd(mention, mention.until, start.at, reference);
  if (!end) return start;
  const { value, approx, ...rest } = start.time;
  return { at: start.at, end, time: { ...rest, value, from: value, to: toIso(end), precision: "range", approx } };
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
  if (mention.day?.kind === "weekend") return weekend(mention.day.week, reference);
  if (mention.day?.kind === "month" || mention.day?.kind === "months-back") {
    const month = monthMeant(mention.day, receivedAt);
    return month && range(month.from, month.to, "range", true);
  }
  if (mention.day?.kind === "end-of") {
    const end = reference.direction === "future" ? endMeant(mention.day, receivedAt) : undefined;
    return end === undefined ? undefined : moment(end, { approx: false });
  }
  const isFollowing = mention.day?.kind === "from-last";
  const day = mention.day ? resolveDay(mention.day, reference) : undefined;
  // 当晚 without a time before it is the last evening.
  if (mention.day && !day && !(isFollowing && mention.part)) return undefined;
  const resolved = resolveOn(day, mention, reference);
  if (resolved && day && mention.weekday !== null && localParts(startOfDay(day)).weekday !== mention.weekday)
    resolved.time.ambiguous = true;
  return resolved;
}

function resolveOn(day: Day | undefined, mention: TimeMention, reference: Reference): Resolved | undefined {
  if (mention.clock) return resolveClock(mention, day, reference);
  if (mention.part) return resolvePart(mention, day, reference);
  return day === undefined ? undefined : wholeDay(day, mention.fuzzy);
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

function weekend(week: number | null, { receivedAt, direction }: Reference): Resolved {
  const saturday = startOfDay(addDays(mondayOf(receivedAt), 5 + 7 * (week ?? 0)));
  const from = week === null && direction === "past" && saturday > receivedAt ? saturday - 7 * DAY : saturday;
  return range(from, from + 2 * DAY, "range", true);
}

/** 昨夜今晨 runs from 20:00 of the day before to receipt. */
function overnight(receivedAt: Instant): Resolved {
  return range(atTime(addDays(dayOf(receivedAt), -1), "20:00"), receivedAt, "range", true);
}

function resolvePart(
  { part, day: ref }: TimeMention,
  day: Day | undefined,
  reference: Reference,
): Resolved | undefined {
  const { receivedAt, direction, after } = reference;
  const { from, to, kind } = part ?? { from: 0, to: 24, kind: "dawn" };
  const today = dayOf(receivedAt);
  const onDay = (d: Day): Resolved => range(startOfDay(d) + from * HOUR, startOfDay(d) + to * HOUR, "range", true);
  if (direction === "future") return onDay(day ?? today);
  if (day === undefined) {
    const going = after === undefined ? undefined : onDay(dayOf(after));
    if (going?.end && going.end > (after ?? 0) && going.at <= receivedAt) return going;
    const now = onDay(today);
    return now.at > receivedAt ? onDay(addDays(today, -1)) : now;
  }
  const meant = onDay(day);
  if (meant.at <= receivedAt || ref?.kind !== "offset" || ref.days !== 0) return meant;
  if (isNightBefore(kind, receivedAt)) {
    const before = onDay(addDays(today, -1));
    return { ...before, time: { ...before.time, ambiguous: true } };
  }
  // 今早 said before six covers the night hours that have passed.
  return from === 6 ? range(startOfDay(day), receivedAt, "range", true) : meant;
}

/** Said in the small hours, 今晚 is the evening that has just gone. */
function isNightBefore(kind: string, receivedAt: Instant): boolean {
  return (kind === "evening" || kind === "night") && localParts(receivedAt).hour < NIGHT_ENDS;
}

function resolveClock(mention: TimeMention, day: Day | undefined, reference: Reference): Resolved | undefined {
  const { receivedAt, direction, after } = reference;
  const hours = hoursMeant(mention);
  const approx = mention.fuzzy;
  const on = (d: Day): Instant[] => instantsOn(d, mention, hours);
  const today = dayOf(receivedAt);
  if (direction === "future") {
    const next = [...(day ? on(day) : [...on(today), ...on(addDays(today, 1))])].sort((a, b) => a - b);
    const at = next.find((x) => x >= receivedAt) ?? next[0];
    return at === undefined ? undefined : moment(at, { approx });
  }
  const inPast = (list: Instant[]): Instant[] => list.filter((x) => x <= receivedAt + CLOCK_SKEW);
  if (day) {
    const possible = inPast(on(day));
    if (possible.length > 0) return moment(Math.max(...possible), { approx, ambiguous: possible.length > 1 });
    if (mention.day?.kind !== "offset" || mention.day.days !== 0) return undefined;
    if (!mention.part || !isNightBefore(mention.part.kind, receivedAt)) return undefined;
    return moment(Math.max(...inPast(on(addDays(today, -1)))), { approx, ambiguous: true });
  }
  if (after !== undefined) {
    const going = inPast([...on(dayOf(after)), ...on(addDays(dayOf(after), 1))]).filter((x) => x >= after);
    const at = Math.min(...going);
    if (going.length > 0 && at - after < SAME_STORY) return moment(at, { approx });
  }
  const recent = inPast([...on(addDays(today, -1)), ...on(today)]);
  if (recent.length === 0) return undefined;
  return moment(Math.max(...recent), { approx, ambiguous: !mention.part && hours.length > 1 });
}

function instantsOn(day: Day, { clock, zone }: TimeMention, hours: readonly number[]): Instant[] {
  const offset = zone === null ? 0 : (SHANGHAI - zone) * MINUTE;
  const { minute = 0, second = 0 } = clock ?? {};
  return hours.map((h) => startOfDay(day) + h * HOUR + minute * MINUTE + second * SECOND + offset);
}

/**
 * The end of a stated range: the first time at or after its start that the words can mean. What is not named goes on from
 * the start: 14:00至16:00, 11月18日至20日, 昨晚10点到12点.
 */
function rangeEnd(start: TimeMention, end: TimeMention, from: Instant, reference: Reference): Instant | undefined {
  const first = dayOf(from);
  const day = end.day ? resolveEndDay(end, from, reference) : first;
  if (!day) return undefined;
  if (end.clock) {
    const days = end.day ? [day] : [day, addDays(day, 1)];
    const part = end.part ?? (end.day ? null : start.part);
    const possible = days
      .flatMap((d) => instantsOn(d, end, hoursMeant({ clock: end.clock, part })))
      .filter((x) => x >= from);
    return possible.length === 0 ? undefined : Math.min(...possible);
  }
  const to = startOfDay(day) + (end.part?.to ?? 24) * HOUR;
  return to > from ? to : undefined;
}

/** A day without its month, year or week is the first such day after the start; 今天 and 上周五 count from receipt. */
function resolveEndDay({ day }: TimeMention, from: Instant, reference: Reference): Day | undefined {
  if (!day) return undefined;
  const isFloating =
    (day.kind === "date" && day.year === null && day.yearsBack === null) ||
    (day.kind === "month-day" && day.months === null) ||
    (day.kind === "weekday" && day.week === null);
  return resolveDay(day, isFloating ? { receivedAt: from, direction: "future" } : { ...reference, after: from });
}
