import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSheets } from "#src/documents/spreadsheet.ts";
import { type Cell, writeXlsx } from "#src/documents/xlsx.ts";
import { at } from "../support/time.ts";

const folder = mkdtempSync(join(tmpdir(), "huiying-xlsx-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

async function written(rows: Cell[][], columns = rows[0]?.length ?? 1): Promise<{ file: string; back: string[][] }> {
  const file = join(folder, `${++files}.xlsx`);
  const headings = Array.from({ length: columns }, (_, i) => ({ heading: `列${i + 1}`, width: 10 }));
  await writeXlsx(file, [{ name: "台账", columns: headings, rows, mark: "初稿" }]);
  const [sheet] = await readSheets(file, readFileSync(file));
  return { file, back: sheet?.rows.slice(1) ?? [] };
}

describe("writing sheets", () => {
  it("keeps text, numbers and moments as they are read by the wall clock; nothing stays nothing", async () => {
    const { back } = await written([
      ["停水 <两天> & “一夜”\n第二行", 25.5, { at: at("11-20 09:05") }, undefined, "末"],
    ]);
    expect(back).toEqual([["停水 <两天> & “一夜”\n第二行", "25.5", "2026-11-20 09:05", "", "末"]]);
  });

  it.each(['=HYPERLINK("http://x","点我")', "+86", "-1", "@SUM(A1)", "\t=1+1", " \r\n=1+1", "\u200B=1+1", "＝1+1"])(
    "leaves no formula in %j",
    async (text) => {
      const { back } = await written([[text]]);
      expect(back[0]?.[0]).toMatch(/^'/);
    },
  );

  it("writes what XML cannot hold without it, and no sign by its number", async () => {
    const { back } = await written([["a\u0000b\u001Fc\uD800d", "_x003D_1+1"]]);
    expect(back[0]?.[0]).toBe("abc\uFFFDd");
    const xml = await written([["_x003D_1+1"]]);
    expect(xml.back[0]?.[0]).not.toMatch(/^=/);
  });

  it("holds many rows and columns beyond Z", async () => {
    const { back } = await written(
      Array.from({ length: 3000 }, (_, i) => Array.from({ length: 30 }, (_, j) => `${i}/${j}`)),
    );
    expect(back).toHaveLength(3000);
    expect(back[2999]?.[29]).toBe("2999/29");
  });

  it("makes a file that only its owner reads, and never writes over one", async () => {
    const { file } = await written([["a"]]);
    expect(statSync(file).mode & 0o077).toBe(0);
    await expect(writeXlsx(file, [])).rejects.toThrow("EEXIST");
  });
});
