import { gazetteerOf } from "../intake/gazetteer.ts";
import type { Report } from "../intake/types.ts";
import { suggestUnits } from "../intake/units.ts";
import type { Roster } from "../roster/roster.ts";
import type { Instant } from "../time.ts";
import type { LearnedWord } from "./lexicon.ts";

/** A unit that the topic of a report suggests, and why. A suggestion, never a decision. */
export interface SuggestedUnit {
  /** Id in the roster. */
  unit: string;
  /** Duties words found in the text; none: the place alone speaks for it. */
  words: string[];
  /** Those of them that people taught and an administrator accepted. */
  learned?: { word: string; by: string; at: Instant }[];
}

/** What a report without a unit is about. */
export const topicText = ({ title, summary }: Pick<Report, "title" | "summary">): string =>
  [title ?? "", summary].join("\n");

/**
 * The suggested units of a report that names none, best first: by the duties of the roster, and above them by the learned words
 * (词库), which stand in place of the unit that the roster would have suggested for the same word.
 */
export function suggestedUnits(report: Report, roster: Roster, learned: readonly LearnedWord[]): SuggestedUnit[] {
  if (report.units.length > 0) return [];
  const text = topicText(report);
  const known = learned.filter((l) => text.includes(l.word) && roster.unit(l.unit) !== undefined);
  const reasons = new Map(suggestUnits(text, gazetteerOf(roster), []).map((s) => [s.unitId, s.words]));
  const byDuties = report.unitSuggested
    .map((unit): SuggestedUnit => {
      const words = reasons.get(unit) ?? [];
      return { unit, words: words.filter((w) => !known.some((l) => l.word === w && l.unit !== unit)) };
    })
    .filter(({ unit, words }) => words.length > 0 || (reasons.get(unit) ?? []).length === 0);
  const taught = [...Map.groupBy(known, (l) => l.unit)].map(([unit, list]): SuggestedUnit => {
    const own = byDuties.find((s) => s.unit === unit)?.words ?? [];
    return {
      unit,
      words: [...new Set([...own, ...list.map((l) => l.word)])],
      learned: list.map(({ word, by, at }) => ({ word, by, at })),
    };
  });
  return [...taught, ...byDuties.filter((s) => !taught.some((t) => t.unit === s.unit))];
}
