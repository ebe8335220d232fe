import type { Roster } from "../roster/roster.ts";
import { caseNumberIn } from "./case-numbers.ts";
import { readCorrection } from "./correction.ts";
import { type Draft, takeApart } from "./draft.ts";
import { readReport } from "./report.ts";
import type { ParseInput, Report, Update } from "./types.ts";
import { updateActionOf } from "./update-kind.ts";

/** A correction, withdrawal or supplement; the patch is what the text states, whatever the report says. */
export function readUpdate(draft: Draft, report: Report, input: ParseInput, roster: Roster): Update {
  const action = updateActionOf(draft.text);
  const positive = action === "correct" ? readCorrection(draft.text).positive : draft.text;
  const said = { ...input, text: positive };
  const stated = positive === draft.text ? report : readReport(takeApart(said, draft.gazetteer), said, roster);
  return {
    kind: "update",
    ref: input.replyTo ?? caseNumberIn(draft.text),
    action,
    ...(action === "propose-false-alarm" ? { requires: "二人确认+理由+证据" } : {}),
    patch: statedIn(stated),
    summary: report.summary,
    pii: report.pii,
  };
}

/** Fields that a report takes only from its text; empty ones say nothing and change nothing. */
const STATED = [
  "occurredAt",
  "surfacedAt",
  "detectedAt",
  "places",
  "units",
  "unitIds",
  "casualties",
  "heat",
  "urls",
  "platforms",
  "level",
  "category",
] as const satisfies readonly (keyof Report)[];

/** What a text states by itself, whatever it is laid over. */
function statedIn(report: Report): Partial<Report> {
  const stated = STATED.filter((key) => {
    const value = report[key];
    if (value === null || (key === "detectedAt" && report.detectedAt.inferred)) return false;
    return Array.isArray(value) ? value.length > 0 : typeof value === "string" || Object.keys(value).length > 0;
  });
  return Object.fromEntries(stated.map((key) => [key, report[key]]));
}
