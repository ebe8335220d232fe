import fc from "fast-check";
import { DAY, type Instant, instantOf } from "#core/time.ts";
import { type Date3, dateOf, midnight, moment, plusDays, weekdayOf } from "./calendar.ts";
import { type Expression, sensible, stretch } from "./expression.ts";
import { two } from "./numerals.ts";

const sign = fc.constantFrom("至", "到", "-", "—", "——", "~", "－", "～", " - ");
const precise = { approx: false } as const;

/** 11月18日至20日, 18日—20日, 12月30日到1月2日; the last days may still lie ahead. */
export const days = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  fc
    .tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 1, max: 9 }), sign, fc.nat(3))
    .map(([ago, length, between, style]) => {
      const from = plusDays(dateOf(receivedAt), -ago);
      const last = plusDays(from, length);
      const end = from.m === last.m ? `${last.d}日` : `${last.m}月${last.d}日`;
      const start = style === 3 && from.m === last.m ? `${from.m}月${from.d}` : `${from.m}月${from.d}日`;
      const text =
        style === 0 && from.m === last.m
          ? `${from.d}日${between}${end}`
          : `${style === 1 ? `${from.y}年` : ""}${start}${between}${end}`;
      return stretch(text, midnight(from), midnight(last) + DAY, receivedAt, precise);
    });

/** 11月18日、19日, 18日、19日和20日: days named one after another. */
export const listedDays = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(fc.integer({ min: 3, max: 25 }), fc.integer({ min: 2, max: 3 }), fc.constantFrom("、", "和"), fc.boolean())
      .map(([ago, count, last, withMonth]) => {
        const all = Array.from({ length: count }, (_, k) => plusDays(dateOf(receivedAt), k - ago));
        const [from, to] = [all[0] as Date3, all[count - 1] as Date3];
        if (from.m !== to.m) return undefined;
        const names = all.map((day, k) => `${withMonth && k === 0 ? `${day.m}月` : ""}${day.d}日`);
        const text = `${names.slice(0, -1).join("、")}${last}${names.at(-1)}`;
        return stretch(text, midnight(from), midnight(to) + DAY, receivedAt, precise);
      }),
  );

/** 9月份以来, 去年12月起, 2026年2月至今, 10月底开始: a month that has begun, or a third of it. */
export const sinceMonth = (receivedAt: Instant): fc.Arbitrary<Expression & { core: string }> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 11 }),
      fc.constantFrom("", "份"),
      fc.constantFrom<[string, number, number]>(["", 1, 32], ["初", 1, 11], ["中旬", 11, 21], ["下旬", 21, 32]),
      fc.constantFrom("以来", "起", "开始", "至今"),
      fc.nat(2),
    )
    .map(([ago, counter, [third, first, end], since, style]) => {
      const now = dateOf(receivedAt);
      const months = now.y * 12 + now.m - 1 - ago;
      const [y, m] = [Math.floor(months / 12), (months % 12) + 1];
      const year = style === 0 ? `${y}年` : style === 1 && y === now.y - 1 ? "去年" : "";
      const core = `${year}${m}月${counter}${third}`;
      const to = end > 31 ? instantOf(y, m + 1, 1) : instantOf(y, m, end);
      return { ...stretch(`${core}${since}`, instantOf(y, m, first), to, receivedAt, { since: true }), core };
    })
    .filter(({ expected }) => Date.parse(expected.value) <= receivedAt);

/** 昨天14:00至16:00, 11月18日9时—11时30分, 18时至次日6时. */
export const hours = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .tuple(
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 0, max: 22 }),
        fc.integer({ min: 1, max: 23 }),
        sign,
        fc.boolean(),
      )
      .map(([ago, h, length, between, colon]) => {
        const date = plusDays(dateOf(receivedAt), -ago);
        const from = moment(date, h);
        const to = moment(date, h + length);
        const later = h + length >= 24;
        const endHour = (h + length) % 24;
        const end = colon ? `${two(endHour)}:00` : `${endHour}时`;
        const start = colon ? `${two(h)}:00` : `${h}时`;
        const day = ago === 2 ? "前天" : `${date.m}月${date.d}日`;
        if (later && endHour === 0) return undefined;
        return stretch(`${day}${start}${between}${later ? "次日" : ""}${end}`, from, to, receivedAt, precise);
      }),
  );

/** 昨晚10点到今天凌晨2点, 昨天上午9点到11点, 昨晚8点到10点半. */
export const spokenHours = (receivedAt: Instant): fc.Arbitrary<Expression> =>
  sensible(
    fc
      .constantFrom<[string, number, number, number, number]>(
        ["昨晚10点到今天凌晨2点", 1, 22, 0, 2],
        ["昨晚11点多至今晨5时", 1, 23, 0, 5],
        ["昨天上午9点到11点", 1, 9, 1, 11],
        ["昨晚8点到10点半", 1, 20, 1, 22.5],
        ["昨天下午2点到晚上8点", 1, 14, 1, 20],
        ["前天晚上9点到昨天早上7点", 2, 21, 1, 7],
        ["昨天中午12点半到下午3点", 1, 12.5, 1, 15],
      )
      .map(([text, daysFrom, from, daysTo, to]) => {
        const at = (back: number, h: number): Instant =>
          moment(plusDays(dateOf(receivedAt), -back), Math.floor(h), (h % 1) * 60);
        if (at(daysTo, to) > receivedAt) return undefined;
        return stretch(text, at(daysFrom, from), at(daysTo, to), receivedAt, { approx: text.includes("多") });
      }),
  );

/** 本周一开始, 自11月15日以来, 3天前开始: has gone on since. */
export const since = (receivedAt: Instant): fc.Arbitrary<Expression & { core: string }> =>
  fc
    .tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom("开始", "以来", "至今"), fc.nat(2))
    .map(([ago, end, style]) => {
      const day: Date3 = plusDays(dateOf(receivedAt), -ago);
      const inWeek = ago < weekdayOf(dateOf(receivedAt));
      const core =
        style === 0 && inWeek
          ? `本周${"一二三四五六日"[weekdayOf(day) - 1]}`
          : style === 1
            ? `${day.m}月${day.d}日`
            : `${day.d}号`;
      const lead = end === "以来" ? "自" : "";
      return {
        ...stretch(`${lead}${core}${end}`, midnight(day), midnight(day) + DAY, receivedAt, {
          precision: "day",
          since: true,
        }),
        core,
      };
    });
