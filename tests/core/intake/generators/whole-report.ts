import fc from "fast-check";
import type { Report } from "#core/intake/types.ts";
import { homePlace, parties } from "./scenes.ts";
import { plainSpread } from "./spread.ts";
import { TOLLS } from "./victims.ts";

/** A report as text, and the fields that it means. */
export interface Whole {
  text: string;
  expected: Partial<Report>;
}

const TITLES = [
  "网民反映幸福里小区连续停水",
  "网传“县一中要搬迁”引热议",
  "多名业主投诉物业收费",
  "“网传‘医保要捆绑参保’”系误读",
  "客车与货车相撞",
];
const POSTS: readonly (readonly [platform: string, word: string, url: string])[] = [
  ["抖音", "抖音", "https://v.douyin.com/iTEST01a/"],
  ["微博", "新浪微博", "https://weibo.com/1234567890/TESTabc"],
  ["快手", "快手", "https://v.kuaishou.com/TEST21u"],
  ["小红书", "小红书", "https://www.xiaohongshu.com/explore/TEST15o?source=share"],
  ["今日头条", "头条", "https://www.toutiao.com/article/7000TEST/"],
  ["知乎", "知乎", "https://www.zhihu.com/question/0000023TEST"],
  ["哔哩哔哩", "B站", "https://b23.tv/TEST"],
];
const ACCOUNTS = ["青岩身边事", "大山里的小李", "白水-观察", "Qingyan_2026"];
const CATEGORIES = [
  ["涉及公众切身利益", "vital-interest"],
  ["重大政策误解误读", "policy-misread"],
  ["冲击社会道德底线", "moral-bottom-line"],
  ["突发灾害", "emergency-disaster"],
] as const;
const LEVELS = [
  ["一般", "IV"],
  ["较大", "III"],
  ["Ⅱ级", "II"],
  ["特别重大", "I"],
] as const;
const REPORTERS = [
  { text: "王晓梅（县委网信办）", reporter: { name: "王晓梅", unit: "县委网信办" } },
  { text: "县教育局 孙浩", reporter: { name: "孙浩", unit: "县教育局" } },
  { text: "周敏", reporter: { name: "周敏", unit: null } },
  { text: "林晓东 县生态环境分局", reporter: { name: "林晓东", unit: "县生态环境分局" } },
];
const toll = fc.oneof(
  ...["one kind", "several kinds", "in short", "nobody", "not heard of", "not known"].map(
    (k) => TOLLS[k] as (typeof TOLLS)[string],
  ),
);

const meaning = fc.record({
  title: fc.constantFrom(...TITLES),
  post: fc.constantFrom(...POSTS),
  account: fc.constantFrom(...ACCOUNTS),
  place: homePlace,
  units: parties,
  category: fc.constantFrom(...CATEGORIES),
  level: fc.constantFrom(...LEVELS),
  spread: plainSpread.filter(({ text }) => !text.includes("\n")),
  toll,
  reporter: fc.constantFrom(...REPORTERS),
  attachments: fc.integer({ min: 1, max: 9 }),
});

const LABELS = {
  title: ["标题", "题目", "事由", "标 题"],
  platform: ["来源", "平台", "来源平台", "渠道"],
  account: ["账号", "发布账号"],
  url: ["链接", "网址", "原文链接"],
  place: ["涉事地", "地点", "属地"],
  units: ["涉事单位", "责任单位", "单位"],
  category: ["类别", "类型"],
  level: ["等级", "级别", "舆情等级"],
  heat: ["热度", "数据", "传播量"],
  casualties: ["伤亡", "伤亡情况"],
  summary: ["摘要", "内容", "基本情况"],
  reporter: ["报告人", "报送人", "上报人"],
  attachments: ["附件"],
} as const;
type Key = keyof typeof LABELS;

