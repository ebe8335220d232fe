import { describe, expect, test } from "vitest";
import { receipts, sendsCard } from "../support/feishu-calls.ts";
import { DUTY_GROUP, type FeishuOffice } from "../support/feishu-office.ts";
import type { User } from "../support/feishu-server/model.ts";
import type { FeishuServer } from "../support/feishu-server/server.ts";
import { ACCIDENT, POTHOLE, soundOffices } from "../support/feishu-soundness.ts";

const open = soundOffices();

const everythingTo = (office: FeishuOffice, name: string): string =>
  office.toldTo(name).map((m) => office.text(m)).join("\n");

describe("a message that Feishu does not take", () => {
  test("as a card arrives as a text, with what to send instead of buttons", async () => {
    const office = await open();
    office.server.fault({ match: sendsCard, kind: "code", code: 230099, times: 1 });
    const id = await office.says("王晓梅", POTHOLE);
    expect(receipts(office).map((m) => [m.type, m.parentId])).toEqual([["text", id]]);
    expect(office.text(receipts(office)[0]?.id ?? "")).toContain("/舆情 ");
  });

  test("because somebody who is mentioned has left the group arrives without the mention", async () => {
    const office = await open();
    office.group().members.delete(office.user("周敏").openId);
    const id = await office.says("王晓梅", POTHOLE);
    expect(receipts(office).map((m) => [m.type, m.parentId])).toEqual([["interactive", id]]);
    expect(office.text(receipts(office)[0]?.id ?? "")).not.toContain("@周敏");
  });

  test("because of what it says is told to the administrator, without what it says", async () => {
    const office = await open();
    office.server.audit = (text) => (text.includes("路面塌陷") ? "sensitive" : undefined);
    await office.says("王晓梅", POTHOLE);
    expect(receipts(office)).toEqual([]);
    expect(everythingTo(office, "何伟")).toMatch(/20261120-001[\s\S]*未能送达[\s\S]*230022/);
  });
});

describe("somebody whom Feishu does not reach any more", () => {
  const losses: [string, number, (server: FeishuServer, user: User) => void][] = [
    ["resigned", 230029, (server, user) => server.resign(user)],
    ["was taken out of the scope of the app", 230013, (server, user) => server.leaveScope(user)],
    ["blocked the bot", 230053, (server, user) => server.blockBot(user)],
  ];
  test.each(losses)("because that person %s: the next one is told at once, the administrator too", async (_, code, lose) => {
    const office = await open();
    await office.says("王晓梅", ACCIDENT);
    lose(office.server, office.user("贺强"));
    await office.says("周敏", "/舆情 研判 #1 突发=II 舆情=II 单位=县公安局");
    await office.says("周敏", "/舆情 转办 #1");
    const next = office.newest("顾敏", (text) => text.includes("原应通知贺强"));
    expect(next.urgent.map((u) => u.kind)).toEqual(["app"]);
    expect(everythingTo(office, "何伟")).toContain(`飞书联系不到贺强`);
    expect(everythingTo(office, "何伟")).toContain(String(code));
    // From now on nobody tries in vain.
    const before = office.errors.length;
    await office.passes("30m");
    expect(office.errors.slice(before)).toEqual([]);
  });

  test("and who writes again is reached again", async () => {
    const office = await open();
    await office.says("王晓梅", ACCIDENT);
    office.server.blockBot(office.user("贺强"));
    await office.says("周敏", "/舆情 研判 #1 突发=II 舆情=II 单位=县公安局");
    await office.says("周敏", "/舆情 转办 #1");
    office.server.blockBot(office.user("贺强"), false);
    await office.says("贺强", "/舆情 我的", { in: "p2p" });
    expect(everythingTo(office, "贺强")).toContain("20261120-001");
  });
});

describe("a group", () => {
  test("from which the bot was taken out unnoticed is found out by the next message, and told", async () => {
    const office = await open();
    office.server.removeBot(office.group());
    await office.until("11-20 17:30");
    expect(everythingTo(office, "何伟")).toContain(`【群已失联】${DUTY_GROUP}`);
    await office.server.addsBot(office.user("何伟"), office.group());
    await office.settles();
    const id = await office.says("王晓梅", POTHOLE);
    expect(receipts(office).map((m) => m.parentId)).toEqual([id]);
  });

  test.each(["removesBot", "disbands"] as const)("that is gone (%s) is told of once, and private chats go on", async (how) => {
    const office = await open();
    await office.server[how](office.user("何伟"), office.group());
    await office.until("11-20 17:30");
    expect(everythingTo(office, "何伟").match(/【群已失联】/g)).toHaveLength(1);
    await office.says("王晓梅", POTHOLE, { in: "p2p" });
    expect(everythingTo(office, "王晓梅")).toContain("【已受理】");
  });

  test("in which only managers may speak is told of, and is used again once somebody writes there", async () => {
    const office = await open();
    office.server.mute(office.group());
    await office.says("王晓梅", POTHOLE);
    expect(receipts(office)).toEqual([]);
    expect(everythingTo(office, "何伟")).toContain("230035");
    office.server.mute(office.group(), false);
    const id = await office.says("王晓梅", "/舆情 状态 #1");
    expect(office.server.messages.filter((m) => m.parentId === id)).toHaveLength(1);
  });

  test("with outsiders is told so, once; nothing that is said there is read", async () => {
    const office = await open();
    const { server } = office;
    const group = server.addChat({ name: "和媒体朋友", external: true, members: [office.user("王晓梅")] });
    await server.addsBot(office.user("王晓梅"), group);
    await office.says("王晓梅", ACCIDENT, { in: group });
    await office.says("王晓梅", ACCIDENT, { in: group });
    const said = server.messages.filter((m) => m.chatId === group.chatId && m.sender.kind === "bot");
    expect(said.map((m) => office.text(m)).join()).toMatch(/^这是外部群/);
    expect(said).toHaveLength(1);
    expect(await office.store.countCases({})).toBe(0);
    expect(everythingTo(office, "何伟")).toContain("外部群“和媒体朋友”");
  });
});
