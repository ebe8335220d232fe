import { describe, expect, test } from "vitest";
import { takeReport } from "#core/case/take-report.ts";
import type { LearnedWord } from "#core/learning/lexicon.ts";
import { exampleOffice } from "../../support/office.ts";
import { at } from "../../support/time.ts";

const office = exampleOffice();
const NOW = at("11-20 09:00");
const learned = (word: string, unit: string): LearnedWord => ({ word, unit, by: "何伟", at: NOW });
const suggested = (text: string, ...words: LearnedWord[]) => {
  const { input } = takeReport({ text, at: NOW, from: "王晓梅", attachments: 0 }, office, words);
  expect(input.report.unitSuggested).toEqual((input.suggested ?? []).map((s) => s.unit));
  return input.suggested ?? [];
};

describe("suggested units", () => {
  test("come with the words that speak for them", () => {
    expect(suggested("幸福里小区停水，抖音播放3万")).toContainEqual({ unit: "swj", words: ["停水"] });
  });
  test("a report that names a unit is suggested none", () => {
    expect(suggested("幸福里小区停水，网友质疑县水务局", learned("停水", "zjj"))).toEqual([]);
  });
  test("a learned word adds its unit, first, and says who added it", () => {
    const [first, ...others] = suggested("幸福里小区停水，窨井冒水", learned("窨井", "zjj"));
    expect(first).toEqual({ unit: "zjj", words: ["窨井"], learned: [{ word: "窨井", by: "何伟", at: NOW }] });
    expect(others.map((s) => s.unit)).toContain("swj");
  });
  test("a learned word stands in place of the unit that holds the same word among its duties", () => {
    expect(suggested("南门停水，抖音播放3万", learned("停水", "zjj")).map((s) => s.unit)).toEqual(["zjj"]);
  });
  test("words that the text lacks, and units that are gone, change nothing", () => {
    const plain = suggested("幸福里小区停水");
    expect(suggested("幸福里小区停水", learned("窨井", "zjj"), learned("停水", "gone"))).toEqual(plain);
  });
});
