import { strict as chronoHans } from "chrono-node/zh/hans";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLimit } from "#core/intake/limits.ts";
import { normalise } from "#core/intake/normalise.ts";
import type { ReportTimes } from "#core/intake/times/roles.ts";
import { fromIso } from "#core/iso.ts";
import { DAY, HOUR, type Instant, instantOf, toIso } from "#core/time.ts";
import { receipt } from "./generators/calendar.ts";
import { toTheSecond } from "./generators/exact-times.ts";
import type { Expression } from "./generators/expression.ts";
import { foreign } from "./generators/foreign-times.ts";
import { limit } from "./generators/limits.ts";
import { timesOf } from "./generators/read-times.ts";
import { aheadInWords, message, PHRASES, type Role } from "./generators/time-roles.ts";
import { since, sinceMonth } from "./generators/time-spans.ts";
import { FAMILIES } from "./generators/times.ts";

const HEDGE_BEFORE = /^(?:大概|大约|约|近|差不多)/;
/** A hedge before the time belongs to the sentence, not to the words of the time. */
const wordsOf = (text: string): string => text.replace(HEDGE_BEFORE, "").trim();

const FRAMES: readonly ((time: string) => string)[] = [
  (time) => `${time}县城解放路发生停水`,
  (time) => `据反映，${time}，县城解放路发生停水。`,
  (time) => `县城解放路于${time}发生停水`,
  (time) => `事发时间：${time}\n标题：解放路停水`,
  (time) => `标题：解放路停水；发生时间:${time}；涉事地：青岩县`,
];

const ROLES = Object.keys(PHRASES) as Role[];
const statedValue = (times: ReportTimes, role: Role): string | null =>
  role === "snapshotAt" ? times.snapshotAt : (times[role]?.value ?? null);
const statedValues = (times: ReportTimes): Record<string, string | null> =>
  Object.fromEntries(ROLES.map((role) => [role, statedValue(times, role)]));

describe("generated times", () => {
  it.each(Object.entries(FAMILIES))("are read as they were meant: %s", (_name, family) => {
    fc.assert(
      fc.property(receipt.chain(family), fc.constantFrom(...FRAMES), ({ text, receivedAt, expected }, frame) => {
        expect(timesOf(frame(text), receivedAt).occurredAt).toEqual({ text: wordsOf(text), ...expected });
      }),
      { seed: 1120, numRuns: 300 },
    );
  });

  it("are known to have gone on since, where a day is named with 开始, 以来 or 至今, or a month with any such word", () => {
    const either = fc.oneof(receipt.chain(since), receipt.chain(sinceMonth));
    fc.assert(
      fc.property(either, ({ text, core, receivedAt, expected }) => {
        expect(timesOf(`${text}县城解放路停水`, receivedAt).occurredAt).toEqual({ text: core, ...expected });
      }),
      { seed: 1121, numRuns: 600 },
    );
  });

  it("are read in the formats of machines and in English, whatever zone they name", () => {
    const frames = [(t: string) => `${t} 网友发帖称停水`, (t: string) => `发布时间：${t}\n标题：停水`];
    fc.assert(
      fc.property(receipt.chain(foreign), fc.constantFrom(...frames), ({ text, receivedAt, expected }, frame) => {
        expect(timesOf(frame(text), receivedAt).surfacedAt).toEqual({ text, ...expected });
      }),
      { seed: 1122, numRuns: 1000 },
    );
  });

  it("agree with chrono-node where that is right: full dates with a time to the second", () => {
    fc.assert(
      fc.property(receipt.chain(toTheSecond), ({ text, receivedAt }: Expression) => {
        const [found] = chronoHans.parse(normalise(text).text, { instant: new Date(receivedAt), timezone: 480 });
        const get = (key: "year" | "month" | "day" | "hour" | "minute" | "second"): number =>
          found?.start.get(key) ?? -1;
        const read = instantOf(get("year"), get("month"), get("day"), get("hour"), get("minute"), get("second"));
        expect(timesOf(`${text}发生停水`, receivedAt).occurredAt?.value).toBe(toIso(read));
      }),
      { seed: 1123, numRuns: 300 },
    );
  });

  it("are never made of days that do not exist", () => {
    const missing = fc.constantFrom(
      "2月30日",
      "2月31日",
      "4月31日",
      "6月31日",
      "9月31日",
      "11月31日",
      "13月1日",
      "0月5日",
    );
    const years = fc.constantFrom("", "2026年", "2025年", "去年");
    const clocks = fc.constantFrom("", "晚上8点", "10:00", "上午");
    fc.assert(
      fc.property(receipt, missing, years, clocks, (receivedAt, day, year, clock) => {
        expect(timesOf(`${year}${day}${clock}县城解放路发生停水`, receivedAt).occurredAt).toBeNull();
      }),
      { seed: 1124, numRuns: 500 },
    );
  });

  it("show no trace of words for a time that nobody can date", () => {
    const vague = fc.constantFrom(
      "前一阵",
      "前几天",
      "几个小时前",
      "近日",
      "日前",
      "最近",
      "这两天",
      "前段时间",
      "好几天前",
    );
    fc.assert(
      fc.property(receipt, vague, (receivedAt, words) => {
        expect(timesOf(`${words}县城解放路发生停水`, receivedAt).occurredAt).toBeNull();
      }),
      { seed: 1125, numRuns: 200 },
    );
  });
});

