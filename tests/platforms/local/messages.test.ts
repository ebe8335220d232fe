import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PressEvent, ReadEvent } from "#core/ports.ts";
import { MINUTE } from "#core/time.ts";
import { Client, DUTY, delivery, errorOf, reportCard, START, setup, WORK } from "./fixture.ts";

describe("messages of people", () => {
  test("reach the bot raw and the group screened", async () => {
    const { platform, bot } = await setup();
    await new Client(platform, "王晓梅").say(DUTY, "@机器人 当事人电话 13812345678");
    expect(bot.messages()).toMatchObject([
      { text: "@机器人 当事人电话 13812345678", from: "王晓梅", known: true, mentioned: true, at: START },
    ]);
    expect(bot.messages()[0]?.chat).toEqual({ kind: "group", name: "值班群" });
    const [seen] = await new Client(platform, "周敏").chat(DUTY);
    expect(seen).toMatchObject({ from: "王晓梅", text: "@机器人 当事人电话 [手机号]", state: "shown" });
  });

  test("that are withheld show only their time and sender", async () => {
    const { platform, bot } = await setup();
    await new Client(platform, "王晓梅").say(DUTY, "绝密★ 会议纪要");
    expect(bot.messages()[0]?.text).toBe("绝密★ 会议纪要");
    const [seen] = await new Client(platform, "周敏").chat(DUTY);
    expect(seen).toMatchObject({ from: "王晓梅", at: START, state: "withheld", text: "(内容未接收)" });
  });

  test("are withheld whole when only the name of an attachment is secret", async () => {
    const { platform } = await setup();
    const attachments = [{ name: "绝密.pdf", sha256: "a".repeat(64) }];
    await new Client(platform, "王晓梅").say(DUTY, "见附件", { attachments });
    expect((await new Client(platform, "周敏").chat(DUTY))[0]).toMatchObject({ state: "withheld", attachments: [] });
  });

  test("are seen by members only", async () => {
    const { platform } = await setup();
    await new Client(platform, "孙浩").say(WORK, "内部消息");
    const outsider = new Client(platform, "王晓梅");
    const response = await outsider.get(`chats/${encodeURIComponent(WORK)}/messages`);
    expect(response.status).toBe(403);
    expect(await errorOf(response)).toBe("您不在这个聊天里。");
    expect((await outsider.say(WORK, "我也说一句")).status).toBe(403);
    expect((await outsider.state()).chats.map((c) => c.id)).toEqual(["user:王晓梅", DUTY]);
  });

  test("in a private chat are seen by that person only", async () => {
    const { platform, bot } = await setup();
    await new Client(platform, "张志远").say("user:张志远", "/舆情 状态");
    expect(bot.messages()[0]?.chat).toEqual({ kind: "private", name: "张志远" });
    expect(bot.messages()[0]).not.toHaveProperty("mentioned");
    const other = await new Client(platform, "周敏").get(`chats/${encodeURIComponent("user:张志远")}/messages`);
    expect(other.status).toBe(403);
  });

  test("are taken in once, however often the window sends them", async () => {
    const { platform, bot } = await setup();
    const window = new Client(platform, "王晓梅");
    const clientKey = "k".repeat(16);
    const first = (await (await window.say(DUTY, "一次", { clientKey })).json()) as { message: { id: string } };
    const second = (await (await window.say(DUTY, "一次", { clientKey })).json()) as { message: { id: string } };
    expect(second.message.id).toBe(first.message.id);
    expect(bot.messages()).toHaveLength(1);
    // The same key of somebody else is another message.
    await new Client(platform, "周敏").say(DUTY, "另一条", { clientKey });
    expect(bot.messages()).toHaveLength(2);
  });

  test("stay exactly as typed, whatever they look like", async () => {
    const { platform } = await setup();
    const typed = '<img src=x onerror=alert(1)> **粗** <at id=all> =HYPERLINK("x") \u202e倒\u2066 https://a.example';
    await new Client(platform, "王晓梅").say(DUTY, typed);
    const response = await new Client(platform, "周敏").get(`chats/${encodeURIComponent(DUTY)}/messages`);
    expect(response.headers.get("Content-Type")).toContain("application/json");
    expect(((await response.json()) as { messages: { text: string }[] }).messages[0]?.text).toBe(typed);
  });

  test("may answer a message of the same chat only, and quote it", async () => {
    const { platform, bot } = await setup();
    const { messageId } = await platform.send(delivery({ to: { kind: "group", name: "工作群" } }));
    const window = new Client(platform, "孙浩");
    expect((await window.say(DUTY, "答错了群", { replyTo: messageId })).status).toBe(404);
    await window.say(WORK, "伤者3人", { replyTo: messageId });
    expect(bot.messages()[0]?.replyTo).toBe(messageId);
    expect((await window.chat(WORK))[1]?.replyTo).toEqual({ id: messageId, text: "【已受理】001" });
  });

  test("without content or from nobody are refused with a sentence", async () => {
    const { platform, bot } = await setup();
    const empty = await new Client(platform, "王晓梅").say(DUTY, " \n ");
    expect(empty.status).toBe(400);
    expect(await errorOf(empty)).toBe("请先输入内容。");
    expect((await new Client(platform, "无名氏").say(DUTY, "你好")).status).toBe(403);
    expect(bot.events).toEqual([]);
  });

  test("can be recalled by their sender, and their text is gone", async () => {
    const { platform, bot } = await setup();
    const window = new Client(platform, "王晓梅");
    await window.say(DUTY, "发错了");
    const [sent] = await window.chat(DUTY);
    expect((await new Client(platform, "周敏").post(`messages/${sent?.id}/recall`, {})).status).toBe(403);
    expect((await window.post(`messages/${sent?.id}/recall`, {})).status).toBe(200);
    await window.post(`messages/${sent?.id}/recall`, {});
    expect(bot.events.filter((e) => e.type === "recall")).toMatchObject([{ messageId: sent?.id, from: "王晓梅" }]);
    const [after] = await window.chat(DUTY);
    expect(after).toMatchObject({ state: "recalled" });
    expect(after).not.toHaveProperty("text");
  });

  test("are answered to the sender when the bot fails, and the failure is reported", async () => {
    const failures: unknown[] = [];
    const { platform, bot } = await setup({ report: (error) => failures.push(error) });
    bot.answer = () => {
      throw new Error("SQLITE_BUSY: secret detail");
    };
    const response = await new Client(platform, "王晓梅").say(DUTY, "上报");
    expect(await response.json()).toMatchObject({
      toast: { tone: "warning", text: expect.stringContaining("补处理") },
    });
    expect(failures).toHaveLength(1);
  });
});

