import { CTenantAccessToken } from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeOf, sdkClient } from "../../support/feishu-sdk.ts";
import type { Chat, User } from "../../support/feishu-server/model.ts";
import { FeishuServer } from "../../support/feishu-server/server.ts";

let server: FeishuServer;
let now: number;
let li: User;
let wang: User;
let group: Chat;

beforeEach(async () => {
  now = Date.parse("2026-11-20T09:00:00+08:00");
  server = await FeishuServer.start({ now: () => now });
  li = server.addUser({ name: "李主任", mobile: "13800000001" });
  wang = server.addUser({ name: "王科长" });
  group = server.addChat({ name: "青岩县舆情值班群", members: [li, wang] });
});

afterEach(() => server.close());

const content = (text: string): string => JSON.stringify({ text });

const cardOf = (text: string, config: object = { update_multi: true }): string =>
  JSON.stringify({ schema: "2.0", config, body: { elements: [{ tag: "markdown", content: text }] } });

const create = (client: ReturnType<typeof sdkClient>["client"], data: object = {}, type = "chat_id") =>
  client.im.v1.message.create({
    params: { receive_id_type: type as "chat_id" },
    data: { receive_id: group.chatId, msg_type: "text", content: content("你好"), ...data },
  });

describe("messages through the client of the SDK", () => {
  test("a text is sent, answered and recalled", async () => {
    const { client } = sdkClient(server);
    const sent = await create(client);
    const path = { message_id: sent.data?.message_id ?? "" };
    const data = { msg_type: "text", content: content("收到"), reply_in_thread: true };
    const answer = await client.im.v1.message.reply({ path, data });
    expect(answer.data).toMatchObject({ parent_id: path.message_id, root_id: path.message_id });
    expect(answer.data?.thread_id).toMatch(/^omt_/);
    expect(server.chatText(group)).toBe("你好\n收到");
    await client.im.v1.message.delete({ path });
    expect(server.chatText(group)).toBe("\n收到");
    expect(await codeOf(client.im.v1.message.reply({ path, data }))).toBe(230011);
  });

  test("a first message to a person opens the private chat that the person writes in later", async () => {
    const { client } = sdkClient(server);
    const sent = await create(client, { receive_id: li.unionId }, "union_id");
    const said = await server.says(li, "p2p", "在");
    expect(said.ack.code).toBe("queued");
    expect(server.message(said.messageId)?.chatId).toBe(sent.data?.chat_id);
  });

  test("a card is edited in place, and only while both cards say that they are shared", async () => {
    const { client } = sdkClient(server);
    const send = (card: string) => create(client, { msg_type: "interactive", content: card });
    const shared = { path: { message_id: (await send(cardOf("待签收"))).data?.message_id ?? "" } };
    await client.im.v1.message.patch({ ...shared, data: { content: cardOf("已签收") } });
    expect(server.textOf(shared.path.message_id)).toBe("已签收");
    expect(server.message(shared.path.message_id)?.edits).toHaveLength(1);
    expect(await codeOf(client.im.v1.message.patch({ ...shared, data: { content: cardOf("x", {}) } }))).toBe(230001);
    const silentOne = { path: { message_id: (await send(cardOf("x", {}))).data?.message_id ?? "" } };
    expect(await codeOf(client.im.v1.message.patch({ ...silentOne, data: { content: cardOf("y") } }))).toBe(230001);
    now += 15 * 24 * 3_600_000;
    const { client: fresh } = sdkClient(server);
    expect(await codeOf(fresh.im.v1.message.patch({ ...shared, data: { content: cardOf("z") } }))).toBe(230031);
  });

  test("a text or a message of somebody else is no card to edit", async () => {
    const { client } = sdkClient(server);
    const text = { message_id: (await create(client)).data?.message_id ?? "" };
    const others = { message_id: (await server.says(li, group, "在")).messageId };
    const data = { content: cardOf("x") };
    expect(await codeOf(client.im.v1.message.patch({ path: text, data }))).toBe(230054);
    expect(await codeOf(client.im.v1.message.patch({ path: others, data }))).toBe(230012);
  });

  test("the same uuid gives the same message for an hour, also in an answer", async () => {
    const { client } = sdkClient(server);
    const first = await create(client, { uuid: "outbox-1" });
    const path = { message_id: first.data?.message_id ?? "" };
    expect((await create(client, { uuid: "outbox-1", content: content("别的") })).data?.message_id).toBe(
      path.message_id,
    );
    const data = { msg_type: "text", content: content("回"), uuid: "outbox-2" };
    const answers = [
      await client.im.v1.message.reply({ path, data }),
      await client.im.v1.message.reply({ path, data }),
    ];
    expect(new Set(answers.map((answer) => answer.data?.message_id)).size).toBe(1);
    now += 3_600_001;
    expect((await create(client, { uuid: "outbox-1" })).data?.message_id).not.toBe(path.message_id);
    expect(server.messages).toHaveLength(3);
    expect(await codeOf(create(client, { uuid: "长".repeat(51) }))).toBe(230001);
  });
});

