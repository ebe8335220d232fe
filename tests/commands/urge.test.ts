import { afterEach, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";

let chat: Chat;
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});
const REPORT = "/舆情 上报 幸福里小区停水,物业没贴通知";

test("催办 at night before assignment reaches the officer on duty at once, and says who hears of it when", async () => {
  chat = await openChat({ at: "11-20 22:30" });
  await chat.says("王晓梅", REPORT);
  await chat.says("张志远", "/舆情 催办 001 一小时内给我结果", { in: "dm" });
  expect(textOf(chat.lastFor("张志远"))).toBe(
    "已催办 20261120-001\n已私信赵敏之。\n夜间不打扰周敏、罗文博,11月21日(周六)07:30 告知。",
  );
  expect(textOf(chat.lastFor("赵敏之"))).toMatch(/^【催办】20261120-001\n.*\n张志远催办:一小时内给我结果/);
  expect(chat.toldTo("周敏")).toEqual([]);
  await chat.until("11-21 07:30");
  expect(chat.toldTo("周敏").map(textOf).join()).toContain("张志远催办");
});

test("催办 by day names those whom it reached", async () => {
  chat = await openChat();
  await chat.says("王晓梅", REPORT);
  await chat.says("张志远", "/舆情 催办 001", { in: "dm" });
  expect(textOf(chat.lastFor("张志远"))).toBe("已催办 20261120-001\n已私信周敏、罗文博。");
});
