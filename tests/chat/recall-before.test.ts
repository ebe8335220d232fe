import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

describe("a message that was taken back before it was handled", () => {
  test("is not numbered when it comes after its recall, also after a restart", async () => {
    await chat.recalls("王晓梅", "msg-a");
    await chat.isDownFor("1m");
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`, { event: "a" });
    expect(await chat.count()).toBe(0);
    expect(chat.platform.posts).toEqual([]);
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`, { event: "b" });
    expect(await chat.count()).toBe(1);
  });

  test("is not numbered when it was still asked whether it is a report", async () => {
    const messageId = await chat.says("王晓梅", "幸福里小区停水两天，网友不满，抖音播放12万", { in: "dm" });
    expect(textOf(chat.lastFor("王晓梅"))).toContain("要登记吗");
    await chat.recalls("王晓梅", messageId);
    await chat.passes("20m");
    expect(await chat.count()).toBe(0);
  });
});

test("what is remembered of a recall is the message's id, and neither who nor what", async () => {
  await chat.recalls("王晓梅", "msg-a");
  expect(await chat.store.isRecalled("msg-a")).toBe(true);
  expect(await chat.store.received("msg-a")).toBeUndefined();
});

test("a numbered report that is taken back keeps its number; the answer names who reported it", async () => {
  const messageId = await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.recalls("", messageId);
  expect(await chat.count()).toBe(1);
  expect(chat.answer()).toContain("王晓梅撤回了原消息");
});

test("a recall that is delivered twice is told once", async () => {
  const messageId = await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.recalls("王晓梅", messageId, "r1");
  const posts = chat.platform.posts.length;
  await chat.recalls("王晓梅", messageId, "r1");
  expect(chat.platform.posts).toHaveLength(posts);
});
