import fc from "fast-check";
import { DAY, type Instant } from "#core/time.ts";
import { type Date3, dateOf, midnight, moment, plusDays, weekdayOf } from "./calendar.ts";
import { type Expression, minute, sensible, stretch } from "./expression.ts";
import { fullWidth, oldStyle, said, spelled, two } from "./numerals.ts";

type WriteDate = (date: Date3) => string;
type WriteClock = (hour: number, minute: number) => string;

/** With the year; any of the last 400 days. */
const FULL_DATES: readonly WriteDate[] = [
  ({ y, m, d }) => `${y}年${m}月${d}日`,
  ({ y, m, d }) => `${y}年${two(m)}月${two(d)}日`,
  ({ y, m, d }) => `${y} 年 ${m} 月 ${d} 日 `,
  ({ y, m, d }) => `${y % 100}年${m}月${d}日`,
  ({ y, m, d }) => `${y}-${two(m)}-${two(d)} `,
  ({ y, m, d }) => `${y}/${m}/${d} `,
  ({ y, m, d }) => `${y}.${m}.${d} `,
  ({ y, m, d }) => `${y}－${two(m)}－${two(d)}　`,
  ({ y, m, d }) => fullWidth(`${y}年${m}月${d}日`),
  ({ y, m, d }) => `${spelled(y)}年${said(m)}月${said(d)}日`,
  ({ y, m, d }) => `${spelled(y).replace("〇", "零")}年${said(m)}月${said(d)}号`,
];
/** Without the year: the most recent such day is meant. */
export const SHORT_DATES: readonly WriteDate[] = [
  ({ m, d }) => `${m}月${d}日`,
  ({ m, d }) => `${m}月${d}号`,
  ({ m, d }) => `${two(m)}月${two(d)}日`,
  ({ m, d }) => `${m} 月 ${d} 日 `,
  ({ m, d }) => fullWidth(`${m}月${d}日`),
  ({ m, d }) => `${said(m)}月${said(d)}日`,
  ({ m, d }) => `${said(m)}月${oldStyle(d)}日`,
];
/** Forms that a clock time follows. */
const DATES_BEFORE_CLOCK: readonly WriteDate[] = [
  ({ m, d }) => `${m}月${d}日那天`,
  ({ m, d }) => `${m}.${d} `,
  ({ m, d }) => `${m}/${d} `,
  ({ m, d }) => `${two(m)}-${two(d)} `,
  ({ m, d }) => `${two(m)}/${two(d)} `,
];
const CLOCKS: readonly WriteClock[] = [
  (h, m) => `${two(h)}:${two(m)}`,
  (h, m) => `${h}:${two(m)}`,
  (h, m) => `${two(h)}：${two(m)}`,
  (h, m) => `${two(h)} : ${two(m)}`,
  (h, m) => fullWidth(`${two(h)}：${two(m)}`),
  (h, m) => `${h}时${m}分`,
  (h, m) => `${h}时${two(m)}分`,
  (h, m) => `${h} 时 ${m} 分`,
  (h, m) => (h > 12 ? `${h}点${two(m)}分` : `${two(h)}时${two(m)}`),
  (h, m) => `${said(h)}时${said(m)}分`,
];
const SEPARATOR = /[\d０-９]$/;

const date = (receivedAt: Instant, longest: number): fc.Arbitrary<Date3> =>
  fc.integer({ min: 0, max: longest }).map((days) => plusDays(dateOf(receivedAt), -days));
const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));

/** Two texts side by side: digits never run into one another. */
const join = (day: string, time: string): string =>
  SEPARATOR.test(day) ? `${day} ${time}` : `${day}${time.replace(/^ /, "")}`;

function dated(dates: readonly WriteDate[], longest: number) {
  return (receivedAt: Instant): fc.Arbitrary<Expression> =>
    sensible(
      fc
        .tuple(date(receivedAt, longest), clock, fc.constantFrom(...dates), fc.constantFrom(...CLOCKS))
        .map(([day, [h, m], writeDay, writeClock]) => {
          const at = moment(day, h, m);
          return at > receivedAt ? undefined : minute(join(writeDay(day), writeClock(h, m)), at, receivedAt);
        }),
    );
}

export const fullDateAndClock = dated(FULL_DATES, 400);
export const shortDateAndClock = dated([...SHORT_DATES, ...DATES_BEFORE_CLOCK], 360);

export const toTheSecond = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(date(receivedAt, 40), clock, fc.integer({ min: 0, max: 59 }), fc.constantFrom(":", "："))
      .map(([day, [h, m], s, sign]) => {
        const at = moment(day, h, m, s);
        const text = `${day.y}-${two(day.m)}-${two(day.d)} ${[h, m, s].map(two).join(sign)}`;
        return at > receivedAt ? undefined : minute(text, at, receivedAt);
      }),
  );

