import type { Sheet } from "#core/import/table.ts";
import type { RosterFile } from "#core/roster/schema.ts";
import type { Finding } from "#core/roster/sheets/draft.ts";
import { examineSheets } from "#core/roster/sheets/examine-sheets.ts";
import { exampleSetup } from "./office.ts";
import { at } from "./time.ts";

/** A sheet as people see it: one line per row, cells divided by |. */
export const sheet = (name: string, text: string): Sheet => ({
  name,
  rows: text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split("|").map((cell) => cell.trim())),
});

export const NOW = at("11-22 09:00");

/** Sheets over the roster of the example county, or over another one of it. */
export function examine(sheets: Sheet[], base: RosterFile = exampleSetup().roster.file) {
  const workingHours = ["08:30-12:00", "14:00-17:30"];
  const context = { base, home: "990121", hours: { opens: "08:30", closes: "17:30" }, workingHours, now: NOW };
  return examineSheets(sheets, context);
}

/** "人员 4 D 手机：…": where and what, errors or notes. */
export const told = (findings: readonly Finding[], kind: Finding["kind"]): string[] =>
  findings
    .filter((f) => f.kind === kind)
    .map(({ place, text }) =>
      place && "sheet" in place
        ? `${place.sheet} ${place.row}${place.column ? ` ${place.column.letter} ${place.column.heading}` : ""}：${text}`
        : text,
    );
