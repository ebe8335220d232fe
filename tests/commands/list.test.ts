import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});
const PLACES = ["城关镇", "石门镇", "云岭乡", "幸福里小区", "清水河", "解放路", "人民路"];
async function reports(n: number): Promise<void> {
  for (const place of PLACES.slice(0, n)) {
    await chat.says("王晓梅", `/舆情 上报 ${place}道路积水,车辆无法通行`);
    await chat.passes("1m");
  }
}
const labels = (): string[] => chat.lastIn()?.card.buttons.map((b) => b.label) ?? [];

describe("a list", () => {
  test("puts the time left first, then the limit, the state and the unit", async () => {
    await chat.says("王晓梅", "/舆情 上报 幸福里小区停水,县水务局");
    await chat.says("周敏", "/舆情 到期");
    expect(chat.answer()).toMatch(
      /^在办 1 件\n20261120-001 .*\n还剩 48小时00分 首次回应 11月22日\(周日\)09:00 · 已上报 · 县水务局$/,
    );
  });

  test.each(["/舆情 到期", "/舆情 我的", "/舆情 列表", "今天有几件"])(
    "%s: five on a card, the rest one press away",
    async (said) => {
      await reports(7);
      await chat.says("王晓梅", said, { mentioned: true });
      expect(chat.answer()).toMatch(/7 件\(1\/2\)/);
      const first = labels();
      expect(first).toHaveLength(6);
      await chat.presses("王晓梅", "下一页");
      expect(chat.answer()).toMatch(/7 件\(2\/2\)/);
      expect(new Set([...first.slice(0, 5), ...labels()]).size).toBe(7);
      expect(labels()).not.toContain("下一页");
    },
  );

  test("of mine that is empty leads on", async () => {
    await reports(1);
    await chat.says("孙浩", "/舆情 我的", { in: "dm" });
    expect(textOf(chat.lastFor("孙浩"))).toMatch(/^现在没有您的在办案件\n全县在办 1 件/);
    expect(chat.lastFor("孙浩")?.card.buttons.map((b) => b.label)).toEqual(["到期清单"]);
  });
});

test("a question about whose duty something is gets the unit of the roster when there is no case", async () => {
  await chat.says("孙浩", "停水这种事归谁管", { in: "dm" });
  expect(textOf(chat.lastFor("孙浩"))).toMatch(/按职责分工一般由县水务局负责,以研判为准/);
});

test("值班 of a weekend says on which day a shift ends", async () => {
  await chat.says("周敏", "/舆情 值班 11月21日");
  expect(chat.answer()).toContain("11月20日(周五)17:30 至次日 08:30 值班 赵敏之");
  expect(chat.answer()).toContain("11月21日(周六)08:30 至次日 08:30 值班 杜若");
});

test("the digest names cases of other days with their day: each day has its 001", async () => {
  await chat.says("王晓梅", "/舆情 上报 幸福里小区停水,县水务局");
  await chat.until("11-21 08:31");
  await chat.says("王晓梅", "/舆情 上报 石门镇路灯不亮,县住建局,上级要求今晚8点前反馈");
  await chat.says("周敏", "/舆情 日报");
  expect(chat.answer()).toMatch(/\n20261120-001 幸福里小区停水/);
  expect(chat.answer()).toMatch(/\n001 石门镇路灯不亮/);
  expect(chat.answer()).toContain("值班 杜若 带班 高建平(08:30–次日08:30)");
});
