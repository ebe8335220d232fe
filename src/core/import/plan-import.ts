import { type Case, caseNumber } from "#core/case/case.ts";
import { type Candidate, duplicatesAmong } from "./duplicates.ts";
import { type ImportRow, type RowProblem, readRow } from "./read-row.ts";
import type { Table } from "./table.ts";
import { type TakeContext, takeRow } from "./take-row.ts";

/** What an import would do: nothing is stored yet. */
export interface ImportPlan {
  table: Table;
  /** Rows that can be taken, each with the case it would become (its number is given when it is stored). */
  rows: { row: ImportRow; case: Case }[];
  /** By row. An error keeps the whole file out until it is put right or its row is left out. */
  problems: RowProblem[];
  /** Rows that a person chose to leave out. */
  leftOut: number[];
}

/**
 * Reads every row of a table and runs it through the work flow without storing anything. Pure.
 * @param known cases against which duplicates are looked for
 * @param leaveOut rows of the sheet that are not to be taken
 */
export function planImport(
  table: Table,
  known: readonly Case[],
  leaveOut: readonly number[],
  context: TakeContext,
): ImportPlan {
  // An export of a hotline or message board knows what kind of request each row is; a 台账 of 舆情 does not say.
  const isLedger = !table.columns.some(({ column }) => column === "matter");
  const problems: RowProblem[] = [];
  const candidates: (Candidate & { read: ImportRow })[] = [];
  for (const cells of table.rows) {
    if (leaveOut.includes(cells.no)) continue;
    const { row, problems: found } = readRow(cells, { isLedger }, context.office, context.now);
    problems.push(...found);
    if (!row) continue;
    const taken = takeRow(row, preliminaryNumber(row, context), context);
    if ("refused" in taken) problems.push({ row: row.no, reason: taken.refused, kind: "error" });
    else candidates.push({ row: row.no, case: taken.case, read: row });
  }
  problems.push(...duplicatesAmong(candidates, known));
  const wrong = new Set(problems.filter((p) => p.kind === "error").map((p) => p.row));
  return {
    table,
    rows: candidates.filter((c) => !wrong.has(c.row)).map((c) => ({ row: c.read, case: c.case })),
    problems: problems.sort((a, b) => a.row - b.row),
    leftOut: table.rows.map((r) => r.no).filter((no) => leaveOut.includes(no)),
  };
}

/** Stands in for the number that the case gets when it is stored; "000" is never given. */
const preliminaryNumber = (row: ImportRow, { office }: TakeContext): string =>
  caseNumber(office.roster.home, row.receivedAt, 0);