describe("tokens, scopes and limits", () => {
  test("a wrong secret is answered with HTTP 200 and a code", async () => {
    const { http } = sdkClient(server);
    const url = `${server.domain}/open-apis/auth/v3/tenant_access_token/internal`;
    expect(await http.post(url, { app_id: server.appId, app_secret: "x" })).toMatchObject({ code: 10014 });
    expect(JSON.stringify(server.requests)).not.toContain('"app_secret":"x"');
  });

  test("a revoked token is refused until the client forgets it", async () => {
    const { client, cache } = sdkClient(server);
    await create(client);
    server.revokeToken();
    expect(await codeOf(create(client))).toBe(99991663);
    await cache.set(CTenantAccessToken, "", 1, { namespace: server.appId });
    expect(await codeOf(create(client))).toBe(0);
  });

  test("a call without its scope is refused with the names of the scopes", async () => {
    const { client } = sdkClient(server);
    const path = { message_id: (await create(client)).data?.message_id ?? "" };
    const urge = () =>
      client.im.v1.message.urgentApp({
        path,
        params: { user_id_type: "open_id" },
        data: { user_id_list: [li.openId, "ou_x"] },
      });
    expect((await urge()).data?.invalid_user_id_list).toEqual(["ou_x"]);
    server.denyScope("im:message.urgent");
    expect(await codeOf(urge())).toBe(99991672);
    const scopes = await client.request({ method: "GET", url: "/open-apis/application/v6/scopes" });
    expect(scopes.data.scopes).toContainEqual({ scope_name: "im:message.urgent", grant_status: 2 });
    expect(() => server.denyScope("im:message.urgent")).toThrow();
  });

  test("the sixth message to a group within a second is refused, and the next second takes it", async () => {
    const { client } = sdkClient(server);
    for (let i = 0; i < 5; i++) expect(await codeOf(create(client))).toBe(0);
    expect(await codeOf(create(client))).toBe(230020);
    expect(await codeOf(create(client, { receive_id: li.openId }, "open_id"))).toBe(0);
    now += 1_001;
    expect(await codeOf(create(client))).toBe(0);
    expect(server.refusedForRate).toBe(1);
  });

  test("a card takes five edits a second", async () => {
    const { client } = sdkClient(server);
    const sent = await create(client, { msg_type: "interactive", content: cardOf("0") });
    const path = { message_id: sent.data?.message_id ?? "" };
    const codes = [];
    for (let i = 1; i <= 6; i++)
      codes.push(await codeOf(client.im.v1.message.patch({ path, data: { content: cardOf(`${i}`) } })));
    expect(codes).toEqual([0, 0, 0, 0, 0, 230020]);
  });

  test("an app makes fifty calls of one API a second and is told when to come back", async () => {
    const { client } = sdkClient(server);
    const info = () => client.request({ method: "GET", url: "/open-apis/bot/v3/info" });
    for (let i = 0; i < 50; i++) expect((await info()).bot.open_id).toBe(server.bot.openId);
    const failure = await info().catch((error) => error);
    expect(failure.response.status).toBe(429);
    expect(failure.response.data.code).toBe(99991400);
    expect(failure.response.headers).toMatchObject({ "x-ogw-ratelimit-limit": "50", "x-ogw-ratelimit-reset": "1" });
    server.limits.enabled = false;
    expect(await codeOf(info())).toBe(0);
  });
});

describe("faults", () => {
  test("a message whose answer is lost is there, and its uuid keeps it single", async () => {
    const { client } = sdkClient(server);
    server.fault({
      match: ({ path }) => path.endsWith("/messages"),
      times: 1,
      kind: "resetMidResponse",
      afterEffect: true,
    });
    expect(await codeOf(create(client, { uuid: "u" }))).toBe("ECONNRESET");
    expect(server.messages).toHaveLength(1);
    await create(client, { uuid: "u" });
    expect(server.messages).toHaveLength(1);
  });

  test.each([
    ["429", 99991400],
    ["500", "ERR_BAD_RESPONSE"],
    ["503", "ERR_BAD_RESPONSE"],
    ["reset", "ECONNRESET"],
    ["hang", "ECONNABORTED"],
    ["code", 230035],
  ] as const)("%s is seen as %s, and nothing was sent", async (kind, seen) => {
    const { client } = sdkClient(server, undefined, 300);
    await client.request({ method: "GET", url: "/open-apis/bot/v3/info" });
    server.fault({ match: ({ method }) => method === "POST", times: 1, kind, code: 230035 });
    expect(await codeOf(create(client))).toBe(seen);
    expect(server.messages).toHaveLength(0);
    expect(await codeOf(create(client))).toBe(0);
  });

  test("the service goes away and comes back on the same port with everything in it", async () => {
    const { client } = sdkClient(server);
    await create(client);
    await server.stop();
    expect(await codeOf(create(client))).toMatch(/^ECONN/);
    await server.resume();
    expect(await codeOf(create(client))).toBe(0);
    expect(server.messages).toHaveLength(2);
  });
});

