import type { Draft } from "./draft.ts";
import { caseNumberIn, updateActionOf } from "./kinds.ts";
import type { ParseInput, Report, Update } from "./types.ts";

/** A correction, withdrawal or supplement; `report` is the same text read as a report. */
export function readUpdate(draft: Draft, report: Report, input: ParseInput): Update {
  const action = updateActionOf(draft.text);
  return {
    kind: "update",
    ref: input.replyTo ?? caseNumberIn(draft.text),
    action,
    ...(action === "propose-false-alarm" ? { requires: "二人确认+理由+证据" } : {}),
    patch: patchOf(report),
    summary: report.summary,
    pii: report.pii,
  };
}

/** Fields that a report takes only from its text; empty ones say nothing and change nothing. */
const PATCHED = [
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

function patchOf(report: Report): Partial<Report> {
  const stated = PATCHED.filter((key) => {
    const value = report[key];
    if (value === null || (key === "detectedAt" && report.detectedAt.inferred)) return false;
    return Array.isArray(value) ? value.length > 0 : typeof value === "string" || Object.keys(value).length > 0;
  });
  return Object.fromEntries(stated.map((key) => [key, report[key]]));
}
