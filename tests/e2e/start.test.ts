import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { start } from "#src/start.ts";

const EXAMPLE = join(import.meta.dirname, "../../examples/qingyan");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "huiying-start-"));
  vi.stubEnv("HUIYING_DATA", join(folder, "data"));
  vi.stubEnv("HUIYING_DATABASE_URL", "");
  // Nobody listens there.
  vi.stubEnv("FEISHU_DOMAIN", "http://127.0.0.1:9");
  vi.stubEnv("FEISHU_APP_ID", "cli_a1b2c3d4e5f60718");
  vi.stubEnv("FEISHU_APP_SECRET", "secret-of-a-test");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A configuration of the example county whose roster ends like this. */
function configured(roster: string): string {
  writeFileSync(join(folder, "roster.yaml"), `${readFileSync(join(EXAMPLE, "roster.yaml"), "utf8")}\n${roster}\n`);
  const config = join(folder, "config.yaml");
  writeFileSync(config, JSON.stringify({ rules: [join(EXAMPLE, "rules")], platforms: { local: {}, feishu: {} } }));
  return config;
}

test("a start that fails half-way leaves nothing running and nothing locked", async () => {
  const config = configured("accounts: { feishu: { 查无此人: ou_0123456789abcdef0123456789abcdef } }");
  await expect(start({ config, port: 0 })).rejects.toThrow(/查无此人/u);
  const running = await start({ config, port: 0, platform: "local" });
  expect((await fetch(`${running.url}health`)).status).toBe(200);
  await running.stop();
  await expect(fetch(`${running.url}health`)).rejects.toThrow();
});

test("a platform that cannot be reached keeps nobody from working in the browser, and says why", async () => {
  const running = await start({ config: configured(""), port: 0 });
  const health: unknown = await (await fetch(`${running.url}health`)).json();
  expect(JSON.stringify(health)).toMatch(/连接中断，正在重连，认出 0\/61 人、0 个群。连不上飞书/u);
  expect((await fetch(`${running.url}chat/`)).status).toBe(200);
  await running.stop();
});

test("a second bot on the same database is refused while the first one runs", async () => {
  const running = await start({ config: configured(""), port: 0, platform: "local" });
  await expect(start({ config: configured(""), port: 0, platform: "local" })).rejects.toThrow(/已有一个机器人/u);
  await running.stop();
});