describe("presses", () => {
  test("carry the values of the button and the form, and the answer goes to the presser", async () => {
    const { platform, bot } = await setup();
    const { messageId } = await platform.send(delivery({ card: reportCard() }));
    bot.answer = () => ({ text: "已研判", tone: "ok" });
    const values = { 编号: "20261120-001", 理由: "多人受伤" };
    const press = { pressKey: "p".repeat(16), action: "研判", values };
    const response = await new Client(platform, "周敏").post(`messages/${messageId}/press`, press);
    expect(await response.json()).toEqual({ toast: { text: "已研判", tone: "ok" } });
    expect(bot.events).toMatchObject([
      { type: "press", messageId, action: "研判", values, from: "周敏", chat: { kind: "group", name: "值班群" } },
    ]);
  });

  test("repeated by a window carry the same id", async () => {
    const { platform, bot } = await setup();
    const { messageId } = await platform.send(delivery({ card: reportCard() }));
    const press = { pressKey: "p".repeat(16), action: "签收", values: {} };
    for (const name of ["周敏", "周敏", "孙浩"])
      await new Client(platform, name).post(`messages/${messageId}/press`, press);
    const ids = bot.events.map((e) => (e as PressEvent).id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test("on what a person cannot see, or on what has no buttons, find nothing", async () => {
    const { platform } = await setup();
    const { messageId } = await platform.send(delivery({ to: { kind: "user", name: "张志远" } }));
    const press = { pressKey: "p".repeat(16), action: "已知悉", values: {} };
    expect((await new Client(platform, "周敏").post(`messages/${messageId}/press`, press)).status).toBe(404);
    const window = new Client(platform, "周敏");
    await window.say(DUTY, "没有按钮");
    const [own] = await window.chat(DUTY);
    expect((await window.post(`messages/${own?.id}/press`, press)).status).toBe(404);
  });
});

describe("reading", () => {
  test("is told to the bot for its own messages, once", async () => {
    const { platform, bot } = await setup();
    const { messageId } = await platform.send(delivery());
    await new Client(platform, "王晓梅").say(DUTY, "收到");
    const reader = new Client(platform, "周敏");
    expect((await reader.state()).chats.find((c) => c.id === DUTY)?.unread).toBe(2);
    const seq = (await reader.chat(DUTY)).at(-1)?.seq ?? 0;
    await reader.read(DUTY, seq);
    await reader.read(DUTY, seq);
    await reader.read(DUTY, seq - 1);
    const reads = bot.events.filter((e): e is ReadEvent => e.type === "read");
    expect(reads).toEqual([{ type: "read", at: START, from: "周敏", messageIds: [messageId] }]);
    const chat = (await reader.state()).chats.find((c) => c.id === DUTY);
    expect(chat).toMatchObject({ unread: 0, marks: { 周敏: seq } });
  });

  test("of what has not been sent yet marks only what has", async () => {
    const { platform } = await setup();
    await platform.send(delivery());
    const reader = new Client(platform, "周敏");
    await reader.read(DUTY, 1_000_000);
    await platform.send(delivery());
    expect((await reader.state()).chats.find((c) => c.id === DUTY)?.unread).toBe(1);
  });

  test("shows an unread mention, and own messages never count", async () => {
    const { platform } = await setup();
    await platform.send(delivery({ mentions: ["孙浩"] }));
    const mentioned = new Client(platform, "孙浩");
    expect((await mentioned.state()).chats.find((c) => c.id === DUTY)).toMatchObject({ unread: 1, mentioned: true });
    const writer = new Client(platform, "王晓梅");
    await writer.read(DUTY, 1);
    await writer.say(DUTY, "我自己说的");
    expect((await writer.state()).chats.find((c) => c.id === DUTY)).toMatchObject({ unread: 0, mentioned: false });
  });
});

describe("the history file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "huiying-local-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("survives a restart and holds nothing that was withheld, masked or recalled", async () => {
    const file = join(folder, "chat.sqlite");
    const before = await setup({ file });
    const window = new Client(before.platform, "王晓梅");
    await window.say(DUTY, "绝密内容甲乙丙");
    await window.say(DUTY, "电话 13812345678");
    // Long enough to fill pages of its own, which are then free.
    await window.say(DUTY, "这句话要撤回".repeat(1_000));
    await window.post(`messages/${(await window.chat(DUTY))[2]?.id}/recall`, {});
    await before.platform.stop();

    const bytes = readFileSync(file);
    for (const secret of ["甲乙丙", "13812345678", "这句话要撤回"]) expect(bytes.includes(secret)).toBe(false);
    const after = await setup({ file });
    const texts = (await new Client(after.platform, "周敏").chat(DUTY)).map((m) => m.card?.title ?? m.text ?? m.state);
    expect(texts).toEqual(["(内容未接收)", "电话 [手机号]", "recalled"]);
    expect(after.bot.events).toEqual([]);
    await after.platform.stop();
  });

  test("hands out again what the bot had not finished when the process ended", async () => {
    const file = join(folder, "chat.sqlite");
    const before = await setup({ file });
    before.bot.answer = () => {
      throw new Error("the process is going down");
    };
    await new Client(before.platform, "王晓梅").say(DUTY, "上报 13812345678");
    const first = before.bot.messages()[0];
    await before.platform.stop();
    const after = await setup({ file });
    expect(after.bot.messages()).toMatchObject([
      { id: first?.id, at: first?.at, text: "上报 [手机号]", from: "王晓梅" },
    ]);
    await after.platform.stop();
    const later = await setup({ file });
    expect(later.bot.events).toEqual([]);
    await later.platform.stop();
  });

  test("takes nothing while the bot is not running", async () => {
    const { platform, clock } = await setup();
    clock.pass(MINUTE);
    const window = new Client(platform, "王晓梅");
    await platform.stop();
    expect((await window.say(DUTY, "有人吗")).status).toBe(503);
  });
});
