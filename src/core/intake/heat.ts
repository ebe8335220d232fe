import { METRIC_WORDS, type Metric } from "./lexicon.ts";
import { AMOUNT_SOURCE, amountOf } from "./numbers.ts";
import type { PlatformMention } from "./platforms.ts";
import type { Amount, Heat } from "./types.ts";
import { alternatives } from "./words.ts";

interface Reading {
  metric: Metric;
  amount: Amount;
  at: number;
}

const METRIC_BY_WORD = new Map(
  (Object.entries(METRIC_WORDS) as [Metric, readonly string[]][]).flatMap(([metric, words]) =>
    words.map((w) => [w, metric] as const),
  ),
);
/** One-character words and 件 count only right beside a number. */
const SHORT_WORDS = [...METRIC_BY_WORD.keys()].filter((w) => /^[\u4e00-\u9fa5]$/.test(w));
const LONG_WORDS = [...METRIC_BY_WORD.keys()].filter((w) => !SHORT_WORDS.includes(w));
const METRIC = new RegExp(
  `(?<long>${alternatives(LONG_WORDS)})(?:总?量|数量?|次数|人数|人次)?|(?<short>${alternatives(SHORT_WORDS)})(?=[约近超破]?\\d)|(?<=\\d[万wWkK千]?[多余来+]?)(?<behind>${alternatives(SHORT_WORDS)})(?![\\u4e00-\\u9fa5])`,
  "gu",
);

/** Between a metric and its number: 播放已经8.6w, 转发约3500, 阅读量:10万+. */
const GAP =
  /\s?[:：]?\s?(?:(?:总?量|数量?|次数|人数|人次)?(?:已经|已|得|现在|目前|均|都|就|也|共|累计|总计|合计|达到|达|有|为|是|到了?|了|飙到|涨到|升至|升到)*)\s?/y;
const AMOUNT_AT = new RegExp(AMOUNT_SOURCE, "iy");
const AMOUNT_BEFORE = new RegExp(`(?:${AMOUNT_SOURCE}) ?(?:次|条|个|人次|人|件|篇|通|起|位网友|名网友)?(?:的)?$`, "i");

/** 热搜同城第7位, 同城榜第3, 全国热榜No.19. */
const RANK =
  /(?<scope>同城|全国|全省|全市|本地|总榜)?[^，。；\n\d]{0,6}?(?:热榜|热搜榜?|榜单?|话题榜|同城|头条)[^，。；\n\d第N]{0,4}(?:第|No\.? ?|TOP ?)(?<pos>\d{1,3}|[一二三四五六七八九十]{1,3})/i;
const RANK_NUMERALS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};

/** Figures of spread in a text, each with its operator, added up over platforms and kept per platform. */
export function readHeat(text: string, platforms: readonly PlatformMention[]): Heat {
  const readings = readFigures(text);
  const heat: Heat = {};
  const byPlatform: Record<string, Record<string, number>> = {};
  let named = 0;
  for (const { metric, amount, at } of readings) {
    while (named < platforms.length && (platforms[named] as PlatformMention).from < at) named++;
    const platform = platforms[named - 1]?.platform;
    let mine: Record<string, number> | undefined;
    if (platform !== undefined) {
      byPlatform[platform] ??= {};
      mine = byPlatform[platform];
    }
    if (mine && mine[metric] !== undefined) continue;
    if (mine) mine[metric] = amount.value;
    const known = heat[metric];
    if (known === undefined) heat[metric] = amount;
    else if (mine) heat[metric] = { value: known.value + amount.value, op: known.op === amount.op ? known.op : "≈" };
  }
  if (Object.keys(byPlatform).length > 1) heat.byPlatform = byPlatform;
  const rank = readRank(text);
  if (rank) heat.rank = rank;
  return heat;
}

function readFigures(text: string): Reading[] {
  const readings: Reading[] = [];
  let consumed = 0;
  for (const m of text.matchAll(METRIC)) {
    const word = m.groups?.long ?? m.groups?.short ?? m.groups?.behind ?? "";
    const metric = METRIC_BY_WORD.get(word);
    if (!metric || m.index < consumed) continue;
    const windowFrom = Math.max(consumed, m.index - 16);
    const before = AMOUNT_BEFORE.exec(text.slice(windowFrom, m.index));
    const amountBefore =
      before?.groups && !isOther(text, windowFrom + before.index) ? amountOf(before.groups) : undefined;
    if (amountBefore) {
      readings.push({ metric, amount: amountBefore, at: m.index });
      consumed = m.index + m[0].length;
      continue;
    }
    GAP.lastIndex = m.index + m[0].length;
    const gap = GAP.exec(text)?.[0].length ?? 0;
    AMOUNT_AT.lastIndex = m.index + m[0].length + gap;
    const after = AMOUNT_AT.exec(text);
    const amount = after?.groups ? amountOf(after.groups) : undefined;
    if (
      !after ||
      !amount ||
      /^(?:[月日号时:年]|点(?![赞击评]))/.test(text.slice(AMOUNT_AT.lastIndex, AMOUNT_AT.lastIndex + 2))
    )
      continue;
    readings.push({ metric, amount, at: m.index });
    consumed = AMOUNT_AT.lastIndex;
  }
  return readings;
}

/** A number that ends a time, a rank or a name is not a figure. */
function isOther(text: string, from: number): boolean {
  return /[第.:/#\-A-Za-z]$/.test(text.slice(Math.max(0, from - 1), from));
}

function readRank(text: string): { scope: string; pos: number } | undefined {
  const m = RANK.exec(text);
  const pos = m?.groups?.pos;
  if (!m || !pos) return undefined;
  const scope = /同城/.test(m[0]) ? "同城" : (m.groups?.scope ?? "全国");
  const value = /^\d/.test(pos)
    ? Number(pos)
    : pos.startsWith("十")
      ? 10 + (RANK_NUMERALS[pos[1] ?? ""] ?? 0)
      : (RANK_NUMERALS[pos[0] ?? ""] ?? 0) * (pos.includes("十") ? 10 : 1) + (RANK_NUMERALS[pos[2] ?? ""] ?? 0);
  return { scope, pos: value };
}
