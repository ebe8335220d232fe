import { wholeNumber } from "../numbers.ts";
import type { ClockTime, DayRef, PartOfDay, TimeMention } from "./mention.ts";

const HAN = "[零〇一二两三四五六七八九十]{1,3}";
const COUNT = `(?:\\d{1,4}|${HAN})`;
const WEEKDAY = "一二三四五六日";

/** Days by name, and the part of the day that some names include. */
const NAMED_DAYS: readonly (readonly [word: string, days: number, part?: string])[] = [
  ["大前天", -3],
  ["前天", -2],
  ["前日", -2],
  ["前晚", -2, "晚"],
  ["前夜", -2, "晚"],
  ["昨天", -1],
  ["昨日", -1],
  ["昨儿", -1],
  ["昨晚", -1, "晚"],
  ["昨夜", -1, "晚"],
  ["昨晨", -1, "早上"],
  ["昨早", -1, "早上"],
  ["今天", 0],
  ["今日", 0],
  ["今儿", 0],
  ["今早", 0, "早上"],
  ["今晨", 0, "早上"],
  ["今晚", 0, "晚"],
  ["今夜", 0, "晚"],
  ["明天", 1],
  ["明日", 1],
  ["明早", 1, "早上"],
  ["明晚", 1, "晚"],
  ["后天", 2],
];
const NAMED_DAY = new Map(NAMED_DAYS.map(([word, days, part]) => [word, { days, part }]));

/** Hours as in the conventions of the reports: a part of the day counts from its start. */
const PARTS: readonly (readonly [words: string, part: PartOfDay])[] = [
  ["凌晨|后半夜", { from: 0, to: 6, kind: "dawn" }],
  ["清晨|清早|大清早|早上|早晨|一早|一大早|早间|早", { from: 6, to: 9, kind: "morning" }],
  ["上午|午前", { from: 8, to: 12, kind: "morning" }],
  ["中午|正午|午间|晌午", { from: 11, to: 14, kind: "noon" }],
  ["下午|午后", { from: 13, to: 18, kind: "afternoon" }],
  ["傍晚|黄昏", { from: 17, to: 19, kind: "evening" }],
  ["晚上|晚间|当晚|晚", { from: 18, to: 24, kind: "evening" }],
  ["夜里|夜间|深夜|半夜|午夜|夜晚|夜", { from: 18, to: 24, kind: "night" }],
];
const PART_BY_WORD = new Map(PARTS.flatMap(([words, part]) => words.split("|").map((w) => [w, part] as const)));
const PART_WORDS = [...PART_BY_WORD.keys()].sort((a, b) => b.length - a.length).join("|");
/** A part of the day that may stand alone; one-character words and greetings may not. */
const LONE_PART = `(?:${[...PART_BY_WORD.keys()].filter((w) => w.length > 1).join("|")})(?![好茶餐饭会班场安]|高峰|新闻)`;

const DAY = [
  `(?<y>\\d{4})年 ?(?<ym>\\d{1,2})月 ?(?<yd>\\d{1,2})[日号]?`,
  String.raw`(?<![\d./-])(?<iy>\d{4})(?<isep>[-/.])(?<im>\d{1,2})\k<isep>(?<id>\d{1,2})(?![\d])`,
  `(?:(?<rely>今年|去年|前年) ?)?(?<![\\d零〇一二三四五六七八九十])(?<m>\\d{1,2}|${HAN})月 ?(?<d>\\d{1,2}|${HAN})(?:[日号]|(?!\\d|个|月|[零〇一二两三四五六七八九十]))`,
  String.raw`(?<![\d./:-])(?<sm>\d{1,2})[/.-](?<sd>\d{1,2})(?= ?(?:\d{1,2}:\d{2}|\d{1,2}[点时]|凌晨|[早晚]|上午|中午|下午|傍晚|夜|[（(]))(?!\d)`,
  `(?<![\\d路街巷道弄楼第栋幢院级])(?<md>\\d{1,2}|三十一?|二?十[一二三四五六七八九]?)(?:日|号)(?!内|之内|以内|前|后|之前|之后|均|楼|院|线|桌|店|铺|柜|机|车|公路|仓|门|井|厅|桥|地块|文|令)`,
  `(?<named>昨[夜晚]今[晨早]|${NAMED_DAYS.map(([w]) => w)
    .sort((a, b) => b.length - a.length)
    .join("|")})`,
  `(?<week>上上个?|上个?|这个?|本|下个?)?(?:周|星期|礼拜)(?<wd>[一二三四五六日天])(?!报|刊|会|年)(?:至周|到周)?(?<wdnote> ?[（(]\\d{1,2}[日号][）)])?`,
  `(?<weekonly>上上?个?(?:周|星期|礼拜))(?![一二三四五六日天末报刊会年])`,
  `(?<ago>(?<half>半)个?(?:多)?(?<halfunit>小时|钟头|天)|(?<n>${COUNT})(?<plushalf>个半)?(?:多)?(?:个)?(?<more>多)?(?<unit>小时|钟头|分钟|天|日|周|星期))(?:左右|多)?(?:之前|以前|前)(?!后)`,
  "(?<now>刚刚|刚才|方才|适才)",
].join("|");

