import { type Column, columnOf } from "./columns.ts";

/** A sheet as it was read: cells as text, dates as "2026-11-20 17:30". Rows are numbered from 1 as the office sees them. */
export interface Sheet {
  name: string;
  rows: string[][];
}

/** A sheet whose headings were understood. */
export interface Table {
  sheet: string;
  /** Row of the headings, from 1. */
  headingRow: number;
  columns: { letter: string; heading: string; column: Column | undefined }[];
  rows: {
    no: number;
    cells: Partial<Record<Column, string>> /** Names in columns of personal data. */;
    people: string[];
  }[];
  /** Rows of totals, signatures and remarks below the data. */
  footers: number[];
}

/** Headings stand within the first rows, below a title and a line of notes. */
const SEARCHED = 12;
/** 合计, 审核人：: what offices write below the data. It says nothing of when something came in. */
export const FOOTER =
  /^(?:合计|总计|小计|共计|审核人?|审批人?|填表人?|制表人?|填报人|负责人|备注|说明|注)\s*(?:[:：]|$)/u;
/** Columns that name a private person; an account may be that of a medium. */
const PERSON = /(?:来电|来信|来访|诉求|反映|投诉|举报|申请|留言|联系)人|姓名/u;
/** What a person may be called. */
const NAME = /^\p{Script=Han}{2,4}$/u;
/** A row with fewer known headings is a title or data. */
const ENOUGH = 3;

/** The table of a sheet; undefined when no row looks like headings with a title or content among them. */
export function tableOf(sheet: Sheet): Table | undefined {
  const best = findHeadings(sheet.rows, columnOf);
  if (best.known.size < ENOUGH || !(best.known.has("title") || best.known.has("content"))) return undefined;
  const headings = sheet.rows[best.index] ?? [];
  const taken = new Set<Column>();
  const columns = headings.map((heading, i) => {
    const column = columnOf(heading);
    // Of two columns that say the same the first counts; several columns of personal data are all left out.
    const free = column !== undefined && (column === "private" || !taken.has(column));
    if (column) taken.add(column);
    return {
      letter: letterOf(i),
      heading: heading.replace(/\s*\n\s*/gu, "").trim(),
      column: free ? column : undefined,
    };
  });
  const footers: number[] = [];
  const rows = sheet.rows.flatMap((cells, i) => {
    if (i <= best.index) return [];
    const people = new Set<string>();
    const read: Partial<Record<Column, string>> = {};
    columns.forEach(({ column }, k) => {
      const text = cells[k]?.trim() ?? "";
      if (column === "private" && PERSON.test(headings[k] ?? "") && NAME.test(text)) people.add(text);
      if (column && column !== "private" && text !== "") read[column] = text;
    });
    if (!Object.keys(read).some((column) => column !== "no")) return [];
    if (!read.receivedAt && !read.detectedAt && FOOTER.test(cells.find((cell) => cell.trim() !== "")?.trim() ?? "")) {
      footers.push(i + 1);
      return [];
    }
    return [{ no: i + 1, cells: read, people: [...people] }];
  });
  return { sheet: sheet.name, headingRow: best.index + 1, columns, rows, footers };
}

/**
 * The row, among the first ones, in which most headings are known, and what they name; of equal ones the first.
 * @param columnOf what a heading names; undefined when it is not known
 * @returns index -1 when no row holds a known heading
 */
export function findHeadings<C extends string>(
  rows: readonly (readonly string[])[],
  columnOf: (heading: string) => C | undefined,
): { index: number; known: Set<C> } {
  const candidates = rows
    .slice(0, SEARCHED)
    .map((cells, index) => ({ index, known: new Set(cells.map(columnOf).filter((c) => c !== undefined)) }));
  return candidates.reduce((a, b) => (b.known.size > a.known.size ? b : a), { index: -1, known: new Set<C>() });
}

/** "A", "B" … "AA": how a spreadsheet names its columns. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