describe("whose time it is", () => {
  const receivedAt = fromIso("2026-11-20T10:00:00+08:00") as Instant;
  const spoken: Record<Role, readonly [words: string, at: Instant]> = {
    occurredAt: ["11月17日08:20", instantOf(2026, 11, 17, 8, 20)],
    surfacedAt: ["前天晚上9点20", instantOf(2026, 11, 18, 21, 20)],
    detectedAt: ["昨天上午9点半", instantOf(2026, 11, 19, 9, 30)],
    snapshotAt: ["今天8:00", instantOf(2026, 11, 20, 8)],
    deadlineAt: ["明天上午9点", instantOf(2026, 11, 21, 9)],
    plannedAt: ["下周一上午9点", instantOf(2026, 11, 23, 9)],
  };

  it.each(ROLES.flatMap((role) => PHRASES[role].map((phrase) => [role, phrase] as const)))(
    "is %s in %s",
    (role, phrase) => {
      const [words, at] = spoken[role];
      const nothing = Object.fromEntries(ROLES.map((r) => [r, null]));
      expect(statedValues(timesOf(phrase.replace("⏱", words), receivedAt))).toEqual({ ...nothing, [role]: toIso(at) });
    },
  );

  it("is told apart in messages with several times in any order", () => {
    fc.assert(
      fc.property(message(receipt), ({ text, receivedAt: at, stated }) => {
        const expected = ROLES.map((role) => [role, stated.find((s) => s.role === role)?.value ?? null]);
        expect(statedValues(timesOf(text, at))).toEqual(Object.fromEntries(expected));
      }),
      { seed: 2017, numRuns: 3000 },
    );
  });

  it("is a plan where tomorrow is spoken of, and never where the day is over", () => {
    fc.assert(
      fc.property(
        receipt.chain((at) => fc.tuple(fc.constant(at), aheadInWords(at))),
        ([at, { text, value }]) => {
          expect(statedValues(timesOf(`业主群号召${text}去县政府`, at))).toMatchObject({
            plannedAt: value,
            occurredAt: null,
          });
          expect(timesOf(`${text}全县停水检修`, at).plannedAt?.value).toBe(value);
          expect(timesOf("昨晚一男子将老人打伤", at).plannedAt).toBeNull();
        },
      ),
      { seed: 2018, numRuns: 200 },
    );
  });

  it("goes on from the time named before: 当晚, 次日, and a bare part of the day", () => {
    fc.assert(
      fc.property(receipt, fc.integer({ min: 3, max: 20 }), (at, days) => {
        const day = fromIso(`${toIso(at - days * DAY).slice(0, 10)}`) as Instant;
        const [, m, d] = toIso(day).slice(0, 10).split("-").map(Number);
        const times = timesOf(`${m}月${d}日上午10点石门镇发生火灾，当晚8点有网友发视频，次日凌晨2点监测到`, at);
        expect(statedValues(times)).toMatchObject({
          occurredAt: toIso(day + 10 * HOUR),
          surfacedAt: toIso(day + 20 * HOUR),
          detectedAt: toIso(day + 26 * HOUR),
        });
        const story = timesOf(`${m}月${d}日上午10点石门镇发生火灾，下午3点网友发帖`, at);
        expect(story.surfacedAt?.value).toBe(toIso(day + 15 * HOUR));
      }),
      { seed: 2019, numRuns: 200 },
    );
  });
});

describe("a superior's limit in words", () => {
  it("is read from any number, unit and phrasing", () => {
    fc.assert(
      fc.property(limit, receipt, ({ text, value, unit }, at) => {
        const from = unit === "naturalHour" ? { from: toIso(at) } : {};
        expect(readLimit(normalise(text).text, at)).toEqual({ value, unit, ...from });
      }),
      { seed: 2020, numRuns: 500 },
    );
  });

  it.each([
    ["请半小时内反馈", 0.5],
    ["一个半小时内报送", 1.5],
    ["请30分钟内报送", 0.5],
    ["要求2小时反馈", 2],
  ])("counts %s in hours", (text, value) => {
    expect(readLimit(text, 0)).toMatchObject({ value, unit: "naturalHour" });
  });

  it.each([
    ["请于周五下班前反馈", "2026-11-20T18:00:00+08:00"],
    ["要求当日反馈", "2026-11-21T00:00:00+08:00"],
    ["今天内反馈", "2026-11-21T00:00:00+08:00"],
    ["11月25日前书面答复", "2026-11-25T00:00:00+08:00"],
    ["11月17日前反馈", "2026-11-17T00:00:00+08:00"],
    ["昨天下班前有人闹事", undefined],
    ["昨晚8点前停水", undefined],
  ])("by date or clock in %s falls due at %s", (text, due) => {
    expect(timesOf(text, instantOf(2026, 11, 20, 10)).deadlineAt?.value).toBe(due);
  });

  it.each([
    "3天内连续停水两次",
    "48小时内发生两起",
    "两年内未交房",
    "一周内第三次停电",
    "24小时营业",
    "民警10分钟内到场处理",
  ])("is not seen in %s", (text) => {
    expect(readLimit(text, 0)).toBeNull();
  });
});
