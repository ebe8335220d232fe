import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { BotError } from "#core/errors.ts";
import type { Platform } from "#core/ports.ts";

export interface WebOptions {
  /** 0 takes a free port. */
  port: number;
  /** Address to bind to; default 127.0.0.1. */
  host?: string;
  /** Access token of the people's pages. Required for any address that other machines can reach. */
  token?: string;
  /** Routes of the platforms, the first of which is where `/` leads. */
  mounts: readonly Platform["web"][];
  /** State of the program for /health. `{ ok: false }` or a rejection answers 503. */
  health: () => unknown;
}

export interface WebServer {
  /** "http://127.0.0.1:3000/" */
  url: string;
  /** Stops listening, lets short requests finish, and ends open event streams. */
  close(): Promise<void>;
}

/** How long a request in progress may still run after close(), in milliseconds. Event streams never end by themselves. */
const GRACE = 300;

/**
 * Serves the routes of all platforms, and /health, on one port.
 * @throws BotError bad-config when the port is taken, or when other machines could reach it without a token
 */
export async function startWeb(options: WebOptions): Promise<WebServer> {
  const { port, host = "127.0.0.1", token } = options;
  if (!isLoopback(host) && !token)
    throw new BotError(
      "bad-config",
      `${host} 能被其他机器访问，必须先设置访问口令。请在配置里设置 token，或改用 127.0.0.1 只供本机使用。`,
    );
  const app = webApp(options);
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  return {
    url: `http://${urlHost(host)}:${bound.port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        const cut = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), GRACE);
        server.close((error) => {
          clearTimeout(cut);
          if (error) reject(error);
          else resolve();
        });
      }),
  };
}

function webApp({ mounts, health, token }: WebOptions): Hono {
  const app = new Hono();
  const present = mounts.filter((m) => m !== undefined);
  app.get("/", (c) => {
    const first = present[0];
    return first ? c.redirect(`${first.prefix}/${new URL(c.req.url).search}`) : c.text("没有可以打开的页面。", 404);
  });
  app.get("/health", async (c) => {
    const state = await Promise.resolve()
      .then(health)
      .catch(() => ({ ok: false }));
    const ok = !(typeof state === "object" && state !== null && "ok" in state && state.ok === false);
    // The whole state is for this machine only; a web page elsewhere that rebinds its name to 127.0.0.1 is not.
    const local = !token && isLoopback(new URL(c.req.url).hostname);
    c.header("Cache-Control", "no-store");
    return c.json(local ? state : { ok }, ok ? 200 : 503);
  });
  for (const mount of present) {
    app.all(mount.prefix, (c) => mount.fetch(c.req.raw));
    app.all(`${mount.prefix}/*`, (c) => mount.fetch(c.req.raw));
  }
  app.notFound((c) => c.text("没有这个页面。", 404));
  return app;
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/** The host as it stands in an address that this machine can open. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function listenError(error: Error, host: string, port: number): BotError {
  const code = "code" in error ? error.code : undefined;
  const says =
    code === "EADDRINUSE"
      ? `端口 ${port} 已被其他程序占用。请关闭那个程序，或用 --port 换一个端口（--port 0 自动选择）。`
      : code === "EACCES"
        ? `没有权限使用端口 ${port}。请用 --port 换一个大于 1024 的端口。`
        : code === "EADDRNOTAVAIL"
          ? `本机没有地址 ${host}。请把 host 改为 127.0.0.1 或本机的地址。`
          : `网页服务无法在 ${host}:${port} 启动。请换一个端口或地址。`;
  return new BotError("bad-config", says, { cause: error });
}
