import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { casesWithoutRules } from "#core/case/lost-rules.ts";
import { DeliveryError } from "#core/ports.ts";
import { DAY } from "#core/time.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
});
afterEach(() => chat.close());

const inspect = (): Promise<string[]> => chat.store.write((tx) => chat.engine.inspect(tx));

describe("the auditor", () => {
  test("finds nothing where all is well", async () => {
    await chat.passes("1h");
    expect(await inspect()).toEqual([]);
    await chat.says("周敏", "/舆情 自检");
    expect(chat.answer()).toMatch(/自检正常/);
    expect(chat.toldTo("何伟").filter((p) => p.card.title.includes("自检"))).toEqual([]);
  });

  test("finds and mends reminders that are lacking, and tells the administrator", async () => {
    // A case that stands in the database without its reminders.
    const first = await chat.case();
    const twin = { ...first, id: first.id.replace(/001$/, "002"), version: 1 };
    const [opened] = await chat.store.history(first.id);
    if (opened) await chat.store.write((tx) => tx.saveCase(null, twin, [opened.event], []));
    await chat.passes("11m");
    expect(textOf(chat.lastFor("何伟"))).toMatch(/自检[\s\S]*20261120-002 的时限缺少 \d 个提醒节点,已补齐/);
    expect(await inspect()).toEqual([]);
  });

  test("finds messages that do not move", async () => {
    chat.platform.refuses(new DeliveryError("down", { retry: true }));
    await chat.says("周敏", "/舆情 状态");
    chat.clock.set(chat.clock.now() + 6 * 60_000);
    expect((await inspect()).join()).toMatch(/有 1 条消息排队超过 5 分钟未送达/);
  });

  test("finds messages of the last day that failed for good, with the commonest reason", async () => {
    chat.platform.refuses(new DeliveryError("内容敏感。", { retry: false }));
    await chat.says("周敏", "/舆情 催办 001");
    await chat.passes("1m");
    chat.platform.refuses();
    expect((await inspect()).join()).toMatch(/24 小时内有 \d 条消息未能送达，最多的原因：内容敏感。/);
    await chat.passes("25h");
    expect((await inspect()).join()).not.toContain("内容敏感");
    chat.errors.length = 0;
  });

  test("finds cases whose frozen rules are lost: their limits run on by the present ones, and nobody is left in the dark", async () => {
    const first = await chat.case();
    const [opened] = await chat.store.history(first.id);
    const orphan = { ...first, id: first.id.replace(/001$/, "002"), version: 1, rules: "0".repeat(32) };
    if (opened) await chat.store.write((tx) => tx.saveCase(null, orphan, [opened.event], []));
    expect(await inspect()).toContainEqual(
      "20261120-002 研判时冻结的规则在数据库里缺失，暂按现行规则计时，请从备份核对。",
    );
    expect(await casesWithoutRules(chat.store)).toEqual(["20261120-002"]);
  });

  test("forgets arrivals that were handled more than a week ago: no platform delivers them again", async () => {
    const arrival = { id: "a1", at: chat.clock.now(), messageId: "m1", body: "文" };
    const take = (): Promise<boolean> => chat.store.write((tx) => tx.takeArrival("feishu", arrival));
    await take();
    await chat.store.write((tx) => tx.finishArrival("feishu", "a1"));
    await chat.passes("1h");
    expect(await take()).toBe(false);
    chat.clock.set(arrival.at + 7 * DAY + 1);
    await chat.engine.tick();
    expect(await take()).toBe(true);
  });

  test("finds posts that cannot be reached before it matters", async () => {
    chat.platform.loses("沈立");
    expect(await inspect()).toEqual([expect.stringMatching(/水务局的分管领导\(沈立\)联系不上/)]);
  });
});
