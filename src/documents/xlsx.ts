import { open } from "node:fs/promises";
import { BotError } from "#core/errors.ts";
import { DAY, HOUR, type Instant } from "#core/time.ts";
import { ZipWriter } from "./zip.ts";

/** Text, a number, a moment, or nothing. */
export type Cell = string | number | { at: Instant } | undefined;

export interface SheetColumn {
  heading: string;
  /** Characters. */
  width: number;
}

/** A sheet that is printed: heading repeated on each page, landscape A4, as wide as one page. */
export interface NewSheet {
  name: string;
  columns: readonly SheetColumn[];
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
  /** Printed on top of each page. */
  mark: string;
}

/** Rows of a sheet; a spreadsheet program opens no more. */
const MOST_ROWS = 1_048_575;
/** Characters of a cell; a spreadsheet program calls a file with more of them damaged. */
const MOST_TEXT = 32_000;
/** Characters handed on at once. */
const CHUNK = 64 * 1024;

/**
 * Writes an .xlsx file row by row, so that its size does not matter. The file must not exist; only its owner may read it.
 * @returns the number of rows of each sheet, headings aside
 * @throws BotError bad-input when there are more rows than a sheet holds
 */
export async function writeXlsx(file: string, sheets: readonly NewSheet[]): Promise<number[]> {
  const handle = await open(file, "wx", 0o600);
  try {
    const zip = new ZipWriter(handle);
    const counts: number[] = [];
    for (const [i, sheet] of sheets.entries()) {
      const count = { rows: 0 };
      await zip.add(`xl/worksheets/sheet${i + 1}.xml`, inChunks(sheetXml(sheet, count)));
      counts.push(count.rows);
    }
    for (const [name, xml] of parts(sheets, counts)) await zip.add(name, [xml]);
    await zip.end();
    return counts;
  } finally {
    await handle.close();
  }
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Numbers of the cell styles in `STYLES`. */
const HEADING_STYLE = 1;
const MOMENT_STYLE = 2;
const TEXT_STYLE = 3;

async function* sheetXml({ columns, rows, mark }: NewSheet, count: { rows: number }): AsyncGenerator<string> {
  const widths = columns.map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.width}" customWidth="1"/>`);
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join("")}</cols><sheetData>`;
  yield `<row r="1">${columns.map((c, i) => textXml(c.heading, `${letters(i)}1`, HEADING_STYLE)).join("")}</row>`;
  for await (const row of rows) {
    if (count.rows === MOST_ROWS)
      throw new BotError("bad-input", `超过一张表能放的 ${MOST_ROWS} 行，请按时间分成几份。`);
    const no = ++count.rows + 1;
    yield `<row r="${no}">${row.map((cell, i) => cellXml(cell, `${letters(i)}${no}`)).join("")}</row>`;
  }
  yield `</sheetData><autoFilter ref="${filtered(columns, count.rows)}"/><pageMargins left="0.4" right="0.4" top="0.7" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddHeader>&amp;C${escaped(mark)}</oddHeader><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>`;
}

const filtered = (columns: readonly SheetColumn[], rows: number): string =>
  `A1:${letters(columns.length - 1)}${rows + 1}`;

function cellXml(cell: Cell, ref: string): string {
  if (cell === undefined || cell === "") return "";
  if (typeof cell === "string") return textXml(neutral(cell), ref, TEXT_STYLE);
  if (typeof cell === "number") return `<c r="${ref}"><v>${cell}</v></c>`;
  return `<c r="${ref}" s="${MOMENT_STYLE}"><v>${serial(cell.at)}</v></c>`;
}

const textXml = (text: string, ref: string, style: number): string =>
  `<c r="${ref}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text.slice(0, MOST_TEXT))}</t></is></c>`;

/**
 * What a spreadsheet could take for a formula is text. Here it would be anyway; in the .csv that somebody saves it as, only the
 * apostrophe says so.
 */
const neutral = (text: string): string => (/^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text);

/** Days since 1899-12-30 on the wall clock of Asia/Shanghai, to the minute. */
const serial = (at: Instant): number => Math.round(((at + 8 * HOUR) / DAY + 25_569) * 1440) / 1440;

/** "A" … "Z", "AA" … */
function letters(index: number): string {
  const last = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** What XML cannot hold goes; "_x003D_" would be read as the sign with that number. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/_(?=x[0-9a-f]{4}_)/giu, "_x005F_")
    .replace(/[&<>"]/gu, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;");

async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK) continue;
    yield text;
    text = "";
  }
  yield text;
}

/** The parts beside the sheets: what the file is made of, and how cells look. */
function parts(sheets: readonly NewSheet[], counts: readonly number[]): [name: string, xml: string][] {
  const each = (make: (sheet: NewSheet, no: number) => string): string => sheets.map((s, i) => make(s, i + 1)).join("");
  const title = (s: NewSheet): string => `'${escaped(s.name)}'!`;
  const names = each(
    (s, no) =>
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${no - 1}" hidden="1">${title(s)}${absolute(filtered(s.columns, counts[no - 1] ?? 0))}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="${no - 1}">${title(s)}$1:$1</definedName>`,
  );
  return [
    [
      "xl/workbook.xml",
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((s, no) => `<sheet name="${escaped(s.name)}" sheetId="${no}" r:id="rId${no}"/>`)}</sheets><definedNames>${names}</definedNames></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each((_, no) => `<Relationship Id="rId${no}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${no}.xml"/>`)}<Relationship Id="rId0" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ["xl/styles.xml", STYLES],
    [
      "_rels/.rels",
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "[Content_Types].xml",
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${each((_, no) => `<Override PartName="/xl/worksheets/sheet${no}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}</Types>`,
    ],
  ];
}

const absolute = (range: string): string => range.replace(/([A-Z]+)(\d+)/gu, "$$$1$$$2");

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="164" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left"/></xf><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`;
