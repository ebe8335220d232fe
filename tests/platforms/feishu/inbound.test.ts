import { beforeEach, describe, expect, test } from "vitest";
import { instantOf } from "#src/platforms/feishu/inbound/events.ts";
import type { Chat, User } from "../../support/feishu-server/model.ts";
import type { FeishuServer } from "../../support/feishu-server/server.ts";
import { at } from "../../support/time.ts";
import { DUTY_GROUP, dutyRoom, expectNothingReported, type Room } from "./inbound-fixture.ts";

let room: Room;
let server: FeishuServer;
let xiaomei: User;
let admin: User;
let group: Chat;
beforeEach(async () => {
  ({ room, server, xiaomei, admin, group } = await dutyRoom());
});

const WATER = "/舆情 上报 昨天中午开始幸福里小区停水，网友质疑县水务局不作为";

describe("a text message", () => {
  test("in a group is a report of the person with this telephone number", async () => {
    const { messageId, ack } = await server.says(xiaomei, group, WATER);
    expect(ack.code).toBe(200);
    expect(room.messages).toMatchObject([
      {
        id: messageId,
        messageId,
        at: at("11-20 09:00"),
        from: "王晓梅",
        known: true,
        chat: { kind: "group", name: DUTY_GROUP },
        text: WATER,
      },
    ]);
    await room.settles();
    expect(room.told(DUTY_GROUP)).toContain("停水");
    expectNothingReported(room);
  });

  test("in private is known by its person, not by the name of a chat", async () => {
    await server.says(xiaomei, "p2p", "/舆情 我的");
    expect(room.messages).toMatchObject([{ from: "王晓梅", chat: { kind: "private", name: "王晓梅" } }]);
    await room.settles();
    expect(room.told("王晓梅")).not.toBe("");
  });

  test("is handled once, however often and in whatever events it is delivered", async () => {
    const said = await server.says(xiaomei, group, WATER);
    await server.redeliver(said.eventId);
    await server.says(xiaomei, group, WATER, { messageId: said.messageId });
    await room.settles();
    expect(await room.store.countCases({})).toBe(1);
  });

  test("answers the message that it quotes", async () => {
    const first = await server.says(xiaomei, group, "早上好");
    await server.says(xiaomei, group, "同好", { replyTo: first.messageId });
    expect(room.messages[1]?.replyTo).toBe(first.messageId);
  });

  test("of an application is none of ours", async () => {
    const { messageId } = await server.says(xiaomei, group, "早");
    const message = { message_id: `${messageId}b`, chat_id: group.chatId, chat_type: "group", create_time: "1" };
    await server.push("im.message.receive_v1", {
      sender: { sender_id: { open_id: xiaomei.openId }, sender_type: "app" },
      message: { ...message, message_type: "text", content: JSON.stringify({ text: WATER }) },
    });
    expect(room.messages).toHaveLength(1);
  });
});

describe("mentions", () => {
  test("of somebody whose name looks like a command or a field say a name, and nothing else", async () => {
    const { room, server, xiaomei, group } = await dutyRoom();
    const names = ["张三/舆情签收 20261120-001", "李四；结论=属实", "王五\n/舆情 误报", "@所有人"];
    for (const name of names) {
      const hostile = server.addUser({ name });
      group.members.add(hostile.openId);
      await server.says(xiaomei, group, "请看一下", { mention: hostile });
      expect(room.messages.at(-1)?.text).toMatch(/^@[\p{L}\p{N}]+ 请看一下$/u);
    }
    await room.settles();
    expect(await room.store.countCases({})).toBe(0);
    expect(room.posts).toHaveLength(
      room.posts.filter((p) => p.card.title.includes("登记") || p.card.title.includes("进群")).length,
    );
  });

  test("of the bot are taken out, and note that it was spoken to", async () => {
    await server.says(xiaomei, group, "舆情 我的", { mention: "bot" });
    expect(room.messages[0]).toMatchObject({ text: "舆情 我的", mentioned: true });
    expect(room.messages[0]?.accounts).toBeUndefined();
  });

  test("of people become their names, with accounts; place 1 is not the beginning of place 10", async () => {
    const many = Array.from("甲乙丙丁戊己庚辛壬癸子", (name) => server.addUser({ name: `${name}某` }));
    for (const user of many) group.members.add(user.openId);
    await server.says(xiaomei, group, "叫一下", { mention: many });
    const { text, accounts } = room.messages[0] ?? {};
    for (const { name } of many) expect(text).toContain(`@${name}`);
    expect(text).not.toMatch(/@_user|\d/);
    expect(accounts?.map((a) => a.account)).toEqual(many.map((u) => u.openId));
  });

  test("of everybody are words", async () => {
    await server.says(xiaomei, group, "请看", { mention: "all" });
    expect(room.messages[0]?.text).toContain("@所有人");
    expect(room.messages[0]?.mentioned).toBeUndefined();
  });
});

