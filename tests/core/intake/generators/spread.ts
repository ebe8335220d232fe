import fc from "fast-check";
import type { Amount, Heat } from "#core/intake/types.ts";
import { type Count, count, exact } from "./amounts.ts";
import { said } from "./numerals.ts";

/** A passage about spread, and the figures that it means. */
export interface Spread {
  text: string;
  heat: Heat;
}

type Metric = "views" | "likes" | "comments" | "shares" | "recommends" | "liveViewers";
const WORDS: Readonly<Record<Metric, readonly string[]>> = {
  views: ["播放", "播放量", "阅读", "阅读量", "浏览量", "点击量", "话题阅读量"],
  likes: ["点赞", "点赞数", "获赞", "点赞量"],
  comments: ["评论", "跟帖", "讨论量", "评论数", "留言数", "回复"],
  shares: ["转发", "转发量", "分享"],
  recommends: ["在看", "推荐数"],
  liveViewers: ["在线人数", "在线峰值", "直播在线"],
};
const METRICS = Object.keys(WORDS) as Metric[];

interface Figure {
  metric: Metric;
  word: string;
  count: Count;
}
const figureOf = (metric: Metric, counts: fc.Arbitrary<Count>): fc.Arbitrary<Figure> =>
  fc
    .record({ metric: fc.constant(metric), word: fc.constantFrom(...WORDS[metric]), count: counts })
    // 点赞数十 is either 点赞数 + 十 or 点赞 + 数十.
    .filter(({ word, count: { text } }) => !(word.endsWith("数") && /^[十百千万]/.test(text)));
const figuresOf = (counts: fc.Arbitrary<Count>, min = 1): fc.Arbitrary<Figure[]> =>
  fc
    .uniqueArray(fc.constantFrom(...METRICS), { minLength: min, maxLength: 4 })
    .chain((metrics) => fc.tuple(...metrics.map((m) => figureOf(m, counts))));

const amount = ({ value, op }: Count): Amount => ({ value, op });
const heatOf = (figures: readonly Figure[]): Heat =>
  Object.fromEntries(figures.map((f) => [f.metric, amount(f.count)]));

const BETWEEN = ["", "：", ":", "已经", "已", "达", "达到", "有", "累计", "为", " ", "目前", "均", "数据为"];
const COUNTERS: Readonly<Record<Metric, string>> = {
  views: "次",
  likes: "个",
  comments: "条",
  shares: "次",
  recommends: "",
  liveViewers: "人",
};
/** 播放已8.6w，点赞1200 */
const wordFirst = fc
  .tuple(
    figuresOf(count),
    fc.constantFrom(...BETWEEN.slice(0, -1)),
    fc.constantFrom("，", "、", " ", "；", ",", "\n"),
    fc.boolean(),
  )
  .map(
    ([figures, between, join, counted]): Spread => ({
      text: figures
        .map(
          (f) =>
            f.word +
            between +
            f.count.text +
            (counted && /\d$|[十百千万]$/.test(f.count.text) ? COUNTERS[f.metric] : ""),
        )
        .join(join),
      heat: heatOf(figures),
    }),
  );
/** 1.3万点赞、2046条评论 */
const numberFirst = fc.tuple(figuresOf(count), fc.constantFrom("，", "、", "；"), fc.boolean()).map(
  ([figures, join, counted]): Spread => ({
    text: figures
      .map(
        (f) =>
          `${f.count.text}${counted ? COUNTERS[f.metric] : ""}${(WORDS[f.metric][0] as string).replace("在线人数", "在线")}`,
      )
      .join(join),
    heat: heatOf(figures),
  }),
);
/** 转发、评论、点赞分别为120、45、300 */
const listed = fc.tuple(figuresOf(exact, 2), fc.constantFrom("、", "/"), fc.boolean()).map(
  ([figures, join, each]): Spread => ({
    text: `${figures.map((f) => f.word).join(join)}${each ? "分别为" : "："}${figures.map((f) => f.count.text.replaceAll(",", "")).join(join)}`,
    heat: heatOf(figures),
  }),
);
const emoji = fc.record({ likes: count, comments: count, shares: count }).map(
  ({ likes, comments, shares }): Spread => ({
    text: `👍${likes.text} 💬${comments.text} 🔁${shares.text}`,
    heat: { likes: amount(likes), comments: amount(comments), shares: amount(shares) },
  }),
);

