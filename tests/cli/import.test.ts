import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Case } from "#core/case/case.ts";
import { importReport } from "#src/cli/import.ts";
import { type ImportOptions, importFile } from "#src/import.ts";
import { openStore } from "#src/runtime.ts";
import { verifyFile } from "#src/store/inspect.ts";
import { at } from "../support/time.ts";

const NOW = at("11-22 09:00");
const HEAD = "序号,收到时间,标题,来源,链接,承办单位,舆情等级,回应时间,回应链接,办理状态,联系电话";
const GOOD = [
  "1,2026-11-16 09:20,幸福里小区停水两天,抖音,https://v.douyin.com/aaa1/,县水务局,一般,2026-11-17 10:00,https://www.qingyan.example/a1,已办结,13900001111",
  "2,2026-11-20 15:05,一中食堂饭菜有虫,微博,https://weibo.com/1/b2,县教育局、县市场监管局,较大,,,在办,13900001112",
  "3,2026-11-19 08:30,石门镇路灯不亮,12345,,县住建局,一般,,,在办,",
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "huiying-import-"));
});

const file = (...rows: string[]): string => {
  const path = join(folder, "台账.csv");
  writeFileSync(path, [HEAD, ...rows].join("\n"));
  return path;
};
const database = (): string => join(folder, "h.db");

async function run(path: string, options: Partial<ImportOptions> = {}, now = NOW) {
  const report = await importFile(path, { skip: [], apply: false, database: `sqlite:${database()}`, ...options }, now);
  const { lines, status } = importReport(report, { json: false });
  return { text: lines.join("\n"), status, stored: report.stored };
}

async function stored<T>(
  look: (cases: Case[], store: Awaited<ReturnType<typeof openStore>>) => T,
): Promise<Awaited<T>> {
  const store = await openStore(`sqlite:${database()}`);
  try {
    return await look(await store.cases({ limit: 100 }), store);
  } finally {
    await store.close();
  }
}

describe("huiying import", () => {
  it("previews without storing anything: columns, counts, what is left out", async () => {
    const { text, status } = await run(file(...GOOD));
    expect(status).toBe(0);
    expect(text).toContain("表头在第 1 行,数据 3 行");
    expect(text).toContain("不导入的个人信息列 K 联系电话");
    expect(text).toContain("可导入 3 件:在办 2(其中已逾期 1)、已办结 1");
    expect(await stored((cases) => cases.length)).toBe(0);
  });

  it("stores all rows with --apply: numbered by the day of receipt, chained, one message to the duty group", async () => {
    const { text, stored: ids } = await run(file(...GOOD), { apply: true, by: "周敏" });
    expect(text).toContain("导入 3 件");
    expect(ids).toEqual(["YQ-990121-20261116-001", "YQ-990121-20261120-001", "YQ-990121-20261119-001"]);
    await stored(async (cases, store) => {
      expect(cases.map((c) => c.state).sort()).toEqual(["assigned", "assigned", "closed"]);
      const messages = await store.deliveries();
      expect(messages.map((m) => m.to)).toEqual([{ kind: "group", name: "青岩县舆情值班群" }]);
      // What was due before the import never fires; what is still to come does.
      const next = await store.nextReminder();
      expect(next).toBeGreaterThan(NOW);
    });
    const verified = await verifyFile(database());
    expect(verified.broken).toBeUndefined();
    expect(verified.cases).toBe(3);
  });

  it("imports nothing while one row is wrong, and says what to mend and where", async () => {
    const bad = "4,十三月,看不懂的时间,,,县外星局,十级,,,,";
    const { text, status, stored: ids } = await run(file(...GOOD, bad), { apply: true, by: "周敏" });
    expect(status).toBe(1);
    expect(ids).toBeUndefined();
    expect(text).toContain("第 5 行 收到时间:“十三月”看不懂");
    expect(text).toContain("第 5 行 承办单位:县外星局 不在通讯录");
    expect(text).toContain("--skip 5");
    expect(await stored((cases) => cases.length)).toBe(0);
    expect((await run(file(...GOOD, bad), { apply: true, by: "周敏", skip: [5] })).stored).toHaveLength(3);
  });

  it("finds what was imported before", async () => {
    await run(file(...GOOD), { apply: true, by: "周敏" });
    const { text, status } = await run(file(...GOOD), { apply: true, by: "周敏" }, NOW + 60_000);
    expect(status).toBe(1);
    expect(text).toContain("与已有案件 20261116-001 链接相同");
    expect(text).toContain("与已有案件 20261119-001 标题和日期相同");
    expect(await stored((cases) => cases.length)).toBe(3);
  });

  it("wants to know who answers for it, and that it is 组织协调", async () => {
    await expect(run(file(...GOOD), { apply: true })).rejects.toThrow("由谁导入");
    await expect(run(file(...GOOD), { apply: true, by: "孙浩" })).rejects.toThrow("孙浩 不是组织协调人员");
  });

  it("says what it misses in a file that is no 台账", async () => {
    const path = join(folder, "x.csv");
    writeFileSync(path, "姓名,年龄\n甲,3\n");
    await expect(run(path)).rejects.toThrow("没有认得出的表头");
    await expect(run(join(folder, "nowhere.xlsx"))).rejects.toThrow("读不了文件");
  });
});
