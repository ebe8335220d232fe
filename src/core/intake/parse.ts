import type { Roster } from "../roster/roster.ts";
import { type Draft, takeApart } from "./draft.ts";
import { gazetteerOf } from "./gazetteer.ts";
import { intentOf, refusal } from "./kinds.ts";
import { readReport } from "./report.ts";
import type { Parsed, ParseInput, Report } from "./types.ts";
import { readUpdate } from "./update.ts";

/**
 * Reads a screened message. Pure; never throws on any text; linear in its length. Times are Asia/Shanghai.
 * @throws RangeError only when `receivedAt` is no ISO 8601 instant: a fault of the caller
 */
export function parse(input: ParseInput, roster: Roster): Parsed {
  const draft = takeApart(input, gazetteerOf(roster));
  const report = readReport(draft, input, roster);
  if (input.asReport) return report;
  const isReply = input.replyTo !== undefined;
  const intent = intentOf({ text: draft.text, isReply, evidence: evidenceOf(draft, report) });
  switch (intent) {
    case "report":
      return report;
    case "update":
      return readUpdate(draft, report, input);
    case "query":
      return { kind: "query", text: draft.text };
    case "not-report":
      return { kind: "not-report" };
    default:
      return refusal(intent);
  }
}

/** How strongly a text looks like a report; a time alone says nothing (今天天气不错). */
function evidenceOf({ fields, links, headline, platforms }: Draft, report: Report): number {
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
    (report.categoryHint.length > 0 || report.unitSuggested.length > 0 ? 1 : 0)
  );
}
