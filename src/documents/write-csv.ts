/** A cell that begins like this is a formula to a spreadsheet. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;

/** A .csv file with the mark by which office programs know UTF-8; what looks like a formula gets an apostrophe in front. */
export function writeCsv(rows: readonly (readonly string[])[]): Buffer {
  const lines = rows.map((row) => row.map((text) => quoted(FORMULA.test(text) ? `'${text}` : text)).join(","));
  return Buffer.from(`\uFEFF${lines.join("\r\n")}\r\n`);
}

const quoted = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
