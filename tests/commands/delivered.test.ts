import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DeliveryError } from "#core/ports.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors.filter((e) => !(e instanceof DeliveryError))).toEqual([]);
  await chat.close();
});

async function graveCase(): Promise<void> {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
  await chat.presses("周敏", "转办");
}
const answer = async (who: string, text: string, where = "dm"): Promise<string> => {
  await chat.says(who, text, { in: where });
  return textOf(where === "dm" ? chat.lastFor(who) : chat.lastIn(where));
};

describe("送达", () => {
  test("says of every message to whom it went and what became of it, the newest first", async () => {
    chat.platform.failsToReach("顾敏");
    await graveCase();
    const assigned = chat.toldTo("贺强").find((p) => p.card.title.includes("转办"));
    await chat.passes("4m");
    await chat.presses("贺强", "签收", {}, assigned ? { on: assigned } : {});
    const assignment = await answer("周敏", "/舆情 送达 001");
    expect(assignment).toMatch(/^送达情况 20261120-001/);
    expect(assignment.indexOf("【转办】")).toBeLessThan(assignment.indexOf("【已受理】"));
    expect(assignment).toMatch(/贺强:? ?已签收 09:04/);
    expect(assignment).toMatch(/顾敏:? ?失败:顾敏 不在可用范围内/);
    await chat.until("11-20 09:51");
    const log = await answer("周敏", "/舆情 送达 001");
    expect(log).toMatch(/11月20日\(周五\)09:50 【请您关注】权威信息.*\n邵军:? ?已达 09:50 · 加急 应用内/);
  });

  test("names those who have read a message in a group", async () => {
    await graveCase();
    const card = chat.lastIn();
    await chat.store.write((tx) => tx.markRead([card?.id ?? ""], "贺强", chat.clock.now()));
    await chat.store.write((tx) => tx.markRead([card?.id ?? ""], "顾敏", chat.clock.now()));
    expect(await answer("周敏", "/舆情 送达 001")).toMatch(/群“青岩县舆情值班群”:? ?已读 2 人:贺强、顾敏/);
  });

  test("shows what waits for the morning, and what was not needed any more", async () => {
    await chat.close();
    chat = await openChat({ at: "11-20 23:00" });
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.presses("赵敏之", "研判", { 舆情: "IV", 单位: "青岩县水务局" });
    expect(await answer("赵敏之", "/舆情 送达 001")).toMatch(/【请确认】.*\n周敏:? ?07:30 发出/);
    await chat.presses("周敏", "确认");
    await chat.until("11-21 08:00");
    expect(await answer("赵敏之", "/舆情 送达 20261120-001")).toMatch(/罗文博:? ?未发,届时已不需要/);
  });

  test("comes five messages at a time, and from the card of the case with a press", async () => {
    await graveCase();
    await chat.until("11-20 18:00");
    await chat.says("周敏", "/舆情 状态 001", { in: "dm" });
    await chat.presses("周敏", "送达情况");
    const first = textOf(chat.lastFor("周敏"));
    expect(first).toMatch(/^送达情况 20261120-001\(1\/\d+\)/);
    await chat.presses("周敏", "下一页");
    const second = textOf(chat.lastFor("周敏"));
    expect(second).toMatch(/^送达情况 20261120-001\(2\/\d+\)/);
    expect(second.split("\n").at(-1)).not.toBe(first.split("\n").at(-1));
    expect(await answer("周敏", "/舆情 送达 001 页=99")).toMatch(/\((\d+)\/\1\)/);
  });

  test("tells a group that is not concerned nothing", async () => {
    await graveCase();
    const other = chat.office.roster.file.groups.find((g) => g.purpose !== "duty" && !g.units.includes("gaj"));
    expect(await answer("周敏", "/舆情 送达 001", other?.name ?? "")).toMatch(/详情请私信机器人查看/);
  });

  test("is for people of the roster", async () => {
    await graveCase();
    await chat.says("路人", "/舆情 送达 001", { known: false });
    expect(chat.answer()).not.toContain("送达情况");
  });
});
