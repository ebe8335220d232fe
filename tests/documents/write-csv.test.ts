import { expect, it } from "vitest";
import { readSheets } from "#src/documents/spreadsheet.ts";
import { writeCsv } from "#src/documents/write-csv.ts";

it("writes a csv that reads back, with quotes, commas and line breaks", async () => {
  const rows = [
    ["单位", "备注"],
    ["教育局", '他说"好",\n再见'],
  ];
  expect((await readSheets("a.csv", writeCsv(rows)))[0]?.rows).toEqual(rows);
});

it.each(["=1+1", "+86", "-x", "@a", "\t=1", "＝1"])("keeps a spreadsheet from taking %j for a formula", (text) => {
  expect(writeCsv([[text]]).toString()).toContain(`'${text}`);
});
