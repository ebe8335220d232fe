import { afterEach, beforeEach, expect, test } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

test.each([{}, { 结论: "不是" }])(
  "a question that was asked in a group is answered nowhere else: %o",
  async (answer) => {
    const asked = await chat.says("王晓梅", `【舆情上报】${REPORTS.water}`);
    await chat.sendsPress("孙浩", "上报", { 问题: asked, ...answer }, "dm");
    expect(chat.toast?.text).toContain("请在原来的群或私聊里回答");
    expect(await chat.count()).toBe(0);
    await chat.presses("周敏", "是，登记上报");
    expect(await chat.count()).toBe(1);
  },
);

test("a question that was asked in private is answered there", async () => {
  const asked = await chat.says("王晓梅", "https://v.douyin.com/iDEMO002/", { in: "dm" });
  await chat.sendsPress("孙浩", "上报", { 问题: asked }, "dm");
  expect(await chat.count()).toBe(0);
  await chat.sendsPress("王晓梅", "上报", { 问题: asked }, "dm");
  expect(await chat.count()).toBe(1);
});