const PART = `(?<part>${PART_WORDS})`;
const CLOCK = [
  String.raw`(?<![\d:])(?<h>[01]?\d|2[0-4]):(?<min>[0-5]\d)(?::[0-5]\d)?(?![\d:])`,
  `(?<oh>\\d{1,2}|${HAN})(?<mark>点|时)(?!间|代|候|速|评|名|击|赞|[刻]?线|了?[一]?(?:意见|建议))(?:(?<quarter>半|[一三1３3]刻)|(?<om>\\d{1,2}|${HAN})分?|整|钟)?`,
].join("|");
/** 一点, 一时, 三点： are words or list heads, not times, unless a day or a part of the day stands before them. */
const IDIOM = new RegExp(`^(?:一[点时](?![半\\d多左许钟])|${HAN}[点时][:：是])`);
/** 多, 许, 左右 after a clock time or a day. */
const FUZZY_AFTER = /\s?(?:来钟|多钟|左右|前后|上下|许|多|过后?)/y;
const FUZZY_BEFORE = /(?:大约|大概|约|近|差不多|好像|可能)(?:是|在)? ?$/;
const SINCE = /^ ?(?:就)?(?:开始|以来|至今)/;
const RANGE_SIGN = /\s?(?:-{1,2}|—{1,2}|–|~|至|到)\s?/y;

const START = new RegExp(`${DAY}|${CLOCK}|${LONE_PART}|(?:${PART_WORDS})(?=\\d{1,2}[点时:]|${HAN}[点时])`, "g");
const DAY_AT = new RegExp(`(?:${DAY})`, "y");
const PART_AT = new RegExp(PART, "y");
const CLOCK_AT = new RegExp(`(?:${CLOCK})`, "y");
/** Between the part of the day and the clock time; 嗯大概 comes from speech. */
const FILLER = /\s?(?:嗯|呃|额|那个|大约|大概|差不多|约|的)*\s?/y;
const LINK_AT = /\s?(?:的|[,，、](?=\d{1,2}:\d{2})|[（(](?:周|星期|礼拜)[一二三四五六日天][）)]| )?\s?/y;

/**
 * Every stretch of the text that names a time, in order, without overlap. Nothing is tied to a calendar yet, so
 * impossible days (2月30日) are still among them. Linear: each part of the pattern is bounded.
 */
export function scanTimes(text: string): TimeMention[] {
  const mentions: TimeMention[] = [];
  START.lastIndex = 0;
  for (let m = START.exec(text); m; m = START.exec(text)) {
    const mention = readMention(text, m.index);
    if (!mention) {
      START.lastIndex = m.index + 1;
      continue;
    }
    const end = readRangeEnd(text, mention.to);
    if (end) {
      mention.until = end;
      mention.to = end.to;
    }
    mention.since = SINCE.test(text.slice(mention.to, mention.to + 6));
    mentions.push(mention);
    START.lastIndex = mention.to;
  }
  return mentions;
}

