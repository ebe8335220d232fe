import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { folder, ledger, removeFolders, tamper } from "../store/ledger.ts";

afterAll(removeFolders);

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs a sub-command as its own process, on a data folder of its own. */
function huiying(...args: string[]): Promise<Ran> {
  const env = { ...process.env, HUIYING_DATA: folder(), HUIYING_DATABASE_URL: "", HUIYING_CONFIG: "" };
  return new Promise((resolve) => {
    execFile(process.execPath, ["src/main.ts", ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe("the command line of operations", () => {
  it("verifies: 0 and counts, 1 and the first broken event", async () => {
    const file = await ledger();
    const passed = await huiying("verify", "--database", `sqlite:${file}`);
    expect(passed).toMatchObject({ code: 0, err: "" });
    expect(passed.out).toContain("核验通过:3 件案件、9 条记录、2 个校验值");
    tamper(file, "update payloads set body = '[]' where seq = 2");
    const failed = await huiying("verify", "--json", "--database", `sqlite:${file}`);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.out)).toMatchObject({
      ok: false,
      broken: { fault: "payload", caseId: "YQ-990121-20261120-001", seq: 2, type: "seen" },
    });
  });

  it("says on stderr, in one sentence, what to do about a missing database", async () => {
    const file = join(folder(), "none.db");
    const ran = await huiying("verify", "--json", "--database", `sqlite:${file}`);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(ran.err.trim().split("\n")).toHaveLength(1);
    expect(ran.err).toContain("没有数据库文件");
    expect(existsSync(file)).toBe(false);
  });

  it("backs up, restores, and refuses to overwrite either", async () => {
    const database = `sqlite:${await ledger()}`;
    const copy = join(folder(), "copy.db");
    expect(await huiying("backup", copy, "--database", database)).toMatchObject({ code: 0, err: "" });
    const again = await huiying("backup", copy, "--database", database);
    expect(again).toMatchObject({ code: 1, out: "" });
    expect(again.err).toContain("不会覆盖");
    const restored = `sqlite:${join(folder(), "restored.db")}`;
    expect(await huiying("restore", copy, "--database", restored)).toMatchObject({ code: 0, err: "" });
    expect((await huiying("restore", copy, "--database", restored)).code).toBe(1);
    expect((await huiying("verify", "--database", restored)).code).toBe(0);
    tamper(copy, "update events set actor = 'x' where id = 1");
    const changed = await huiying("restore", copy, "--database", `sqlite:${join(folder(), "other.db")}`);
    expect(changed).toMatchObject({ code: 1, out: "" });
    expect(changed.err).toContain("第 1 条记录(上报");
  });

  it("examines an installation that was never started, and one with a broken configuration", async () => {
    const fresh = await huiying("doctor", "--json");
    expect(fresh).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(fresh.out)).toMatchObject({ ok: true });
    const broken = await huiying("doctor", "--config", join(folder(), "none.yaml"));
    expect(broken.code).toBe(1);
    expect(broken.out).toMatch(/\[有问题\] 配置:读不了配置文件/u);
    expect(broken.out).toContain("怎样修:");
  });

  it("examines a database: its records, its schema, its pages", async () => {
    const file = await ledger();
    const ran = await huiying("doctor", "--json", "--database", `sqlite:${file}`);
    const { checks } = JSON.parse(ran.out) as { checks: { name: string; state: string }[] };
    expect(checks).toEqual(expect.arrayContaining([expect.objectContaining({ name: "数据库", state: "ok" })]));
    tamper(file, "update kysely_migration set name = '9999-future' where name like '0002%'");
    const future = await huiying("doctor", "--database", `sqlite:${file}`);
    expect(future.code).toBe(1);
    expect(future.out).toContain("由更新版本的程序写成");
  });
}, 30_000);
