import type { Client } from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardCodeOf, codeOf, sdkClient } from "../../support/feishu-sdk.ts";
import type { Chat, Json, User } from "../../support/feishu-server/model.ts";
import { FeishuServer } from "../../support/feishu-server/server.ts";

let server: FeishuServer;
let client: Client;
let li: User;
let group: Chat;

beforeEach(async () => {
  server = await FeishuServer.start({ limits: false });
  client = sdkClient(server).client;
  li = server.addUser({ name: "李主任" });
  group = server.addChat({ name: "青岩县舆情值班群", members: [li] });
});

afterEach(() => server.close());

const send = (data: object, type = "chat_id") =>
  client.im.v1.message.create({
    params: { receive_id_type: type as "chat_id" },
    data: { receive_id: group.chatId, msg_type: "text", content: '{"text":"在"}', ...data },
  });

const words = (content: string): Json => ({ tag: "plain_text", content });
const markdown = (content: string): Json => ({ tag: "markdown", content });
const button = (more: Json = {}): Json => ({ tag: "button", text: words("签收"), ...more });
const input = (more: Json = {}): Json => ({ tag: "input", name: "理由", ...more });
const submit = (more: Json = {}): Json => button({ name: "提交", form_action_type: "submit", ...more });
const form = (...elements: Json[]): Json => ({ tag: "form", name: "表单", elements });
const columns = (...elements: Json[]): Json => ({ tag: "column_set", columns: [{ tag: "column", elements }] });
const panel = (...elements: Json[]): Json => ({ tag: "collapsible_panel", header: { title: words("详情") }, elements });
const table = (): Json => ({ tag: "table", columns: [{ name: "a", display_name: "甲", data_type: "text" }], rows: [] });
const times = (count: number, make: (i: number) => Json): Json[] => Array.from({ length: count }, (_, i) => make(i));
const nested = (depth: number): Json => (depth === 0 ? markdown("底") : panel(nested(depth - 1)));

const card = (elements: Json[], more: Json = {}): Json => ({ schema: "2.0", body: { elements }, ...more });
const sendCard = (content: unknown) => send({ msg_type: "interactive", content: JSON.stringify(content) });

describe("cards that the service takes", () => {
  test.each<[string, Json]>([
    [
      "a form with every kind of field",
      card([form(input(), select("单位"), { tag: "date_picker", name: "日期" }, submit())]),
    ],
    ["columns in a form", card([form(columns(input(), submit()))])],
    ["two hundred elements", card(times(200, (i) => markdown(`${i}`)))],
    ["five tables, in panels too", card([...times(4, table), panel(table())])],
    ["five containers in one another", card([nested(5)])],
    ["a mention that is only text", card([markdown("&#60;at id&#61;all&#62;&#60;/at&#62;")])],
    [
      "a head with three tags",
      card([], { header: { title: words("题"), template: "red", text_tag_list: times(3, () => tag()) } }),
    ],
  ])("%s", async (_, content) => {
    expect(await cardCodeOf(sendCard(content))).toBe(0);
  });
});

function select(name: string, more: Json = {}): Json {
  return { tag: "select_static", name, options: [{ text: words("教育局"), value: "1" }], ...more };
}

function tag(): Json {
  return { tag: "text_tag", text: words("特急"), color: "red" };
}

describe("cards that the service refuses, with the code of the reason", () => {
  test.each<[string, number, unknown]>([
    ["no schema", 200621, { body: { elements: [] } }],
    ["no elements", 200621, { schema: "2.0", body: {} }],
    ["elements at the root", 200861, { schema: "2.0", elements: [], body: { elements: [] } }],
    ["languages at the root", 200861, { ...card([]), i18n_elements: {} }],
    ["a row of buttons of version 1", 200861, card([{ tag: "action", actions: [button()] }])],
    ["a note of version 1", 200861, card([{ tag: "note", elements: [] }])],
    ["an unknown component", 200861, card([{ tag: "marquee" }])],
    ["an unknown property", 200621, card([button({ url: "https://example.com" })])],
    ["a card for one person only", 200621, card([], { config: { update_multi: false } })],
    ["201 elements", 11310, card(times(201, (i) => markdown(`${i}`)))],
    ["texts inside components count", 11310, card(times(101, () => button()))],
    ["six tables", 11310, card(times(6, table))],
    ["six tables in markdown", 11310, card(times(6, () => markdown("|甲|乙|\n|---|---|\n|1|2|")))],
    ["six containers in one another", 11310, card([nested(6)])],
    ["a form in columns", 200621, card([columns(form(submit()))])],
    ["a form in a form", 200621, card([form(submit(), { ...form(submit({ name: "b" })), name: "内" })])],
    ["a table in a form", 200621, card([form(submit(), table())])],
    ["a form without submit", 200621, card([form(input())])],
    ["a submit button outside a form", 200621, card([submit()])],
    ["a field without a name", 200621, card([form(input({ name: "" }), submit())])],
    ["two fields of one name", 200621, card([form(input(), input(), submit())])],
    ["one id twice", 200621, card([markdown("a"), markdown("b")].map((part) => ({ ...part, element_id: "x" })))],
    ["an id that starts with a digit", 200621, card([{ ...markdown("a"), element_id: "1a" }])],
    ["an unknown colour of the head", 200621, card([], { header: { title: words("题"), template: "pink" } })],
    ["four tags", 11310, card([], { header: { title: words("题"), text_tag_list: times(4, tag) } })],
    ["a long button", 11310, card([button({ text: words("长".repeat(101)) })])],
    ["a long hint", 11310, card([form(input({ placeholder: words("长".repeat(101)) }), submit())])],
    ["an input of 1001", 11310, card([form(input({ max_length: 1001 }), submit())])],
    ["a callback of text", 200621, card([button({ behaviors: [{ type: "callback", value: "签收" }] })])],
    ["a link that is none", 200621, card([button({ behaviors: [{ type: "open_url", default_url: "javascript:0" }] })])],
    ["a select without options", 200621, card([form(select("单位", { options: [] }), submit())])],
    ["a chosen value that is no option", 200621, card([form(select("单位", { initial_option: "9" }), submit())])],
    ["a mention of a stranger", 100290, card([markdown("<at id=ou_0123></at> 请签收")])],
    ["a person who is a stranger", 100290, card([{ tag: "person", user_id: "ou_0123" }])],
  ])("%s", async (_, code, content) => {
    expect(await cardCodeOf(sendCard(content))).toBe(code);
    expect(server.messages).toEqual([]);
  });

  test("a mention of somebody outside the group, or of everybody where that is not allowed", async () => {
    const outside = server.addUser({ name: "外人" });
    expect(await cardCodeOf(sendCard(card([markdown(`<at id=${li.openId}></at>`)])))).toBe(0);
    expect(await cardCodeOf(sendCard(card([markdown(`<at ids=${li.openId},${outside.openId}></at>`)])))).toBe(100290);
    expect(await cardCodeOf(sendCard(card([markdown("<at id=all></at>")])))).toBe(0);
    server.forbidAtAll(group);
    expect(await cardCodeOf(sendCard(card([markdown("<at id=all></at>")])))).toBe(100290);
  });
});

