import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockDatabase } from "#src/store/database-lock.ts";

test("a database has one bot at a time, and the next one when the first has ended", () => {
  const folder = mkdtempSync(join(tmpdir(), "huiying-lock-"));
  const file = join(folder, "not yet there", "huiying.db");
  const release = lockDatabase(file);
  expect(() => lockDatabase(file)).toThrow(/已有一个机器人在用数据库/u);
  release();
  lockDatabase(file)();
  lockDatabase(":memory:");
  lockDatabase(":memory:");
  rmSync(folder, { recursive: true });
});
