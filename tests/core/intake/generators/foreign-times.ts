import fc from "fast-check";
import { DAY, type Instant, MINUTE, SECOND } from "#core/time.ts";
import { type Date3, midnight, weekdayOf } from "./calendar.ts";
import { type Expression, minute, sensible, stretch } from "./expression.ts";
import { two } from "./numerals.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG_MONTHS = "January February March April May June July August September October November December".split(" ");
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** An instant as clocks of one zone show it. */
interface Shown extends Date3 {
  h: number;
  mi: number;
  s: number;
  month: string;
  weekday: string;
  /** +0800 */
  offset: string;
}

function shownIn(at: Instant, zone: number): Shown {
  const d = new Date(at + zone * MINUTE);
  const date = { y: d.getUTCFullYear(), m: d.getUTCMonth() + 1, d: d.getUTCDate() };
  const east = Math.abs(zone);
  return {
    ...date,
    h: d.getUTCHours(),
    mi: d.getUTCMinutes(),
    s: d.getUTCSeconds(),
    month: MONTHS[date.m - 1] as string,
    weekday: WEEKDAYS[weekdayOf(date) - 1] as string,
    offset: `${zone < 0 ? "-" : "+"}${two(Math.floor(east / 60))}${two(east % 60)}`,
  };
}

const hms = ({ h, mi, s }: Shown): string => [h, mi, s].map(two).join(":");
const iso = ({ y, m, d }: Shown): string => `${y}-${two(m)}-${two(d)}`;
const noonClock = ({ h, mi }: Shown): string => `${h % 12 || 12}:${two(mi)} ${h < 12 ? "AM" : "PM"}`;

/** Formats that name their zone. */
const ZONED: readonly ((t: Shown) => string)[] = [
  (t) => `${t.weekday} ${t.month} ${two(t.d)} ${hms(t)} ${t.offset} ${t.y}`,
  (t) => `${t.weekday}, ${two(t.d)} ${t.month} ${t.y} ${hms(t)} ${t.offset}`,
  (t) => `${iso(t)}T${hms(t)}${t.offset.slice(0, 3)}:${t.offset.slice(3)}`,
  (t) => `${iso(t)} ${hms(t)} ${t.offset}`,
];
const UTC: readonly ((t: Shown) => string)[] = [
  (t) => `${iso(t)}T${hms(t)}Z`,
  (t) => `${iso(t)}T${hms(t)}.000Z`,
  (t) => `${t.weekday}, ${two(t.d)} ${t.month} ${t.y} ${hms(t)} GMT`,
  (t) => `${iso(t)} ${hms(t)} UTC`,
];
/** Formats without a zone: Asia/Shanghai is meant. To the minute. */
const LOCAL: readonly ((t: Shown) => string)[] = [
  (t) => `${t.month} ${t.d}, ${t.y} ${noonClock(t)}`,
  (t) => `${LONG_MONTHS[t.m - 1]} ${t.d}, ${t.y} at ${noonClock(t)}`,
  (t) => `${t.d} ${t.month} ${t.y} ${two(t.h)}:${two(t.mi)}`,
  (t) => `${noonClock(t)} · ${t.month} ${t.d}, ${t.y}`,
  (t) => `${iso(t)}T${two(t.h)}:${two(t.mi)}`,
  (t) => `${t.weekday} ${t.month} ${two(t.d)} ${two(t.h)}:${two(t.mi)} ${t.y}`,
];

const ZONES = [480, 0, -300, 330, 540];
const SHANGHAI = 480;

/** Fri Nov 20 17:30:00 +0800 2026, 2026-11-20T09:30:00Z, 5:30 PM · Nov 20, 2026, 20 Nov 2026. */
export const foreign = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(fc.integer({ min: 0, max: 400 * 86_400 }), fc.constantFrom(...ZONES), fc.nat(14))
      .map(([secondsAgo, zone, pick]) => {
        const at = receivedAt - secondsAgo * SECOND;
        if (pick < 4) return minute((ZONED[pick] as (t: Shown) => string)(shownIn(at, zone)), at, receivedAt);
        if (pick < 8) return minute((UTC[pick - 4] as (t: Shown) => string)(shownIn(at, 0)), at, receivedAt);
        const whole = at - (at % MINUTE);
        const local = shownIn(whole, SHANGHAI);
        if (pick < 14) return minute((LOCAL[pick - 8] as (t: Shown) => string)(local), whole, receivedAt);
        const day = midnight(local);
        return stretch(`${local.d} ${local.month} ${local.y}`, day, day + DAY, receivedAt, { precision: "day" });
      }),
  );
