import type { Mark } from "../case/case.ts";

/** One step in the life of a learned word; the steps are only added, the last one of a word and unit holds. */
export interface LexiconEntry extends Mark {
  word: string;
  /** Id of the unit in the roster. */
  unit: string;
  /** asked: proposed to the administrator · accepted · declined · removed */
  step: "asked" | "accepted" | "declined" | "removed";
}

/** A word that suggests a unit because an administrator accepted it. */
export type LearnedWord = Omit<LexiconEntry, "step">;

/** What 组织协调 put right: the case went to a unit that nothing had suggested. */
export interface Correction extends Mark {
  caseId: string;
  /** Id of the unit in the roster. */
  unit: string;
}

const keyOf = ({ word, unit }: { word: string; unit: string }): string => `${word} ${unit}`;

/** How each word and unit stand now, in the order in which they first came up. */
export const standing = (entries: readonly LexiconEntry[]): LexiconEntry[] => [
  ...new Map(entries.map((e) => [keyOf(e), e])).values(),
];

/** The words that suggest units. */
export const learnedWords = (entries: readonly LexiconEntry[]): LearnedWord[] =>
  standing(entries)
    .filter((e) => e.step === "accepted")
    .map(({ word, unit, by, at }) => ({ word, unit, by, at }));
