import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gazetteerOf } from "#core/intake/gazetteer.ts";
import { isQuestion, type Question, readQuestion } from "#core/intake/query.ts";
import type { Asked, Wanted } from "#core/intake/query-words.ts";
import { fromIso } from "#core/iso.ts";
import { qingyan, take } from "./support.ts";

/** Monday. */
const NOW = fromIso("2026-11-23T10:15:00+08:00") ?? 0;
const read = (text: string): Question => readQuestion(text, NOW, gazetteerOf(qingyan));

const DAYS: readonly (readonly [string, string, string])[] = [
  ["昨天", "2026-11-22", "2026-11-22"],
  ["前天", "2026-11-21", "2026-11-21"],
  ["今天", "2026-11-23", "2026-11-23"],
  ["昨晚", "2026-11-22", "2026-11-22"],
  ["上周五", "2026-11-20", "2026-11-20"],
  ["11月20日", "2026-11-20", "2026-11-20"],
  ["11月3号", "2026-11-03", "2026-11-03"],
  ["上周", "2026-11-16", "2026-11-22"],
  ["周末", "2026-11-21", "2026-11-22"],
  ["本月", "2026-11-01", "2026-11-23"],
  ["上个月", "2026-10-01", "2026-10-31"],
];
const TOPICS = ["停水", "食堂发霉", "客车坠崖", "路面塌陷", "征地补偿", "死鱼"];
const UNITS = ["水务局", "县教育局", "县住建局", "公安局"];
const ASKING: readonly (readonly [string, Asked])[] = [
  ["几点到期", "due"],
  ["还剩多久", "due"],
  ["要求几点前发布", "due"],
  ["什么时候到期", "due"],
  ["谁在办", "handler"],
  ["谁牵头", "handler"],
  ["办到哪了", "progress"],
  ["怎么样了", "progress"],
  ["签收没有", "signed"],
  ["签收了吗", "signed"],
  ["回应了没有", "responded"],
  ["发布了吗", "responded"],
  ["第一责任是谁", "responsible"],
  ["依据是什么", "basis"],
];
const STATES: readonly (readonly [string, Wanted])[] = [
  ["没签收的", "unsigned"],
  ["未回应的", "unanswered"],
  ["逾期的", "overdue"],
  ["已办结的", "closed"],
  ["没研判的", "untriaged"],
  ["待转办的", "unassigned"],
  ["快到期的", "due"],
];
const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arb);
const END = one("？", "?", "", "呢？");

describe("a question in plain words", () => {
  test("is put together from day, unit or topic and the asked thing, and taken apart again", () => {
    fc.assert(
      fc.property(
        maybe(one(...DAYS)),
        maybe(one(...UNITS)),
        one(...TOPICS),
        one(...ASKING),
        END,
        (day, unit, topic, ask, end) => {
          const q = read(`${day?.[0] ?? ""}${unit ?? ""}${topic}那件${ask[0]}${end}`);
          expect(q).toMatchObject({
            days: day ? { from: day[1], to: day[2] } : null,
            unit,
            asked: [ask[1]],
            topics: [topic],
            wanted: null,
          });
          expect(isQuestion(`${topic}那件${ask[0]}${end}`, q)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("asks for cases by day, unit and state", () => {
    fc.assert(
      fc.property(
        maybe(one(...DAYS)),
        maybe(one(...UNITS)),
        one(...STATES),
        one("有哪些", "有几件", "都有哪些", "有多少件"),
        END,
        (day, unit, state, list, end) => {
          const text = `${day?.[0] ?? ""}${unit ?? ""}${state[0]}${list}${end}`;
          const q = read(text);
          expect(q).toMatchObject({
            days: day ? { from: day[1], to: day[2] } : null,
            unit,
            wanted: state[1],
            asked: ["list"],
            topics: [],
          });
          expect(isQuestion(text, q)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(["#1", "001", "20261120-001", "YQ-990121-20261120-001"])("names the case by its number %s", (ref) => {
    fc.assert(
      fc.property(one(...ASKING), ([words, asked]) => {
        expect(read(`${ref} ${words}`)).toMatchObject({ ref, asked: [asked], topics: [] });
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ["我的", { mine: "concerned" }],
    ["我报的那件签收没有", { mine: "reported", asked: ["signed"] }],
    ["我们局的还有几件没回应", { mine: "concerned", wanted: "unanswered" }],
    ["今天到期的有哪些", { wanted: "due", days: { from: "2026-11-23", to: "2026-11-23" } }],
    ["今晚谁值班", { asked: ["duty"] }],
    ["幸福里小区停水签收了吗", { place: "幸福里小区", asked: ["signed"], topics: ["停水"] }],
    ["城关镇的有哪些", { place: "城关镇", unit: null, asked: ["list"] }],
    ["停水那件谁在办，几点到期", { asked: ["due", "handler"], topics: ["停水"] }],
    ["编号多少", { asked: ["number"] }],
  ])("%s", (text, expected) => {
    expect(read(text)).toMatchObject(expected);
    expect(isQuestion(text, read(text), true)).toBe(true);
  });

  test.each(["縣水務局沒簽收的有哪些？", "昨天停水那件幾點到期"])("in traditional characters: %s", (text) => {
    expect(take(text).kind).toBe("query");
  });
});

describe("as people type them", () => {
  test.each([
    "停水那件啥时候到期啊",
    "昨天报的那件谁在管",
    "前天那个事故处理得怎样了",
    "咱们局还有几件没办完",
    "县教育局手上几件",
    "还有多久超时，食堂那件",
    "哪些还没转办",
    "今天收了几件",
    "上周报的办结了没",
    "#2 到哪一步了",
    "客车那件发了没有",
    "坠崖那个回应时限是几点",
    "城关镇那几件情况如何",
    "停水是谁牵头",
    "停水归谁管",
    "本月逾期的多少件",
    "001签收没",
    "现在谁带班",
    "食堂的舆情编号是多少",
    "未签收的给我列一下",
    "查下我报的",
    "塌陷那件按什么规定要求的",
    "快到期的有没有",
    "昨晚那件进展",
    "水务局那件还来得及吗",
  ])("%s", (text) => {
    expect(take(text).kind).toBe("query");
  });
});

describe("no question to the bot", () => {
  test.each([
    "今天食堂吃什么",
    "几点开会",
    "谁去开会",
    "会议几点开始",
    "晚上谁去",
    "材料什么时候要",
    "你到哪了",
    "还剩多少钱",
    "怎么样了",
    "网友问什么时候恢复供水，县水务局没有答复，抖音播放20万",
    "幸福里小区停水三天，业主质疑谁来管，微博转发2000，链接 https://weibo.com/1/a",
  ])("%s", (text) => {
    expect(take(text).kind).not.toBe("query");
  });

  test("whatever the text, reading it ends and names only what stands there", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: one(...Array.from("停水昨天几点到期谁的那件没签收？，。 001#局县我有哪些")) }),
        (text) => {
          const q = read(text);
          for (const topic of q.topics) expect(text).toContain(topic);
          if (q.unit) expect(text).toContain(q.unit);
        },
      ),
      { numRuns: 500 },
    );
  });
});
