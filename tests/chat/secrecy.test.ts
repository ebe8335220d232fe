import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

/** Everything that was said or is kept of cases. */
const everything = async (): Promise<string> => {
  const cases = await chat.store.cases({ limit: 50 });
  const histories = await Promise.all(cases.map((c) => chat.store.history(c.id)));
  return JSON.stringify([cases, histories, chat.platform.posts]);
};

describe("a message with a secrecy marking", () => {
  test.each([
    "机密★5年 关于某部驻地道路管控的通知",
    "/舆情 上报 秘密★ 某部驻地道路管控",
    "【绝密】某部驻地道路管控",
    "/舆情 上报 机密级文件:某部驻地道路管控",
    "/舆情上报工作秘密,某部驻地道路管控",
  ])("%j is kept nowhere and echoed nowhere", async (text) => {
    await chat.says("王晓梅", text, { event: "s1" });
    expect(chat.answer()).toMatch(/疑似带密级标志[\s\S]*不接收、不存储、不转发[\s\S]*撤回/);
    expect(await chat.store.inboxOutcome("s1")).toBe("withheld");
    expect(await chat.count()).toBe(0);
    expect(await everything()).not.toMatch(/某部驻地/);
  });

  test("may become a number without content, whose clock runs", async () => {
    await chat.says("王晓梅", "/舆情 上报 秘密★ 某部驻地道路管控");
    await chat.presses("王晓梅", "登记无内容编号");
    const c = await chat.case();
    expect(c).toMatchObject({ withheld: true, report: { summary: "" } });
    expect(c.clocks.find((k) => k.key === "response.first")).toMatchObject({ kind: "hard" });
    expect(chat.answer()).toMatch(/内容不在群内办理/);
    expect(await everything()).not.toMatch(/某部驻地/);
  });

  test("in a form or a file name counts as well", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.presses("周敏", "补充", { 内容: "机密★ 某部驻地道路管控" });
    await chat.says("王晓梅", "/舆情 补充 001 见附件", { attach: ["绝密★ 某部驻地.pdf"] });
    expect((await chat.case()).version).toBe(1);
    expect(await everything()).not.toMatch(/某部驻地/);
  });
});

test("a report about secrecy is a report; when the word stands alone at the head, the bot asks", async () => {
  await chat.says("王晓梅", "/舆情 上报 网传县里涉密文件外泄,微博阅读3万");
  expect(await chat.count()).toBe(1);
  expect(chat.answer()).not.toMatch(/本身是否涉密/);
  await chat.says("王晓梅", "/舆情 上报 涉密,微博有人发帖称县里文件外泄");
  expect(await chat.count()).toBe(2);
  expect(chat.answer()).toMatch(/这条消息本身是否涉密/);
});

test("a marking typed into a form is refused to the person at once, and kept nowhere", async () => {
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  const told = await chat.presses("周敏", "补充", { 内容: "绝密★ 某部驻地道路管控" });
  expect(told).toMatch(/疑似带密级标志,没有保存/);
  expect(chat.toast?.tone).toBe("warning");
  expect(await everything()).not.toContain("驻地");
});