describe("an event in another shape", () => {
  test("is acknowledged, and reported without what it says", async () => {
    const ack = await server.push("im.message.receive_v1", {
      sender: "张某的秘密",
      message: { content: "张某的秘密" },
    });
    expect(ack.code).toBe(200);
    expect(room.reports).toHaveLength(1);
    expect(String(room.reports[0])).toContain("im.message.receive_v1");
    expect(String(room.reports[0])).not.toContain("张某");
  });

  test("with an id that would reach another address is refused", async () => {
    const message = { message_id: "../../x", chat_id: group.chatId, chat_type: "group", create_time: "1" };
    await server.push("im.message.receive_v1", {
      sender: { sender_id: { open_id: xiaomei.openId }, sender_type: "user" },
      message: { ...message, message_type: "text", content: JSON.stringify({ text: WATER }) },
    });
    expect(room.messages).toEqual([]);
  });

  test("that cannot be stored is not acknowledged, and is handled when it comes again", async () => {
    let broken = true;
    const {
      room: other,
      server: s,
      xiaomei: x,
      group: g,
    } = await dutyRoom({
      between: (event, next) => (broken ? Promise.reject(new Error("disk full")) : next(event)),
    });
    const said = await s.says(x, g, WATER);
    expect(said.ack.code).toBe(500);
    broken = false;
    await s.redeliver(said.eventId);
    expect(await other.store.countCases({})).toBe(1);
  });
});

test.each([
  ["1763600400", 1_763_600_400_000],
  ["1763600400123", 1_763_600_400_123],
  ["1763600400123456", 1_763_600_400_123],
  ["9999999999999", 1_800_000_000_000],
  ["yesterday", 1_800_000_000_000],
  [undefined, 1_800_000_000_000],
])("a time of the platform: %s", (written, instant) => {
  expect(instantOf(written, 1_800_000_000_000)).toBe(instant);
});

describe("other things people do", () => {
  test("reading and reacting prove contact", async () => {
    const sent = await room.api.send({
      to: { type: "open_id", id: xiaomei.openId },
      msgType: "text",
      content: '{"text":"在吗"}',
      uuid: "1",
    });
    await server.reads(xiaomei, sent.messageId);
    await server.reacts(xiaomei, sent.messageId, "OK");
    const read = { type: "read", from: "王晓梅", messageIds: [sent.messageId], at: at("11-20 09:00") };
    expect(room.events).toEqual([read, read]);
  });

  test("an entry of the menu says its line, once for each press; an unknown one asks for help", async () => {
    await server.menu(xiaomei, "mine");
    await server.menu(xiaomei, "something-new");
    expect(room.messages.map((m) => m.text)).toEqual(["/舆情 我的", "/舆情 帮助"]);
    expect(new Set(room.messages.map((m) => m.id)).size).toBe(2);
    await room.settles();
    expect(room.toldTo("王晓梅")).toHaveLength(2);
  });

  test("whoever opens the chat with the bot is greeted the first time", async () => {
    await server.entersP2p(xiaomei);
    await server.entersP2p(xiaomei);
    await room.settles();
    expect(room.toldTo("王晓梅")).toHaveLength(1);
    expect(room.told("王晓梅")).toContain("上报");
  });

  test("somebody who leaves a group has not left the office", async () => {
    await server.leaves(xiaomei, group);
    expect(room.directory.reaches({ kind: "user", name: "王晓梅" })).toBe(true);
    expect(room.news.filter((n) => n.type === "finding")).toEqual([]);
  });

  test("a recall is told of the message", async () => {
    const { messageId } = await server.says(admin, group, "早");
    await server.recalls(admin, messageId);
    expect(room.events.at(-1)).toMatchObject({ type: "recall", messageId, chat: { kind: "group", name: DUTY_GROUP } });
  });
});
