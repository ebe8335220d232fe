import { afterEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import type { Post } from "../support/fake-platform.ts";

let chat: Chat;
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

/** Level II, known from 06:20, so 11:20; decided, assigned and signed at nine. */
async function emergency(): Promise<void> {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
  await chat.presses("周敏", "转办");
  await chat.presses("贺强", "签收");
}

const since = (n: number, name: string): Post[] => chat.toldTo(name).filter((p) => chat.platform.posts.indexOf(p) >= n);

describe("after the bot was down", () => {
  test("each person gets one message per case that says how late it is, and no backlog", async () => {
    chat = await openChat();
    await emergency();
    await chat.passes("5m");
    const before = chat.platform.posts.length;
    // Over 11:20, 11:50, 13:20 and the hourly repeats behind them.
    await chat.isDownFor("7h10m");
    for (const name of ["贺强", "邵军", "武振国", "刘建华", "张志远", "陈静"]) {
      const posts = since(before, name).filter((p) => p.kind !== "digest");
      expect(posts, name).toHaveLength(1);
      expect(textOf(posts[0]), name).toMatch(
        /迟到提醒[\s\S]*停机,本应于[\s\S]*11:[25]0[\s\S]*权威信息.*已逾期 4小时55分/,
      );
    }
    const late = await chat.store.deliveries((await chat.case()).id);
    expect(late.filter((m) => m.stage === "late").every((m) => m.kind === "notice" && (m.lateBy ?? 0) > 60)).toBe(true);
  });

  test("however many cases and stages were missed", async () => {
    chat = await openChat();
    for (let i = 0; i < 60; i++) await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash} 第${i}起`);
    await chat.passes("1m");
    const before = chat.platform.posts.length;
    await chat.isDownFor("9h");
    for (const name of ["邵军", "罗文博", "张志远"]) {
      const cases = since(before, name).map((p) => /20261120-\d{3}/.exec(textOf(p))?.[0]);
      expect(cases.filter(Boolean).length, name).toBe(60);
      expect(new Set(cases.filter(Boolean)).size, name).toBe(60);
    }
  });

  test("what was being held back for somebody says so too", async () => {
    chat = await openChat({ at: "11-20 09:30" });
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县水务局" });
    await chat.presses("周敏", "转办");
    await chat.presses("马超群", "签收");
    await chat.until("11-22 07:00");
    await chat.isDownFor("1h");
    const posts = chat.toldTo("沈立");
    expect(posts).toHaveLength(1);
    expect(textOf(posts[0])).toMatch(/迟到提醒[\s\S]*07:30/);
  });

  test("of a few minutes nobody is told anything special", async () => {
    chat = await openChat();
    await emergency();
    await chat.until("11-20 09:49");
    await chat.isDownFor("3m");
    expect(textOf(chat.lastFor("邵军"))).toMatch(/权威信息/);
    expect(textOf(chat.lastFor("邵军"))).not.toMatch(/迟到|停机/);
  });

  test("a missed digest is made up for once, marked late", async () => {
    chat = await openChat();
    await chat.isDownFor("34h");
    const digests = chat.platform.posts.filter((p) => p.kind === "digest");
    expect(digests).toHaveLength(1);
    expect(textOf(digests[0])).toMatch(/补发:应于 11月20日\(周五\)17:30 发出,迟到 25小时30分/);
  });
});

test("a virtual clock that jumps is no outage: a late report is told of plainly", async () => {
  chat = await openChat();
  await chat.until("11-20 09:57");
  // T-3h was at 09:50.
  await chat.says("王晓梅", "/舆情 上报 今早7点50分石门镇S216线客车坠崖,已致12人死亡,县公安局已到场");
  await chat.passes("4m");
  expect(chat.platform.posts.filter((p) => /迟到|停机/.test(textOf(p)))).toEqual([]);
});