/** 20日17时许: the most recent month in which the day has come. */
export const dayOfMonthAndClock = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(
        fc.integer({ min: 1, max: 31 }),
        clock,
        fc.constantFrom("", "许", "左右", "前后"),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([d, [h, m], vague, whole, chinese]) => {
        const day = lastDayOfMonthNumber(d, receivedAt);
        const at = moment(day, h, whole ? 0 : m);
        if (at > receivedAt) return undefined;
        const dayText = chinese && d >= 10 ? `${said(d)}号` : `${d}日`;
        return minute(`${dayText}${h}时${whole ? "" : `${m}分`}${vague}`, at, receivedAt, { approx: vague !== "" });
      }),
  );

function lastDayOfMonthNumber(d: number, receivedAt: Instant): Date3 {
  let day = dateOf(receivedAt);
  while (day.d !== d) day = plusDays(day, -1);
  return day;
}

export const wholeDay = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  fc.oneof(
    fc
      .tuple(date(receivedAt, 400), fc.constantFrom(...FULL_DATES))
      .map(([day, write]) => asDay(write(day).trim(), day, receivedAt)),
    fc
      .tuple(date(receivedAt, 360), fc.constantFrom(...SHORT_DATES))
      .map(([day, write]) => asDay(write(day).trim(), day, receivedAt)),
    fc
      .tuple(fc.integer({ min: 1, max: 31 }), fc.constantFrom("日", "号"))
      .map(([d, sign]) => asDay(`${d}${sign}`, lastDayOfMonthNumber(d, receivedAt), receivedAt)),
    fc
      .integer({ min: 0, max: 3 })
      .chain((days) =>
        fc
          .constantFrom(...(DAY_NAMES[days] as readonly string[]))
          .map((word) => asDay(word, plusDays(dateOf(receivedAt), -days), receivedAt)),
      ),
  );

export const DAY_NAMES: readonly (readonly string[])[] = [
  ["今天", "今日", "今儿"],
  ["昨天", "昨日", "昨儿"],
  ["前天", "前日"],
  ["大前天"],
];

/** 29 February, or the 31st, said when it has long passed. */
export const rareDay = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  fc.constantFrom({ m: 2, d: 29 }, { m: 1, d: 31 }, { m: 12, d: 31 }, { m: 1, d: 1 }).map(({ m, d }) => {
    let day = dateOf(receivedAt);
    while (day.m !== m || day.d !== d) day = plusDays(day, -1);
    return asDay(`${m}月${d}日`, day, receivedAt);
  });

const WEEKDAYS = "一二三四五六日";
const nameOfWeekday = (date: Date3, word: string, sunday: string): string => {
  const n = weekdayOf(date);
  return word + (n === 7 ? sunday : WEEKDAYS[n - 1]);
};
const weekWord = fc.constantFrom("周", "星期", "礼拜");
const sunday = fc.constantFrom("日", "天");
const mondayOf = (date: Date3): Date3 => plusDays(date, 1 - weekdayOf(date));

/** 本周三, 上周五, 上上周日, 周一. */
export const weekday = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(fc.constantFrom(0, -1, -2, undefined), fc.integer({ min: 0, max: 6 }), weekWord, sunday, fc.nat(2))
      .map(([week, index, word, sun, style]) => {
        const today = dateOf(receivedAt);
        let day = plusDays(mondayOf(today), 7 * (week ?? 0) + index);
        if (midnight(day) > receivedAt) {
          if (week === 0) return undefined;
          if (week === undefined) day = plusDays(day, -7);
        }
        const which =
          week === undefined
            ? ""
            : week === 0
              ? ["本", "这", "这个"][style]
              : week === -1
                ? ["上", "上个", "上"][style]
                : "上上";
        const text = `${which}${nameOfWeekday(day, word, sun)}`.replace(/^本(?=礼拜)/, "这");
        return asDay(text, day, receivedAt);
      }),
  );

/** 上周五（20号）, 11月20日（星期五）, 周五11月20日: both names agree. */
export const weekdayWithDate = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  fc.tuple(date(receivedAt, 13), weekWord, sunday, fc.nat(4)).map(([day, word, sun, style]) => {
    const name = nameOfWeekday(day, word, sun);
    const texts = [
      `${name}（${day.d}号）`,
      `${name}(${day.m}月${day.d}日)`,
      `${day.m}月${day.d}日（${name}）`,
      `${day.m}月${day.d}日${name}`,
      `${name}（${day.m}.${day.d}）`,
    ];
    return asDay(texts[style] as string, day, receivedAt);
  });

/** The names disagree: the date counts, and is asked for. */
export const weekdayAgainstDate = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  fc.tuple(date(receivedAt, 13), fc.integer({ min: 1, max: 6 }), fc.boolean()).map(([day, off, dateFirst]) => {
    const name = nameOfWeekday(plusDays(day, off), "周", "日");
    const text = dateFirst ? `${day.m}月${day.d}日（${name}）` : `${name}（${day.m}月${day.d}日）`;
    const { from = "", to = "" } = asDay(text, day, receivedAt).expected;
    const expected = { value: from, from, to, precision: "day" as const, approx: false, ambiguous: true as const };
    return { text, receivedAt, expected };
  });

function asDay(text: string, day: Date3, receivedAt: Instant): Expression {
  return stretch(text, midnight(day), midnight(day) + DAY, receivedAt, { precision: "day" });
}
