import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";

const COOKIE = "huiying_token";
const MAX_BODY = 256 * 1024;
const MAX_UPLOAD = 32 * 1024 * 1024;

/** Protective headers of every response. @param scriptHash "sha256-…" of the only inline script, the import map */
export function protectiveHeaders(scriptHash: string): MiddlewareHandler {
  const headers = {
    "Content-Security-Policy": [
      "default-src 'none'",
      `script-src 'self' '${scriptHash}'`,
      "style-src 'self'",
      "connect-src 'self'",
      // blob: a picture that this window is about to send, or has sent.
      "img-src 'self' data: blob:",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; "),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}

/**
 * Refuses what another web site sends through the user's browser.
 * Without a token only loopback names are served, since a foreign name that resolves to 127.0.0.1 (DNS rebinding) would
 * count as the same origin. With one, any name will do: the cookie is bound to the name under which it was given.
 */
export function sameSiteOnly(token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const host = new URL(c.req.url);
    if (!token && !isLoopback(host.hostname))
      return c.json({ error: "请用 127.0.0.1 或 localhost 打开本页；要从其他机器访问，请先设置访问口令。" }, 403);
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      const origin = c.req.header("Origin");
      const site = c.req.header("Sec-Fetch-Site");
      const foreign =
        (origin !== undefined && hostOf(origin) !== host.host) || (site !== undefined && site !== "same-origin");
      if (foreign) return c.json({ error: "这个请求来自别的网站，已拒绝。" }, 403);
      // A form of another site can send multipart too, but it cannot hide where it comes from: both headers are checked above.
      const type = c.req.header("Content-Type") ?? "";
      const known =
        type.startsWith("application/json") || (type.startsWith("multipart/form-data") && origin !== undefined);
      if (!known) return c.json({ error: "请求格式不对，应为 JSON。" }, 415);
    }
    return next();
  };
}

/** @param uploads contents of files are taken, in messages that carry some */
export function limitedBody(uploads: boolean): MiddlewareHandler {
  const text = bodyLimit({
    maxSize: MAX_BODY,
    onError: (c) => c.json({ error: "内容太长，一次最多 256 KB。请分几次发，或只发要点。" }, 413),
  });
  const files = bodyLimit({
    maxSize: MAX_UPLOAD,
    onError: (c) => c.json({ error: "附件太大，一次最多 32 MB。请分几次发。" }, 413),
  });
  return (c, next) =>
    uploads && c.req.header("Content-Type")?.startsWith("multipart/form-data") ? files(c, next) : text(c, next);
}

/** Did this request show the token: in a header, or in the cookie of an earlier visit? */
export function hasToken(c: Context, token: string): boolean {
  const header = c.req.header("Authorization")?.replace(/^Bearer /, "");
  return (
    (header !== undefined && sameSecret(header, token)) || sameSecret(getCookie(c, COOKIE) ?? "", cookieValue(token))
  );
}

/** Remembers in this browser that the token was shown. */
export function rememberToken(c: Context, token: string): void {
  setCookie(c, COOKIE, cookieValue(token), { httpOnly: true, sameSite: "Strict", path: "/" });
}

/** Compares in a time that does not depend on where the two differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** The cookie holds no token: it is of use on this server only. */
function cookieValue(token: string): string {
  return sha256(`${COOKIE}:${token}`).toString("hex");
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
