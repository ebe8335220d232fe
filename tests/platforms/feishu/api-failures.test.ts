import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import type { FeishuApi } from "#src/platforms/feishu/api.ts";
import { deliveryError, FeishuError } from "#src/platforms/feishu/errors.ts";
import type { Fault } from "../../support/feishu-server/faults.ts";
import type { Chat, User } from "../../support/feishu-server/model.ts";
import type { FeishuServer } from "../../support/feishu-server/server.ts";
import {
  apiFor,
  everything,
  expectNothingSecret,
  failureOf,
  SECRETS,
  startServer,
  watchForSecrets,
} from "./transport-fixture.ts";

const TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal";

let server: FeishuServer;
let api: FeishuApi;
let li: User;
let group: Chat;

watchForSecrets();

beforeEach(async () => {
  server = await startServer();
  api = apiFor(server);
  li = server.addUser({ name: "李主任", mobile: "13800000001" });
  group = server.addChat({ name: "青岩县舆情值班群", members: [li] });
});

afterEach(() => server.close());

let sent = 0;
const message = (text = SECRETS.body) => ({
  msgType: "text" as const,
  content: JSON.stringify({ text }),
  uuid: `uuid-${sent++}`,
});
const toGroup = (text?: string) => api.send({ to: { type: "chat_id", id: group.chatId }, ...message(text) });
const toLi = () => api.send({ to: { type: "open_id", id: li.openId }, ...message() });
const tokenRequests = () => server.requests.filter((r) => r.path === TOKEN_PATH).length;
const once = (kind: Fault["kind"], more: Partial<Fault> = {}) =>
  server.fault({ match: (r) => r.path !== TOKEN_PATH, times: 1, kind, ...more });

describe("the access token", () => {
  test("twenty first calls at once fetch one", async () => {
    await Promise.all(Array.from({ length: 20 }, () => api.bot()));
    expect(tokenRequests()).toBe(1);
  });

  test("when it was revoked, many calls fetch one new one and all succeed", async () => {
    await api.warm();
    server.revokeToken();
    await Promise.all(Array.from({ length: 20 }, () => api.bot()));
    expect(tokenRequests()).toBe(2);
  });

  test("one that is refused again and again is an error after one more attempt", async () => {
    server.fault({ match: (r) => r.path !== TOKEN_PATH, kind: "code", code: 99991663 });
    const failure = await failureOf(api.bot());
    expect(failure).toMatchObject({ code: 99991663 });
    expect(server.requests.filter((r) => r.path.endsWith("/info"))).toHaveLength(2);
    expect(deliveryError(failure)).toMatchObject({ retry: true });
  });

  test("two bots of one app at different addresses do not share it", async () => {
    const other = await startServer();
    try {
      await api.warm();
      expect(await apiFor(other).bot()).toMatchObject({ active: true });
    } finally {
      await other.close();
    }
  });

  test("a wrong secret says what to do and shows nothing", async () => {
    const failure = await failureOf(apiFor(server, { appSecret: "WrongSecret-0815" }).warm());
    expect(failure).toMatchObject({ code: 10014 });
    expect(deliveryError(failure).message).toContain("FEISHU_APP_SECRET");
    expect(everything(failure)).not.toContain("WrongSecret-0815");
  });
});

