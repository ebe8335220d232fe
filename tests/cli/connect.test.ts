import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseEnv } from "node:util";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scanLines } from "#src/cli/connect.ts";
import { CALLBACKS, EVENTS, SCOPES } from "#src/platforms/feishu/scopes.ts";
import { FeishuServer } from "../support/feishu-server/server.ts";
import { confirmed, PENDING, RegistrationServer, refused } from "../support/registration-server.ts";

const ROOT = join(import.meta.dirname, "../..");
const OTHER = "cli_00000000000000ff";

let feishu: FeishuServer;
let accounts: RegistrationServer;
let folder: string;
beforeEach(async () => {
  feishu = await FeishuServer.start();
  accounts = await RegistrationServer.start();
  folder = mkdtempSync(join(tmpdir(), "huiying-connect-"));
});
afterEach(async () => {
  await accounts.close();
  await feishu.close();
});

const env = (): string => join(folder, ".env");
const stored = (): NodeJS.Dict<string> => (existsSync(env()) ? parseEnv(readFileSync(env(), "utf8")) : {});

/** `huiying connect feishu` in a folder of its own, as a person runs it. */
function run(
  args: string[] = [],
  { stdin = "", domain = feishu.domain, host = ["--accounts-domain", accounts.host] as string[] } = {},
) {
  const child = spawn(process.execPath, [join(ROOT, "src/main.ts"), "connect", "feishu", ...host, ...args], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      NODE_EXTRA_CA_CERTS: accounts.certificate,
      FEISHU_DOMAIN: domain,
      HUIYING_DATA: join(folder, "data"),
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  let wake = (): void => {};
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (more: string) => {
      output += more;
      wake();
    });
  child.stdin.end(stdin);
  const exit = once(child, "exit").then(([code]) => ({ code: code as number | null, output }));
  return {
    exit,
    /** Waits until the output contains a text. */
    async shows(wanted: string): Promise<void> {
      while (!output.includes(wanted)) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if ((await Promise.race([more.then(() => "more"), exit])) !== "more" && !output.includes(wanted))
          throw new Error(`ended without “${wanted}”:\n${output}`);
      }
    },
    interrupt: () => child.kill("SIGINT"),
  };
}

const pageIn = (output: string): URL => new URL(/https:\/\/127\.0\.0\.1:\S+/.exec(output)?.[0] ?? "about:blank");

