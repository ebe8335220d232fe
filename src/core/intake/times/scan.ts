import { blank } from "../words.ts";
import { CLOCK_SOURCE, readClock } from "./clocks.ts";
import { BESIDE_SOURCE, DAY_SOURCE, FIELD_DAY_SOURCE, readBeside, readDay } from "./days.ts";
import { scanForeign } from "./foreign.ts";
import { emptyMention, isSince, matchAt, type TimeMention } from "./mention.ts";
import { LONE_PART, PART_WORDS, partOf } from "./parts.ts";

/** Two grammars: running words, and a field that is known to hold a time. */
interface Grammar {
  start: RegExp;
  day: RegExp;
}
const grammar = (days: string): Grammar => ({
  start: new RegExp(
    `${days}|${CLOCK_SOURCE}|${LONE_PART}|(?:${PART_WORDS})(?=\\d{1,2}[点时:、-]|[零一二两三四五六七八九十]{1,3}[点时])`,
    "g",
  ),
  day: new RegExp(`(?:${days})`, "y"),
});
const RUNNING = grammar(DAY_SOURCE);
const FIELD = grammar(FIELD_DAY_SOURCE);

const PART_AT = new RegExp(`(?:${PART_WORDS})`, "y");
const CLOCK_AT = new RegExp(`(?:${CLOCK_SOURCE})`, "y");
const BESIDE_AT = new RegExp(`(?:${BESIDE_SOURCE})`, "y");
/** 一点, 三点：, 两点原因 are words or counts, not times, unless a day or a part of the day stands before them. */
const IDIOM =
  /^(?:一[点时](?![半\d多左许钟二三四五十]|一刻)|[零一二两三四五六七八九十]{1,3}[点时][:：是]|.{1,2}点(?:要求|原因|问题|诉求|疑问|疑点|说明|质疑|希望|看法|事项|理由|内容|情况))/;

/** Between day, part and clock time; 那个 and 嗯大概 come from speech. */
const JOIN =
  /(?:\s|T|的|那天|当天|这天|这个|那个|嗯|呃|额|大约|大概|差不多|将近|约|近|快|好像|可能|应该|是|在|[,，、](?=\d{1,2}:\d{2})){0,4}/y;
const HEDGE = /大约|大概|差不多|将近|约|近|快|好像|可能|应该/;
const FUZZY_BEFORE = /(?:大约|大概|将近|约|近|差不多|好像|可能|快)(?:是|在)? ?$/;
/** 多, 许, 左右 after a clock time or a day. */
const FUZZY_AFTER = /\s?(?:来钟|多钟|(?:多|许)?左右|前后|上下|许|多|不到|过后?)/y;
const ONLY_OF_CLOCKS = /^\s?(?:多|多钟|来钟|不到|过后?)$/;
const LIST_SIGN = /、|和|及/y;
const RANGE_SIGN = /\s?(?:-{1,2}|—{1,2}|–|~|至|到)\s?/y;

/**
 * Every stretch of the text that names a time, in order, without overlap. Nothing is tied to a calendar yet, so
 * impossible days (2月30日) are still among them. Linear: each part of the pattern is bounded.
 */
export function scanTimes(text: string, where: "running" | "field" = "running"): TimeMention[] {
  const foreign = scanForeign(text);
  const chinese = scanChinese(blank(text, foreign), where === "field" ? FIELD : RUNNING);
  return foreign.length === 0 ? chinese : [...chinese, ...foreign].sort((a, b) => a.from - b.from);
}

function scanChinese(text: string, { start, day }: Grammar): TimeMention[] {
  const mentions: TimeMention[] = [];
  start.lastIndex = 0;
  for (let m = start.exec(text); m; m = start.exec(text)) {
    const mention = readMention(text, m.index, day);
    if (!mention) {
      start.lastIndex = m.index + 1;
      continue;
    }
    for (let end = readRangeEnd(text, mention, day); end; end = readNextOfList(text, mention, day)) {
      mention.until = end;
      mention.to = end.to;
    }
    mention.since = isSince(mention, text.slice(mention.to, mention.to + 6));
    mentions.push(mention);
    start.lastIndex = mention.to;
  }
  return mentions;
}

