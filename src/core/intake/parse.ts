import type { Roster } from "../roster/roster.ts";
import { isOnly } from "./amend-names.ts";
import { caseNumberIn } from "./case-numbers.ts";
import { bareCount } from "./correction.ts";
import { type Draft, takeApart } from "./draft.ts";
import { gazetteerOf } from "./gazetteer.ts";
import { namesSite, tellsOfHappening } from "./happenings.ts";
import { intentOf } from "./kinds.ts";
import { readQuestion } from "./query.ts";
import { refusalOf } from "./refusals.ts";
import { readReport } from "./report.ts";
import type { Parsed, ParseInput, Report } from "./types.ts";
import { readUpdate } from "./update.ts";
import type { Span } from "./words.ts";

/**
 * Reads a screened message. Pure; never throws on any text; linear in its length. Times are Asia/Shanghai.
 * @throws RangeError only when `receivedAt` is no ISO 8601 instant: a fault of the caller
 */
export function parse(input: ParseInput, roster: Roster): Parsed {
  const draft = takeApart(input, gazetteerOf(roster));
  const report = readReport(draft, input, roster);
  if (input.asReport) return report;
  const intent = intentOf({
    text: draft.text,
    isReply: input.replyTo !== undefined,
    evidence: evidenceOf(draft, report),
    states: statesFacts(draft, report),
    isWhole: isWhole(report),
    question: () => readQuestion(draft.text, draft.receivedAt, draft.gazetteer),
    evidenceIn: (text) => {
      const part = takeApart({ ...input, text }, draft.gazetteer);
      return evidenceOf(part, readReport(part, { ...input, text }, roster));
    },
  });
  switch (intent) {
    case "report":
      return report;
    case "update":
      return readUpdate(draft, report, input, roster);
    case "query":
      return { kind: "query", text: draft.text, ...refOf(input, draft) };
    case "not-report":
      return { kind: "not-report" };
    default:
      return refusalOf(intent.declined);
  }
}

function refOf(input: ParseInput, { text }: Draft): { ref?: string } {
  const ref = input.replyTo ?? caseNumberIn(text);
  return ref === null ? {} : { ref };
}

/** Signs that only somebody gives who states facts, or who answers what a card asked: 3人, 县水务局. */
function statesFacts(draft: Draft, { heat, attachments, casualties, units, places }: Report): boolean {
  const { fields, links, text } = draft;
  if (fields.length > 0 || links.length > 0 || Object.keys(heat).length > 0) return true;
  if (attachments > 0 || casualties !== null || bareCount(text) !== undefined) return true;
  return text.length <= 24 && (units.length > 0 || places.length > 0) && isOnly(draft, namedIn(draft, places));
}

function isWhole({ occurredAt, surfacedAt, detectedAt, places, platforms }: Report): boolean {
  const dated = occurredAt !== null || surfacedAt !== null || !detectedAt.inferred;
  return dated && places.length > 0 && platforms.length > 0;
}

const namedIn = ({ text, units }: Draft, places: Report["places"]): Span[] => [
  ...units,
  ...places
    .map((p) => ({ from: text.indexOf(p.text), to: text.indexOf(p.text) + p.text.length }))
    .filter((s) => s.from >= 0),
];

/** How strongly a text looks like a report; a time alone says nothing (今天天气不错). */
function evidenceOf({ fields, links, headline, platforms, text }: Draft, report: Report): number {
  const happened = tellsOfHappening(text);
  const unnamedSite = happened && report.places.length === 0 && report.units.length === 0 && namesSite(text);
  return (
    Math.min(fields.length, 3) +
    (links.length > 0 ? 3 : 0) +
    (headline.header.to > 0 ? 1 : 0) +
    (Object.keys(report.heat).length > 0 ? 2 : 0) +
    (report.attachments > 0 ? 2 : 0) +
    (report.casualties ? 1 : 0) +
    (report.places.length > 0 ? 1 : 0) +
    (report.units.length > 0 ? 1 : 0) +
    (platforms.length > 0 ? 1 : 0) +
    (unnamedSite ? 1 : 0) +
    (report.categoryHint.length > 0 || report.unitSuggested.length > 0 || happened ? 1 : 0)
  );
}
