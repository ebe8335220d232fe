import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExportOptions, exportReport, exportRequest } from "#src/cli/export.ts";
import { readSheets } from "#src/documents/spreadsheet.ts";
import { exportDocument } from "#src/export.ts";
import { tamper } from "../store/ledger.ts";
import { closedCase, openPaperDesk, type PaperDesk } from "../support/paper.ts";

const NO = "20261120-001";
let desk: PaperDesk;
let now: number;
beforeAll(async () => {
  desk = await openPaperDesk();
  await closedCase(desk.chat);
  await desk.chat.says("王晓梅", "/舆情 上报 今天上午石门镇=1+1路灯不亮,网友质疑县住建局");
  now = desk.chat.clock.now();
  expect(desk.chat.errors).toEqual([]);
  await desk.chat.close();
});
afterAll(() => rmSync(desk.folder, { recursive: true, force: true }));

const path = (name: string): string => join(desk.folder, name);
async function run(document: string, options: ExportOptions): Promise<{ text: string; status: 0 | 1 }> {
  const request = exportRequest(document, { ...options, ...(options.out ? { out: path(options.out) } : {}) });
  const { lines, status } = exportReport(await exportDocument(request, { database: desk.database }, now));
  return { text: lines.join("\n"), status };
}
const table = async (name: string): Promise<string[][]> =>
  (await readSheets(name, readFileSync(path(name))))[0]?.rows ?? [];

describe("huiying export", () => {
  it("writes the 台账, the oldest case first, with what every column means on a second sheet", async () => {
    expect((await run("ledger", { out: "a.xlsx" })).text).toContain("2 件");
    const [headings = [], first = [], ...others] = await table("a.xlsx");
    const of = (heading: string): string | undefined => first[headings.indexOf(heading)];
    expect(first[0]).toBe("YQ-990121-20261120-001");
    expect(of("承办单位")).toBe("青岩县水务局");
    expect([of("收报时间"), of("签收时间"), of("首次回应时间")]).toEqual([
      "2026-11-20 09:00",
      "2026-11-20 09:30",
      "2026-11-21 10:00",
    ]);
    expect([of("是否逾期"), of("用时（小时）"), of("状态")]).toEqual(["否", "25", "已办结"]);
    expect(others).toHaveLength(1);
    const sheets = await readSheets("a.xlsx", readFileSync(path("a.xlsx")));
    expect(sheets[1]?.rows.map((r) => r[0])).toEqual(expect.arrayContaining(headings));
  });

  it("keeps to the days and the unit that were asked for", async () => {
    await run("ledger", { out: "d.xlsx", from: "2026-11-21", to: "2026-11-22" });
    expect((await table("d.xlsx")).slice(1).map((r) => r[0])).toEqual(["YQ-990121-20261122-001"]);
    await run("ledger", { out: "u.xlsx", unit: "县水务局" });
    expect((await table("u.xlsx")).slice(1).map((r) => r[0])).toEqual(["YQ-990121-20261120-001"]);
    expect((await run("ledger", { out: "n.xlsx", to: "2020-01-01" })).text).toContain("没有符合条件的案件");
    await expect(run("ledger", { out: "x.xlsx", unit: "县水务据" })).rejects.toThrow("您要找的可能是 县水务局");
    expect(existsSync(path("x.xlsx"))).toBe(false);
  });

  it.each(["assignment", "closing", "brief", "dossier"])("writes a %s that only its owner reads", async (document) => {
    const out = `${document}.html`;
    const { text, status } = await run(document, { out, case: NO });
    expect(status).toBe(0);
    expect(text).toContain("YQ-990121-20261120-001");
    const page = readFileSync(path(out), "utf8");
    expect(page).toContain("停水");
    expect(page).not.toContain("老张说事");
    expect(statSync(path(out)).mode & 0o077).toBe(0);
  });

  it("replaces no file, and leaves none behind when there is nothing to write", async () => {
    await run("brief", { out: "once.html", case: NO });
    await expect(run("brief", { out: "once.html", case: NO })).rejects.toThrow("不会覆盖");
    await expect(run("supervision", { out: "s.html", case: NO })).rejects.toThrow("没有督办");
    await expect(run("brief", { out: "s.html", case: "20261120-009" })).rejects.toThrow("没有编号 20261120-009");
    expect(existsSync(path("s.html"))).toBe(false);
  });

  it.each<[string, ExportOptions, string]>([
    ["score", { out: "a.xlsx" }, "没有“score”这种文书"],
    ["ledger", {}, "--out 台账.xlsx"],
    ["ledger", { out: "a.csv" }, ".xlsx"],
    ["ledger", { out: "a.xlsx", case: NO }, "dossier"],
    ["ledger", { out: "a.xlsx", from: "11月1日" }, "--from 应写作 2026-11-01"],
    ["ledger", { out: "a.xlsx", to: "2026-02-30" }, "--to 应写作"],
    ["ledger", { out: "a.xlsx", from: "2026-11-02", to: "2026-11-01" }, "请对调"],
    ["brief", { out: "a.html" }, "--case"],
    ["brief", { out: "a.html", case: NO, unit: "县水务局" }, "--unit 只用于 ledger"],
  ])("says what to write instead of %s %j", (document, options, says) => {
    expect(() => exportRequest(document, options)).toThrow(says);
  });

  it("works as a process, and ends with 1 when the records of the case were changed", async () => {
    const huiying = (out: string): Promise<{ code: number; text: string }> =>
      new Promise((resolve) => {
        const args = [
          "src/main.ts",
          "export",
          "dossier",
          "--case",
          NO,
          "--out",
          path(out),
          "--database",
          desk.database,
        ];
        const env = { ...process.env, HUIYING_DATA: desk.folder, HUIYING_CONFIG: "" };
        execFile(process.execPath, args, { env }, (error, text, err) =>
          resolve({ code: error ? Number(error.code) : 0, text: `${text}${err}` }),
        );
      });
    expect(await huiying("p1.html")).toMatchObject({ code: 0 });
    tamper(path("h.db"), "update payloads set body = '{}' where seq = 2");
    const broken = await huiying("p2.html");
    expect(broken.code).toBe(1);
    expect(broken.text).toContain("第 2 条记录(研判");
    expect(readFileSync(path("p2.html"), "utf8")).toContain("核验未通过");
  }, 30_000);
});
