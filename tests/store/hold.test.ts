import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hold } from "#src/store/hold.ts";

test("a database has one bot at a time, and the next one when the first has ended", () => {
  const folder = mkdtempSync(join(tmpdir(), "huiying-hold-"));
  const file = join(folder, "not yet there", "huiying.db");
  const release = hold(file);
  expect(() => hold(file)).toThrow(/已有一个机器人在用数据库/u);
  release();
  hold(file)();
  hold(":memory:");
  hold(":memory:");
  rmSync(folder, { recursive: true });
});
