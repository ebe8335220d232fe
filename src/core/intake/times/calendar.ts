import { addDays, type Instant, instantOf, localParts, startOfDay } from "#core/time.ts";
import { FIGURE, figure } from "./figures.ts";
import { type DayRef, type Groups, LASTS_SOURCE } from "./mention.ts";
import { mondayOf } from "./resolve-day.ts";

/** Names of the calendar that are no day of the week or month: holidays, months, the end of a week, month or year. */

/** Holidays that are a day of the calendar; 国庆 alone may be the whole week, and 五一路 is a street. */
const HOLIDAYS: Readonly<Record<string, readonly [month: number, day: number]>> = {
  元旦: [1, 1],
  妇女节: [3, 8],
  植树节: [3, 12],
  五一: [5, 1],
  劳动节: [5, 1],
  六一: [6, 1],
  儿童节: [6, 1],
  七一: [7, 1],
  八一: [8, 1],
  建军节: [8, 1],
  教师节: [9, 10],
  国庆节: [10, 1],
  国庆: [10, 1],
  平安夜: [12, 24],
  圣诞节: [12, 25],
};
const YEARS = "今年|本年|去年|上年|前年";
const YEARS_BACK: Readonly<Record<string, number>> = { 今年: 0, 本年: 0, 去年: 1, 上年: 1, 前年: 2 };
const LAST_MONTHS: Readonly<Record<string, number>> = { 本月: 0, 这个月: 0, 上个月: -1, 上月: -1 };

/** No part of a longer number or of a count: 3个月, 两周内. */
const ALONE = "(?<![\\d个零〇一二两三四五六七八九十几数半多])";
const TO_BE_DONE = "(?=(?:之|以)?(?:前(?![往后台方])|内 ?(?:反馈|报|回复|答复|办结|完成|整改|处理|解决|落实)))";

/** 元旦凌晨, 去年国庆当天; 9月份以来, 去年10月底起, 上个月以来; 月底前, 12月底前, 本周内反馈. */
export const CALENDAR_SOURCES: readonly string[] = [
  `(?:(?<holiyear>${YEARS})的?)?(?<holiday>${Object.keys(HOLIDAYS).join("|")})(?:当天|当日|那天|(?=凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里))`,
  `(?:(?:(?<lyear>\\d{4}) ?年|(?<lyears>${YEARS})的?) ?)?${ALONE}(?<lmonth>${FIGURE}) ?月份?(?<third>上旬|中旬|下旬|初|中|底|末)?(?=${LASTS_SOURCE})`,
  `(?<lmonths>${Object.keys(LAST_MONTHS).join("|")})(?=${LASTS_SOURCE})`,
  `(?:(?:今|本)?(?<eyear>年底|年末|年)|(?:${ALONE}(?<emonth>${FIGURE})|本)?(?<emonths>月底|月末)|(?:${ALONE}|本|这个)(?<ethis>[月周])|(?:本|这)(?<eweek>周))${TO_BE_DONE}`,
];

/** What the groups of CALENDAR_SOURCES say; undefined when none of them took part. */
export function readCalendar(g: Groups): DayRef | undefined {
  if (g.holiday) {
    const [month, day] = HOLIDAYS[g.holiday] as readonly [number, number];
    return { kind: "date", year: null, yearsBack: yearsBack(g.holiyear), month, day };
  }
  if (g.lmonth) {
    const year = g.lyear === undefined ? null : Number(g.lyear);
    return { kind: "month", year, yearsBack: yearsBack(g.lyears), month: number(g.lmonth), third: thirdOf(g.third) };
  }
  if (g.lmonths) return { kind: "months-back", months: LAST_MONTHS[g.lmonths] as number };
  if (g.eyear) return { kind: "end-of", unit: "year", month: null };
  if (g.emonths) return { kind: "end-of", unit: "month", month: g.emonth === undefined ? null : number(g.emonth) };
  const unit = g.ethis ?? g.eweek;
  return unit === undefined ? undefined : { kind: "end-of", unit: unit === "周" ? "week" : "month", month: null };
}

const number = (text: string): number => figure(text) ?? 0;
const yearsBack = (word: string | undefined): number | null =>
  word === undefined ? null : (YEARS_BACK[word] as number);

/** The third of a month that 初, 中旬 or 底 means; 0 for the whole month. */
function thirdOf(word: string | undefined): 0 | 1 | 2 | 3 {
  if (!word) return 0;
  return /[初上]/.test(word) ? 1 : word.startsWith("中") ? 2 : 3;
}

/** A month that has begun, or its third; without a year the last one that has. Undefined for 13月. */
export function monthMeant(
  ref: Extract<DayRef, { kind: "month" | "months-back" }>,
  receivedAt: Instant,
): { from: Instant; to: Instant } | undefined {
  const now = localParts(receivedAt);
  if (ref.kind === "months-back")
    return {
      from: instantOf(now.year, now.month + ref.months, 1),
      to: instantOf(now.year, now.month + ref.months + 1, 1),
    };
  const { month, third } = ref;
  if (month < 1 || month > 12) return undefined;
  const firstDay = third > 1 ? 10 * (third - 1) + 1 : 1;
  const recent = instantOf(now.year, month, firstDay) <= receivedAt ? now.year : now.year - 1;
  const year = ref.year ?? (ref.yearsBack === null ? recent : now.year - ref.yearsBack);
  return {
    from: instantOf(year, month, firstDay),
    to: third === 0 || third === 3 ? instantOf(year, month + 1, 1) : instantOf(year, month, 10 * third + 1),
  };
}

/** The end of the present week, month or year, or of the next month of that name; undefined for 13月. */
export function endMeant(
  { unit, month }: Extract<DayRef, { kind: "end-of" }>,
  receivedAt: Instant,
): Instant | undefined {
  const now = localParts(receivedAt);
  if (unit === "week") return startOfDay(addDays(mondayOf(receivedAt), 7));
  if (unit === "year") return instantOf(now.year + 1, 1, 1);
  if (month !== null && (month < 1 || month > 12)) return undefined;
  const meant = month ?? now.month;
  return instantOf(meant < now.month ? now.year + 1 : now.year, meant + 1, 1);
}
