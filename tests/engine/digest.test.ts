import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatMoment } from "#core/time.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import type { Post } from "../support/fake-platform.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});
const digests = (): Post[] => chat.platform.posts.filter((p) => p.kind === "digest");

describe("the digest", () => {
  test("comes at half past eight and half past five, every day", async () => {
    await chat.until("11-22 12:00");
    expect(digests().map((p) => formatMoment(p.at).replace(/.*\(/, "("))).toEqual([
      "(周五)17:30",
      "(周六)08:30",
      "(周六)17:30",
      "(周日)08:30",
    ]);
  });

  test("says what is new, what ends soon, what is over, who is on duty, and the hash over the records", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.says("王晓梅", "/舆情 误报 002 理由=拍摄地为外省");
    await chat.until("11-20 17:30");
    const text = textOf(digests()[0]);
    expect(text).toMatch(/新增 2 · 在办 2 · 今日回应 0 · 逾期 1 · 办结 0/);
    expect(text).toMatch(/逾期\n001 .*权威信息 逾期 6小时10分 县公安局/);
    expect(text).toMatch(/待第二人确认\n002 /);
    expect(text).toMatch(/值班 赵敏之 带班 罗文博/);
    expect(text).toMatch(/校验 [0-9a-f]{4,}\.{3}[0-9a-f]{4,}\(当日 4 条记录\)/);
  });

  test("a limit that is over only because its start is vague is no 逾期 until the whole range is over", async () => {
    await chat.says("王晓梅", "/舆情 上报 今天凌晨石门镇S216线一辆客车坠崖,已致12人死亡、9人受伤,县公安局在现场");
    await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
    await chat.says("周敏", "/舆情 日报", { in: "dm" });
    const early = textOf(chat.lastFor("周敏"));
    expect(early).toContain("逾期 0");
    expect(early).toMatch(/今明到期\n001 .*权威信息 时间待确认/);
    await chat.until("11-20 17:30");
    expect(textOf(digests()[0])).toMatch(/逾期 1 · 办结 0[\s\S]*逾期\n001 .*权威信息 逾期/);
  });

  test("has another hash when anything was recorded since", async () => {
    const hash = (): string => /校验 (\S+)\(/.exec(textOf(digests().at(-1)))?.[1] ?? "";
    await chat.until("11-20 17:30");
    const before = hash();
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.until("11-21 08:30");
    expect(hash()).not.toBe(before);
  });

  test("is not posted twice by a bot that starts again", async () => {
    await chat.until("11-20 17:30");
    await chat.isDownFor("1s");
    await chat.passes("1m");
    expect(digests()).toHaveLength(1);
  });
});
