import type { PartOfDay } from "./mention.ts";

/** Hours as in the conventions of the reports: a part of the day counts from its start. */
const PARTS = [
  ["凌晨|后半夜|拂晓", { from: 0, to: 6, kind: "dawn" }],
  ["清晨|清早|大清早|早上|早晨|一早|一大早|早间|早高峰|早", { from: 6, to: 9, kind: "morning" }],
  ["上午|午前", { from: 8, to: 12, kind: "morning" }],
  ["中午|正午|午间|晌午", { from: 11, to: 14, kind: "noon" }],
  ["下午|午后", { from: 13, to: 18, kind: "afternoon" }],
  ["傍晚|黄昏|晚高峰", { from: 17, to: 19, kind: "evening" }],
  ["晚上|晚间|晚", { from: 18, to: 24, kind: "evening" }],
  ["夜里|夜间|深夜|半夜|午夜|夜晚|夜", { from: 18, to: 24, kind: "night" }],
] as const satisfies readonly (readonly [string, PartOfDay])[];
const PART_BY_WORD = new Map<string, PartOfDay>(
  PARTS.flatMap(([words, part]) => words.split("|").map((w) => [w, part] as const)),
);

/** Parts that names of days include: 昨晚, 今早. */
export type PartWord = "早上" | "晚";

export function partOf(word: string): PartOfDay | null {
  return PART_BY_WORD.get(word) ?? null;
}

/** All words for a part of the day, the longest first. */
export const PART_WORDS = [...PART_BY_WORD.keys()].sort((a, b) => b.length - a.length).join("|");
/** A part of the day that may stand alone; one-character words and greetings may not. */
export const LONE_PART = `(?:${[...PART_BY_WORD.keys()].filter((w) => w.length > 1 && !w.endsWith("高峰")).join("|")})(?![好茶餐饭会班场安]|高峰|新闻)`;