/** 夜间施工 in mid-sentence is a manner, not a time. */
function startsClause(text: string, from: number): boolean {
  return from === 0 || /[\s，,。；;：:！!？?、“"（(】|]/.test(text[from - 1] as string);
}

function readRangeEnd(text: string, at: number): TimeMention | null {
  const sign = match(RANGE_SIGN, text, at);
  if (!sign) return null;
  const end = readMention(text, at + sign[0].length);
  return end && end.ago === null && end.agoDays === null ? end : null;
}

function readMention(text: string, from: number): TimeMention | null {
  const mention: TimeMention = {
    from,
    to: from,
    day: null,
    part: null,
    clock: null,
    ago: null,
    agoDays: null,
    fuzzy: FUZZY_BEFORE.test(text.slice(Math.max(0, from - 6), from)),
    since: false,
    until: null,
  };
  const day = match(DAY_AT, text, from);
  if (day) {
    readDay(day, mention);
    mention.to = from + day[0].length;
    if (mention.ago === 0 && match(CLOCK_AT, text, mention.to)) {
      // 刚才22点多 names the clock time; 刚才 only says that it was today.
      mention.ago = null;
      mention.day = { kind: "offset", days: 0 };
    }
    if (mention.ago !== null || mention.agoDays !== null || mention.day?.kind === "overnight") return mention;
  }
  const afterDay = mention.day ? mention.to + (match(LINK_AT, text, mention.to)?.[0].length ?? 0) : from;
  const part = match(PART_AT, text, afterDay);
  let at = afterDay;
  if (part) {
    at += part[0].length;
    mention.part = PART_BY_WORD.get(part[0]) ?? null;
    mention.to = at;
    at += match(FILLER, text, at)?.[0].length ?? 0;
  }
  const clock = match(CLOCK_AT, text, at);
  const read = clock && readClock(clock.groups ?? {});
  if (clock && read) {
    mention.clock = read;
    mention.to = at + clock[0].length;
  }
  if (!mention.day && !mention.clock && !(part && part[0].length > 1 && startsClause(text, from))) return null;
  if (!mention.day && !(part && part[0].length > 1) && clock && IDIOM.test(clock[0] + (text[mention.to] ?? "")))
    return null;
  const fuzzy = match(FUZZY_AFTER, text, mention.to);
  if (fuzzy && (mention.clock || !/^\s?(?:多|过后?)$/.test(fuzzy[0]))) {
    mention.fuzzy = true;
    mention.to += fuzzy[0].length;
  }
  return mention;
}

function readDay(m: RegExpExecArray, mention: TimeMention): void {
  const g = m.groups ?? {};
  if (g.now) {
    mention.ago = 0;
  } else if (g.ago) {
    readAgo(g, mention);
  } else if (g.named) {
    const named = NAMED_DAY.get(g.named);
    mention.day = named ? { kind: "offset", days: named.days } : { kind: "overnight" };
    if (named?.part) mention.part = PART_BY_WORD.get(named.part) ?? null;
  } else if (g.wd) {
    mention.day = {
      kind: "weekday",
      week: weekOffset(g.week),
      weekday: WEEKDAY.indexOf(g.wd.replace("天", "日")) + 1,
    };
  } else if (g.weekonly) {
    mention.day = { kind: "week", week: g.weekonly.startsWith("上上") ? -2 : -1 };
  } else if (g.md) {
    mention.day = { kind: "month-day", day: wholeNumber(g.md) ?? 0 };
  } else {
    mention.day = readDate(g);
  }
}

function readDate(g: Readonly<Record<string, string | undefined>>): DayRef {
  const year = g.y ?? g.iy;
  const month = wholeNumber(g.ym ?? g.im ?? g.m ?? g.sm ?? "") ?? 0;
  const day = wholeNumber(g.yd ?? g.id ?? g.d ?? g.sd ?? "") ?? 0;
  return { kind: "date", year: year ? Number(year) : null, month, day };
}

function readAgo(g: Readonly<Record<string, string | undefined>>, mention: TimeMention): void {
  const unit = g.unit ?? g.halfunit ?? "";
  const count = g.half ? 0.5 : (wholeNumber(g.n ?? "") ?? 0) + (g.plushalf ? 0.5 : 0);
  const days = unit === "周" || unit === "星期" ? 7 : 1;
  if (unit === "分钟") mention.ago = count * 60_000;
  else if (unit === "小时" || unit === "钟头") mention.ago = count * 3_600_000;
  else if (g.half) mention.ago = 12 * 3_600_000;
  else mention.agoDays = count * days;
}

function weekOffset(word: string | undefined): number | null {
  if (!word) return null;
  if (word.startsWith("上上")) return -2;
  if (word.startsWith("上")) return -1;
  return word.startsWith("下") ? 1 : 0;
}

function readClock(g: Readonly<Record<string, string | undefined>>): ClockTime | null {
  if (g.h !== undefined) return { hour: Number(g.h), minute: Number(g.min), official: true };
  const hour = wholeNumber(g.oh ?? "");
  const quarter = g.quarter;
  const minute = quarter ? (quarter === "半" ? 30 : /[一1]/.test(quarter) ? 15 : 45) : g.om ? wholeNumber(g.om) : 0;
  if (hour === undefined || minute === undefined || hour > 24 || minute > 59) return null;
  return { hour, minute, official: g.mark === "时" || hour > 12 || hour === 0 };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
