import { afterEach, beforeEach, expect, test } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县水务局" });
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

/** Labels of the buttons on the card that came with the answer to the press. */
const buttons = (): string[] | undefined => chat.toast?.card?.buttons.map((b) => b.label);

test("a press on the case's own card in the group brings the card as everybody sees it now", async () => {
  expect(chat.toast?.card?.title).toContain("已研判");
  expect(chat.toast?.card).toEqual(chat.lastIn()?.card);
});

test("a press in a private chat brings the card with the buttons that this person may press", async () => {
  await chat.presses("周敏", "转办");
  await chat.presses("马超群", "签收");
  expect(chat.toast?.card?.title).toContain("处置中");
  expect(buttons()).not.toContain("转办");
  expect(chat.toast?.card).toEqual(chat.lastFor("马超群")?.card);
});

test("a press on another message of the group leaves it as it is", async () => {
  await chat.says("周敏", "/舆情 状态 001");
  const other = chat.platform.posts.at(-1);
  if (!other) throw new Error("nothing was said");
  expect(await chat.presses("周敏", "转办", {}, { on: other })).toContain("已转办");
  expect(chat.toast?.card).toBeUndefined();
});

test("a refused press brings no card", async () => {
  await chat.presses("王晓梅", "转办");
  expect(chat.toast?.tone).toBe("warning");
  expect(chat.toast?.card).toBeUndefined();
});
