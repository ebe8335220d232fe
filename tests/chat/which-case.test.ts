import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const second = (): Promise<string> => chat.says("王晓梅", "/舆情 上报 网传县一中食堂饭菜发霉,家长群传得很凶");

describe("which case is meant", () => {
  test.each(["YQ-990121-20261120-001", "yq-990121-20261120-001", "20261120-001", "#1", "＃1", "001"])(
    "by %s",
    async (ref) => {
      await second();
      await chat.says("周敏", `/舆情 状态 ${ref}`);
      expect(chat.answer()).toMatch(/YQ-990121-20261120-001/);
    },
  );

  test("left out, when there is only one that concerns the sender", async () => {
    await chat.says("周敏", "/舆情 状态");
    expect(chat.answer()).toMatch(/20261120-001/);
  });

  test("left out, also when it has been answered and no limit runs any more", async () => {
    await chat.presses("周敏", "研判", { 舆情: "IV", 单位: "青岩县水务局" });
    await chat.presses("周敏", "转办");
    await chat.says("马超群", "/舆情 回应 链接=https://www.qingyan.example/1");
    await chat.says("周敏", "/舆情 办结 结果=已恢复供水");
    expect((await chat.case()).state).toBe("closed");
  });

  test("left out among several: which one? A press runs it on the chosen one, with what was written", async () => {
    await second();
    await chat.says("周敏", "/舆情 误报 视频是外省的");
    expect(chat.answer()).toMatch(/您有 2 件在办/);
    await chat.presses("周敏", "20261120-002");
    expect((await chat.case(2)).proposals).toMatchObject([{ kind: "falseAlarm", reason: "视频是外省的" }]);
    expect((await chat.case(1)).proposals).toEqual([]);
  });

  test("a wrong number: the open ones are offered", async () => {
    await chat.says("周敏", "/舆情 状态 20261120-099");
    expect(chat.answer()).toMatch(/没有编号 20261120-099 的案件/);
    await chat.presses("周敏", "20261120-001");
    expect(chat.answer()).toMatch(/YQ-990121-20261120-001/);
  });

  test("by the card that is answered, against a number in the middle of the text", async () => {
    await second();
    const card = chat.platform.posts.find((p) => textOf(p).includes("-001"));
    await chat.says("王晓梅", "/舆情 补充 可能与 20261120-002 有关", { to: card });
    expect((await chat.case(1)).report.summary).toMatch(/可能与/);
    expect((await chat.case(2)).version).toBe(1);
  });

  test("by the message that opened it", async () => {
    await chat.close();
    chat = await openChat();
    const message = await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await second();
    await chat.says("王晓梅", "伤者3人,均为轻伤", { to: message });
    expect((await chat.case(1)).report.casualties).toMatchObject({ injured: 3 });
  });

  test("nothing is open at all", async () => {
    const empty = await openChat();
    await empty.says("周敏", "/舆情 签收");
    expect(empty.answer()).toMatch(/现在没有在办案件/);
    await empty.close();
  });

  test("a unit's officer is asked about the unit's cases only", async () => {
    await second();
    await chat.says("周敏", "/舆情 研判 002 单位=县教育局");
    await chat.says("周敏", "/舆情 转办 002");
    await chat.says("孙浩", "/舆情 签收");
    expect((await chat.case(2)).parts[0]?.acknowledged?.by).toBe("孙浩");
  });
});
