import { copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import writeExcel from "write-excel-file/node";
import { rosterCheckReport, rosterExportLines, rosterImportReport } from "#src/cli/roster.ts";
import { checkRoster, exportRoster, importRoster, type RosterImportOptions } from "#src/roster.ts";
import { EXAMPLE, loadSetup } from "#src/setup.ts";
import { at } from "../support/time.ts";

const NOW = at("11-22 09:00");
const EXAMPLE_ROSTER = join(dirname(EXAMPLE), "roster.yaml");

let folder: string;
let config: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "huiying-roster-"));
  config = join(folder, "config.yaml");
  copyFileSync(EXAMPLE_ROSTER, join(folder, "roster.yaml"));
  writeFileSync(config, `rules: [${JSON.stringify(join(dirname(EXAMPLE), "rules"))}]\n`);
});

const path = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(path(name), "utf8");
const csv = (...lines: string[]): string => {
  writeFileSync(path("a.csv"), lines.join("\n"));
  return path("a.csv");
};

async function check(file: string, json = false) {
  const { lines, status } = rosterCheckReport(await checkRoster(file, { config }, NOW), { json });
  return { text: lines.join("\n"), status };
}

async function run(file: string, options: Partial<RosterImportOptions> = {}) {
  const result = await importRoster(file, { config, apply: false, ...options }, NOW);
  const { lines, status } = rosterImportReport(result, { json: false });
  return { text: lines.join("\n"), status, written: result.written };
}

describe("huiying roster check", () => {
  it("reads a workbook as offices keep it: a title, merged cells, numbers as numbers, several sheets", async () => {
    const cell = (value: string | number) => ({ value, type: typeof value === "number" ? Number : String });
    const people = [
      [{ value: "青岩县联络员通讯录", columnSpan: 4 }, null, null, null],
      ["单位", "姓名", "职务", "手机"].map(cell),
      [{ value: "县教育局", rowSpan: 2 }, cell("王 强"), cell("联络员A岗"), cell(13900002222)],
      [null, cell("彭雪"), cell("联络员B岗"), cell("139-0000-333")],
    ];
    const duty = [
      ["日期", "值班员", "带班领导"].map(cell),
      [{ value: new Date("2026-12-01T00:00:00Z"), type: Date, format: "yyyy-mm-dd" }, cell("何伟"), cell("高建平")],
    ];
    const bytes = await writeExcel([
      { data: people, sheet: "通讯录" },
      { data: duty, sheet: "12月值班" },
      { data: [[cell("说明")]], sheet: "说明" },
    ]).toBuffer();
    writeFileSync(path("表.xlsx"), bytes);
    const { text: said, status } = await check(path("表.xlsx"));
    expect(status).toBe(0);
    expect(said).toContain("人员：工作表“通讯录”，表头在第 2 行，数据 2 行");
    expect(said).toContain("没有读的工作表：说明");
    expect(said).toContain("通讯录 第 4 行 D 列 手机：彭雪 的号码不是 11 位手机号");
    expect((await run(path("表.xlsx"))).text).toContain("值班 增：2026-12-01 17:30-08:30 何伟(带班 高建平)");
  });

  it("tells all that is wrong in a roster file by line and column, whatever state the configuration is in", async () => {
    const broken = text("roster.yaml")
      .replace("name: 青岩县教育局", "nme: 青岩县教育局")
      .replace('"19900000009"', "1a");
    writeFileSync(path("roster.yaml"), broken);
    const { text: said, status } = await check(path("roster.yaml"));
    expect(status).toBe(1);
    expect(said).toMatch(/第 33 行第 \d+ 列：缺少 name/);
    expect(said).toMatch(/第 33 行第 \d+ 列：不认识的字段 nme/);
    expect(said).toMatch(/第 \d+ 行第 3 列：王晓梅:电话应为 5 到 15 位数字/);
  });

  it("tells what points nowhere, with the near name, and settings of the office that do not exist", async () => {
    const wrong = text("roster.yaml").replace("officer: 杜若", "officer: 杜弱若").replace("deadlineTime:", "deadline:");
    writeFileSync(path("b.yaml"), wrong);
    const { text: said } = await check(path("b.yaml"));
    expect(said).toMatch(/第 \d+ 行第 \d+ 列：杜弱若 不在任何单位、领导或角色名单里，是不是 杜若？/);
    expect(said).toMatch(/第 9 行第 3 列：不认识的字段 deadline/);
  });

  it("prints JSON and nothing else with --json", async () => {
    const { text: said, status } = await check(csv("单位,姓名,岗位", "县教育局,王强,科长"), true);
    expect(status).toBe(1);
    const { ok, findings } = JSON.parse(said) as { ok: boolean; findings: unknown[] };
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({
      kind: "error",
      place: { sheet: "a.csv", row: 2, column: { letter: "C", heading: "岗位" } },
    });
  });

  it("says what headings it looks for, and what files it reads", async () => {
    await expect(check(csv("甲,乙", "1,2"))).rejects.toThrow("没有认得出的表头");
    await expect(check(path("a.xls"))).rejects.toThrow("另存为 .xlsx");
    await expect(check(path("nowhere.yaml"))).rejects.toThrow("读不了文件");
  });
});

