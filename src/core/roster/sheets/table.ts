import { FOOTER, findHeadings, letterOf, type Sheet } from "#core/import/table.ts";
import { type Field, fieldOf, type Kind, kindOf, PERSON_FIELDS } from "./columns.ts";

/** A cell of a workbook, as its reader finds it. */
export interface Place {
  sheet: string;
  /** From 1. */
  row: number;
  /** Letter and heading of the column; undefined: the whole row. */
  column?: { letter: string; heading: string };
}

export interface Cell {
  field: Field;
  text: string;
  place: Place;
  index: number;
  /** Heading as it is written: says which of several columns of one field this is. */
  heading: string;
}

export interface Row {
  place: Place;
  /** Cells of the columns that were understood, empty ones too. */
  cells: Cell[];
}

/** A table of a roster whose headings were understood. */
export interface RosterTable {
  kind: Kind;
  sheet: string;
  /** Text of the title rows above the headings and the name of the sheet: they may name the month of a duty list. */
  title: string;
  headingRow: number;
  columns: { letter: string; heading: string; field: Field | undefined; owner?: number }[];
  rows: Row[];
}

/** The table of a sheet; undefined when no row among the first ones looks like the headings of a roster. */
export function rosterTable({ name, rows }: Sheet): RosterTable | undefined {
  const { index, known } = findHeadings(rows, fieldOf);
  const kind = kindOf(known);
  if (!kind) return undefined;
  const columns = ownersOf(
    (rows[index] ?? []).map((text, i) => {
      const heading = text.replace(/\s*\n\s*/gu, "").trim();
      return { letter: letterOf(i), heading, field: fieldOf(heading) };
    }),
  );
  const table = rows.flatMap((texts, i): Row[] => {
    if (i <= index || isBeside(texts)) return [];
    const place = { sheet: name, row: i + 1 };
    const cells = columns.flatMap(({ field, letter, heading }, k): Cell[] =>
      field
        ? [{ field, index: k, heading, text: clean(texts[k]), place: { ...place, column: { letter, heading } } }]
        : [],
    );
    return cells.some((cell) => cell.text !== "") ? [{ place, cells }] : [];
  });
  const title = [...rows.slice(0, index).flat(), name].join(" ");
  return { kind, sheet: name, title, headingRow: index + 1, columns, rows: table };
}

/** The first filled cell of a field, else its first cell; undefined when the table has no such column. */
export const cellOf = ({ cells }: Row, field: Field): Cell | undefined =>
  cells.find((c) => c.field === field && c.text !== "") ?? cells.find((c) => c.field === field);

/** The telephone number that belongs to a person's cell. */
export function phoneBeside({ columns }: RosterTable, { cells }: Row, person: Cell): Cell | undefined {
  return cells.find((c) => c.field === "phone" && c.text !== "" && columns[c.index]?.owner === person.index);
}

function ownersOf(columns: RosterTable["columns"]): RosterTable["columns"] {
  const people = columns.flatMap(({ field }, i) => (field && PERSON_FIELDS.has(field) ? [i] : []));
  return columns.map((column, i) => {
    if (column.field !== "phone") return column;
    const owner = people.findLast((k) => k < i) ?? people[0];
    return owner === undefined ? { ...column, field: undefined } : { ...column, owner };
  });
}

/** Empty rows, and what offices write below a table. */
function isBeside(texts: readonly string[]): boolean {
  const filled = texts.filter((text) => text.trim() !== "");
  return filled.length === 0 || (filled.length <= 2 && FOOTER.test(filled[0]?.trim() ?? ""));
}

/** A leading apostrophe tells a spreadsheet that what follows is text and no formula. */
const clean = (text: string | undefined): string =>
  (text ?? "").trim().replace(/^'(?=[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u, "");
