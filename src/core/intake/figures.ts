import { METRIC_WORDS, type Metric } from "./lexicon.ts";
import { AMOUNT_SOURCE, amountOf } from "./numbers.ts";
import type { Amount } from "./types.ts";
import { alternatives, type Span, spanFinder } from "./words.ts";

/** One figure of spread, and where its metric (or, without one, its number) stands. */
export interface Reading {
  metric: Metric;
  amount: Amount;
  at: number;
  /** 抖音播放12万、快手8万: the metric is that of the figure before. */
  carried?: true;
  /** 抖音、快手播放分别为3.4万、9800: which of the platforms named right before is meant, counted from the last. */
  fromLast?: number;
}

const METRIC_BY_WORD = new Map(
  (Object.entries(METRIC_WORDS) as [Metric, readonly string[]][]).flatMap(([metric, words]) =>
    words.map((w) => [w, metric] as const),
  ),
);
/** One-character words count only right beside a number. */
const SHORT_WORDS = [...METRIC_BY_WORD.keys()].filter((w) => /^[\u4e00-\u9fa5]$/.test(w));
const LONG_WORDS = [...METRIC_BY_WORD.keys()].filter((w) => !SHORT_WORDS.includes(w));
const OF_WHAT = "(?:总?量|总数|数量|数(?![十百千万亿])|次数|人数|人次|峰值)?";
const METRIC = new RegExp(
  `(?<long>${alternatives(LONG_WORDS)})${OF_WHAT}|(?<short>${alternatives(SHORT_WORDS)})(?=[约近超破]?\\d)|(?<=\\d[万wWkK千]?[多余来+]?)(?<behind>${alternatives(SHORT_WORDS)})(?![\\u4e00-\\u9fa5])`,
  "gu",
);

const HAS =
  "已经|已|得|现在|目前|当前|现|均|都|就|也|还|共计|共有|共|个|累计|总计|总共|一共|合计|加起来|达到|达|有|为|是|到了?|了|在|(?:飙|涨|升|增|攀|蹿)(?:升|长|涨|加)?(?:到了?|至)|大概|大约|约|差不多|可能|应该|吧|说是?|听说|据说|最高的?(?:一条|那条|一个|视频)?|量级";
/** Between a metric and its number: 播放已经8.6w, 转发约3500, 阅读量:10万+, 从3万涨到10万. */
const GAP = new RegExp(
  ` ?[:：]? ?${OF_WHAT}(?:[由从][^，。；;、\\n到至]{1,8}(?=[飙涨升增攀到至]))?(?:${HAS})* ?[:：]? ?`,
  "y",
);
const GAP_ROUGHLY = /大概|大约|约|差不多|可能/;
const AMOUNT_AT = new RegExp(AMOUNT_SOURCE, "iy");
const COUNTER = "次|条|个|人次|人|件|篇|通|起|位|名|层";
const AMOUNT_BEFORE = new RegExp(
  `(?:${AMOUNT_SOURCE}) ?(?:${COUNTER})?(?:网友|网民|用户|群众)?(?:的)?(?:在线|参与|跟帖式)?$`,
  "i",
);

/** 最高一条播放27万: views are not counted in 条; that is the number of posts. */
const OF_POSTS = /[条个篇]$/;