describe("failures", () => {
  const kinds: { kind: Fault["kind"]; expected: object; code?: number }[] = [
    { kind: "reset", expected: { retry: true } },
    { kind: "resetMidResponse", expected: { retry: true } },
    { kind: "hang", expected: { retry: true } },
    { kind: "badJson", expected: { retry: true } },
    { kind: "500", expected: { retry: true } },
    { kind: "503", expected: { retry: true } },
    { kind: "429", expected: { retry: true, retryAfterMs: 1000 } },
    { kind: "code", code: 230020, expected: { retry: true, retryAfterMs: 1000 } },
    { kind: "code", code: 230022, expected: { retry: false, unreachable: false } },
    { kind: "code", code: 230013, expected: { retry: false, unreachable: true } },
  ];

  test.each(kinds)("$kind $code while sending", async ({ kind, code, expected }) => {
    await api.warm();
    once(kind, code === undefined ? {} : { code });
    const failure = await failureOf(toGroup());
    expect(failure).toBeInstanceOf(FeishuError);
    expect(deliveryError(failure)).toMatchObject(expected);
    expectNothingSecret(everything(deliveryError(failure)));
    expect(await toGroup()).toBeDefined();
  });

  test.each(kinds)("$kind $code while fetching the token", async ({ kind, code }) => {
    server.fault({ match: (r) => r.path === TOKEN_PATH, times: 1, kind, ...(code === undefined ? {} : { code }) });
    expectNothingSecret(everything(deliveryError(await failureOf(toGroup()))));
    expect(await toGroup()).toBeDefined();
  });

  test("a message that arrived although the answer was lost is not sent twice", async () => {
    await api.warm();
    once("resetMidResponse", { afterEffect: true });
    const same = { to: { type: "chat_id" as const, id: group.chatId }, ...message() };
    await failureOf(api.send(same));
    await api.send(same);
    expect(server.messages).toHaveLength(1);
  });

  test("nobody listening is a failure to try again", async () => {
    await server.stop();
    const failure = deliveryError(await failureOf(toGroup()));
    expect(failure).toMatchObject({ retry: true });
    expect(failure.message).toContain("连不上飞书");
  });

  /** Asks something else than the platform. */
  const askInstead = async (
    listener: RequestListener,
    run: (api: FeishuApi) => Promise<unknown> = (other) => other.warm(),
  ): Promise<Error> => {
    const other = createServer(listener);
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = other.address() as AddressInfo;
      return await failureOf(run(apiFor(server, { domain: `http://127.0.0.1:${port}` })));
    } finally {
      other.closeAllConnections();
      other.close();
    }
  };

  /** Gives a token, and answers everything else with HTTP 200 and a code. */
  const politely =
    (code: number): RequestListener =>
    (request, response) => {
      const token = { code: 0, tenant_access_token: "t-1", expire: 7200 };
      const body = request.url === TOKEN_PATH ? token : { code, msg: "no" };
      response.setHeader("Content-Type", "application/json; charset=utf-8").end(JSON.stringify(body));
    };

  test("HTTP 200 with a code is a failure with this code, also of a download", async () => {
    const sending = askInstead(politely(230002), (other) =>
      other.send({ to: { type: "chat_id", id: group.chatId }, ...message() }),
    );
    expect(await sending).toMatchObject({ code: 230002 });
    const loading = askInstead(politely(234003), (other) => other.resource("om_1", "file_1", "file"));
    expect(await loading).toMatchObject({ code: 234003 });
  });

  test("an answer that trickles ends with the time-out", async () => {
    const failure = await askInstead((_, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      const drip = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(drip));
    });
    expect(deliveryError(failure)).toMatchObject({ retry: true });
  });

  test("a redirect is not followed", async () => {
    const failure = await askInstead((_, response) => response.writeHead(302, { Location: server.domain }).end());
    expect(failure).toMatchObject({ status: 302 });
    expect(server.requests).toHaveLength(0);
  });

  test("a page of a gateway is no answer of the platform", async () => {
    const failure = await askInstead((_, response) => response.end("<html>请先登录</html>"));
    expect(deliveryError(failure)).toMatchObject({ retry: true, message: expect.stringContaining("网关") });
  });

  test("proxies of the environment are not used", async () => {
    const before = process.env["HTTP_PROXY"];
    process.env["HTTP_PROXY"] = "http://127.0.0.1:9";
    try {
      expect(await apiFor(server).bot()).toBeDefined();
    } finally {
      if (before === undefined) delete process.env["HTTP_PROXY"];
      else process.env["HTTP_PROXY"] = before;
    }
  });

  test("a missing scope is named", async () => {
    server.denyScope("im:message.urgent");
    const { messageId } = await toLi();
    const failure = await failureOf(api.urge("app", messageId, [li.openId]));
    expect(deliveryError(failure).message).toContain("im:message.urgent");
    expect(deliveryError(failure, "urge")).toMatchObject({ retry: false });
  });

  test("ids that lead elsewhere are refused without a request", async () => {
    const evil = "../../../contact/v3/users/ou_x?y=";
    await api.warm();
    const before = server.requests.length;
    const calls = [
      () => api.patch(evil, "{}"),
      () => api.reply({ messageId: evil, ...message() }),
      () => api.send({ to: { type: "chat_id", id: evil }, ...message() }),
      () => api.send({ to: { type: "open_id", id: group.chatId }, ...message() }),
      () => api.urge("app", `om_1/${evil}`, [li.openId]),
      () => api.urge("app", "om_1", [evil]),
      () => api.readUsers(evil),
      () => api.message(evil),
      () => api.resource("om_1", evil, "file"),
      () => api.resource(evil, "file_1", "file"),
      () => api.user(evil),
      () => api.chat(evil),
    ];
    for (const call of calls) expect(await failureOf(call())).toBeInstanceOf(DeliveryError);
    expect(server.requests.length).toBe(before);
  });
});
