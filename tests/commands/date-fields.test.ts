import { expect, test } from "vitest";
import { formFor } from "#core/message/forms.ts";
import { at, openChat } from "../support/chat.ts";

/** A picker writes date and time like this, whatever a person would have said. */
test("the time of a release is taken from a picker as from words", async () => {
  for (const time of ["2026-11-20 14:30", "今天14:30"]) {
    const chat = await openChat();
    await chat.says("王晓梅", "/舆情 上报 昨天中午开始幸福里小区停水,抖音播放12.3万");
    await chat.presses("周敏", "研判", { 单位: "青岩县水务局" });
    await chat.presses("周敏", "转办", { 单位: "青岩县水务局" });
    await chat.until("11-20 15:00");
    await chat.presses("马超群", "回应", { 形式: "首次回应", 链接: "https://www.qingyan.example/1", 时间: time });
    expect((await chat.case()).responses.map((r) => r.publishedAt)).toEqual([at("11-20 14:30")]);
    await chat.close();
  }
});

test("a superior's limit is taken from a picker as from words, and filled in the same way again", async () => {
  for (const limit of ["2026-11-22 15:20", "11月22日15:20"]) {
    const chat = await openChat();
    await chat.says("王晓梅", "/舆情 上报 昨天中午开始幸福里小区停水,抖音播放12.3万");
    await chat.presses("周敏", "研判", { 单位: "青岩县水务局", 事项: "督办", 时限: limit });
    const c = await chat.case();
    expect(c.clocks.find((k) => k.key === "requested")?.dueAt).toBe(at("11-22 15:20"));
    const field = formFor("研判", c, chat.office)?.fields.find((f) => f.name === "时限");
    expect(field).toMatchObject({ type: "datetime", value: "2026-11-22 15:20" });
    await chat.close();
  }
});

test("the leader who decided is chosen among the leaders of the roster", async () => {
  const chat = await openChat();
  await chat.says("王晓梅", "/舆情 上报 昨天中午开始幸福里小区停水,抖音播放12.3万");
  const field = formFor("研判", await chat.case(), chat.office)?.fields.find((f) => f.name === "决定");
  expect(field).toMatchObject({ type: "person", options: chat.office.roster.file.leaders.map((l) => l.name) });
  await chat.presses("周敏", "研判", { 单位: "青岩县水务局", 决定: "张志远", 理由: "县长批示" });
  expect((await chat.case()).triage?.decidedBy).toBe("张志远");
  await chat.close();
});
