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
function reasonOf({ words, learned = [] }: SuggestedUnit): string {
  const taught = learned.map(({ word, by, at }) => {
    const which = learned.length > 1 || words.length > 1 ? `“${word}”` : "";
    return `${which}词库，${dayOf(at)} 由${by}加入`;
  });
  return [words.join("、") || "本地", ...taught].join("；");
}

/** The suggestion with its reason, for the receipt. */
export function suggestionLine(c: Case, office: Office): Line[] {
  const text = suggestionText(c, office);
  return text === "" ? [] : [{ kind: "field", label: "建议", value: text }];
}
