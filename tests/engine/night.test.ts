import { afterEach, describe, expect, test } from "vitest";
import { formatMoment } from "#core/time.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

/** Times at which a person was told of the first response. */
const told = (name: string): string[] =>
  chat
    .toldTo(name)
    .filter((p) => /首次回应/.test(p.card.title))
    .map((p) => formatMoment(p.at).replace(/.*\(/, "("));

/** Friday 09:30; T-8h of the first response is Sunday 01:30, which goes to the officers and the deputy of the unit. */
async function ordinaryCase(level: string): Promise<void> {
  chat = await openChat({ at: "11-20 09:30" });
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.presses("周敏", "研判", { 舆情: level, 单位: "青岩县水务局" });
  await chat.presses("周敏", "转办");
  await chat.presses("马超群", "签收");
  await chat.until("11-22 07:29");
}

describe("at night a case of rank III or IV", () => {
  test("reaches the person on duty and the one who acts; everyone else hears at half past seven", async () => {
    await ordinaryCase("III");
    expect(told("马超群")).toContain("(周日)01:30");
    expect(told("杜若")).toEqual(["(周日)01:30"]);
    expect(told("姚倩")).toEqual([]);
    expect(told("沈立")).toEqual([]);
    await chat.until("11-22 07:30");
    expect(told("姚倩")).toEqual(["(周日)07:30"]);
    expect(told("沈立")).toEqual(["(周日)07:30"]);
  });

  test("does not tell in the morning of what was done in the night", async () => {
    await ordinaryCase("III");
    await chat.presses("马超群", "回应", { 链接: "https://www.qingyan.example/1", 形式: "首次回应" });
    await chat.until("11-22 09:00");
    expect(told("沈立")).toEqual([]);
  });

  test("does not move the limit", async () => {
    await ordinaryCase("IV");
    const limit = (await chat.case()).clocks.find((k) => k.key === "response.first");
    expect(formatMoment(limit?.dueAt ?? 0)).toBe("11月22日(周日)09:30");
  });

  test("before anybody has signed, its officers are the ones who act", async () => {
    chat = await openChat({ at: "11-20 09:30" });
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县水务局" });
    await chat.presses("周敏", "转办");
    await chat.until("11-22 02:00");
    expect(told("马超群")).toContain("(周日)01:30");
    expect(told("姚倩")).toContain("(周日)01:30");
    expect(told("沈立")).toEqual([]);
  });

  test("asks for confirmations in the morning", async () => {
    chat = await openChat({ at: "11-20 23:00" });
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.presses("赵敏之", "研判", { 舆情: "IV" });
    await chat.passes("3h");
    expect(chat.toldTo("周敏")).toEqual([]);
    await chat.until("11-21 07:30");
    expect(textOf(chat.toldTo("周敏")[0])).toMatch(/待组织协调确认:赵敏之代研判/);
  });

  test("tells the office of an empty post in the morning", async () => {
    chat = await openChat({ at: "11-20 09:30" });
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.presses("周敏", "研判", { 舆情: "III", 单位: "青岩县水务局" });
    await chat.presses("周敏", "转办");
    await chat.presses("马超群", "签收");
    chat.platform.loses("沈立");
    await chat.until("11-22 07:29");
    const gaps = () => chat.toldTo("周敏").filter((p) => p.card.title.includes("岗位空缺"));
    expect(gaps()).toEqual([]);
    await chat.until("11-22 07:30");
    expect(gaps()).toHaveLength(1);
  });
});

describe("at night a case of rank I or II", () => {
  test("reaches everyone at once", async () => {
    await ordinaryCase("II");
    for (const name of ["马超群", "姚倩", "沈立"]) expect(told(name), name).toContain("(周日)01:30");
    expect(told("杜若")).toEqual([]);
  });

  test("so does one that the facts suggest, before 研判", async () => {
    chat = await openChat({ at: "11-21 00:10" });
    await chat.says("王晓梅", "/舆情 上报 今天0点05分石门镇S216线客车坠崖,已致12人死亡,县公安局已到场");
    expect(textOf(chat.toldTo("周敏")[0])).toMatch(/重大情况/);
    await chat.until("11-21 03:35");
    const release = chat.toldTo("邵军").filter((p) => /权威信息/.test(p.card.title));
    expect(release.map((p) => formatMoment(p.at).slice(-5))).toEqual(["03:35"]);
  });
});

test("who confirmed in the night is not asked in the morning what is settled, and the asking says what it wants", async () => {
  chat = await openChat({ at: "11-20 23:00" });
  await chat.says("赵敏之", `/舆情 上报 ${REPORTS.water}`);
  await chat.presses("赵敏之", "研判", { 舆情: "IV", 单位: "青岩县水务局" });
  await chat.presses("赵敏之", "转办");
  expect(await chat.presses("周敏", "确认")).toBe("已确认:代研判、代转办");
  await chat.until("11-21 08:00");
  expect(chat.toldTo("罗文博").map(textOf).join("\n")).not.toContain("待组织协调确认");
  expect(chat.toldTo("周敏").map(textOf).join("\n")).not.toContain("待组织协调确认");
});

test("what still waits in the morning is asked under a title that says so", async () => {
  chat = await openChat({ at: "11-20 23:00" });
  await chat.says("赵敏之", `/舆情 上报 ${REPORTS.water}`);
  await chat.presses("赵敏之", "研判", { 舆情: "IV", 单位: "青岩县水务局" });
  await chat.until("11-21 08:00");
  expect(chat.toldTo("罗文博").map((p) => p.card.title)).toContain("【请确认】20261120-001");
});