/** An estimate in a sum makes it an estimate, a lower bound a lower bound. */
function sum(a: Amount, b: Amount): Amount {
  const ops = [a.op, b.op];
  return { value: a.value + b.value, op: ops.includes("≈") ? "≈" : ops.includes(">=") ? ">=" : "=" };
}
const PLATFORMS = ["抖音", "快手", "微博", "小红书", "知乎"] as const;
/** 抖音播放3.4万、点赞1120；快手播放9800 */
const byPlatform = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...PLATFORMS), { minLength: 2, maxLength: 3 }),
    figuresOf(count),
    fc.array(figuresOf(count), { minLength: 2, maxLength: 2 }),
    fc.constantFrom("；", "，", "。"),
  )
  .map(([platforms, first, others, join]): Spread => {
    const parts = platforms.map((platform, k) => ({
      platform,
      figures: k === 0 ? first : (others[k - 1] as Figure[]),
    }));
    const heat: Heat = {};
    for (const { figures } of parts)
      for (const f of figures)
        heat[f.metric] = heat[f.metric] ? sum(heat[f.metric] as Amount, f.count) : amount(f.count);
    heat.byPlatform = Object.fromEntries(
      parts.map((p) => [p.platform, Object.fromEntries(p.figures.map((f) => [f.metric, f.count.value]))]),
    );
    return {
      text: parts.map((p) => p.platform + p.figures.map((f) => f.word + f.count.text).join("、")).join(join),
      heat,
    };
  });
/** 抖音播放12万、快手8万 · 抖音、快手播放分别为12万、8万 */
const shared = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...PLATFORMS), { minLength: 2, maxLength: 2 }),
    fc.constantFrom(...METRICS),
    exact,
    exact,
    fc.boolean(),
  )
  .map(([[a = "", b = ""], metric, x, y, each]): Spread => {
    const word = WORDS[metric][0] as string;
    return {
      text: each
        ? `${a}、${b}${word}分别为${x.text.replaceAll(",", "")}、${y.text.replaceAll(",", "")}`
        : `${a}${word}${x.text}、${b}${y.text}`,
      heat: { [metric]: sum(x, y), byPlatform: { [a]: { [metric]: x.value }, [b]: { [metric]: y.value } } },
    };
  });
const RANKS: readonly ((scope: string, pos: string) => string)[] = [
  (scope, pos) => `${scope}热搜第${pos}位`,
  (scope, pos) => `登上${scope}热榜第${pos}`,
  (scope, pos) => `${scope}榜第${pos}名`,
  (scope, pos) => `冲上${scope}热搜榜No.${pos}`,
];
/** 同城热搜第7位, 全国热榜No.19 */
const rank = fc
  .tuple(fc.constantFrom("同城", "全国"), fc.integer({ min: 1, max: 50 }), fc.constantFrom(...RANKS), fc.boolean())
  .map(
    ([scope, pos, write, chinese]): Spread => ({
      text: write(scope, chinese && write !== RANKS[3] ? said(pos) : String(pos)),
      heat: { rank: { scope, pos } },
    }),
  );

/** Figures of one post, without its platform. */
export const plainSpread: fc.Arbitrary<Spread> = fc.oneof(wordFirst, numberFirst);

/** Families of passages, one for each way to write figures. */
export const SPREADS: Readonly<Record<string, fc.Arbitrary<Spread>>> = {
  "word before number": wordFirst,
  "number before word": numberFirst,
  "words, then numbers": listed,
  emoji: emoji,
  "by platform": byPlatform,
  "metric said once for two platforms": shared,
  rank: rank,
};
