import { CALENDAR_SOURCES, readCalendar } from "./calendar.ts";
import { FIGURE, figure } from "./figures.ts";
import type { DayRef, Groups, TimeMention } from "./mention.ts";
import { type PartWord, partOf } from "./parts.ts";

const HAN_DIGIT = "[零〇一二两三四五六七八九十廿卅]";
const WEEK = "(?:周|星期|礼拜)";

/** Days by name, and the part of the day that some names include. */
const NAMED_DAYS: readonly (readonly [word: string, days: number, part?: PartWord])[] = [
  ["大前天", -3],
  ["前天", -2],
  ["前日", -2],
  ["前晚", -2, "晚"],
  ["前夜", -2, "晚"],
  ["昨天", -1],
  ["昨日", -1],
  ["昨儿个", -1],
  ["昨儿", -1],
  ["昨晚", -1, "晚"],
  ["昨夜", -1, "晚"],
  ["昨晨", -1, "早上"],
  ["昨早", -1, "早上"],
  ["今天", 0],
  ["今日", 0],
  ["今儿个", 0],
  ["今儿", 0],
  ["今早", 0, "早上"],
  ["今晨", 0, "早上"],
  ["今晚", 0, "晚"],
  ["今夜", 0, "晚"],
  ["明天", 1],
  ["明日", 1],
  ["明早", 1, "早上"],
  ["明晨", 1, "早上"],
  ["明晚", 1, "晚"],
  ["大后天", 3],
  ["后天", 2],
];
const NAMED_DAY = new Map(NAMED_DAYS.map(([word, days, part]) => [word, { days, part }]));

/** Days counted from the time named before. */
const DAYS_FROM_LAST: readonly (readonly [word: string, days: number, part?: PartWord])[] = [
  ["当天", 0],
  ["当日", 0],
  ["同日", 0],
  ["同一天", 0],
  ["当晚", 0, "晚"],
  ["当夜", 0, "晚"],
  ["次日", 1],
  ["翌日", 1],
  ["隔天", 1],
  ["第二天", 1],
];
const DAY_FROM_LAST = new Map(DAYS_FROM_LAST.map(([word, days, part]) => [word, { days, part }]));

const alternatives = (words: Iterable<string>): string => [...words].sort((a, b) => b.length - a.length).join("|");

const YEARS_BACK: Readonly<Record<string, number>> = { 今年: 0, 本年: 0, 去年: 1, 上年: 1, 前年: 2 };
const MONTHS: Readonly<Record<string, number>> = { 本月: 0, 这个月: 0, 上月: -1, 上个月: -1, 下月: 1, 下个月: 1 };

/** What makes of 3号 or 20日 a number of something else, or a length of time. */
const NO_DAY_OF_MONTH =
  "(?! ?(?:之?内|以内|前|后|之前|之后|均|楼|院|线|桌|店|铺|柜|机|车(?!祸|辆)|公路|仓|门|井|厅|桥|地(?!震)|文|令|病|床|码|台风|住户|住宅|人家|房(?!屋)|池|炉|船|馆|站|口|库|窗|单元|选手|员工|技师|包厢|教室|宿舍))";
/** 11月20 without 日 is a date only where nothing is counted. */
const NO_COUNT = "(?! ?[\\d个月零〇一二两三四五六七八九十多余来几万千百人户家起件名元块岁条次场年%.:℃])";
/** A date in figures only, in running words: a clock time, a part of the day or what happened must follow. */
const CLOCK_FOLLOWS = `(?= ?(?:\\d{1,2} ?[:点时]|[一二两三四五六七八九十]{1,3}[点时]|凌晨|清晨|[早晚]|上午|中午|下午|傍晚|夜|发[帖文布生]|上传|曝光|监测|接到|[（(]${WEEK}))`;
const BEFORE_FIGURES = String.raw`(?<![\d./:-])`;

