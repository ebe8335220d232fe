import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ALIKE, compare, likenessOf } from "#core/similar/likeness.ts";

interface Pair {
  same: boolean;
  a: string;
  b: string;
}
const file = new URL("../../fixtures/duplicates.yaml", import.meta.url);
const { tuned, fresh } = parse(readFileSync(file, "utf8")) as { tuned: Pair[]; fresh: Pair[] };
const score = (a: string, b: string): number => compare(likenessOf(a), likenessOf(b)).score;
const wrong = (pairs: Pair[]): string[] =>
  pairs.filter((p) => score(p.a, p.b) >= ALIKE !== p.same).map((p) => `${p.a} | ${p.b}`);

describe("two reports of one event, told apart from two events", () => {
  test("on the pairs it was made with: one is wrong, because nobody says that the estate is not in the town", () => {
    expect(tuned.length).toBeGreaterThanOrEqual(40);
    expect(wrong(tuned)).toEqual([expect.stringContaining("石门镇停水")]);
  });

  test("on pairs that it had never seen: two of three, as good as words from a dictionary", () => {
    expect(fresh.length).toBeGreaterThanOrEqual(20);
    expect(wrong(fresh).length).toBeLessThanOrEqual(8);
  });

  test.each([
    ["县一中食堂饭菜发霉", "县二中食堂饭菜发霉"],
    ["解放路商铺起火,消防已扑灭", "人民路商铺起火,消防已扑灭"],
    ["城关镇停水,居民提水上楼", "云岭乡停水,居民提水上楼"],
    ["县人民医院医患冲突", "县中医院医患冲突"],
    ["S216线货车侧翻", "G318线货车侧翻"],
  ])("the same happening at two spots is two events: %s, %s", (a, b) => {
    expect(score(a, b)).toBe(0);
  });

  test("two happenings at one spot are two events, however alike the rest is", () => {
    expect(score("幸福里小区停水,物业没贴通知", "幸福里小区停电,物业没贴通知")).toBe(0);
  });

  test("words that every report uses make nothing alike", () => {
    expect(score("网友质疑,请尽快核实处理,抖音播放3万", "网友质疑,请尽快核实处理,抖音播放8万")).toBe(0);
  });

  test("what both mention is named in words, not in fragments", () => {
    const { shared } = compare(likenessOf("城关镇菜市场豆腐掺工业石膏"), likenessOf("菜市场的豆腐用了工业石膏"));
    expect(shared).toContain("工业石膏");
    expect(shared.every((word) => word.length >= 2)).toBe(true);
  });
});

describe("the score", () => {
  const words = [...tuned, ...fresh].flatMap((p) => [p.a, p.b]);
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("。"));

  test("is the same in both directions, and lies between 0 and 1", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const there = score(a, b);
        expect(score(b, a)).toBe(there);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  test("of a text that says anything with itself is 1", () => {
    fc.assert(
      fc.property(text, (a) => {
        const own = likenessOf(a);
        fc.pre(own.topic.length > 0);
        expect(compare(own, own).score).toBe(1);
      }),
      { numRuns: 100 },
    );
  });
});
