import type { Client, WSClient } from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeOf, sdkClient, sdkConnection } from "../../support/feishu-sdk.ts";
import { type Chat, type Json, text, type User } from "../../support/feishu-server/model.ts";
import { FeishuServer } from "../../support/feishu-server/server.ts";

let server: FeishuServer;
let client: Client;
let connection: WSClient;
let li: User;
let group: Chat;
let now: number;
let presses: Json[];
let answer: unknown;

beforeEach(async () => {
  now = Date.now();
  presses = [];
  answer = {};
  server = await FeishuServer.start({ now: () => now });
  client = sdkClient(server).client;
  li = server.addUser({ name: "李主任" });
  group = server.addChat({ name: "青岩县舆情值班群", members: [li] });
  connection = await sdkConnection(server, {
    "card.action.trigger": (data) => {
      presses.push(data);
      return answer;
    },
  });
});

afterEach(async () => {
  connection.close({ force: true });
  await server.close();
});

const words = (content: string): Json => ({ tag: "plain_text", content });
const callback = (value: Json): Json[] => [{ type: "callback", value }];
const button = (label: string, more: Json = {}): Json => ({ tag: "button", text: words(label), ...more });
const cardOf = (...elements: Json[]): Json => ({ schema: "2.0", config: { update_multi: true }, body: { elements } });
const options = ["教育局", "卫健局"].map((name, i) => ({ text: words(name), value: `u${i + 1}` }));

async function send(...elements: Json[]): Promise<string> {
  const data = { receive_id: group.chatId, msg_type: "interactive", content: JSON.stringify(cardOf(...elements)) };
  return (await client.im.v1.message.create({ params: { receive_id_type: "chat_id" }, data })).data?.message_id ?? "";
}

describe("a press", () => {
  test("is found inside columns and panels, and arrives as the callback of the real client", async () => {
    const inside = button("签收", { behaviors: callback({ 编号: "YQ-1" }) });
    const panel = { tag: "collapsible_panel", header: { title: words("详情") }, elements: [inside] };
    const id = await send({ tag: "column_set", columns: [{ tag: "column", elements: [panel] }] });
    answer = { toast: { type: "success", content: "已签收" } };
    expect(await server.presses(li, id, "签收")).toMatchObject({ toast: { content: "已签收" }, ack: { code: 200 } });
    expect(presses).toMatchObject([
      {
        create_time: expect.stringMatching(/^\d{16}$/),
        operator: { open_id: li.openId, union_id: li.unionId, tenant_key: server.tenantKey },
        token: expect.stringMatching(/^c-/),
        action: { tag: "button", value: { 编号: "YQ-1" } },
        host: "im_message",
        context: { open_message_id: id, open_chat_id: group.chatId },
      },
    ]);
  });

  test("may bring another card, which stands in the message from then on", async () => {
    const id = await send(button("签收", { behaviors: callback({}) }));
    answer = { card: { type: "raw", data: cardOf({ tag: "markdown", content: "**已签收**" }) } };
    await server.presses(li, id, /签/);
    expect(server.textOf(id)).toBe("已签收");
    await expect(server.presses(li, id, "签收")).rejects.toThrow("nothing on the card");
  });

  test.each<[string, number, unknown]>([
    ["an answer that is no object", 200672, "好"],
    ["an unknown field", 200672, { message: "好" }],
    ["a toast of an unknown kind", 200672, { toast: { type: "fatal", content: "好" } }],
    ["a card of another kind", 200673, { card: { type: "template", data: cardOf() } }],
    ["a card that would be refused", 200673, { card: { type: "raw", data: cardOf({ tag: "action" }) } }],
  ])("shows the error of the client after %s", async (_, code, given) => {
    const id = await send(button("签收", { behaviors: callback({}) }));
    answer = given;
    expect((await server.presses(li, id, "签收")).error).toBe(code);
    expect(server.problems.map((problem) => problem.code)).toEqual([code]);
    expect(server.textOf(id)).toBe("签收");
  });

  test("shows an error when nobody answers in time or at all, and never comes again", async () => {
    const id = await send(button("签收", { behaviors: callback({}) }));
    answer = new Promise(() => {});
    expect((await server.presses(li, id, "签收", undefined, { timeoutMs: 30 })).error).toBe(200341);
    now += 7 * 3_600_000;
    expect(await server.redeliverDue()).toEqual([]);
    await expect(server.redeliver(text(presses[0]?.["event_id"]))).rejects.toThrow("never repeats");
  });

  test("is not possible where a person could not make it", async () => {
    const open = button("打开", { behaviors: [{ type: "open_url", default_url: "https://example.com" }] });
    const closed = button("关", { disabled: true, behaviors: callback({}) });
    const twice = button("同", { behaviors: callback({}) });
    const id = await send(open, closed, twice, twice, button("好", { behaviors: callback({}) }));
    await expect(server.presses(li, id, "打开")).rejects.toThrow("calls nobody");
    await expect(server.presses(li, id, "关")).rejects.toThrow("disabled");
    await expect(server.presses(li, id, "同")).rejects.toThrow("more than one");
    await expect(server.presses(server.addUser({ name: "外人" }), id, "好")).rejects.toThrow("not in this chat");
    now += 15 * 24 * 3_600_000;
    await expect(server.presses(li, id, "好")).rejects.toThrow("14 days");
  });

  test("gives a token that edits the card twice, for half an hour", async () => {
    const id = await send(button("签收", { behaviors: callback({}) }));
    await server.presses(li, id, "签收");
    const edit = (content: string) => {
      const data = { token: presses.at(-1)?.["token"], card: cardOf({ tag: "markdown", content }) };
      return codeOf(client.request({ method: "POST", url: "/open-apis/interactive/v1/card/update", data }));
    };
    expect([await edit("一"), await edit("二"), await edit("三")]).toEqual([0, 0, 230001]);
    expect(server.textOf(id)).toBe("二");
  });
});