const DATES = [
  `(?<!\\d)(?<y>\\d{4}|\\d{2}|[零〇一二三四五六七八九]{2,4}) ?年 ?(?<ym>${FIGURE}) ?月 ?(?<yd>${FIGURE}) ?[日号]?`,
  String.raw`${BEFORE_FIGURES}(?<iy>\d{4})(?<isep>[-/.])(?<im>\d{1,2})\k<isep>(?<id>\d{1,2})(?!\d)`,
  String.raw`(?<!\d)(?<cy>20\d\d)(?<cm>0[1-9]|1[0-2])(?<cd>[0-3]\d)(?= ?\d{1,2} ?[:点时])`,
  `(?:(?<rely>${alternatives(Object.keys(YEARS_BACK))})的? ?)?(?<!\\d|${HAN_DIGIT})(?<m>${FIGURE}) ?月 ?(?<d>${FIGURE})(?: ?[日号]|${NO_COUNT})`,
];
const SHORT_DATE = String.raw`${BEFORE_FIGURES}(?<sm>\d{1,2})[/.-](?<sd>\d{1,2})(?!\d)`;
/** 11.18有网友发帖, 自11-18起, 11.12号: figures that can only be a day, at the head of a clause and before what happened. */
const FIGURES_DATE = String.raw`(?<=^|[\n，,。；;：（(自从于在至] ?)(?<fm>1[0-2]|0?[1-9])[.-](?<fd>3[01]|[12]\d|0?[1-9])(?!\d)(?:[日号]|(?=(?: ?(?:有(?:[人一多网家村市居群学业]|大量|不少)|网友|网民)|起(?![步拍售价卖])|以来|当天|那天)))`;
/** 11/17有网友发帖: a slash at the head of a clause. */
const SLASH_DATE = String.raw`(?<=^|[\n，,。；;：（(] ?)(?<lm>1[0-2]|0?[1-9])/(?<ld>3[01]|[12]\d|0?[1-9])(?![\d/.%])`;

const OTHER_DAYS = [
  `(?<months>${alternatives(Object.keys(MONTHS))})的? ?(?<mmd>${FIGURE})[日号]`,
  `(?<![\\d第路街巷道弄楼栋幢院级月.:])(?<md>\\d{1,2}|三十一?|[二廿]?十?[一二三四五六七八九](?=号 ?(?:早|晚|上午|下午|中午|凌晨|傍晚|夜|那天|当天|开始))|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?) ?(?:日|号)${NO_DAY_OF_MONTH}`,
  `(?<![\\d第路街巷道弄楼栋幢院级月.:-])(?<rd>\\d{1,2})(?= ?(?:-|—|–|~|至|到){1,2} ?\\d{1,2}[日号](?! ?(?:之?内|以内|楼)))`,
  ...CALENDAR_SOURCES,
  `(?<named>昨[夜晚]今[晨早]|${alternatives(NAMED_DAY.keys())})`,
  `(?<last>${alternatives(DAY_FROM_LAST.keys())})`,
  `(?<weekend>上上个?|上个?|这个?|本|下个?)?(?:周末|双休日)`,
  `(?<week>上上个?|上个?|这个?|本|下个?)?${WEEK}(?<wd>[一二三四五六日天])(?!报|刊|会|年)`,
  `(?<weekly>上上?个?${WEEK})(?![一二三四五六日天末报刊会年])`,
];

const AGO =
  "(?:(?<half>半) ?(?:个(?<halfmonth>月)|个?多?(?<halfunit>小时|钟头|天))|(?<quarterago>[一两1-3])刻钟|(?<n>\\d{1,4}|[零〇一二两三四五六七八九十]{1,3})(?:[几多余来])? ?(?<plushalf>个半)?(?:个把?)?多?(?<unit>小时|钟头|分钟|天|日|周|星期|礼拜|月)|个把(?<oneunit>小时|钟头|月))(?:左右|多)?(?:之前|以前|前)(?!后)";
const NOW = "(?<now>刚刚|刚才|方才|适才)";

/** Everything that names a day or a distance from now, as it stands in running words. */
export const DAY_SOURCE = [
  ...DATES,
  SHORT_DATE + CLOCK_FOLLOWS,
  FIGURES_DATE,
  SLASH_DATE,
  ...OTHER_DAYS,
  AGO,
  NOW,
].join("|");
/** In a field that holds a time, 11-20 and 11.20 are dates by themselves. */
export const FIELD_DAY_SOURCE = [...DATES, SHORT_DATE, ...OTHER_DAYS, AGO, NOW].join("|");

/** A date or weekday that repeats the day just named: 上周五（20号）, 11月20日（周五）, 周五11月20日. */
export const BESIDE_SOURCE = [
  ` ?[（(] ?(?:(?<nm>${FIGURE}) ?[月./-] ?)?(?<nd>${FIGURE}) ?[日号] ?[）)]`,
  ` ?[（(] ?(?<nm2>\\d{1,2})[./-](?<nd2>\\d{1,2}) ?[）)]`,
  ` ?[（(] ?${WEEK}(?<bwd>[一二三四五六日天]) ?[）)]`,
  ` ?${WEEK}(?<wd2>[一二三四五六日天])(?!报|刊|会|年)`,
  ` ?(?<nm3>\\d{1,2})月(?<nd3>\\d{1,2})[日号]`,
].join("|");

