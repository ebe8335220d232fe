import type { Sheet } from "#core/import/table.ts";
import { type Examined, examineRoster } from "../examine.ts";
import type { Finding } from "./draft.ts";
import { type ReadSheets, readRosterSheets, type SheetContext } from "./read-sheets.ts";

/** The roster that comes of a workbook over what the office has, and everything that is to be said of it. */
export function examineSheets(
  sheets: readonly Sheet[],
  context: SheetContext & { workingHours: readonly string[] },
): Examined & Pick<ReadSheets, "tables" | "isWhole"> {
  const { tables, isWhole, content, draft } = readRosterSheets(sheets, context);
  const checked = examineRoster(content, (path) => draft.at(path), context);
  const wrong = new Set(draft.findings.filter((f) => f.kind === "error").map(placeKey));
  // What could not be read is missing in the roster as well; it is told once.
  const rest = checked.findings.filter((f) => f.kind === "note" || !f.place || !wrong.has(placeKey(f)));
  const findings = inOrder([...draft.findings, ...rest], sheets);
  const isWrong = findings.some((f) => f.kind === "error");
  return { tables, isWhole, findings, ...(checked.roster && !isWrong ? { roster: checked.roster } : {}) };
}

const placeKey = ({ place }: Finding): string => JSON.stringify(place);

/** As the file has them; what stands nowhere comes last. */
function inOrder(findings: readonly Finding[], sheets: readonly Sheet[]): Finding[] {
  const names = sheets.map((s) => s.name);
  const orderOf = ({ place }: Finding): number[] => {
    if (!place || !("sheet" in place)) return [names.length];
    const letters = place.column?.letter ?? "";
    return [names.indexOf(place.sheet), place.row, letters.length, letters.charCodeAt(letters.length - 1) || 0];
  };
  return findings.toSorted((a, b) => {
    const [one, other] = [orderOf(a), orderOf(b)];
    return one.map((n, i) => n - (other[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}
