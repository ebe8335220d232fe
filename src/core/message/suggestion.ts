import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { SuggestedUnit } from "#core/learning/suggested-units.ts";
import { dayOf } from "#core/time.ts";
import type { Line } from "./card.ts";

/** More would be no suggestion. */
const SHOWN = 3;

/** "县水务局(停水、管网)、城关镇(本地)"; "" when nothing is suggested or a person has decided. */
export function suggestionText(c: Case, office: Office): string {
  if (c.triage || c.withheld || c.report.units.length > 0) return "";
  return (c.suggested ?? [])
    .slice(0, SHOWN)
    .flatMap((s) => {
      const unit = office.roster.unit(s.unit);
      return unit ? [`${unit.aliases[0] ?? unit.name}(${reasonOf(s)})`] : [];
    })
    .join("、");
}

/** The words that speak for it, and who taught those that the roster does not hold. */
const reasonOf = (s: SuggestedUnit): string => [s.words.join("、") || "本地", ...taughtBy(s)].join("；");

const taughtBy = ({ words, learned = [] }: SuggestedUnit): string[] =>
  learned.map(({ word, by, at }) => {
    const which = learned.length > 1 || words.length > 1 ? `“${word}”` : "";
    return `${which}词库，${dayOf(at)} 由${by}加入`;
  });

/** "按“停水”建议": why the unit that is shown as responsible is that; "" when it was named, or when several are suggested. */
export function suggestedBecause(c: Case, office: Office): string {
  const [only, another] = c.suggested ?? [];
  const unit = only && office.roster.unit(only.unit);
  if (!only || another || !unit || suggestionText(c, office) === "") return "";
  const [responsible, second] = c.responsibility.firstResponsible;
  if (responsible !== unit.name || second !== undefined) return "";
  // The name of the place itself speaks for its own government.
  const words = only.words.filter((word) => !unit.aliases.includes(word));
  return [words.length > 0 ? `按“${words.join("、")}”建议` : "按属地建议", ...taughtBy(only)].join("；");
}

/** The suggestion with its reasons, for the receipt; a single one is told beside the responsible unit. */
export function suggestionLine(c: Case, office: Office): Line[] {
  const text = suggestedBecause(c, office) === "" ? suggestionText(c, office) : "";
  return text === "" ? [] : [{ kind: "field", label: "建议", value: text }];
}