describe("huiying roster import", () => {
  const changed = () => csv("单位,姓名,岗位,手机", "县教育局,王强,联络员A岗,13900002222", ",彭雪,联络员B岗,");

  it("shows what would change and writes nothing", async () => {
    const before = text("roster.yaml");
    const { text: said, status } = await run(changed());
    expect(status).toBe(0);
    for (const line of [
      "人员 增：王强",
      "人员 去：孙浩",
      "岗位 改：青岩县教育局 联络员A岗 孙浩→王强",
      "电话 增：王强 139****2222",
    ])
      expect(said).toContain(line);
    expect(said).not.toContain("13900002222");
    expect(said).toContain("加 --apply 写入");
    expect(text("roster.yaml")).toBe(before);
  });

  it("writes the roster with --apply, keeps the old one beside it and says that a restart is needed", async () => {
    const before = text("roster.yaml");
    const { text: said, written } = await run(changed(), { apply: true });
    expect(written?.kept).toBe(path("roster.20261122-090000.yaml"));
    expect(text("roster.20261122-090000.yaml")).toBe(before);
    expect(said).toContain("重启机器人后生效");
    const { roster } = loadSetup(config);
    expect(roster.unit("jyj")?.liaison).toEqual(["王强", "彭雪"]);
    expect(text("roster.yaml")).toContain("# Weekday daytime duty");
    expect((await run(changed(), { apply: true })).text).toContain("与现在的通讯录相同");
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("keeps the permissions of the file and follows a link to it", async () => {
    symlinkSync(path("roster.yaml"), path("link.yaml"));
    writeFileSync(config, `${readFileSync(config, "utf8")}roster: link.yaml\n`);
    const mode = statSync(path("roster.yaml")).mode;
    await run(changed(), { apply: true });
    expect(text("roster.yaml")).toContain("王强");
    expect(statSync(path("roster.yaml")).mode).toBe(mode);
  });

  it("writes nothing while something is wrong", async () => {
    const before = text("roster.yaml");
    const { text: said, status } = await run(csv("单位,姓名,岗位,手机", "县教育局,王强,联络员A岗,见群"), {
      apply: true,
    });
    expect(status).toBe(1);
    expect(said).toContain("没有写入。请改正后重试。");
    expect(text("roster.yaml")).toBe(before);
  });

  it("does not touch the examples, also by way of a link", async () => {
    await expect(run(changed(), { config: undefined, apply: true })).rejects.toThrow("examples 是随程序带的示例");
    symlinkSync(dirname(EXAMPLE), path("link"));
    await expect(run(changed(), { apply: true, out: path("link/new.yaml") })).rejects.toThrow("不能改写");
  });

  it("writes to another file with --out, for its owner alone", async () => {
    const { written } = await run(changed(), { config: undefined, apply: true, out: path("new.yaml") });
    expect(written).toEqual({ kept: undefined });
    expect(statSync(path("new.yaml")).mode & 0o777).toBe(0o600);
    expect(loadSetup(config, { roster: path("new.yaml") }).roster.unit("jyj")?.liaison[0]).toBe("王强");
    await expect(run(changed(), { apply: true, out: path("new.xlsx") })).rejects.toThrow("以 .yaml 结尾");
  });

  it("takes a roster file as it is written, and keeps the settings of the office when it has none", async () => {
    const own = text("roster.yaml");
    writeFileSync(path("b.yaml"), `# 新的\n${own.slice(own.indexOf("jurisdictions:")).replaceAll("孙浩", "王强")}`);
    const { text: said } = await run(path("b.yaml"), { apply: true });
    expect(said).toContain("岗位 改：青岩县教育局 联络员A岗 孙浩→王强");
    expect(text("roster.yaml")).toContain("# 新的");
    expect(loadSetup(config).config.name).toBe("青岩县人民政府办公室");
  });

  it("writes nothing with which the bot could not start", async () => {
    const before = text("roster.yaml");
    writeFileSync(path("b.yaml"), before.replace("packs: [cn.law,", "packs: [no.such,"));
    await expect(run(path("b.yaml"), { apply: true })).rejects.toThrow("no.such");
    expect(text("roster.yaml")).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(["b.yaml", "config.yaml", "roster.yaml"]);
  });
});

it("a new office begins with a copy of the example, its own settings and a workbook filled in", async () => {
  const theirs = text("roster.yaml").replaceAll("990122", "990198").replaceAll("990121", "990122");
  writeFileSync(path("theirs.yaml"), theirs.replaceAll("青岩县", "白水县"));
  writeFileSync(path("filled.config.yaml"), `${readFileSync(config, "utf8")}roster: theirs.yaml\n`);
  await exportRoster(path("filled.xlsx"), { config: path("filled.config.yaml") }, NOW);
  writeFileSync(config, `${readFileSync(config, "utf8")}office: { jurisdiction: "990122" }\n`);
  expect(() => loadSetup(config)).toThrow("组织协调单位");
  const { text: said, status } = await run(path("filled.xlsx"), { apply: true });
  expect(said).toContain("已写入");
  expect(status).toBe(0);
  expect(loadSetup(config).roster.coordinator.name).toBe("白水县人民政府办公室");
});

describe("huiying roster export", () => {
  const write = (name: string) => exportRoster(path(name), { config }, NOW);

  it.each(["a.xlsx", "a.csv", "a.yaml"])("%s reads back the same, and is for its owner alone", async (name) => {
    const said = rosterExportLines(await write(name)).join("\n");
    expect(said).toContain("14 个单位、61 人");
    expect((await run(path(name))).text).toContain("与现在的通讯录相同");
    expect(statSync(path(name)).mode & 0o777).toBe(0o600);
  });

  it("brings back a name that a spreadsheet could take for a formula", async () => {
    writeFileSync(
      path("roster.yaml"),
      text("roster.yaml").replace("places: [城关镇,", "places: [-1号院, =A1,").replaceAll("孙浩", "+浩"),
    );
    await write("a.xlsx");
    await write("a.csv");
    expect(text("a.csv")).toContain(",'+浩,");
  });

  it("of a workbook that was edited by hand, the import shows the edit alone", async () => {
    await write("a.csv");
    writeFileSync(path("a.csv"), text("a.csv").replace(",孙浩,联络员A岗,19900000015", ",王强,联络员A岗,19900000015"));
    expect((await run(path("a.csv"))).text.split("\n").filter((line) => line.startsWith("  "))).toEqual([
      expect.stringContaining("谭明 同时在"),
      "  人员 增：王强",
      "  人员 去：孙浩",
      "  岗位 改：青岩县教育局 联络员A岗 孙浩→王强",
      "  电话 去：孙浩 199****0015",
      "  电话 增：王强 199****0015",
    ]);
  });

  it("does not overwrite, and leaves nothing behind that does not say all", async () => {
    writeFileSync(path("b.xlsx"), "old");
    await expect(write("b.xlsx")).rejects.toThrow("已经存在");
    expect(text("b.xlsx")).toBe("old");
    writeFileSync(path("roster.yaml"), text("roster.yaml").replace("清水河] }", '"清水河、沿岸"] }'));
    await expect(write("c.xlsx")).rejects.toThrow("表格放不下的写法");
    await expect(write("d.txt")).rejects.toThrow("不会写 .txt");
    await expect(write("nowhere/e.xlsx")).rejects.toThrow("写不了");
    expect(readdirSync(folder).sort()).toEqual(["b.xlsx", "config.yaml", "roster.yaml"]);
  });
});