describe("messages that the service refuses", () => {
  test.each<[string, number, object]>([
    ["content that is an object", 230001, { content: { text: "在" } }],
    ["content that is no JSON", 230001, { content: "在" }],
    ["an empty text", 230001, { content: '{"text":""}' }],
    ["an unknown type", 230001, { msg_type: "markdown" }],
    ["a post with an unknown part", 230001, { msg_type: "post", content: '{"zh_cn":{"content":[[{"tag":"blink"}]]}}' }],
    ["an id of another kind", 230001, { receive_id: "ou_1" }],
    ["an unknown group", 230034, { receive_id: "oc_1" }],
    ["a text over 150 KB", 230025, { content: JSON.stringify({ text: "长".repeat(51_200) }) }],
    [
      "a card over 30 KB",
      230025,
      { msg_type: "interactive", content: JSON.stringify(card([markdown("长".repeat(10_240))])) },
    ],
  ])("%s", async (_, code, data) => {
    expect(await codeOf(send(data))).toBe(code);
    expect(server.messages).toEqual([]);
  });

  test("an unknown kind of id", async () => {
    expect(await codeOf(send({}, "name"))).toBe(230001);
  });

  test.each<[string, number, () => void]>([
    ["the bot was removed", 230002, () => server.removeBot(group)],
    ["the group was disbanded", 232009, () => server.disband(group)],
    ["the bot may not speak", 230035, () => server.mute(group)],
    [
      "the bot is switched off",
      230006,
      () => {
        server.botEnabled = false;
      },
    ],
    [
      "the text is sensitive",
      230022,
      () => {
        server.audit = (text) => (text === "在" ? "sensitive" : undefined);
      },
    ],
    [
      "the text has personal data",
      230028,
      () => {
        server.audit = () => "dlp";
      },
    ],
  ])("to a group when %s", async (_, code, change) => {
    change();
    expect(await codeOf(send({}))).toBe(code);
  });

  test.each<[string, number, (user: User) => void]>([
    ["has left the office", 230029, (user) => server.resign(user)],
    ["may not use the app", 230013, (user) => server.leaveScope(user)],
    ["blocked the bot", 230053, (user) => server.blockBot(user)],
  ])("to a person who %s, in an open chat too", async (_, code, change) => {
    const { messageId } = await server.says(li, "p2p", "在吗");
    change(li);
    expect(await codeOf(send({ receive_id: li.openId }, "open_id"))).toBe(code);
    const data = { msg_type: "text", content: '{"text":"在"}' };
    expect(await codeOf(client.im.v1.message.reply({ path: { message_id: messageId }, data }))).toBe(code);
  });

  test("an urgent call when the quota is used up or too many are unread", async () => {
    const sent = {
      path: { message_id: (await send({})).data?.message_id ?? "" },
      params: { user_id_type: "open_id" as const },
    };
    const data = { user_id_list: [li.openId] };
    server.urgentQuota.sms = 1;
    expect(await codeOf(client.im.v1.message.urgentSms({ ...sent, data }))).toBe(0);
    expect(await codeOf(client.im.v1.message.urgentSms({ ...sent, data }))).toBe(230024);
    server.unreadUrgentLimit = 1;
    expect(await codeOf(client.im.v1.message.urgentApp({ ...sent, data }))).toBe(230023);
    const { messageId } = await server.says(li, group, "在");
    const others = client.im.v1.message.urgentApp({ ...sent, path: { message_id: messageId }, data });
    expect(await codeOf(others)).toBe(230012);
    expect(server.message(sent.path.message_id)?.urgent).toMatchObject([{ kind: "sms", openIds: [li.openId] }]);
  });
});
