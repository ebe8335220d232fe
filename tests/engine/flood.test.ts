import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatMoment } from "#core/time.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
/** Friday 09:00: T-24h of the first response is Saturday 09:00. */
beforeEach(async () => {
  chat = await openChat();
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const heard = (name: string): string[] =>
  chat.toldTo(name).map((p) => `${formatMoment(p.at).slice(-5)} ${p.card.title.normalize("NFKC")}`);

async function assign(level: string): Promise<void> {
  await chat.until("11-21 08:54");
  await chat.presses("周敏", "研判", { 舆情: level, 单位: "青岩县水务局" });
  await chat.presses("周敏", "转办");
}

describe("one message per case and person in ten minutes", () => {
  test("what is held back comes when they are over", async () => {
    await assign("IV");
    await chat.until("11-21 09:03");
    expect(heard("马超群")).toEqual([expect.stringMatching(/08:54 .*转办/)]);
    await chat.until("11-21 09:04");
    expect(heard("马超群")).toEqual([expect.stringMatching(/转办/), expect.stringMatching(/09:04 .*首次回应/)]);
  });

  test("or with the next message that may be sent, as one", async () => {
    await assign("III");
    await chat.until("11-21 09:04");
    const [, both, ...more] = chat.toldTo("马超群");
    expect(more).toEqual([]);
    expect(textOf(both)).toMatch(/签收[\s\S]*首次回应|首次回应[\s\S]*签收/);
  });

  test("not when the limit is over meanwhile by evidence", async () => {
    await assign("IV");
    await chat.until("11-21 09:02");
    await chat.presses("马超群", "签收");
    await chat.says("马超群", "/舆情 回应 20261120-001 链接=https://www.qingyan.example/1");
    await chat.until("11-21 12:00");
    expect(heard("马超群").filter((t) => /首次回应/.test(t))).toEqual([]);
  });

  test("rank I and II are not held back", async () => {
    await assign("II");
    await chat.until("11-21 09:00");
    expect(heard("马超群").some((t) => /09:00 .*首次回应/.test(t))).toBe(true);
  });

  test("nor is a stage at the limit", async () => {
    await chat.presses("周敏", "研判", { 舆情: "IV", 单位: "青岩县水务局" });
    await chat.until("11-22 08:55");
    await chat.presses("周敏", "转办");
    await chat.until("11-22 09:00");
    expect(heard("马超群").some((t) => /09:00 .*首次回应/.test(t))).toBe(true);
  });

  test("what the flood limit moves into the night waits for the morning, and is not lost", async () => {
    await chat.presses("周敏", "研判", { 舆情: "IV", 单位: "青岩县水务局" });
    await chat.presses("周敏", "转办");
    await chat.presses("马超群", "签收");
    const c = await chat.case();
    // A stage for the deputy, held back at 21:55 until 22:05.
    await chat.until("11-20 21:55");
    const limit = c.clocks.find((k) => k.key === "response.first")?.dueAt ?? 0;
    const held = { caseId: c.id, subject: "response.first" as const, limit, stage: "T-8h", who: "沈立" };
    await chat.store.write((tx) => tx.addReminders([{ ...held, dueAt: chat.clock.now() + 10 * 60_000 }]));
    await chat.until("11-21 07:29");
    expect(heard("沈立")).toEqual([]);
    await chat.until("11-21 07:30");
    expect(heard("沈立")).toEqual([expect.stringMatching(/07:30 .*首次回应/)]);
  });
});
