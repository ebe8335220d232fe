import { createCipheriv, createHash, randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BotError } from "#core/errors.ts";
import { createDispatcher, eventHandlers } from "#src/platforms/feishu/dispatcher.ts";
import { webhookRoute } from "#src/platforms/feishu/webhook.ts";
import type { User } from "../../support/feishu-server/model.ts";
import type { FeishuServer } from "../../support/feishu-server/server.ts";
import { optionsFor, report, SECRETS, seen, startServer, watchForSecrets } from "./transport-fixture.ts";

const NOW = Date.parse("2026-11-20T09:00:00+08:00");

let server: FeishuServer;
let li: User;
let route: (request: Request) => Promise<Response>;
let events: { type: string; data: unknown }[];
let answer: () => unknown;

watchForSecrets();

beforeEach(async () => {
  server = await startServer({ now: () => NOW });
  li = server.addUser({ name: "李主任" });
  events = [];
  answer = () => undefined;
  const types = ["im.message.receive_v1", "card.action.trigger"];
  const onEvent = async (type: string, data: unknown) => {
    events.push({ type, data });
    return answer();
  };
  const dispatcher = createDispatcher(eventHandlers(types, { onEvent }, report));
  route = webhookRoute({
    options: optionsFor(server, { transport: "webhook", ...SECRETS }),
    handle: (body) => dispatcher.invoke(body, { needCheck: false }),
    now: () => NOW,
  });
});

afterEach(() => server.close());

const eventBody = (header: object = {}) => ({
  schema: "2.0",
  header: {
    event_id: "e1",
    event_type: "im.message.receive_v1",
    create_time: String(NOW),
    token: SECRETS.verificationToken,
    app_id: server.appId,
    tenant_key: "t",
    ...header,
  },
  event: { message: { content: SECRETS.body } },
});

function encrypt(body: unknown, key = SECRETS.encryptKey): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(key).digest(), iv);
  const bytes = Buffer.concat([iv, cipher.update(JSON.stringify(body)), cipher.final()]);
  return JSON.stringify({ encrypt: bytes.toString("base64") });
}

interface Spoilt {
  method?: string;
  at?: number;
  signature?: string;
  key?: string;
}

/** A request as the platform signs it, unless it is spoilt. */
function signed(raw: string, { method = "POST", at = NOW, signature, key = SECRETS.encryptKey }: Spoilt = {}): Request {
  const timestamp = String(Math.floor(at / 1000));
  const own = createHash("sha256").update(`${timestamp}n${key}${raw}`).digest("hex");
  const headers = {
    "X-Lark-Request-Timestamp": timestamp,
    "X-Lark-Request-Nonce": "n",
    "X-Lark-Signature": signature ?? own,
  };
  return new Request("http://127.0.0.1/feishu", { method, headers, ...(method === "POST" ? { body: raw } : {}) });
}

describe("over the wire", () => {
  test("the console finds that the address is ours, events come in and answers go back", async () => {
    const listening = Promise.withResolvers<AddressInfo>();
    const web = serve({ fetch: route, port: 0, hostname: "127.0.0.1" }, listening.resolve);
    try {
      const url = `http://127.0.0.1:${(await listening.promise).port}/feishu`;
      expect(await server.verifyWebhook(url)).toBe(true);
      server.useWebhook(url);
      expect((await server.says(li, "p2p", "在")).ack).toMatchObject({ code: 200, data: {} });
      expect(events[0]).toMatchObject({ type: "im.message.receive_v1", data: { app_id: server.appId } });
      answer = () => ({ toast: { type: "success", content: "已签收" } });
      expect(await server.push("card.action.trigger", { token: "c-1" })).toMatchObject({ code: 200, data: answer() });
      for (const tamper of ["signature", "body", "timestamp"] as const) {
        expect(await server.pushToWebhook(url, "im.message.receive_v1", {}, { tamper })).toMatchObject({ status: 401 });
      }
      expect(events).toHaveLength(2);
    } finally {
      web.close();
    }
  });
});

describe("what is taken", () => {
  test("a signed event, also one with white space that JSON would not keep", async () => {
    const spaced = encrypt(eventBody()).replace('{"encrypt":', '{ "encrypt" :  ');
    expect((await route(signed(spaced))).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  test("an event up to five minutes old or early", async () => {
    for (const at of [NOW - 299_000, NOW + 299_000]) {
      expect((await route(signed(encrypt(eventBody()), { at }))).status).toBe(200);
    }
  });

  test("an unknown type of event, with nothing to do", async () => {
    const response = await route(signed(encrypt(eventBody({ event_type: "im.new_v9" }))));
    expect([response.status, await response.json()]).toEqual([200, {}]);
  });

  test("a failure is answered 500, so that the event comes again", async () => {
    answer = () => {
      throw new Error("database is locked");
    };
    expect((await route(signed(encrypt(eventBody())))).status).toBe(500);
    expect(seen).toHaveLength(1);
  });
});

describe("what is refused, without a word why", () => {
  const raw = (header?: object) => encrypt(eventBody(header));
  const challenge = (token: string) => ({ type: "url_verification", challenge: "x", token });
  const refused: [string, () => Request][] = [
    ["a wrong signature", () => signed(raw(), { signature: "0".repeat(64) })],
    ["a short signature", () => signed(raw(), { signature: "0" })],
    ["no signature", () => new Request("http://127.0.0.1/", { method: "POST", body: raw() })],
    ["another key", () => signed(encrypt(eventBody(), "other"), { key: "other" })],
    ["a body encrypted with another key, rightly signed", () => signed(encrypt(eventBody(), "other"))],
    ["an old request", () => signed(raw(), { at: NOW - 301_000 })],
    ["a request from the future", () => signed(raw(), { at: NOW + 301_000 })],
    ["another verification token", () => signed(raw({ token: "guessed" }))],
    ["another app", () => signed(raw({ app_id: "cli_0000000000000000" }))],
    ["plain text", () => signed(JSON.stringify(eventBody()))],
    ["no JSON", () => signed("encrypt")],
    ["an empty body", () => signed("")],
    ["a plain challenge", () => signed(JSON.stringify(challenge(SECRETS.verificationToken)))],
    ["a challenge with another token", () => signed(encrypt(challenge("guessed")))],
    ["nothing to decrypt", () => signed(JSON.stringify({ encrypt: "AAAA" }))],
  ];

  test.each(refused)("%s", async (_, request) => {
    const response = await route(request());
    expect([response.status, await response.text()]).toEqual([401, ""]);
    expect(events).toHaveLength(0);
  });

  test("plain keys beside the encrypted ones do not replace them", async () => {
    const outer = { ...JSON.parse(raw()), header: { event_type: "card.action.trigger" }, event: { forged: true } };
    await route(signed(JSON.stringify(outer)));
    expect(events).toMatchObject([{ type: "im.message.receive_v1" }]);
    expect(events[0]?.data).not.toHaveProperty("forged");
  });

  test("other methods, and bodies of more than a megabyte", async () => {
    expect((await route(signed("", { method: "GET" }))).status).toBe(405);
    expect((await route(signed("x".repeat(1024 * 1024 + 1)))).status).toBe(413);
  });

  test("an app without keys has no such address", () => {
    const deps = { handle: async () => undefined, now: () => NOW };
    expect(() => webhookRoute({ options: optionsFor(server), ...deps })).toThrow(BotError);
  });
});
