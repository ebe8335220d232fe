import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventLevelOf, readCasualties, readLoss, readStatedCasualties } from "#core/intake/casualties.ts";
import type { Casualties } from "#core/intake/types.ts";
import { TOLLS } from "./generators/victims.ts";

const stated = (dead: number | null, injured: number | null, more: Partial<Casualties> = {}): Casualties => ({
  status: "stated",
  dead,
  injured,
  ...more,
});

describe("casualties", () => {
  it.each<[string, Casualties | null]>([
    ["12人死亡、19人受伤（其中重伤4人）", stated(12, 19, { severe: 4 })],
    ["致3死5伤", stated(3, 5)],
    ["死3伤5", stated(3, 5)],
    ["3人死亡5人受伤", stated(3, 5)],
    ["两名工人当场死亡，另有一人重伤", stated(2, 1, { severe: 1 })],
    ["重伤2人，轻伤3人", stated(null, 5, { severe: 2 })],
    ["死亡人数升至7人", stated(7, null)],
    ["4人遇难，1人失踪", stated(4, null, { missing: 1 })],
    ["司机轻伤已送医", stated(null, 1, { note: "轻伤" })],
    ["货车司机受伤", stated(null, 1)],
    ["一老人不幸身亡", stated(1, null)],
    ["没有学生受伤", stated(null, 0, { note: "没有学生受伤" })],
    ["未造成人员伤亡", stated(0, 0, { note: "未造成人员伤亡" })],
    ["1人死亡，受伤人数不详", stated(1, null, { note: "受伤人数不详" })],
    ["目前没听说有人员伤亡", { status: "unverified", dead: null, injured: null }],
    ["暂无人员伤亡报告", { status: "unverified", dead: null, injured: null }],
    ["网传3人死亡", { status: "unverified", dead: null, injured: null }],
    ["受伤人数不详", { status: "unknown", dead: null, injured: null, note: "受伤人数不详" }],
    ["多人受伤", { status: "unknown", dead: null, injured: null, note: "多人受伤" }],
    ["有说砍了3个孩子、死了2人的，不实", null],
    ["听说化肥厂爆炸了，死了好几个，真的假的", { status: "unverified", dead: null, injured: null }],
    ["一名女子从6楼坠下，当场死亡", stated(1, null)],
    ["一个7岁娃（陈某）被流浪狗咬伤", stated(null, 1)],
    ["转发五百多被打的学生轻微伤", stated(null, 1, { note: "轻微伤" })],
    ["河里有十来头死猪", null],
    ["27名学生有腹泻症状，其中3人住院", stated(null, 27)],
    ["网传死亡5人，系谣言", null],
    ["3人死亡是假的", null],
    ["河面大量死鱼，50头猪死亡", null],
    ["转移群众426人", null],
    ["播放3万，12人点赞", null],
    ["停水三天", null],
  ])("are read from: %s", (text, expected) => {
    expect(readCasualties(text)).toEqual(expected);
  });

  const BEFORE = ["", "昨晚发生事故，", "石门镇一客车侧翻。", "解放路一商铺起火，消防已到场，"];
  const AFTER = ["", "，现场已清理", "。微博转发1200，评论300", "，县应急局已到场处置"];

  it.each(Object.entries(TOLLS))("give back what was meant: %s", (_name, toll) => {
    fc.assert(
      fc.property(
        toll,
        fc.constantFrom(...BEFORE),
        fc.constantFrom(...AFTER),
        ({ text, casualties }, before, after) => {
          const read = readCasualties(before + text + after);
          const { note: _, ...numbers } = read ?? { note: "" };
          expect(read && numbers).toEqual(casualties);
        },
      ),
      { seed: 4930, numRuns: 400 },
    );
  });

  it.each<[string, Casualties | null]>([
    ["无", stated(0, 0)],
    ["暂无", { status: "unverified", dead: null, injured: null }],
    ["不详", { status: "unknown", dead: null, injured: null }],
    ["2死3伤", stated(2, 3)],
    ["3人轻伤，无人死亡", stated(0, 3, { note: "轻伤" })],
  ])("of a field are read from: %s", (value, expected) => {
    expect(readStatedCasualties(value)).toEqual(expected);
  });

  it("give back any numbers, in any of the usual orders", () => {
    const count = fc.integer({ min: 1, max: 999 });
    const ways: ((dead: number, injured: number) => string)[] = [
      (d, i) => `${d}人死亡，${i}人受伤`,
      (d, i) => `${d}死${i}伤`,
      (d, i) => `死亡${d}人、受伤${i}人`,
      (d, i) => `造成${d}名村民遇难、${i}名村民受伤`,
      (d, i) => `事故致${d}人死亡${i}人受伤。`,
      (d, i) => `伤${i}人，死${d}人`,
    ];
    fc.assert(
      fc.property(count, count, fc.constantFrom(...ways), (dead, injured, write) => {
        expect(readCasualties(`昨晚发生事故，${write(dead, injured)}，现场已清理`)).toEqual(stated(dead, injured));
      }),
      { seed: 493, numRuns: 500 },
    );
  });
});

describe("the level that casualties and loss suggest (国务院令第493号 第三条)", () => {
  it.each<[Casualties | null, number | null, string | null]>([
    [stated(30, null), null, "I"],
    [stated(29, null), null, "II"],
    [stated(10, null), null, "II"],
    [stated(9, null), null, "III"],
    [stated(3, null), null, "III"],
    [stated(2, 5), null, "IV"],
    [stated(null, 100, { severe: 100 }), null, "I"],
    [stated(null, 60, { severe: 50 }), null, "II"],
    [stated(null, 10, { severe: 10 }), null, "III"],
    [stated(null, 200), null, "IV"],
    [stated(0, 0), null, null],
    [stated(null, null, { missing: 40 }), null, null],
    [{ status: "unknown", dead: null, injured: null }, null, null],
    [null, null, null],
    [null, 100_000_000, "I"],
    [null, 50_000_000, "II"],
    [null, 10_000_000, "III"],
    [null, 9_999_999, null],
  ])("%o with a loss of %s yuan suggests %s", (casualties, loss, level) => {
    expect(eventLevelOf(casualties, loss)).toBe(level);
  });

  it.each([
    ["直接经济损失约1200万元", 12_000_000],
    ["经济损失达1.2亿元", 120_000_000],
    ["损失不详", null],
  ])("reads the loss of: %s", (text, loss) => {
    expect(readLoss(text)).toBe(loss);
  });
});