/** 转发、评论、点赞分别为120、45、300 · 转赞评：100/200/300 */
const JOIN = "[、/，,和及与 ]{1,2}";
const WORD = `(?:${alternatives(METRIC_BY_WORD.keys())})${OF_WHAT}`;
const ONE_AMOUNT = AMOUNT_SOURCE.replace(/\(\?<[a-z]+>/g, "(?:");
const LIST = new RegExp(
  `(?<words>${WORD}(?:${JOIN}${WORD}){1,4}|[转评赞]{2,3}|${WORD}(?=分别))(?:数据?|量|情况)?(?<each>分别|依次)?(?:约|已|达到?|为|是|有)*[:：]?\\s?` +
    `(?<amounts>(?:${ONE_AMOUNT})(?:${COUNTER})?(?:${JOIN}(?:${ONE_AMOUNT})(?:${COUNTER})?){1,4})`,
  "giu",
);
const WORDS_IN = new RegExp(alternatives(METRIC_BY_WORD.keys()), "gu");
const AMOUNTS_IN = new RegExp(AMOUNT_SOURCE, "gi");

/** Every figure of spread in the text, in order. */
export function readFigures(text: string): Reading[] {
  const lists = readLists(text);
  const inList = spanFinder(lists);
  const readings: Reading[] = lists.flatMap((list) => list.readings);
  let consumed = 0;
  for (const m of text.matchAll(METRIC)) {
    const word = m.groups?.long ?? m.groups?.short ?? m.groups?.behind ?? "";
    const metric = METRIC_BY_WORD.get(word);
    if (!metric || m.index < consumed) continue;
    const list = inList(m.index);
    if (list) {
      consumed = list.to;
      continue;
    }
    const windowFrom = Math.max(consumed, m.index - 16);
    const before = AMOUNT_BEFORE.exec(text.slice(windowFrom, m.index));
    const isCount = before !== null && !(metric === "views" && OF_POSTS.test(before[0]));
    const amountBefore =
      isCount && !isOther(text, windowFrom + before.index) ? amountOf(before.groups ?? {}) : undefined;
    if (amountBefore) {
      readings.push({ metric, amount: amountBefore, at: m.index });
      consumed = m.index + m[0].length;
      continue;
    }
    GAP.lastIndex = m.index + m[0].length;
    const gap = GAP.exec(text)?.[0] ?? "";
    const after = amountAt(text, m.index + m[0].length + gap.length);
    if (!after) continue;
    const roughly = GAP_ROUGHLY.test(gap) && after.amount.op === "=";
    readings.push({ metric, amount: roughly ? { ...after.amount, op: "≈" } : after.amount, at: m.index });
    consumed = after.to;
  }
  return readings.sort((a, b) => a.at - b.at);
}

/** A platform followed at once by a number and no metric of its own shares the metric before it. */
export function carriedFigure(text: string, at: number, last: Reading): Reading | undefined {
  const between = text.slice(last.at, at);
  if (between.length > 60 || /[。！？\n]/.test(between)) return undefined;
  GAP.lastIndex = at;
  const gap = GAP.exec(text)?.[0] ?? "";
  const after = amountAt(text, at + gap.length);
  if (!after || !/^ ?(?:次|条|个)?(?:$|[，、；;。,）)\n])/.test(text.slice(after.to, after.to + 3))) return undefined;
  return { metric: last.metric, amount: after.amount, at, carried: true };
}

function amountAt(text: string, at: number): { amount: Amount; to: number } | undefined {
  AMOUNT_AT.lastIndex = at;
  const m = AMOUNT_AT.exec(text);
  const amount = m?.groups ? amountOf(m.groups) : undefined;
  const to = AMOUNT_AT.lastIndex;
  if (!m || !amount || /^ ?(?:[月日号时:年]|点(?![赞击评]))/.test(text.slice(to, to + 3))) return undefined;
  return { amount, to };
}

interface List extends Span {
  readings: Reading[];
}

/** As many numbers as words, or one word and a number for each platform named before it. */
function readLists(text: string): List[] {
  const lists: List[] = [];
  for (const m of text.matchAll(LIST)) {
    const { words = "", amounts = "", each } = m.groups ?? {};
    const metrics = [...words.matchAll(WORDS_IN)].map((w) => METRIC_BY_WORD.get(w[0]));
    const values = [...amounts.matchAll(AMOUNTS_IN)].filter((a) => a[0] !== "").map((a) => amountOf(a.groups ?? {}));
    const single = metrics.length === 1 && each !== undefined;
    if (values.length < 2 || (!single && metrics.length !== values.length)) continue;
    const readings = values.flatMap((amount, k): Reading[] => {
      const metric = metrics[single ? 0 : k];
      if (!metric || !amount) return [];
      return [{ metric, amount, at: m.index, ...(single ? { fromLast: values.length - k } : {}) }];
    });
    if (readings.length === values.length) lists.push({ readings, from: m.index, to: m.index + m[0].length });
  }
  return lists;
}

/** A number that ends a time, a weekday, a rank or a name is not a figure. */
function isOther(text: string, from: number): boolean {
  return /(?:第|周|星期|礼拜|\d[.:/]|[#\-A-Za-z])$/.test(text.slice(Math.max(0, from - 2), from));
}
