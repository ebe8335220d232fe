import { describe, expect, test } from "vitest";
import type { LexiconEntry } from "#core/learning/lexicon.ts";
import { type TaughtCase, wordsToLearn } from "#core/learning/word-to-learn.ts";
import { exampleOffice } from "../../support/office.ts";

const { roster } = exampleOffice();
const taught = (...cases: [unit: string, topic: string][]): TaughtCase[] =>
  cases.map(([unit, topic], i) => ({ caseId: `c${cases.length - i}`, unit, topic }));
const best = (cases: TaughtCase[], entries: LexiconEntry[] = [], times = 3): string[] =>
  wordsToLearn(cases, entries, roster, times).map((w) => w.word);
const entry = (step: LexiconEntry["step"], word = "窨井"): LexiconEntry => ({
  word,
  unit: "zjj",
  step,
  by: "何伟",
  at: 0,
});

const THREE = taught(["zjj", "窨井塌陷"], ["zjj", "窨井冒水"], ["zjj", "窨井盖丢失"]);

describe("words to learn", () => {
  test("a word that went the same way three times in a row", () => {
    expect(wordsToLearn(THREE, [], roster, 3)).toEqual([{ word: "窨井", unit: "zjj", cases: ["c3", "c2", "c1"] }]);
    expect(best(THREE, [], 4)).toEqual([]);
    expect(best(THREE.slice(0, 2), [], 2)).toEqual(["窨井"]);
  });

  test("the longest comes first among those with the same support", () => {
    const same = taught(["zjj", "窨井盖丢失"], ["zjj", "窨井盖丢失"], ["zjj", "窨井盖丢失"]);
    expect(best(same)[0]).toBe("窨井盖");
  });

  test("one that went elsewhere in between counts from there", () => {
    expect(best(taught(["zjj", "窨井塌陷"], ["swj", "窨井冒水"], ["zjj", "窨井盖"], ["zjj", "窨井臭"]))).toEqual([]);
  });

  test("one that was asked, taken, refused or removed is not asked again, nor a longer or shorter form of it", () => {
    for (const step of ["asked", "accepted", "declined", "removed"] as const) {
      expect(best(THREE, [entry(step)])).toEqual([]);
      expect(best(THREE, [entry(step, "窨井盖")])).toEqual([]);
    }
    expect(best(THREE, [{ ...entry("accepted"), unit: "swj" }])).toEqual(["窨井"]);
  });

  test("the unit's own duties are no news; another unit's are", () => {
    const both = (unit: string, topic: string) => best(taught([unit, topic], [unit, topic], [unit, topic]));
    expect(both("zjj", "工地扬尘")).toEqual([]);
    expect(both("zjj", "停水")).toEqual(["停水"]);
    expect(both("swj", "停水")).toEqual([]);
  });

  test("without corrections, or with a unit that is gone, there is nothing to learn", () => {
    expect(best([])).toEqual([]);
    expect(best(taught(["gone", "窨井"], ["gone", "窨井"], ["gone", "窨井"]))).toEqual([]);
  });
});
