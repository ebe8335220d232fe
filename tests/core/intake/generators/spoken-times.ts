import fc from "fast-check";
import { DAY, HOUR, type Instant, MINUTE } from "#core/time.ts";
import { type Date3, dateOf, midnight, moment, plusDays } from "./calendar.ts";
import { DAY_NAMES, SHORT_DATES } from "./exact-times.ts";
import { type Expression, minute, sensible } from "./expression.ts";
import { counted, fullWidth, said, two } from "./numerals.ts";

/** Which words go with an hour in ordinary speech. */
const wordsFor = (hour: number): readonly string[] => {
  if (hour < 5) return ["凌晨"];
  if (hour < 6) return ["凌晨", "清晨", "早上"];
  if (hour < 8) return ["早上", "清晨", "早晨", "一早", "早"];
  if (hour < 11) return ["上午", "早上"];
  if (hour < 12) return ["上午"];
  if (hour < 13) return ["中午"];
  if (hour < 14) return ["下午", "中午", "午后"];
  if (hour < 17) return ["下午", "午后"];
  if (hour < 18) return ["下午", "傍晚"];
  if (hour < 19) return ["傍晚", "晚上"];
  return ["晚上", "晚", "夜里", "晚间"];
};

const MINUTES: readonly (readonly [write: string, minutes: number])[] = [
  ["", 0],
  ["半", 30],
  ["一刻", 15],
  ["三刻", 45],
  ["二十", 20],
  ["20", 20],
  ["零五分", 5],
  ["05分", 5],
  ["四十五", 45],
  ["10分", 10],
];
/** How a speaker hedges: before the hour, behind it, and only behind a whole hour. */
const HEDGES: readonly (readonly [before: string, after: string, wholeOnly: boolean])[] = [
  ["", "", false],
  ["", "左右", false],
  ["", "许", true],
  ["", "多", true],
  ["", "多钟", true],
  ["", "来钟", true],
  ["", "前后", false],
  ["大概", "", false],
  ["大约", "左右", false],
  ["约", "", false],
  ["近", "", true],
  ["差不多", "", false],
];

const hour = fc.integer({ min: 0, max: 23 });
const clockText = fc.record({
  minutes: fc.constantFrom(...MINUTES),
  hedge: fc.constantFrom(...HEDGES),
  chinese: fc.boolean(),
  pick: fc.nat(9),
});
type ClockText = typeof clockText extends fc.Arbitrary<infer T> ? T : never;

/** 八点半左右 of an hour on the 12-hour clock; what hedges before it stands apart. */
function spoken(h: number, { minutes: [tail], hedge: [before, after, wholeOnly], chinese }: ClockText) {
  const hedged = !wholeOnly || tail === "";
  const twelve = h === 0 ? (chinese ? "零" : "0") : h > 12 ? h - 12 : h;
  const number = typeof twelve === "string" ? twelve : chinese ? counted(twelve) : String(twelve);
  return {
    text: `${hedged ? before : ""}${number}点${tail}${hedged ? after : ""}`,
    approx: hedged && (before !== "" || after !== ""),
  };
}

/** 昨天晚上八点半左右, 11月18日下午3点, 今早7点. */
export const partOfDayAndClock = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(fc.integer({ min: 0, max: 20 }), hour, clockText, fc.nat(3), fc.constantFrom("", "", "的", " "))
      .map(([days, h, clock, dayStyle, between]) => {
        const date = plusDays(dateOf(receivedAt), -days);
        const at = moment(date, h, clock.minutes[1]);
        if (at > receivedAt) return undefined;
        const words = wordsFor(h);
        const { text, approx } = spoken(h, clock);
        return minute(
          `${nameOfDay(date, days, dayStyle)}${between.trim()}${words[clock.pick % words.length]}${between === " " ? " " : ""}${text}`,
          at,
          receivedAt,
          { approx },
        );
      }),
  );

/** 昨天, 前天, or 11月18日. */
export const nameOfDay = (date: Date3, days: number, style: number): string => {
  const names = DAY_NAMES[days];
  if (names && style < 3) return names[style % names.length] as string;
  return (SHORT_DATES[style % 2] as (d: Date3) => string)(date);
};

/** 昨晚8点半, 今早7点, 前晚: one word for the day and its part; 昨晚12点 is midnight. */
export const fusedDayAndClock = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(
        fc.constantFrom<[string, number, number, number]>(
          ["昨晚", 1, 18, 24],
          ["昨夜", 1, 19, 24],
          ["前晚", 2, 18, 24],
          ["今晚", 0, 18, 23],
          ["今早", 0, 5, 9],
          ["今晨", 0, 0, 8],
          ["昨早", 1, 6, 9],
        ),
        fc.integer({ min: 0, max: 23 }),
        clockText,
      )
      .map(([[word, days, from, to], n, clock]) => {
        const h = from + (n % (to - from + 1));
        const at = moment(plusDays(dateOf(receivedAt), -days), h, clock.minutes[1]);
        if (at > receivedAt) return undefined;
        if (h === 24)
          return minute(
            `${word}${["十二", "12", "零", "0"][clock.pick % 4]}点`,
            at - clock.minutes[1] * MINUTE,
            receivedAt,
          );
        const { text, approx } = spoken(h, clock);
        return minute(`${word}${text}`, at, receivedAt, { approx });
      }),
  );

