import { parse } from "csv-parse/sync";
import { BotError } from "#core/errors.ts";
import type { Sheet } from "#core/import/table.ts";

/** Rows that one file may hold; a larger one is an export of years, to be cut by period first. */
const MOST_ROWS = 20_000;

/**
 * The sheets of an .xlsx or .csv file, cells as text. A csv may be UTF-8, UTF-16 or GB18030, as office programs write it.
 * @throws BotError bad-input, saying how to save the file instead
 */
export async function readSheets(name: string, bytes: Buffer): Promise<Sheet[]> {
  const sheets = /\.csv$/i.test(name) ? [readCsv(name, bytes)] : await readXlsx(name, bytes);
  for (const sheet of sheets)
    if (sheet.rows.length > MOST_ROWS)
      throw new BotError("bad-input", `${name} 有 ${sheet.rows.length} 行,一次最多 ${MOST_ROWS} 行,请按时间分成几份`);
  return sheets;
}

async function readXlsx(name: string, bytes: Buffer): Promise<Sheet[]> {
  const { default: readExcel, InvalidInputError } = await import("read-excel-file/node");
  try {
    // Numbers stay text: a ticket number of 18 digits is no number.
    const sheets = await readExcel(bytes, { parseNumber: (text: string) => text });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }));
  } catch (cause) {
    if (!(cause instanceof InvalidInputError))
      throw new BotError("bad-input", `读不了 ${name},文件可能已损坏`, { cause });
    throw new BotError("bad-input", `${name} 不是 .xlsx 或 .csv 文件;旧的 .xls 请用表格软件另存为 .xlsx`, { cause });
  }
}

/** Dates of a sheet are wall-clock times that the reader gives as if they were UTC. */
function cellText(value: unknown): string {
  if (value instanceof Date) {
    const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString();
    return text.slice(11, 16) === "00:00" ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function readCsv(name: string, bytes: Buffer): Sheet {
  const text = decode(bytes);
  const head = text.slice(0, text.indexOf("\n") + 1 || text.length);
  const delimiter = head.includes("\t") ? "\t" : head.split(";").length > head.split(",").length ? ";" : ",";
  try {
    return { name, rows: parse(text, { delimiter, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: false }) };
  } catch (cause) {
    throw new BotError("bad-input", `读不了 ${name}:引号不成对或分隔符不对,请用表格软件重新另存为 .csv`, { cause });
  }
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
