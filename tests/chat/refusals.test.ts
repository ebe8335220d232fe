import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import { MARKED, NOT_MARKED } from "./corpus/markings.ts";
import { MIXED, NEIGHBOURS, OTHER_DECLINED, PROFILING, TAKEDOWN } from "./corpus/refusals.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

describe("what the bot does not do", () => {
  test("is refused in private, with the lawful way and a button; no case is opened", async () => {
    for (const text of [...PROFILING, ...TAKEDOWN, ...OTHER_DECLINED]) {
      await chat.says("周敏", text, { in: "dm" });
      const post = chat.lastFor("周敏");
      expect(textOf(post), text).toMatch(/^这件事机器人不办理\n.*(可选:|请|移交)/);
      expect(post?.card.buttons.length).toBeGreaterThan(0);
    }
    expect(await chat.count()).toBe(0);
  });
  test("is refused behind the slash, when the bot is mentioned, and in reply to a card", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    const card = chat.lastIn();
    await chat.says("周敏", "/舆情 帮我查一下发帖人是谁");
    expect(chat.answer()).toMatch(/不提供对个人的身份查询/);
    await chat.says("周敏", "@回应 把这个帖子删了", { mentioned: true });
    expect(chat.answer()).toMatch(/不办理删帖/);
    await chat.says("周敏", "查查是谁发的", { to: card });
    expect(chat.answer()).toMatch(/不提供对个人的身份查询/);
    expect((await chat.case()).version).toBe(1);
  });
  test("said among colleagues is none of the bot's business", async () => {
    for (const text of [...PROFILING, ...TAKEDOWN]) await chat.says("周敏", text);
    expect(chat.platform.posts).toEqual([]);
  });
  test("its neighbours are never refused", async () => {
    for (const text of NEIGHBOURS) {
      await chat.says("周敏", text, { in: "dm" });
      expect(textOf(chat.lastFor("周敏")), text).not.toMatch(/机器人不办理/);
    }
  });
});

describe("a report that also asks for it", () => {
  test.each(MIXED)("%s: is taken, and the answer says what is not done", async (text) => {
    await chat.says("周敏", text, { in: "dm" });
    expect(textOf(chat.lastFor("周敏"))).toMatch(/要登记吗[\s\S]*(不办理删帖|不提供对个人|不对外发布)/);
    await chat.passes("10m");
    expect(await chat.count()).toBe(1);
  });
  test("behind 上报 it is numbered at once", async () => {
    await chat.says("王晓梅", "/舆情 上报 昨晚城关镇路灯全灭，请协调抖音把视频删了");
    expect(chat.answer()).toMatch(/已受理[\s\S]*机器人不办理删帖/);
  });
  test("in reply to a card the fact is kept", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.says("王晓梅", "现场已恢复供水，帮我查查发帖人是谁", { to: chat.lastIn() });
    expect(chat.answer()).toMatch(/已补充[\s\S]*不提供对个人的身份查询/);
  });
});

describe("a secrecy marking", () => {
  const everything = async (): Promise<string> => {
    const cases = await chat.store.cases({ limit: 50 });
    const histories = await Promise.all(cases.map((c) => chat.store.history(c.id)));
    return JSON.stringify([cases, histories, chat.platform.posts]);
  };
  test(`in any of ${MARKED.length} shapes: nothing is kept or echoed, said into the group or behind a command`, async () => {
    for (const [i, text] of MARKED.entries()) {
      await chat.says("王晓梅", text, { event: `s${i}` });
      expect(await chat.store.inboxOutcome(`s${i}`), text).toBe("withheld");
      await chat.says("王晓梅", `/舆情 上报 ${text}`, { event: `c${i}` });
      expect(await chat.store.inboxOutcome(`c${i}`), text).toBe("withheld");
    }
    expect(await chat.count()).toBe(0);
    expect(await everything()).not.toMatch(/驻地/);
    expect(chat.lastIn()?.card.buttons.map((b) => b.label)).toEqual(["登记无内容编号"]);
  });
  test.each(NOT_MARKED)("is not what this has; it is taken: %s", async (text) => {
    await chat.says("王晓梅", `/舆情 上报 ${text}`);
    expect(await chat.count()).toBe(1);
  });
});

test("a unit that is one slip away from one of the roster is asked back, in 研判 and in 转办", async () => {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.says("周敏", "/舆情 研判 001 突发=无 舆情=IV 单位=水利局");
  expect(chat.answer()).toContain("通讯录里没有“水利局”,是不是县水务局?");
  expect((await chat.case()).triage).toBeUndefined();
  await chat.says("周敏", "/舆情 研判 001 突发=无 舆情=IV 单位=县一中");
  expect((await chat.case()).triage?.units).toEqual(["县一中"]);
  await chat.says("周敏", "/舆情 转办 001 单位=县教育居");
  expect(chat.answer()).toContain("是不是县教育局?");
});
