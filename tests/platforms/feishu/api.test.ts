import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FeishuApi } from "#src/platforms/feishu/api.ts";
import { deliveryError } from "#src/platforms/feishu/errors.ts";
import type { Chat, User } from "../../support/feishu-server/model.ts";
import type { FeishuServer } from "../../support/feishu-server/server.ts";
import { apiFor, failureOf, SECRETS, startServer, watchForSecrets } from "./transport-fixture.ts";

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
const card = (text: string) =>
  JSON.stringify({
    schema: "2.0",
    config: { update_multi: true },
    body: { elements: [{ tag: "markdown", content: text }] },
  });

describe("what the bot asks of the platform", () => {
  test("a message goes to a group and to a person, and is answered in the chat", async () => {
    const first = await toGroup("群里");
    expect(server.textOf(first.messageId)).toBe("群里");
    expect(first.chatId).toBe(group.chatId);
    const answer = await api.reply({ messageId: first.messageId, ...message("回复") });
    expect(server.message(answer.messageId)?.parentId).toBe(first.messageId);
    expect((await toLi()).chatId).toBe(server.p2p(li).chatId);
  });

  test("the same uuid is the same message", async () => {
    const same = { to: { type: "chat_id" as const, id: group.chatId }, ...message() };
    expect((await api.send(same)).messageId).toBe((await api.send(same)).messageId);
    expect(server.messages).toHaveLength(1);
  });

  test("a card is replaced in place", async () => {
    const { messageId } = await api.send({
      to: { type: "chat_id", id: group.chatId },
      msgType: "interactive",
      content: card("待签收"),
      uuid: "card",
    });
    await api.patch(messageId, card("已签收"));
    expect(server.textOf(messageId)).toContain("已签收");
  });

  test("urgent channels name those whom they do not reach", async () => {
    const stranger = server.addUser({ name: "局外人" });
    const { messageId } = await toLi();
    for (const channel of ["app", "sms", "phone"] as const) {
      expect(await api.urge(channel, messageId, [li.openId, stranger.openId])).toEqual({ invalid: [stranger.openId] });
    }
    expect(server.message(messageId)?.urgent.map((u) => u.kind)).toEqual(["app", "sms", "phone"]);
  });

  test("all readers are found, however many pages there are", async () => {
    const { messageId } = await toGroup();
    const readers = Array.from({ length: 230 }, (_, i) => server.addUser({ name: `读者${i}` }));
    for (const reader of readers) await server.reads(reader, messageId);
    const found = await api.readUsers(messageId);
    expect(new Set(found.map((r) => r.openId))).toEqual(new Set(readers.map((r) => r.openId)));
    expect(found.every((r) => r.at > 1_700_000_000_000)).toBe(true);
  });

  test("people are found by telephone number, 50 at a time", async () => {
    const people = Array.from({ length: 120 }, (_, i) =>
      server.addUser({ name: `甲${i}`, mobile: `139000000${100 + i}` }),
    );
    const found = await api.openIdsByMobile([...people.map((p) => p.mobile ?? ""), "13700000000", "不是号码"]);
    expect(found).toEqual(new Map(people.map((p) => [p.mobile, p.openId])));
    expect(server.requests.filter((r) => r.path.endsWith("batch_get_id"))).toHaveLength(3);
  });

  test("people and groups have names, and unknown ones have none", async () => {
    expect(await api.user(li.openId)).toEqual({ name: "李主任" });
    expect(await api.user(`ou_${"0".repeat(32)}`)).toBeUndefined();
    server.leaveScope(li);
    expect(await api.user(li.openId)).toBeUndefined();
    expect(await api.chat(group.chatId)).toMatchObject({ name: "青岩县舆情值班群", external: false });
    server.removeBot(group);
    expect(await api.chat(group.chatId)).toBeUndefined();
  });

  test("a name that is not granted is an error, not an unknown person", async () => {
    server.denyScope("contact:user.base:readonly");
    expect(await failureOf(api.user(li.openId))).toMatchObject({ code: 99991672 });
  });

  test("the bot knows itself and all its groups", async () => {
    for (let i = 0; i < 120; i++) server.addChat({ name: `群${i}`, members: [] });
    expect(await api.bot()).toEqual({ openId: server.bot.openId, name: "回应", active: true });
    const chats = await api.chats();
    expect(chats).toHaveLength(121);
    expect(chats).toContainEqual({ chatId: group.chatId, name: group.name, external: false });
    server.botEnabled = false;
    expect(await api.bot()).toMatchObject({ active: false });
  });

  test("granted scopes are listed", async () => {
    server.denyScope("im:message.group_msg");
    const scopes = await api.scopes();
    expect(scopes).toContain("im:message.urgent");
    expect(scopes).not.toContain("im:message.group_msg");
  });
});

describe("downloads", () => {
  const file = async () => {
    const said = await server.sendsFile(li, group, "会议 纪要.docx", Buffer.from("内容"));
    const key = [...server.resources.values()][0]?.key ?? "";
    return { messageId: said.messageId, key };
  };

  test("a file comes as a stream, with its name", async () => {
    const { messageId, key } = await file();
    const { stream, name } = await api.resource(messageId, key, "file");
    expect(await readText(stream)).toBe("内容");
    expect(name).toBe("会议 纪要.docx");
  });

  test("a refusal is told as one", async () => {
    const { messageId, key } = await file();
    expect(await failureOf(api.resource(messageId, key, "image"))).toMatchObject({ code: 234003, status: 400 });
  });

  test("a revoked token is renewed for downloads too", async () => {
    const { messageId, key } = await file();
    await api.warm();
    server.revokeToken();
    expect(await readText((await api.resource(messageId, key, "file")).stream)).toBe("内容");
  });

  test("an error page is not taken for the content", async () => {
    const { messageId, key } = await file();
    server.fault({ match: (r) => r.path.includes("/resources/"), times: 1, kind: "500" });
    expect(await failureOf(api.resource(messageId, key, "file"))).toMatchObject({ status: 500 });
  });

  test("a download that hangs ends", async () => {
    const { messageId, key } = await file();
    server.fault({ match: (r) => r.path.includes("/resources/"), times: 1, kind: "hang" });
    expect(deliveryError(await failureOf(api.resource(messageId, key, "file")))).toMatchObject({ retry: true });
  });
});
