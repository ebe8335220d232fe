import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { LocalPlatform } from "#src/platforms/local/local-platform.ts";
import { Client, DUTY, errorOf, setup } from "./fixture.ts";

async function get(platform: LocalPlatform, url: string, headers: Record<string, string> = {}): Promise<Response> {
  return platform.web.fetch(new Request(url, { headers }));
}

const PAGE = "http://127.0.0.1:3000/chat/";

describe("every response", () => {
  test("carries a policy that runs nothing but own modules and the one import map", async () => {
    const { platform } = await setup();
    const response = await get(platform, PAGE);
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'none'");
    expect(policy).not.toContain("unsafe");
    const html = await response.text();
    const inline = [...html.matchAll(/<script type="importmap">(.*?)<\/script>/g)].map((m) => m[1] ?? "");
    expect(inline).toHaveLength(1);
    const hash = createHash("sha256")
      .update(inline[0] ?? "")
      .digest("base64");
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}'`);
    expect(html).not.toMatch(/style=|onclick=|<style/i);
  });

  test.each(["", "api/room", "assets/main.ts", "nothing-here", "api/state?as=nobody"])("protects /%s", async (path) => {
    const { platform } = await setup();
    const { headers } = await get(platform, PAGE + path);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});

describe("other web sites", () => {
  test("cannot reach the chat under a name of their own that leads here", async () => {
    const { platform } = await setup();
    for (const url of ["http://evil.example/chat/", "http://127.0.0.1.evil.example/chat/api/room"])
      expect((await get(platform, url)).status).toBe(403);
    for (const url of [PAGE, "http://localhost:3000/chat/", "http://[::1]:3000/chat/"])
      expect((await get(platform, url)).status).toBe(200);
  });

  test("cannot send a form with files either, and one that hides where it comes from is refused", async () => {
    const { platform, bot } = await setup({ keepsFiles: true });
    const send = (headers: Record<string, string>): Promise<Response> | Response => {
      const form = new FormData();
      const attachments = [{ kind: "image", name: "a.png", size: 1 }];
      form.append("message", JSON.stringify({ text: "上报", clientKey: "k".repeat(16), attachments }));
      form.append("file", new File(["x"], "a.png"));
      const url = `${PAGE}api/chats/${encodeURIComponent(DUTY)}/messages?as=${encodeURIComponent("王晓梅")}`;
      return platform.web.fetch(new Request(url, { method: "POST", headers, body: form }));
    };
    expect((await send({ Origin: "http://evil.example" })).status).toBe(403);
    expect((await send({})).status).toBe(415);
    expect(bot.events).toEqual([]);
    expect((await send({ Origin: "http://127.0.0.1:3000" })).status).toBe(200);
    expect(bot.messages()).toHaveLength(1);
  });

  test("cannot post through the user's browser", async () => {
    const { platform, bot } = await setup();
    const body = { text: "伪造的上报", clientKey: "k".repeat(16) };
    const path = `chats/${encodeURIComponent(DUTY)}/messages`;
    const window = new Client(platform, "王晓梅");
    const foreign: Record<string, string>[] = [
      { Origin: "http://evil.example" },
      { Origin: "null" },
      { Origin: "http://127.0.0.1:9999" },
      { "Sec-Fetch-Site": "cross-site" },
    ];
    for (const headers of foreign) expect((await window.post(path, body, headers)).status).toBe(403);
    expect((await window.post(path, body, { "Content-Type": "text/plain" })).status).toBe(415);
    expect(bot.events).toEqual([]);
    expect((await window.post(path, body, { Origin: "http://127.0.0.1:3000" })).status).toBe(200);
  });
});

describe("with a token", () => {
  const TOKEN = "舟-correct-horse";

  test("everything but the login page and its parts asks for it", async () => {
    const { platform } = await setup({ token: TOKEN });
    const page = await get(platform, PAGE);
    expect(page.status).toBe(401);
    expect(await page.text()).toContain("assets/login.ts");
    for (const path of ["api/room", "api/state?as=周敏", "api/stream?as=周敏", "assets/session.ts"])
      expect((await get(platform, PAGE + path)).status).toBe(401);
    for (const path of ["assets/login.ts", "assets/base.css", "assets/lib/preact.mjs"])
      expect((await get(platform, PAGE + path)).status).toBe(200);
  });

  test("a link with it opens the page once and leaves a strict cookie without it", async () => {
    const { platform } = await setup({ token: TOKEN });
    const first = await get(platform, `${PAGE}?token=${encodeURIComponent(TOKEN)}`);
    expect(first.status).toBe(302);
    expect(first.headers.get("Location")).toBe("/chat/");
    const cookie = first.headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(decodeURIComponent(cookie)).not.toContain(TOKEN);
    const kept = { Cookie: cookie.split(";")[0] ?? "" };
    expect((await get(platform, `${PAGE}api/room`, kept)).status).toBe(200);
    expect((await get(platform, "http://10.1.2.3:3000/chat/api/room", kept)).status).toBe(200);
    expect((await get(platform, `${PAGE}?token=wrong`)).status).toBe(401);
    expect((await get(platform, PAGE, { Cookie: "huiying_token=wrong" })).status).toBe(401);
  });

  test("the login page takes it, and a program may send it in a header", async () => {
    const { platform } = await setup({ token: TOKEN });
    const window = new Client(platform, "周敏");
    const wrong = await window.post("login", { token: "wrong" });
    expect(wrong.status).toBe(403);
    expect(await errorOf(wrong)).toBe("口令不对，请核对后再试。");
    const right = await window.post("login", { token: TOKEN });
    expect(right.status).toBe(200);
    expect(right.headers.get("Set-Cookie")).toContain("huiying_token=");
    const ascii = await setup({ token: "plain" });
    expect((await get(ascii.platform, `${PAGE}api/room`, { Authorization: "Bearer plain" })).status).toBe(200);
  });
});

test("a body that is too long, or no JSON, is answered by a sentence", async () => {
  const { platform, bot } = await setup();
  const window = new Client(platform, "王晓梅");
  const long = await window.say(DUTY, "长".repeat(100_000));
  expect(long.status).toBe(413);
  expect(await errorOf(long)).toContain("256 KB");
  const broken = await platform.web.fetch(
    new Request(window.url(`chats/${encodeURIComponent(DUTY)}/messages`), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{",
    }),
  );
  expect(broken.status).toBe(400);
  expect(await errorOf(broken)).toBe("请求格式不对，应为 JSON。");
  expect(bot.events).toEqual([]);
  expect((await window.say(DUTY, "长".repeat(34_000))).status).toBe(200);
});

describe("browser modules", () => {
  test("are served from a fixed list, without types, and kept by their tag", async () => {
    const { platform } = await setup();
    const response = await get(platform, `${PAGE}assets/countdown.ts`);
    expect(response.headers.get("Content-Type")).toContain("text/javascript");
    const code = await response.text();
    expect(code).not.toMatch(/interface |: Instant/);
    const tag = response.headers.get("ETag") ?? "";
    expect((await get(platform, `${PAGE}assets/countdown.ts`, { "If-None-Match": tag })).status).toBe(304);
  });

  test("lead nowhere else", async () => {
    const { platform } = await setup();
    for (const path of ["../routes.ts", "..%2froutes.ts", "%2e%2e/chat-log.ts", "core/errors.ts", "no.ts"])
      expect(await (await get(platform, `${PAGE}assets/${path}`)).text()).not.toContain("import");
  });

  test("import only what the import map and the list hold", async () => {
    const { platform } = await setup();
    const html = await (await get(platform, PAGE)).text();
    const { imports } = JSON.parse(/importmap">(.*?)</.exec(html)?.[1] ?? "{}") as { imports: Record<string, string> };
    const seen = new Set<string>();
    const visit = async (url: string): Promise<void> => {
      if (seen.has(url)) return;
      seen.add(url);
      const response = await get(platform, url);
      expect(response.status, url).toBe(200);
      for (const [, name = ""] of (await response.text()).matchAll(
        /^(?:import|export)\b[^"';]*from ?["']([^"']+)["']/gm,
      )) {
        const target = name.startsWith(".")
          ? new URL(name, url).href
          : imports[name] && new URL(imports[name], url).href;
        expect(target, `${name} in ${url}`).toBeTruthy();
        if (target) await visit(target);
      }
    };
    await visit(`${PAGE}assets/main.ts`);
    await visit(`${PAGE}assets/login.ts`);
    expect(seen.size).toBeGreaterThan(20);
  });
});