/** 夜间施工 in mid-sentence is a manner, not a time. */
function startsClause(text: string, from: number): boolean {
  return from === 0 || /[\s，,。；;：:！!？?、“"（(】|于]/.test(text[from - 1] as string);
}

function readRangeEnd(text: string, start: TimeMention, day: RegExp): TimeMention | null {
  const sign = matchAt(RANGE_SIGN, text, start.to);
  if (!sign) return readNextOfList(text, start, day);
  const end = readMention(text, start.to + sign[0].length, day, true);
  return end && end.ago === null && end.agoDays === null ? end : null;
}

/** 11月18日、19日、20日 is one stretch of days. */
function readNextOfList(text: string, start: TimeMention, day: RegExp): TimeMention | null {
  const sign = isDate(start) ? matchAt(LIST_SIGN, text, start.to) : null;
  const next = sign && readMention(text, start.to + sign[0].length, day, true);
  return next && isDate(next) ? next : null;
}

/** A date and nothing closer. */
function isDate({ day, part, clock }: TimeMention): boolean {
  return (day?.kind === "date" || day?.kind === "month-day") && !part && !clock;
}

function readMention(text: string, from: number, dayAt: RegExp, isEnd = false): TimeMention | null {
  const mention = emptyMention(from);
  mention.fuzzy = FUZZY_BEFORE.test(text.slice(Math.max(0, from - 6), from));
  const day = matchAt(dayAt, text, from);
  if (day) {
    readDay(day.groups ?? {}, mention);
    mention.to = from + day[0].length;
    if (mention.ago === 0 && matchAt(CLOCK_AT, text, mention.to)) {
      // 刚才22点多 names the clock time; 刚才 only says that it was today.
      mention.ago = null;
      mention.day = { kind: "offset", days: 0 };
    }
    if (mention.ago !== null || mention.agoDays !== null || mention.day?.kind === "overnight") return mention;
    const beside = matchAt(BESIDE_AT, text, mention.to);
    if (beside && isDayName(mention)) {
      readBeside(beside.groups ?? {}, mention);
      mention.to += beside[0].length;
    }
  }
  const { part, clockFrom } = readPartAndClock(text, from, mention);
  const isWord = part.length > 1;
  if (!mention.day && !mention.clock && !(isWord && (isEnd || startsClause(text, from)))) return null;
  if (!mention.day && !isWord && mention.clock && IDIOM.test(text.slice(clockFrom, mention.to + 2))) return null;
  const fuzzy = matchAt(FUZZY_AFTER, text, mention.to);
  if (fuzzy && (mention.clock || !ONLY_OF_CLOCKS.test(fuzzy[0]))) {
    mention.fuzzy = true;
    mention.to += fuzzy[0].length;
  }
  return mention;
}

/** A date, a weekday, 昨日: the kinds of day beside which another name of it is written. */
function isDayName({ day, part }: TimeMention): boolean {
  return (
    day?.kind === "date" ||
    day?.kind === "month-day" ||
    day?.kind === "weekday" ||
    (day?.kind === "offset" && day.days <= 0 && !part)
  );
}

/** Reads what follows the day; `part` is the word for the part of the day, or nothing. */
function readPartAndClock(text: string, from: number, mention: TimeMention): { part: string; clockFrom: number } {
  const join = (at: number): string => matchAt(JOIN, text, at)?.[0] ?? "";
  const lead = mention.day ? join(mention.to) : "";
  let at = mention.day ? mention.to + lead.length : from;
  let hedges = lead;
  const part = matchAt(PART_AT, text, at)?.[0] ?? "";
  if (part) {
    at += part.length;
    // 昨晚凌晨1点 is still the night of yesterday.
    if (mention.part?.kind !== "evening" || part !== "凌晨") mention.part = partOf(part);
    mention.to = at;
    if (HEDGE.test(lead)) mention.fuzzy = true;
  }
  if (part || mention.part) {
    const filler = join(at);
    at += filler.length;
    hedges += filler;
  }
  const clock = matchAt(CLOCK_AT, text, at);
  const read = clock && readClock(clock.groups ?? {});
  if (clock && read) {
    mention.clock = read.clock;
    mention.to = at + clock[0].length;
    if (read.loose || HEDGE.test(hedges)) mention.fuzzy = true;
  }
  return { part, clockFrom: at };
}