describe("looking things up", () => {
  test("groups, members and people", async () => {
    const { client } = sdkClient(server);
    server.removeBot(server.addChat({ name: "别的群", members: [li] }));
    expect((await client.im.v1.chat.list({})).data?.items?.map(({ name }) => name)).toEqual([group.name]);
    const path = { chat_id: group.chatId };
    const page = await client.im.v1.chatMembers.get({ path, params: { member_id_type: "open_id", page_size: 1 } });
    expect(page.data).toMatchObject({
      items: [{ member_id: li.openId, name: "李主任" }],
      has_more: true,
      member_total: 2,
    });
    const found = await client.contact.v3.user.get({
      path: { user_id: li.openId },
      params: { user_id_type: "open_id" },
    });
    expect(found.data?.user).toMatchObject({ name: "李主任", user_id: li.userId });
    const ids = await client.contact.v3.user.batchGetId({
      params: { user_id_type: "open_id" },
      data: { mobiles: ["13800000001", "1"] },
    });
    expect(ids.data?.user_list).toEqual([{ mobile: "13800000001", user_id: li.openId }, { mobile: "1" }]);
  });

  test("a group is made, people join it, and a message in it is pinned and reacted to", async () => {
    const { client } = sdkClient(server);
    const made = await client.im.v1.chat.create({ data: { name: "专班", user_id_list: [li.openId] } });
    const path = { chat_id: made.data?.chat_id ?? "" };
    const joined = await client.im.v1.chatMembers.create({ path, data: { id_list: [wang.openId, "ou_x"] } });
    expect(joined.data?.invalid_id_list).toEqual(["ou_x"]);
    expect((await client.im.v1.chat.get({ path })).data).toMatchObject({ name: "专班", user_count: "2" });
    const message_id = (await create(client, { receive_id: path.chat_id })).data?.message_id ?? "";
    await client.im.v1.pin.create({ data: { message_id } });
    const data = { reaction_type: { emoji_type: "OK" } };
    await client.im.v1.messageReaction.create({ path: { message_id }, data });
    expect(server.message(message_id)).toMatchObject({ pinned: true, reactions: [{ emoji: "OK" }] });
  });

  test("a file is fetched by its message, its key and its type", async () => {
    const { client } = sdkClient(server);
    const bytes = Buffer.from("附件的内容");
    const said = await server.sendsFile(li, group, "情况说明.docx", bytes);
    const [{ key: file_key = "" } = {}] = server.resources.values();
    const get = (type: string) =>
      client.im.v1.messageResource.get({ path: { message_id: said.messageId, file_key }, params: { type } });
    const chunks: Buffer[] = [];
    for await (const chunk of (await get("file")).getReadableStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(bytes);
    await expect(get("image")).rejects.toMatchObject({ response: { status: 400 } });
  });

  test("a chat record brings its lines only when it is asked for", async () => {
    const { client } = sdkClient(server);
    const said = [await server.says(li, group, "第一句"), await server.says(wang, group, "第二句")];
    const record = await server.forwards(
      li,
      "p2p",
      said.map(({ messageId }) => ({ id: messageId })),
    );
    const { items } = (await client.im.v1.message.get({ path: { message_id: record.messageId } })).data ?? {};
    expect(items?.map((item) => item.body?.content)).toEqual([
      "Merged and Forwarded Message",
      content("第一句"),
      content("第二句"),
    ]);
    expect(items?.[1]).toMatchObject({ upper_message_id: record.messageId, sender: { id: li.openId } });
  });

  test("who read a message of a group is asked for; in a private chat the bot is told", async () => {
    const { client } = sdkClient(server);
    const inGroup = (await create(client)).data?.message_id ?? "";
    expect((await server.reads(li, inGroup)).code).toBe("unseen");
    const readers = () =>
      client.im.v1.message.readUsers({ path: { message_id: inGroup }, params: { user_id_type: "open_id" } });
    expect((await readers()).data?.items?.map(({ user_id }) => user_id)).toEqual([li.openId]);
    const private1 = (await create(client, { receive_id: li.openId }, "open_id")).data?.message_id ?? "";
    await server.reads(li, private1);
    expect(server.deliveries.at(-1)?.envelope.event).toMatchObject({ message_id_list: [private1] });
    now += 8 * 24 * 3_600_000;
    const { client: fresh } = sdkClient(server);
    const late = fresh.im.v1.message.readUsers({ path: { message_id: inGroup }, params: { user_id_type: "open_id" } });
    expect(await codeOf(late)).toBe(230033);
  });
});