describe("connect feishu", () => {
  it("shows a code, asks for what the bot needs and nothing else, and stores what was confirmed", async () => {
    accounts.polls = [PENDING, refused("authorization_pending"), confirmed(feishu.appId, feishu.appSecret)];
    const { output } = await run().exit;
    expect(output).toContain("▄");
    const page = pageIn(output).searchParams;
    expect(page.get("name")).toBe("回应");
    expect(page.get("createOnly")).toBe("true");
    const addons = JSON.parse(gunzipSync(Buffer.from(page.get("addons") ?? "", "base64url")).toString()) as unknown;
    expect(addons).toEqual({
      preset: false,
      scopes: { tenant: SCOPES.filter((s) => s.scope !== "im:message.group_msg").map((s) => s.scope) },
      events: { items: { tenant: EVENTS.map((e) => e.event) } },
      callbacks: { items: CALLBACKS.map((c) => c.event) },
    });
    expect(stored()).toEqual({ FEISHU_APP_ID: feishu.appId, FEISHU_APP_SECRET: feishu.appSecret });
    expect(output).not.toContain(feishu.appSecret);
  });

  it("says what remains to be done, each with the page of the console, and then checks", async () => {
    accounts.polls = [confirmed(feishu.appId, feishu.appSecret)];
    const { output } = await run().exit;
    for (const step of [
      "feishu: {}",
      "使用长连接接收事件",
      "使用长连接接收回调",
      "im:message.group_msg",
      "可用范围",
      "版本管理与发布",
    ])
      expect(output).toContain(step);
    expect(output.indexOf("npm start")).toBeLessThan(output.indexOf("使用长连接接收事件"));
    expect(output).toContain(`[正常] 飞书凭证:${feishu.appId} 能登录`);
  });

  it("keeps the rest of an .env as it was, and lets nobody else read it", async () => {
    writeFileSync(env(), "# 本单位\nHUIYING_CONFIG=\nFEISHU_APP_ID=\nOTHER='a b' # 说明\n");
    chmodSync(env(), 0o644);
    accounts.polls = [confirmed(feishu.appId, feishu.appSecret)];
    await run().exit;
    expect(readFileSync(env(), "utf8")).toBe(
      `# 本单位\nHUIYING_CONFIG=\nFEISHU_APP_ID=${feishu.appId}\nOTHER='a b' # 说明\nFEISHU_APP_SECRET=${feishu.appSecret}\n`,
    );
    expect(statSync(env()).mode & 0o777).toBe(0o600);
  });

  it("does not touch the credentials of another app, and creates none, unless told to replace them", async () => {
    writeFileSync(env(), `FEISHU_APP_ID=${OTHER}\nFEISHU_APP_SECRET=secret-of-the-other\n`);
    accounts.polls = [confirmed(feishu.appId, feishu.appSecret)];
    const kept = await run().exit;
    expect(kept.code).toBe(1);
    expect(kept.output).toContain("--replace");
    expect(accounts.asked).toEqual([]);
    expect(stored()["FEISHU_APP_ID"]).toBe(OTHER);
    await run(["--replace"]).exit;
    expect(stored()).toEqual({ FEISHU_APP_ID: feishu.appId, FEISHU_APP_SECRET: feishu.appSecret });
  });

  it("updates an app that exists, and keeps to it", async () => {
    writeFileSync(env(), `FEISHU_APP_ID=${feishu.appId}\nFEISHU_APP_SECRET=${feishu.appSecret}\n`);
    accounts.polls = [confirmed(OTHER, "secret-of-the-other")];
    const { code, output } = await run(["--app", feishu.appId]).exit;
    expect(pageIn(output).searchParams.get("clientID")).toBe(feishu.appId);
    expect(pageIn(output).searchParams.has("createOnly")).toBe(false);
    expect(code).toBe(1);
    expect(stored()["FEISHU_APP_ID"]).toBe(feishu.appId);
    expect(output).not.toContain("secret-of-the-other");
  });

  it.each([
    ["access_denied", "没有同意"],
    ["expired_token", "过期"],
    ["server_down", "server_down"],
  ])("stores nothing on %s and says what to do", async (error, says) => {
    accounts.polls = [PENDING, refused(error)];
    const { code, output } = await run().exit;
    expect(code).toBe(1);
    expect(output).toContain(says);
    expect(output).toContain("--manual");
    expect(existsSync(env())).toBe(false);
  });

  it("stops at Ctrl+C while it waits for the scan", async () => {
    const running = run();
    await running.shows("Ctrl+C");
    running.interrupt();
    const { code, output } = await running.exit;
    expect(code).toBe(1);
    expect(output).toContain("已取消");
    expect(existsSync(env())).toBe(false);
  });

  it("stops at Ctrl+C although the service never answered", async () => {
    accounts.page = "never";
    const running = run();
    while (accounts.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    running.interrupt();
    expect((await running.exit).output).toContain("已取消");
  });

  it("says how to go on without scanning when the service cannot be reached", async () => {
    const { code, output } = await run(["--accounts-domain", "127.0.0.1:1"]).exit;
    expect(code).toBe(1);
    expect(output).toMatch(/127\.0\.0\.1:1 联系不上\(ECONNREFUSED\)[\s\S]*--manual/);
  });

  it("says how to go on without scanning when the service has no such page", async () => {
    accounts.page = "missing";
    expect((await run().exit).output).toMatch(/没有给出二维码[\s\S]*--manual/);
  });

  it("scans no app of the public service while the bot would send its secret to another address", async () => {
    const { code, output } = await run([], { domain: "https://open.private.example", host: [] }).exit;
    expect(code).toBe(1);
    expect(output).toMatch(/open\.private\.example[\s\S]*--accounts-domain/);
    expect(accounts.asked).toEqual([]);
    expect(existsSync(env())).toBe(false);
  });

  it("takes over an app that was set up by hand, with the secret from the standard input", async () => {
    const { output } = await run(["--manual", "--app", feishu.appId], { stdin: `${feishu.appSecret}\n` }).exit;
    expect(accounts.asked).toEqual([]);
    expect(stored()).toEqual({ FEISHU_APP_ID: feishu.appId, FEISHU_APP_SECRET: feishu.appSecret });
    expect(output).toContain(`auth?q=${SCOPES[0]?.scope}`);
    expect(output).not.toContain(feishu.appSecret);
  });

  it("refuses what is no App ID or no secret", async () => {
    expect((await run(["--manual", "--app", "cli_1"], { stdin: "x" }).exit).output).toContain("不是 App ID");
    expect((await run(["--manual"], { stdin: feishu.appSecret }).exit).output).toContain("请写明应用");
    const empty = await run(["--manual", "--app", feishu.appId], { stdin: "两个 词\n" }).exit;
    expect(empty.output).toContain("标准输入里没有 App Secret");
    expect(existsSync(env())).toBe(false);
  });

  it("finds out a broken configuration before an app is created", async () => {
    const { code, output } = await run(["--config", join(folder, "missing.yaml")]).exit;
    expect(code).toBe(1);
    expect(output).toContain("missing.yaml");
    expect(accounts.asked).toEqual([]);
  });
});

describe("a start without credentials", () => {
  it("says to connect first", async () => {
    const config = join(folder, "config.yaml");
    const example = join(ROOT, "examples/qingyan");
    const platforms = { feishu: {}, local: {} };
    writeFileSync(
      config,
      JSON.stringify({ roster: join(example, "roster.yaml"), rules: [join(example, "rules")], platforms }),
    );
    const args = [join(ROOT, "src/main.ts"), "start", "--config", config, "--port", "0"];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env["PATH"], HUIYING_DATA: join(folder, "data") },
    });
    const said = text(child.stderr);
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(1);
    expect(await said).toContain("connect feishu");
  });
});

describe("the page to scan", () => {
  const page = { url: "https://example.cn/x", qr: "▄▄▄▄\n▄▄▄▄\n", seconds: 600, appId: undefined };

  it("is drawn when the window is wide enough; colours do not count", () => {
    expect(scanLines({ ...page, qr: "\x1b[47m▄▄▄▄\x1b[0m" }, 4).join("\n")).toContain("▄▄▄▄");
    expect(scanLines(page, undefined).join("\n")).toContain("▄▄▄▄");
  });

  it("is not torn apart by a narrow window: the width and the address are given instead", () => {
    const lines = scanLines(page, 3).join("\n");
    expect(lines).not.toContain("▄");
    expect(lines).toContain("4 列");
    expect(lines).toContain(page.url);
  });
});
