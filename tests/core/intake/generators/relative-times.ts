import fc from "fast-check";
import { DAY, HOUR, type Instant, MINUTE } from "#core/time.ts";
import { dateOf, midnight, moment, plusDays } from "./calendar.ts";
import { type Expression, minute, sensible, stretch } from "./expression.ts";
import { counted } from "./numerals.ts";
import { nameOfDay } from "./spoken-times.ts";

const UNITS: readonly (readonly [words: readonly string[], ms: number, most: number])[] = [
  [["分钟"], MINUTE, 59],
  [["小时", "个小时", "个钟头", "个多小时"], HOUR, 30],
];

export const timeAgo = (receivedAt: Instant): fc.Arbitrary<Expression> => {
  const before = (text: string, ms: number): Expression => minute(text, receivedAt - ms, receivedAt, { approx: true });
  return fc.oneof(
    fc.constantFrom("刚刚", "刚才", "方才").map((word) => before(word, 0)),
    fc
      .constantFrom<[string, number]>(
        ["半小时前", 30],
        ["半个小时前", 30],
        ["半个钟头前", 30],
        ["半个多小时前", 30],
        ["个把小时前", 60],
        ["一刻钟前", 15],
        ["一个半小时前", 90],
        ["两个半小时以前", 150],
        ["两个多小时前", 120],
        ["１０分钟前", 10],
      )
      .map(([text, minutes]) => before(text, minutes * MINUTE)),
    fc
      .tuple(
        fc.constantFrom(...UNITS),
        fc.integer({ min: 1, max: 59 }),
        fc.nat(9),
        fc.boolean(),
        fc.constantFrom("前", "以前", "之前"),
      )
      .map(([[words, ms, most], n, pick, chinese, end]) => {
        const count = 1 + (n % most);
        return before(`${chinese ? counted(count) : count}${words[pick % words.length]}${end}`, count * ms);
      }),
    fc
      .tuple(fc.integer({ min: 1, max: 29 }), fc.boolean(), fc.constantFrom("天前", "天以前", "天之前"))
      .map(([n, chinese, end]) => daysAgo(`${chinese ? counted(n) : n}${end}`, n, receivedAt)),
    fc
      .constantFrom<[string, number]>(
        ["一周前", 7],
        ["两周前", 14],
        ["1个星期前", 7],
        ["半个月前", 15],
        ["一个礼拜前", 7],
      )
      .map(([text, days]) => daysAgo(text, days, receivedAt)),
  );
};

const daysAgo = (text: string, days: number, receivedAt: Instant): Expression => {
  const day = midnight(plusDays(dateOf(receivedAt), -days));
  return stretch(text, day, day + DAY, receivedAt, { precision: "day", approx: true });
};

/** The hours of the conventions. */
const PARTS: readonly (readonly [words: readonly string[], from: number, to: number])[] = [
  [["凌晨", "后半夜"], 0, 6],
  [["清晨", "早上", "一大早", "早晨"], 6, 9],
  [["上午"], 8, 12],
  [["中午"], 11, 14],
  [["下午"], 13, 18],
  [["傍晚"], 17, 19],
  [["晚上", "晚间"], 18, 24],
];

/** 昨天傍晚, 11月18日上午, 今早, 昨晚, or 上午 alone. */
export const partOfDay = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(fc.integer({ min: -1, max: 20 }), fc.constantFrom(...PARTS), fc.nat(9))
      .map(([days, [words, from, to], pick]) => {
        const word = words[pick % words.length] as string;
        let date = plusDays(dateOf(receivedAt), -Math.max(0, days));
        if (days === -1 && moment(date, from) > receivedAt) date = plusDays(date, -1);
        if (moment(date, from) > receivedAt) return undefined;
        const text = days === -1 ? word : `${nameOfDay(date, days, pick % 4)}${word}`;
        return stretch(text, moment(date, from), moment(date, to), receivedAt);
      }),
  );

export const fusedPartOfDay = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .constantFrom<[string, number, number, number]>(
        ["今早", 0, 6, 9],
        ["今晨", 0, 6, 9],
        ["昨晚", 1, 18, 24],
        ["昨夜", 1, 18, 24],
        ["前晚", 2, 18, 24],
        ["今晚", 0, 18, 24],
      )
      .map(([word, days, from, to]) => {
        const date = plusDays(dateOf(receivedAt), -days);
        // Before six, 今早 covers the night hours that have passed.
        if (from === 6 && moment(date, from) > receivedAt)
          return stretch(word, moment(date, 0), receivedAt, receivedAt);
        return moment(date, from) > receivedAt
          ? undefined
          : stretch(word, moment(date, from), moment(date, to), receivedAt);
      }),
  );

export const overnight = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  fc
    .constantFrom("昨夜今晨", "昨晚今晨")
    .map((text) => stretch(text, moment(plusDays(dateOf(receivedAt), -1), 20), receivedAt, receivedAt));
