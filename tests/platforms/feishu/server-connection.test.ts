import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { adaptDefault, type WSClient } from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sdkConnection, sdkDispatcher } from "../../support/feishu-sdk.ts";
import type { Chat, User } from "../../support/feishu-server/model.ts";
import { FeishuServer } from "../../support/feishu-server/server.ts";

type Data = Record<string, unknown>;

let server: FeishuServer;
let li: User;
let group: Chat;
let connections: WSClient[];
let now: number;

beforeEach(async () => {
  now = Date.now();
  server = await FeishuServer.start({ encryptKey: "encrypt-key", now: () => now });
  li = server.addUser({ name: "李主任" });
  group = server.addChat({ name: "青岩县舆情值班群", members: [li] });
  connections = [];
});

afterEach(async () => {
  for (const connection of connections) connection.close({ force: true });
  await server.close();
});

type More = Parameters<typeof sdkConnection>[2];

async function connect(handle: (data: Data) => unknown, more: More = {}): Promise<WSClient> {
  const connection = await sdkConnection(server, { "im.message.receive_v1": handle }, more);
  connections.push(connection);
  return connection;
}

const idIn = (data: Data): string => (data["message"] as { message_id: string }).message_id;

describe("long connection of the SDK", () => {
  test("an event is handled and its answer comes back", async () => {
    const seen: Data[] = [];
    await connect((data) => {
      seen.push(data);
      return { ok: true };
    });
    const { ack, messageId } = await server.says(li, group, "@回应 上报 某校食堂", { mention: "bot" });
    expect(ack).toMatchObject({ code: 200, data: { ok: true } });
    expect(seen).toMatchObject([
      {
        event_type: "im.message.receive_v1",
        create_time: expect.stringMatching(/^\d{13}$/),
        app_id: server.appId,
        sender: { sender_type: "user", sender_id: { open_id: li.openId } },
        message: { message_id: messageId, chat_type: "group", content: '{"text":"@_user_1 上报 某校食堂"}' },
      },
    ]);
  });

  test("fragments in any order are one event", async () => {
    const seen: string[] = [];
    await connect((data) => void seen.push(idIn(data)));
    const { ack, messageId } = await server.says(li, "p2p", "长".repeat(2_000), { fragments: 7, outOfOrder: true });
    expect(ack.code).toBe(200);
    expect(seen).toEqual([messageId]);
  });

  test("a failing handler, a slow one and none at all are told apart", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await connect(async (data) => {
      if (String((data["message"] as Data)["content"]).includes("慢")) await promise;
      else throw new Error("no");
    });
    expect((await server.says(li, "p2p", "错")).ack.code).toBe(500);
    expect((await server.says(li, "p2p", "慢", { timeoutMs: 50 })).ack.code).toBe("timeout");
    resolve();
    expect((await server.menu(li, "duty")).data).toBe("no application.bot.menu_v6 event handle");
  });

  test("an event that was not acknowledged is pushed again when it is due, an acknowledged one is not", async () => {
    let failing = true;
    await connect(() => {
      if (failing) throw new Error("no");
    });
    await server.says(li, "p2p", "一");
    expect(await server.redeliverDue()).toEqual([]);
    now += 15_000;
    expect((await server.redeliverDue()).map(({ code }) => code)).toEqual([500]);
    failing = false;
    now += 299_000;
    expect(await server.redeliverDue()).toEqual([]);
    now += 1_000;
    expect((await server.redeliverDue()).map(({ code }) => code)).toEqual([200]);
    now += 7 * 3_600_000;
    expect(await server.redeliverDue()).toEqual([]);
  });

  test("the same event, and the same message in another event, can come twice", async () => {
    const seen: Data[] = [];
    await connect((data) => void seen.push(data));
    const said = await server.says(li, "p2p", "一");
    await server.redeliver(said.eventId);
    await server.says(li, "p2p", "一", { messageId: said.messageId });
    expect(seen.map(idIn)).toEqual(Array(3).fill(said.messageId));
    expect(new Set(seen.map((data) => data["event_id"])).size).toBe(2);
    expect(server.messages).toHaveLength(1);
  });

  test("of two connections each event goes to one, and both get some", async () => {
    const seen: [number, number] = [0, 0];
    for (const i of [0, 1] as const)
      await connect(() => {
        seen[i] += 1;
      });
    for (let i = 0; i < 40; i++) await server.says(li, "p2p", `${i}`);
    expect(seen[0] + seen[1]).toBe(40);
    expect(Math.min(...seen)).toBeGreaterThan(0);
  });

  test("what was said while nobody was connected comes in a burst, with its own times", async () => {
    const early = now - 600_000;
    expect((await server.says(li, "p2p", "一", { createTime: early })).ack.code).toBe("queued");
    await server.says(li, "p2p", "二");
    const seen: Data[] = [];
    await connect((data) => void seen.push(data));
    await server.waitFor(() => seen.length === 2);
    expect(seen[0]).toMatchObject({ message: { create_time: String(early) } });
    await server.waitFor(() => server.deliveries.every(({ attempts }) => attempts[0]?.ack?.code === 200));
  });

  test("a client comes back after a cut, and after the service was away", async () => {
    await connect(() => undefined);
    server.dropConnections();
    await server.waitFor(() => server.connections === 0);
    await server.waitFor(() => server.connections === 1);
    await server.stop();
    await server.resume();
    await server.waitFor(() => server.connections === 1);
    expect((await server.says(li, "p2p", "在")).ack.code).toBe(200);
  });

  test("a half-open connection answers nothing, and only a client that watches its pings leaves it", async () => {
    server.config({ PingInterval: 0.1 });
    await connect(() => undefined, { wsConfig: { pingTimeout: 0.05 } });
    await server.waitFor(() => server.pings >= 2);
    server.halfOpen();
    expect((await server.says(li, "p2p", "有人吗", { timeoutMs: 20 })).ack.code).toBe("timeout");
    await server.waitFor(() => server.connections === 0);
    await server.waitFor(() => server.connections === 1);
    expect((await server.says(li, "p2p", "有人吗")).ack.code).toBe(200);
  });

  test.each([1, 403, 514, 1000040350])("code %i of the endpoint ends the attempt for good", async (code) => {
    server.endpointAnswers({ kind: "code", code });
    await expect(connect(() => undefined)).rejects.toThrow(code === 1 ? "system busy" : String(code));
    server.endpointAnswers();
    await connect(() => undefined);
  });

  test.each([{ kind: "code", code: 1000040343 }, { kind: "http500" }, { kind: "noData" }] as const)(
    "an endpoint that answers %o is asked again",
    async (mode) => {
      await connect(() => undefined);
      server.endpointAnswers(mode);
      server.dropConnections();
      const asked = (): number => server.requests.filter(({ path }) => path === "/callback/ws/endpoint").length;
      const before = asked();
      await server.waitFor(() => asked() >= before + 2);
      server.endpointAnswers();
      await server.waitFor(() => server.connections === 1);
    },
  );

  test("a refused handshake is tried again", async () => {
    await connect(() => undefined);
    server.handshakes({ kind: "refuse", status: 403, handshakeStatus: 403, msg: "refused" });
    const asked = (): number => server.requests.filter(({ path }) => path === "/callback/ws/endpoint").length;
    const before = asked();
    server.dropConnections();
    await server.waitFor(() => asked() >= before + 2);
    expect(server.connections).toBe(0);
    server.handshakes();
    await server.waitFor(() => server.connections === 1);
  });

  test("without the scope for groups the bot hears only what mentions it", async () => {
    await connect(() => undefined);
    server.denyScope("im:message.group_msg");
    expect((await server.says(li, group, "上报")).ack.code).toBe("unseen");
    expect((await server.says(li, group, "上报", { mention: "bot" })).ack.code).toBe(200);
    expect((await server.says(li, "p2p", "上报")).ack.code).toBe(200);
  });

  test("what people do to messages and groups is told", async () => {
    const seen: Data[] = [];
    const kinds = [
      "im.message.recalled_v1",
      "im.message.reaction.created_v1",
      "im.chat.member.bot.added_v1",
      "im.chat.member.user.deleted_v1",
      "im.chat.disbanded_v1",
      "im.chat.access_event.bot_p2p_chat_entered_v1",
    ];
    const keep = (data: Data): void => void seen.push(data);
    connections.push(await sdkConnection(server, Object.fromEntries(kinds.map((kind) => [kind, keep]))));
    const { messageId } = await server.says(li, group, "错了");
    await server.recalls(li, messageId);
    await server.reacts(li, messageId, "OK");
    await server.addsBot(li, group);
    await server.leaves(li, group);
    await server.disbands(li, group);
    await server.entersP2p(li);
    expect(seen.map((data) => data["event_type"])).toEqual(kinds);
    expect(seen[0]).toMatchObject({ message_id: messageId, chat_id: group.chatId, recall_type: "message_owner" });
    expect(seen[3]).toMatchObject({ users: [{ name: "李主任", user_id: { open_id: li.openId } }] });
  });
});

describe("webhook", () => {
  test("encrypted events are taken by the dispatcher of the SDK, spoilt ones are not", async () => {
    const seen: Data[] = [];
    const handlers = { "im.message.receive_v1": (data: Data) => void seen.push(data) };
    const take = adaptDefault("/events", sdkDispatcher(handlers, server.encryptKey), { autoChallenge: true });
    const receiver = createServer((request, response) => void take(request, response));
    await new Promise<void>((resolve) => void receiver.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
    try {
      expect(await server.verifyWebhook(url)).toBe(true);
      server.useWebhook(url);
      const { messageId, ack } = await server.says(li, group, "上报");
      expect(ack.code).toBe(200);
      expect(seen.map(idIn)).toEqual([messageId]);
      await server.pushToWebhook(url, "im.message.receive_v1", { message: {} }, { tamper: "signature" });
      expect(seen).toHaveLength(1);
    } finally {
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    }
  });
});