describe("a form", () => {
  const submit = button("提交", { name: "送出", form_action_type: "submit", behaviors: callback({ 编号: "YQ-1" }) });
  const fields: Json[] = [
    { tag: "input", name: "理由", required: true, max_length: 5 },
    { tag: "input", name: "备注", default_value: "无" },
    { tag: "select_static", name: "牵头", options, initial_option: "u2" },
    { tag: "multi_select_static", name: "协办", options },
    { tag: "select_person", name: "联系人" },
    { tag: "date_picker", name: "日期", initial_date: "2026-11-20" },
    { tag: "picker_datetime", name: "时间" },
  ];
  const form: Json = { tag: "form", name: "表单", elements: [...fields, submit] };

  test("sends what was filled in and what stood there, in the formats of the client", async () => {
    const id = await send(form);
    await server.presses(li, id, "提交", {
      理由: "失实",
      协办: ["教育局"],
      联系人: li.openId,
      时间: "2026-11-20 09:30",
    });
    const form_value = {
      理由: "失实",
      备注: "无",
      牵头: "u2",
      协办: ["u1"],
      联系人: li.openId,
      日期: "2026-11-20 +0800",
      时间: "2026-11-20 09:30 +0800",
    };
    expect(presses[0]?.["action"]).toEqual({ tag: "button", name: "送出", timezone: "Asia/Shanghai", form_value });
    server.submitSendsValue = true;
    await server.presses(li, id, "提交", { 理由: "失实" });
    expect(presses[1]?.["action"]).toMatchObject({ value: { 编号: "YQ-1" }, form_value: { 协办: [] } });
  });

  test.each<[string, Record<string, string | string[]>]>([
    ["required and empty", {}],
    ["no more than 5", { 理由: "长长长长长长" }],
    ["one line only", { 理由: "一\n二" }],
    ["is no option", { 理由: "失实", 牵头: "公安局" }],
    ["no field 级别", { 理由: "失实", 级别: "I" }],
    ["cannot be 明天", { 理由: "失实", 日期: "明天" }],
    ["takes several values", { 理由: "失实", 协办: "u1" }],
  ])("does not leave the client when something is %s", async (problem, given) => {
    const id = await send(form);
    await expect(server.presses(li, id, "提交", given)).rejects.toThrow(problem);
    expect(presses).toEqual([]);
  });

  test("a select outside a form calls at once", async () => {
    const id = await send({
      tag: "select_static",
      placeholder: words("转给"),
      options,
      behaviors: callback({ 编号: "YQ-1" }),
    });
    await server.chooses(li, id, "转给", "卫健局");
    expect(presses[0]?.["action"]).toMatchObject({ tag: "select_static", option: "u2", value: { 编号: "YQ-1" } });
  });
});
