import { afterEach, describe, expect, test } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import { CHATTER, CHATTER_IN_REPLY, FACTS_IN_REPLY } from "./corpus/chatter.ts";

let chat: Chat;
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

/** What of these messages the bot answered or stored. */
async function takenUp(who: string, texts: readonly string[], how: { reply: boolean }): Promise<string[]> {
  const card = how.reply ? chat.lastIn() : undefined;
  const taken: string[] = [];
  for (const [i, text] of texts.entries()) {
    const posts = chat.platform.posts.length;
    await chat.says(who, text, { event: `talk-${i}`, to: card });
    const isStored = (await chat.store.inboxOutcome(`talk-${i}`)) !== undefined;
    if (isStored || chat.platform.posts.length > posts) taken.push(text);
  }
  return taken;
}

describe(`${CHATTER.length} messages of a group that are none of the bot's business`, () => {
  test("are neither answered nor stored", async () => {
    chat = await openChat();
    expect(await takenUp("王晓梅", CHATTER, { reply: false })).toEqual([]);
  });
  test("nor when the sender has an open case in the group", async () => {
    chat = await openChat();
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    expect(await takenUp("王晓梅", CHATTER, { reply: false })).toEqual([]);
    expect((await chat.case()).version).toBe(1);
  });
  test("nor from somebody who is in no roster", async () => {
    chat = await openChat();
    for (const text of CHATTER) await chat.says("路人甲", text, { known: false });
    expect(chat.platform.posts).toEqual([]);
  });
});

describe("in reply to the card of a case", () => {
  test("talk is left alone, changes nothing and stops nothing", async () => {
    chat = await openChat();
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    const before = await chat.case();
    expect(await takenUp("马超群", CHATTER_IN_REPLY, { reply: true })).toEqual([]);
    expect(await chat.case()).toEqual(before);
  });
  test.each(FACTS_IN_REPLY)("a fact is kept and said to be kept: %s", async (text) => {
    chat = await openChat();
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.says("王晓梅", text, { to: chat.lastIn() });
    expect(chat.answer()).toMatch(/已(补充|更正) 20261120-001/);
    expect((await chat.case()).version).toBeGreaterThan(1);
    expect((await chat.case()).clocks.filter((k) => k.stoppedAt !== undefined)).toEqual([]);
  });
});

describe("what begins like a report", () => {
  test.each([
    "【舆情上报】",
    "【舆情】",
    "【网络舆情】",
    "【涉教舆情】",
    "【突发舆情】",
    "🚨【舆情快报】",
    "舆情快报：",
    "舆情线索：",
    "舆情预警|",
    "【輿情上報】",
    "【舆情专报】",
    "上报舆情：",
    "上报一条舆情：",
    "值班快报：",
    "网情快报：",
  ])("%s is offered with one button, and numbered when nobody answers", async (head) => {
    chat = await openChat();
    await chat.says("王晓梅", `${head.replace("|", "\n")}${REPORTS.water}`);
    expect(chat.answer()).toMatch(/像是舆情报送,要登记吗/);
    await chat.passes("10m");
    expect(await chat.count()).toBe(1);
  });
  test("a filled-in form is, too", async () => {
    chat = await openChat();
    await chat.says("王晓梅", "来源平台：抖音\n发现时间：今天8:30\n涉事单位：县水务局\n情况摘要：幸福里小区停水");
    expect(chat.answer()).toMatch(/要登记吗/);
  });
});

describe("said to the bot alone", () => {
  test.each(["收到", "谢谢", "好的👌", "辛苦了"])("%s is answered by nothing", async (text) => {
    chat = await openChat();
    await chat.says("王晓梅", text, { in: "dm" });
    expect(chat.platform.posts).toEqual([]);
  });
  test("what is not understood is answered with what can be said", async () => {
    chat = await openChat();
    await chat.says("王晓梅", "随便说说", { in: "dm" });
    const card = chat.lastFor("王晓梅")?.card;
    expect(card?.title).toBe("没看懂这句话");
    expect(card?.buttons.map((b) => b.label)).toEqual(["我的案件", "能办什么"]);
  });
});
