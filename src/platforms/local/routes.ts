import { Hono } from "hono";
import { z } from "zod";
import { BotError, type ErrorCode } from "#core/errors.ts";
import { asset, importMap } from "./assets.ts";
import type { Directory } from "./directory.ts";
import { hasToken, limitedBody, protectiveHeaders, rememberToken, sameSecret, sameSiteOnly } from "./guard.ts";
import type { LapseControls } from "./lapse.ts";
import { chatPage, loginPage } from "./pages.ts";
import type { Room } from "./room.ts";
import { readDraft } from "./upload.ts";
import type { RoomView } from "./views.ts";

export interface RouteParts {
  prefix: string;
  office: string;
  token?: string;
  banner?: string;
  lapseHref?: string;
  homeHref?: string;
  sample?: string[];
  lapse?: LapseControls;
  keepsFiles?: boolean;
  directory: Directory;
  room: Room;
  report: (error: unknown, doing: string) => void;
  /** The speed or the time of the clock was changed by hand. */
  clockChanged: () => void;
}

const Key = z.string().regex(/^[\w-]{8,64}$/);
const FileBody = z.object({
  kind: z.enum(["image", "file", "video", "audio"]).default("file"),
  name: z.string().min(1).max(255),
  size: z.int().nonnegative().optional(),
  /** Missing where the browser cannot compute it, outside a secure context. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
const PostBody = z
  .object({
    text: z.string(),
    clientKey: Key,
    replyTo: z.string().optional(),
    attachments: z.array(FileBody).max(20).default([]),
  })
  .refine((m) => m.text.trim() !== "" || m.attachments.length > 0, "请先输入内容。");
const PressBody = z.object({
  pressKey: Key,
  action: z.string().min(1).max(64),
  values: z.record(z.string(), z.string()),
});
const ReadBody = z.object({ upTo: z.int().positive() });
const LapseBody = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("speed"),
    speed: z
      .number()
      .min(0)
      .max(24 * 3600),
  }),
  z.object({ do: z.literal("jump") }),
  z.object({ do: z.literal("reset") }),
]);
const LoginBody = z.object({ token: z.string().max(1024) });
const Before = z.coerce.number().int().positive().optional();

const STATUS: Partial<Record<ErrorCode, 400 | 403 | 404 | 503>> = {
  "bad-input": 400,
  refused: 403,
  "not-found": 404,
  platform: 503,
};
/** What the login page itself is made of. */
const OPEN_ASSETS = /^(login\.ts|html\.ts|api\.ts|[\w-]+\.css|lib\/[\w.]+)$/;

/** Pages, browser modules, JSON interface and event stream, below the prefix. */
export function localRoutes(parts: RouteParts): Hono {
  const { prefix, token, room, directory, lapse } = parts;
  const map = importMap(prefix);
  const app = new Hono({ strict: false }).basePath(prefix);

  app.onError((error, c) => {
    if (error instanceof BotError) return c.json({ error: error.message }, STATUS[error.code] ?? 500);
    if (error instanceof z.ZodError) {
      const own = error.issues.find((i) => i.code === "custom");
      return c.json({ error: own?.message ?? "请求格式不对，请刷新页面后再试。" }, 400);
    }
    if (error instanceof SyntaxError) return c.json({ error: "请求格式不对，应为 JSON。" }, 400);
    parts.report(error, `${c.req.method} ${c.req.path}`);
    return c.json({ error: "服务器出错了，请稍后再试。" }, 500);
  });
  app.use(protectiveHeaders(map.hash), sameSiteOnly(token), limitedBody(parts.keepsFiles === true));

  app.get("/assets/:path{.+}", (c, next) => {
    const path = c.req.param("path");
    if (token && !OPEN_ASSETS.test(path) && !hasToken(c, token)) return next();
    const found = asset(path);
    if (!found) return c.notFound();
    c.header("Cache-Control", "no-cache");
    c.header("ETag", found.etag);
    if (c.req.header("If-None-Match") === found.etag) return c.body(null, 304);
    c.header("Content-Type", found.type);
    return c.body(found.body);
  });

  if (token) {
    app.post("/api/login", async (c) => {
      if (!sameSecret(LoginBody.parse(await c.req.json()).token, token))
        throw new BotError("refused", "口令不对，请核对后再试。");
      rememberToken(c, token);
      return c.json({});
    });
    app.use(async (c, next) => {
      const given = c.req.query("token");
      if (given !== undefined && sameSecret(given, token)) {
        rememberToken(c, token);
        return c.redirect(`${prefix}/`);
      }
      if (hasToken(c, token)) return next();
      if (c.req.path.startsWith(`${prefix}/api/`)) return c.json({ error: "请先用访问口令打开本页。" }, 401);
      return c.html(loginPage(prefix, map.json), 401);
    });
  }

  app.use("/api/*", async (c, next) => {
    await next();
    if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
  });

  app.get("/", (c) => {
    c.header("Cache-Control", "no-cache");
    return c.html(chatPage(prefix, map.json));
  });

  const roomView: RoomView = {
    office: parts.office,
    people: [...directory.people],
    suggested: directory.suggested(),
    sample: parts.sample ?? [],
    ...(parts.banner ? { banner: parts.banner } : {}),
    ...(parts.lapseHref ? { lapseHref: parts.lapseHref } : {}),
    ...(parts.homeHref ? { homeHref: parts.homeHref } : {}),
    ...(parts.keepsFiles ? { keepsFiles: true as const } : {}),
    ...(lapse ? { lapse: true as const } : {}),
  };
  app.get("/api/room", (c) => c.json(roomView));

  /** The person whose window this is. */
  const me = (name: string | undefined): string => {
    if (name === undefined || !directory.person(name))
      throw new BotError("refused", "通讯录里没有这个人，请重新选择身份。");
    return name;
  };

  app.get("/api/state", (c) => c.json(room.state(me(c.req.query("as")))));

  app.get("/api/chats/:chat/messages", (c) =>
    c.json(room.page(me(c.req.query("as")), c.req.param("chat"), Before.parse(c.req.query("before")))),
  );

  app.post("/api/chats/:chat/messages", async (c) =>
    c.json(await room.post(me(c.req.query("as")), c.req.param("chat"), await readDraft(c, PostBody))),
  );

  app.post("/api/chats/:chat/read", async (c) => {
    await room.read(me(c.req.query("as")), c.req.param("chat"), ReadBody.parse(await c.req.json()).upTo);
    return c.json({});
  });

  app.post("/api/messages/:id/press", async (c) => {
    const press = PressBody.parse(await c.req.json());
    return c.json({ toast: await room.press(me(c.req.query("as")), c.req.param("id"), press) });
  });

  app.post("/api/messages/:id/recall", async (c) =>
    c.json({ toast: await room.recall(me(c.req.query("as")), c.req.param("id")) }),
  );

  app.get("/api/stream", (c) => {
    const after = c.req.header("Last-Event-ID") ?? c.req.query("after") ?? "";
    return c.body(room.stream(me(c.req.query("as")), after), 200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    });
  });

  if (lapse)
    app.post("/api/lapse", async (c) => {
      const wish = LapseBody.parse(await c.req.json());
      if (wish.do === "speed") lapse.setSpeed(wish.speed);
      else if (wish.do === "jump") await lapse.jump();
      else await lapse.reset();
      parts.clockChanged();
      return c.json({});
    });

  app.notFound((c) => c.json({ error: "没有这个页面。" }, 404));
  return app;
}
