import type { Roster } from "../roster/roster.ts";
import { type LexiconEntry, standing } from "./lexicon.ts";
import { topicWords } from "./topic-words.ts";

/** What was said in a case that went to another unit than the suggested one. */
export interface TaughtCase {
  caseId: string;
  /** Id of the unit that it went to. */
  unit: string;
  /** The report's own words. */
  topic: string;
}

export interface WordToLearn {
  word: string;
  unit: string;
  /** The corrections that speak for it, newest first. */
  cases: string[];
}

/**
 * Words that were put right `times` times in a row, by different cases, all to the same unit as the newest one: best first.
 * A word that was asked, taken or refused before is not asked again, nor one that holds such a word or lies in it.
 * @param taught corrections, newest first
 */
export function wordsToLearn(
  taught: readonly TaughtCase[],
  entries: readonly LexiconEntry[],
  roster: Roster,
  times: number,
): WordToLearn[] {
  const [newest] = taught;
  const unit = newest && roster.unit(newest.unit);
  if (!newest || !unit) return [];
  const known = standing(entries).filter((e) => e.unit === unit.id);
  const taken = [...unit.duties, ...known.map((e) => e.word)];
  return topicWords(newest.topic, roster)
    .filter((word) => !taken.some((t) => t.includes(word) || word.includes(t)))
    .map((word) => {
      const said = taught.filter((t) => t.topic.includes(word));
      const other = said.findIndex((t) => t.unit !== unit.id);
      const streak = other === -1 ? said : said.slice(0, other);
      return { word, unit: unit.id, cases: streak.map((t) => t.caseId) };
    })
    .filter(({ cases }) => cases.length >= times)
    .sort((a, b) => b.cases.length - a.cases.length || b.word.length - a.word.length);
}
