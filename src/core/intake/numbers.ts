import type { Amount } from "./types.ts";

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  幺: 1,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };

/** Every character a Chinese numeral may hold. */
const CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千]";

/**
 * A whole number in Arabic or Chinese digits: 12, 五百, 一百零五, 三千五 (3500), 二〇二六.
 * @returns undefined for anything else
 */
export function wholeNumber(text: string): number | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (!/^[零〇一二两三四五六七八九幺十百千万亿]+$/.test(text)) return undefined;
  if (!/[十百千万亿]/.test(text)) return Number(Array.from(text, (c) => DIGITS[c]).join(""));
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  let lastUnit = 1;
  for (const c of text) {
    if (c in UNITS) {
      lastUnit = UNITS[c] as number;
      section += (digit ?? 1) * lastUnit;
      digit = undefined;
    } else if (c === "万" || c === "亿") {
      lastUnit = c === "万" ? 10_000 : 100_000_000;
      total = (total + section + (digit ?? 0)) * lastUnit;
      section = 0;
      digit = undefined;
    } else {
      digit = DIGITS[c] as number;
      if (digit === 0) lastUnit = 10;
    }
  }
  // 三千五 is 3500: a last digit without a unit counts tenths of the unit before it, unless 零 stood between.
  const rest = digit === undefined ? 0 : lastUnit > 10 ? (digit * lastUnit) / 10 : digit;
  return total + section + rest;
}

const SUFFIX: Readonly<Record<string, number>> = {
  亿: 100_000_000,
  千万: 10_000_000,
  百万: 1_000_000,
  万: 10_000,
  w: 10_000,
  千: 1_000,
  k: 1_000,
  百: 100,
};

/** Two neighbouring digits before a unit: 五六千, 三四十, 七八万. */
const SPAN = /^([一二两三四五六七八九])[二三四五六七八九](?=[十百千万])/;

const BEFORE =
  "超过|超|突破|破|逾|不止|不低于|不少于|至少|高达|多达|过|上(?=[百千万亿])|约|近|将近|接近|大约|大概|差不多|几乎|不足|不到|好几(?=[十百千万亿])|[数几](?=[十百千万亿])";
const AFTER = "多|余|来|\\+|加(?![上入强油起剧])|以上|出头|不止|左右|上下";
const ROUGHLY = /来|约|近|几乎|大概|差不多|左右|上下|不足|不到/;
const AT_LEAST = /超|破|逾|不止|不低于|不少于|至少|过|上|多|余|\+|加|几|数|出头/;

/**
 * A count as people type it: 12.3万, 8.6w, 10万+, 300多万, 五百来, 近千, 十几万, 数百, 破亿, 3万5, 2-3万, 1,386, 约3500.
 * Groups: before, number, upto (of a range), middle, suffix, rest (3万5), after. Needs the flag i for W and K.
 */
export const AMOUNT_SOURCE =
  `(?<before>(?:${BEFORE})*) ?` +
  `(?<number>\\d{1,4}万\\d千|(?:\\d{1,3}(?:,\\d{3})+(?!,?\\d)|\\d+)(?:\\.\\d+)?|${CHINESE_NUMERAL}+(?:万${CHINESE_NUMERAL}*[十百千]${CHINESE_NUMERAL}*)?|(?=[百千万亿]))` +
  "(?:(?:[万wk千]?)[-~—至到](?<upto>\\d{1,5}(?:\\.\\d+)?)(?=[万wk千亿次条个]))?" +
  "(?<middle>[多余来几]?) ?" +
  "(?<suffix>千万|百万|万|亿|千|百|[wk](?![a-z]))?" +
  "(?<rest>(?<=[万亿千])[1-9一二三四五六七八九](?![\\d.十百千万亿月日号点时:wk]|,\\d))?" +
  `(?<after>(?:${AFTER})*)`;

/** Reads the groups of AMOUNT_SOURCE; undefined when the text is no number. A range counts from its lower end. */
export function amountOf(groups: Readonly<Record<string, string | undefined>>): Amount | undefined {
  const { before = "", number = "", upto, middle = "", suffix = "", rest, after = "" } = groups;
  const spread = SPAN.test(number + suffix);
  const plain = plainNumber(spread ? (number[0] as string) + number.slice(2) : number);
  const hedge = before + middle + after;
  // 千, 万 alone are no numbers: 近千, 万余 are.
  if (plain === undefined || (number === "" && hedge === "")) return undefined;
  const unit = SUFFIX[suffix.toLowerCase()] ?? 1;
  const value = Math.round(plain * unit) + (rest ? ((wholeNumber(rest) ?? 0) * unit) / 10 : 0);
  if (!Number.isSafeInteger(value)) return undefined;
  if (spread || upto !== undefined || ROUGHLY.test(hedge)) return { value, op: "≈" };
  return { value, op: AT_LEAST.test(hedge) ? ">=" : "=" };
}

function plainNumber(number: string): number | undefined {
  if (number === "") return 1;
  const mixed = /^(\d+)万(\d)千$/.exec(number);
  if (mixed) return Number(mixed[1]) * 10_000 + Number(mixed[2]) * 1_000;
  return /^\d/.test(number) ? Number(number.replaceAll(",", "")) : wholeNumber(number);
}