type Layout = (label: string, value: string, k: number) => string;
/** Label, sign and value; k counts the lines. */
const LAYOUTS: Readonly<Record<string, Layout>> = {
  "full-width colon": (l, v) => `${l}：${v}`,
  "half-width colon": (l, v) => `${l}:${v}`,
  "colon and space": (l, v) => `${l} ： ${v}`,
  "equals sign": (l, v) => `${l}=${v}`,
  bar: (l, v) => `${l}｜${v}`,
  dash: (l, v) => `${l}——${v}`,
  tab: (l, v) => `${l}\t${v}`,
  slash: (l, v) => `${l}／${v}`,
  "boxed label": (l, v) => `【${l}】${v}`,
  numbered: (l, v, k) => `${k + 1}. ${l}：${v}`,
  "circled numbers": (l, v, k) => `${String.fromCodePoint(0x2460 + k)}${l}：${v}`,
  "Chinese numbers": (l, v, k) => `${"一二三四五六七八九十"[k] ?? "十"}、${l}：${v}`,
  bullets: (l, v) => `- ${l}：${v}`,
  markdown: (l, v) => `- **${l}**：${v}`,
};

/** 字段：值 in any order, with any labels and signs; the title stays first where no label could tell it. */
export const labelled: fc.Arbitrary<Whole> = fc
  .tuple(
    meaning,
    fc
      .shuffledSubarray(Object.keys(LABELS) as Key[], { minLength: 5, maxLength: 10 })
      .filter((keys) => keys.includes("title") && keys.includes("platform")),
    fc.constantFrom(...Object.values(LAYOUTS)),
    fc.constantFrom("", "【舆情上报】\n", "舆情快报\n"),
    fc.nat(),
  )
  .map(([m, keys, layout, head, choice]): Whole => {
    const values: Record<Key, string> = {
      title: m.title,
      platform: m.post[1],
      account: m.account,
      url: m.post[2],
      place: m.place.text,
      units: m.units.text,
      category: m.category[0],
      level: m.level[0],
      heat: m.spread.text,
      casualties: m.toll.text,
      summary: "网友发视频反映此事，现场有人围观",
      reporter: m.reporter.text,
      attachments: `现场图片${m.attachments}张`,
    };
    const lines = keys.map((key, k) => {
      const labels = LABELS[key];
      return layout(labels[choice % labels.length] as string, values[key], k);
    });
    const has = (key: Key): boolean => keys.includes(key);
    return {
      text: head + lines.join("\n"),
      expected: {
        title: m.title,
        platforms: [m.post[0]],
        account: has("account") ? m.account : null,
        urls: has("url") ? [m.post[2]] : [],
        ...(has("place") ? { places: m.place.places } : {}),
        ...(has("units") ? { units: m.units.units, unitIds: m.units.ids } : {}),
        category: has("category") ? [m.category[1]] : null,
        level: has("level") ? m.level[1] : null,
        heat: has("heat") ? m.spread.heat : {},
        ...(has("casualties") ? { casualties: m.toll.casualties } : {}),
        ...(has("reporter") ? { reporter: m.reporter.reporter } : {}),
        attachments: has("attachments") ? m.attachments : 0,
      },
    };
  });

/** Sentences that do not lean on one another, in any order. */
export const prose: fc.Arbitrary<Whole> = fc
  .tuple(
    meaning,
    fc.constantFrom("停水三天", "发生路面塌陷", "有人聚集"),
    fc.constantFrom("。", "。\n", "！"),
    fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
  )
  .map(([m, matter, join, order]): Whole => {
    const sentences = [
      `${m.place.text}${matter}`,
      `${m.post[1]}上${m.spread.text}`,
      m.toll.text,
      `${m.units.text}已到场处置`,
      `视频链接：${m.post[2]}`,
    ];
    return {
      text: order.map((k) => sentences[k]).join(join) + join,
      expected: {
        title: null,
        platforms: [m.post[0]],
        urls: [m.post[2]],
        places: m.place.places,
        units: m.units.units,
        unitIds: m.units.ids,
        heat: m.spread.heat,
        casualties: m.toll.casualties,
      },
    };
  });
