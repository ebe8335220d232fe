import { request } from "node:http";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { startWeb, type WebOptions, type WebServer } from "#src/web/server.ts";

const open: WebServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((s) => s.close()));
});

async function start(options: Partial<WebOptions> = {}): Promise<WebServer> {
  const server = await startWeb({ port: 0, mounts: [], health: () => ({ ok: true, cases: 3 }), ...options });
  open.push(server);
  return server;
}

const mount = { prefix: "/chat", fetch: (r: Request) => new Response(new URL(r.url).pathname) };

test("port 0 takes a free port, and the root leads to the first mount with its query", async () => {
  const { url } = await start({ mounts: [undefined, mount, { ...mount, prefix: "/lapse" }] });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const root = await fetch(`${url}?token=t`, { redirect: "manual" });
  expect(root.headers.get("Location")).toBe("/chat/?token=t");
  expect(await (await fetch(`${url}lapse/a/b`)).text()).toBe("/lapse/a/b");
  expect((await fetch(`${url}other`)).status).toBe(404);
});

test("health is JSON, and 503 when something is wrong", async () => {
  const well = await fetch(`${(await start()).url}health`);
  expect([well.status, await well.json()]).toEqual([200, { ok: true, cases: 3 }]);
  const ill = await fetch(`${(await start({ health: () => ({ ok: false, outbox: "stuck" }) })).url}health`);
  expect([ill.status, await ill.json()]).toEqual([503, { ok: false, outbox: "stuck" }]);
  const broken = await fetch(`${(await start({ health: () => Promise.reject(new Error("secret")) })).url}health`);
  expect([broken.status, await broken.json()]).toEqual([503, { ok: false }]);
});

test("health tells a stranger no more than whether it is well", async () => {
  const { url } = await start({ token: "t" });
  expect(await (await fetch(`${url}health`)).json()).toEqual({ ok: true });
  const open = await start();
  expect(await healthAs("evil.example", open.url)).toBe('{"ok":true}');
});

test("a port that is taken is an error that says what to do", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const expected = { code: "bad-config", message: expect.stringContaining("--port") };
  await expect(start({ port })).rejects.toMatchObject(expected);
  await new Promise((resolve) => other.close(resolve));
});

test("an address that others can reach needs a token", async () => {
  for (const host of ["0.0.0.0", "::", "192.0.2.1", "127.0.0.1.evil.example"])
    await expect(start({ host })).rejects.toMatchObject({
      code: "bad-config",
      message: expect.stringContaining("口令"),
    });
  const { url } = await start({ host: "0.0.0.0", token: "t" });
  expect((await fetch(`${url}health`)).status).toBe(200);
});

test("closing ends open streams within a second", async () => {
  const endless = {
    prefix: "/chat",
    fetch: () => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(1)) })),
  };
  const server = await startWeb({ port: 0, mounts: [endless], health: () => ({}) });
  const response = await fetch(`${server.url}chat/stream`);
  const ended = response.body?.getReader();
  await ended?.read();
  const from = performance.now();
  await server.close();
  expect(performance.now() - from).toBeLessThan(1_000);
  await expect(ended?.read()).rejects.toThrow();
});

/** fetch does not let a Host header be chosen. */
function healthAs(host: string, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(`${url}health`, { headers: { Host: host } }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () => resolve(body));
    })
      .on("error", reject)
      .end();
  });
}
