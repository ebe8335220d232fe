import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import type { Post } from "../support/fake-platform.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

/** The card as it was on the screen before others acted: edits do not reach it. */
const screenshot = (post: Post | undefined): Post => {
  if (!post) throw new Error("no card");
  return structuredClone(post);
};

async function assign(): Promise<void> {
  await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县水务局" });
  await chat.presses("周敏", "转办");
}

describe("a button on an old card", () => {
  test("pressed twice says who was first, and when", async () => {
    await assign();
    const on = screenshot(chat.lastFor("马超群"));
    await chat.presses("马超群", "签收", {}, { on });
    await chat.passes("5m");
    expect(await chat.presses("姚倩", "签收", {}, { on })).toMatch(/已于 11月20日\(周五\)09:00 由马超群签收/);
  });

  test("研判 after somebody else decided", async () => {
    const on = screenshot(chat.lastIn());
    await chat.presses("罗文博", "研判", { 舆情: "III" }, { on });
    expect(await chat.presses("周敏", "研判", { 舆情: "I" }, { on })).toMatch(/已于 .* 由罗文博研判/);
    expect((await chat.case()).triage?.opinionLevel).toBe("III");
  });

  test("of a unit from which the case was taken away: who has it now, and what happened since", async () => {
    await assign();
    const on = screenshot(chat.lastFor("马超群"));
    await chat.says("周敏", "/舆情 转办 单位=县住建局");
    const answer = await chat.presses("马超群", "签收", {}, { on });
    expect(answer).toMatch(/联络员.*住房和城乡建设局.*周敏 11月20日\(周五\)09:00 转办/);
  });

  test("of a case that has ended", async () => {
    const on = screenshot(chat.lastIn());
    await chat.says("王晓梅", "/舆情 误报 001 理由=外省视频");
    await chat.presses("周敏", "确认");
    expect(await chat.presses("罗文博", "研判", { 舆情: "III" }, { on })).toMatch(/已于 .*由周敏误报,不能再研判/);
  });

  test("确认 of what was confirmed already", async () => {
    await chat.says("王晓梅", "/舆情 误报 001 理由=外省视频");
    const on = screenshot(chat.lastFor("罗文博"));
    await chat.presses("周敏", "确认");
    expect(await chat.presses("罗文博", "确认", {}, { on })).toMatch(/已于 .*由周敏误报|已经办过/);
  });
});

describe("a press", () => {
  test("is answered to the one who pressed; the card in the group follows", async () => {
    const posts = chat.platform.posts.length;
    expect(await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县水务局" })).toBe("已研判");
    expect(chat.platform.posts).toHaveLength(posts);
    expect(chat.answer()).toMatch(/【已研判】/);
  });
  test("with a bad field names every bad field and what it takes", async () => {
    const answer = await chat.presses("周敏", "研判", { 突发: "很大", 舆情: "X", 涉事地: "月球" });
    expect(answer).toMatch(/突发=很大 看不懂,可填:I、II、III、IV、无、待定/);
    expect(answer).toMatch(/舆情=X 看不懂/);
    expect(answer).toMatch(/月球/);
  });
});
