import { describe, expect, it } from "vitest";
import writeExcel from "write-excel-file/node";
import { readSheets } from "#src/documents/spreadsheet.ts";

const xlsx = (rows: (string | number | Date | null)[][], sheet = "台账"): Promise<Buffer> =>
  writeExcel(
    rows.map((row) =>
      row.map((value) =>
        value instanceof Date ? { value, type: Date, format: "yyyy-mm-dd hh:mm" } : value === null ? null : { value },
      ),
    ),
    { sheet },
  ).toBuffer();

describe("reading sheets", () => {
  it("gives the cells of an .xlsx as the office sees them: dates by the wall clock, long numbers whole", async () => {
    const bytes = await xlsx([
      ["编号", "时间", "标题"],
      ["12345202611160001", new Date("2026-11-20T09:20:00Z"), "停水"],
      ["2", new Date("2026-11-20T00:00:00Z"), null],
    ]);
    expect(await readSheets("a.xlsx", bytes)).toEqual([
      {
        name: "台账",
        rows: [
          ["编号", "时间", "标题"],
          ["12345202611160001", "2026-11-20 09:20", "停水"],
          ["2", "2026-11-20", ""],
        ],
      },
    ]);
  });

  it.each([
    ["UTF-8", Buffer.from("标题,来源\n停水,抖音\n")],
    ["UTF-8 with a mark", Buffer.from("\uFEFF标题,来源\n停水,抖音\n")],
    ["UTF-16", Buffer.from("\uFEFF标题\t来源\n停水\t抖音\n", "utf16le")],
    // "标题,来源\n停水,抖音\n" as Chinese office programs save it
    ["GB18030", Buffer.from("b1eacce22cc0b4d4b40acda3cbae2cb6b6d2f40a", "hex")],
  ])("reads a csv in %s", async (_, bytes) => {
    expect((await readSheets("a.csv", bytes))[0]?.rows).toEqual([
      ["标题", "来源"],
      ["停水", "抖音"],
    ]);
  });

  it("keeps line breaks, commas and quotes inside cells", async () => {
    const [sheet] = await readSheets("a.csv", Buffer.from('标题,内容\n"停水,两天","他说""不急""\n再说"\n'));
    expect(sheet?.rows[1]).toEqual(["停水,两天", '他说"不急"\n再说']);
  });

  it.each([
    ["old .xls", Buffer.from("d0cf11e0a1b11ae1", "hex")],
    ["a picture", Buffer.from("89504e470d0a1a0a", "hex")],
    ["nothing", Buffer.alloc(0)],
    ["a broken zip", Buffer.from("504b0304aaaa", "hex")],
  ])("says how to save the file when it is %s", async (_, bytes) => {
    await expect(readSheets("台账.xlsx", bytes)).rejects.toThrow(/另存为 .xlsx|已损坏/);
  });
});