/** 下午3点半 without a day: the last time it was that hour. */
export const partAndClockOnly = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  fc
    .tuple(hour, clockText)
    .map(([h, clock]) => {
      let at = moment(dateOf(receivedAt), h, clock.minutes[1]);
      if (at > receivedAt) at -= DAY;
      const words = wordsFor(h).filter((w) => w.length > 1);
      const { text, approx } = spoken(h, clock);
      return minute(`${words[clock.pick % words.length]}${text}`, at, receivedAt, { approx });
    })
    .filter(({ receivedAt: at, expected }) => awayFromNow(at, expected.value));

/** 今晚8点 said after midnight means the evening that has just gone. */
export const tonightAfterMidnight = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  fc
    .tuple(fc.integer({ min: 0, max: 4 * 60 }), fc.integer({ min: 18, max: 23 }), fc.constantFrom("今晚", "今天晚上"))
    .map(([minutes, h, word]) => {
      const received = midnight(dateOf(receivedAt)) + minutes * MINUTE;
      const at = moment(plusDays(dateOf(received), -1), h);
      return minute(`${word}${h - 12}点`, at, received, { ambiguous: true });
    });

/** 9点10分: morning or evening is not said; the last time a clock showed it. Noon and 24-hour times are clear. */
export const bareClock = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), clockText, fc.option(fc.integer({ min: 0, max: 2 })))
      .map(([h, clock, days]) => {
        const today = dateOf(receivedAt);
        const onDays = days === null ? [0, -1] : [-days];
        const hours = h === 12 ? [12] : [h, h + 12];
        const possible = onDays
          .flatMap((d) => hours.map((x) => moment(plusDays(today, d), x, clock.minutes[1])))
          .filter((x) => x <= receivedAt);
        if (possible.length === 0) return undefined;
        const { text, approx } = spoken(h, clock);
        // 一点 by itself is "a little".
        if (days === null && text.endsWith("一点")) return undefined;
        const day = days === null ? "" : DAY_NAMES[days]?.[0];
        const ambiguous = h !== 12 && (days === null || possible.length > 1);
        return minute(`${day}${text}`, Math.max(...possible), receivedAt, { approx, ambiguous });
      }),
  ).filter(({ receivedAt: at, expected }) => awayFromNow(at, expected.value));

/** Five minutes of skew count as past, so that a time just ahead of receipt may be read as it. */
const awayFromNow = (receivedAt: Instant, value: string): boolean => {
  const distance = (receivedAt - Date.parse(value)) % (12 * HOUR);
  return distance >= 0 && distance <= 12 * HOUR - 6 * MINUTE;
};

/** As a telephone writes down what was said. */
export const dictated = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc.tuple(fc.integer({ min: 0, max: 25 }), hour, clockText, fc.nat(3)).map(([days, h, clock, style]) => {
      const date = plusDays(dateOf(receivedAt), -days);
      const at = moment(date, h, clock.minutes[1]);
      if (at > receivedAt || h === 0) return undefined;
      const word = wordsFor(h)[0];
      const { text } = spoken(h, { ...clock, chinese: true, hedge: ["", "", false] });
      const day = days < 3 ? (DAY_NAMES[days]?.[0] as string) : `${said(date.d)}号`;
      if (days >= 3 && date.d <= 10) return undefined;
      const texts = [
        `${day}那个${word}${text}左右`,
        `${day}${word}大概${text}`,
        `${day}那天${word}${text}多钟`.replace(/(?<=点.+)多钟/, "左右"),
        `${day}${word}嗯${text}左右`,
      ];
      return minute((texts[style] as string).replace(/([今昨前]天)那天/, "$1"), at, receivedAt, { approx: true });
    }),
  );

/** 昨晚八點半 and ２０：３０ in traditional characters and full width. */
export const traditional = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc.tuple(fc.integer({ min: 0, max: 12 }), hour, fc.nat(2)).map(([days, h, style]) => {
      const date = plusDays(dateOf(receivedAt), -days);
      const at = moment(date, h, 30);
      if (at > receivedAt || h === 0) return undefined;
      const word = wordsFor(h)[0];
      const texts = [
        `${date.m}月${date.d}號${word}${said(h > 12 ? h - 12 : h)}點半`,
        fullWidth(`${date.m}月${date.d}日${h}時30分`),
        fullWidth(`${date.y}年${two(date.m)}月${two(date.d)}日　${two(h)}：30`),
      ];
      return minute(texts[style] as string, at, receivedAt);
    }),
  );