/** Fills in what the groups of DAY_SOURCE say. */
export function readDay(g: Groups, mention: TimeMention): void {
  if (g.now) mention.ago = 0;
  else if (g.named || g.last) readNamed(g, mention);
  else if (g.half || g.quarterago || g.n || g.oneunit) readAgo(g, mention);
  else mention.day = readCalendar(g) ?? dayOf(g);
}

/** Fills in what the groups of BESIDE_SOURCE add; the date counts, the weekday is kept to be compared. */
export function readBeside(g: Groups, mention: TimeMention): void {
  const weekday = g.bwd ?? g.wd2;
  if (weekday) {
    mention.weekday = weekdayNumber(weekday);
    return;
  }
  if (mention.day?.kind === "weekday") {
    // 下周一（23日）lies ahead, whatever the date alone would mean.
    if ((mention.day.week ?? 0) > 0) return;
    mention.weekday = mention.day.weekday;
  }
  const month = g.nm ?? g.nm2 ?? g.nm3;
  const day = number(g.nd ?? g.nd2 ?? g.nd3);
  mention.day =
    month === undefined
      ? { kind: "month-day", months: null, day }
      : { kind: "date", year: null, yearsBack: null, month: number(month), day };
}

const number = (text: string | undefined): number => figure(text ?? "") ?? 0;

function dayOf(g: Groups): DayRef {
  if (g.wd) return { kind: "weekday", week: weekOffset(g.week), weekday: weekdayNumber(g.wd) };
  if (g.weekly) return { kind: "week", week: g.weekly.startsWith("上上") ? -2 : -1 };
  if (g.months) return { kind: "month-day", months: MONTHS[g.months] as number, day: number(g.mmd) };
  if (g.md ?? g.rd) return { kind: "month-day", months: null, day: number(g.md ?? g.rd) };
  const month = g.ym ?? g.im ?? g.cm ?? g.m ?? g.sm ?? g.fm ?? g.lm;
  if (month === undefined) return { kind: "weekend", week: weekOffset(g.weekend) };
  const day = number(g.yd ?? g.id ?? g.cd ?? g.d ?? g.sd ?? g.fd ?? g.ld);
  const yearsBack = g.rely ? (YEARS_BACK[g.rely] as number) : null;
  return { kind: "date", year: yearOf(g.y ?? g.iy ?? g.cy), yearsBack, month: number(month), day };
}

/** 26年 is 2026. */
function yearOf(text: string | undefined): number | null {
  const year = text === undefined ? undefined : figure(text);
  if (year === undefined) return null;
  return year < 100 ? 2000 + year : year;
}

function readNamed(g: Groups, mention: TimeMention): void {
  const last = DAY_FROM_LAST.get(g.last ?? "");
  const named = last ?? NAMED_DAY.get(g.named ?? "");
  mention.day = named ? { kind: last ? "from-last" : "offset", days: named.days } : { kind: "overnight" };
  if (named?.part) mention.part = partOf(named.part);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function readAgo(g: Groups, mention: TimeMention): void {
  if (g.halfmonth) mention.agoDays = 15;
  else if (g.quarterago) mention.ago = 15 * MINUTE * number(g.quarterago);
  else if (g.half) mention.ago = g.halfunit === "天" ? 12 * HOUR : HOUR / 2;
  else {
    const count = g.oneunit ? 1 : number(g.n) + (g.plushalf ? 0.5 : 0);
    const unit = g.unit ?? g.oneunit;
    if (unit === "分钟") mention.ago = count * MINUTE;
    else if (unit === "小时" || unit === "钟头") mention.ago = count * HOUR;
    else mention.agoDays = Math.round(count * (unit === "月" ? 30 : unit === "天" || unit === "日" ? 1 : 7));
  }
}

function weekdayNumber(character: string): number {
  return "一二三四五六日".indexOf(character.replace("天", "日")) + 1;
}

function weekOffset(word: string | undefined): number | null {
  if (!word) return null;
  if (word.startsWith("上上")) return -2;
  if (word.startsWith("上")) return -1;
  return word.startsWith("下") ? 1 : 0;
}
