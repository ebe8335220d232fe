import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, DUTY_GROUP, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import { at, span } from "../support/time.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const LATE = /补收:这条消息发送于 (.*?)前。/;

/** Written at this time, and delivered now. */
const sent = (time: string, text: string, how: Parameters<Chat["says"]>[2] = {}) =>
  chat.says("王晓梅", text, { ...how, at: at(time) });

describe("a message that waited while the bot was down", () => {
  test("is taken like any other, and its sender is told how long it waited", async () => {
    await sent("11-20 08:48", `/舆情 上报 ${REPORTS.water}`);
    expect(await chat.count()).toBe(1);
    expect(LATE.exec(chat.answer())?.[1]).toBe("12分钟");
  });

  test("is taken however old it is", async () => {
    await sent("11-18 06:30", `/舆情 上报 ${REPORTS.water}`);
    expect(await chat.count()).toBe(1);
    expect(LATE.exec(chat.answer())?.[1]).toBe("50小时30分钟");
  });

  test("says so in every kind of answer", async () => {
    await sent("11-20 08:40", "/舆情 列表");
    expect(chat.answer()).toMatch(LATE);
    await sent("11-20 08:40", "/舆情 办结 001");
    expect(chat.answer()).toMatch(LATE);
    await sent("11-20 08:40", "【机密】某方案");
    expect(chat.answer()).toMatch(LATE);
    await sent("11-20 08:40", "幸福里小区停水两天，网友不满，抖音播放12万", { in: "dm" });
    expect(textOf(chat.lastFor("王晓梅"))).toMatch(/要登记吗[\s\S]*补收/);
  });

  test("says so beside what else is said at the foot", async () => {
    await sent("11-20 08:40", `/舆情 上报 ${REPORTS.water}，请把发帖人的身份查出来`);
    expect(chat.answer()).toMatch(LATE);
  });
});

test("a message within five minutes is on time", async () => {
  await sent("11-20 08:55", "/舆情 列表");
  expect(chat.answer()).not.toMatch(LATE);
});

test("the case's own card and other people's messages say nothing of it", async () => {
  await sent("11-20 08:30", `/舆情 上报 ${REPORTS.crash}`);
  await chat.passes("1m");
  const others = chat.platform.posts.filter((p) => p.to.name !== DUTY_GROUP);
  expect(others.length).toBeGreaterThan(0);
  for (const post of others) expect(JSON.stringify(post.card)).not.toContain("补收");
});

test("how late counts as late is the office's choice", async () => {
  const other = await openChat({ setup: { office: { params: { lateAfterMinutes: 30 } } } });
  await other.says("王晓梅", "/舆情 列表", { at: other.clock.now() - span("20m") });
  expect(other.answer()).not.toMatch(LATE);
  await other.close();
});
