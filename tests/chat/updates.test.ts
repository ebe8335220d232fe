import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
/** The message that opened the first case. */
let message: string;
beforeEach(async () => {
  chat = await openChat();
  message = await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const second = (): Promise<string> => chat.says("王晓梅", "/舆情 上报 网传县一中食堂饭菜发霉,家长群传得很凶");
const details = async (no: string): Promise<string> => {
  await chat.says("周敏", `/舆情 状态 ${no}`);
  return JSON.stringify(chat.lastIn()?.card.details);
};

describe("a correction in the group without a reference", () => {
  test("goes to the sender's only open case here; the answer says old and new", async () => {
    await chat.says("王晓梅", "更正：伤1人（轻伤）");
    expect(chat.answer()).toMatch(/已更正 20261120-001\n伤亡:未填 → 轻伤1人/);
    await chat.says("王晓梅", "刚才那条说错了，伤的是3人不是1人");
    expect(chat.answer()).toMatch(/伤亡:轻伤1人 → 3人受伤/);
    expect((await chat.case()).report.casualties).toMatchObject({ injured: 3 });
  });

  test("keeps the old value in the history", async () => {
    await chat.says("王晓梅", "更正：伤1人（轻伤）");
    await chat.says("王晓梅", "更正：伤的是3人不是1人");
    const shown = await details("001");
    expect(shown).toContain("伤亡：未填 → 轻伤1人");
    expect(shown).toContain("伤亡：轻伤1人 → 3人受伤");
  });

  test("with several open cases asks which, and a press applies what was written", async () => {
    await second();
    await chat.says("王晓梅", "更正：伤的是2人不是3人");
    expect(chat.answer()).toMatch(/您有 2 件在办/);
    expect((await chat.case(1)).version + (await chat.case(2)).version).toBe(2);
    await chat.presses("王晓梅", "20261120-002");
    expect(chat.toast?.text).toMatch(/伤亡：未填 → 2人受伤/);
    expect((await chat.case(2)).report.casualties).toMatchObject({ injured: 2 });
    expect((await chat.case(1)).version).toBe(1);
  });

  test("with a number goes to that case", async () => {
    await second();
    await chat.says("王晓梅", "更正 20261120-001：伤1人");
    expect((await chat.case(1)).report.casualties).toMatchObject({ injured: 1 });
    expect((await chat.case(2)).version).toBe(1);
  });

  test("from a colleague who reported nothing here is talk", async () => {
    const posts = chat.platform.posts.length;
    await chat.says("孙浩", "更正：伤1人");
    expect(chat.platform.posts).toHaveLength(posts);
    expect((await chat.case()).version).toBe(1);
  });

  test.each(["续报二：供水车已到小区，抖音播放20万", "补充一下，链接 https://v.douyin.com/iDEMO009/"])(
    "%s is added",
    async (text) => {
      await chat.says("王晓梅", text);
      expect(chat.answer()).toMatch(/已补充 20261120-001/);
    },
  );
});

describe("in reply to", () => {
  const CARD = (): string | undefined => chat.lastIn()?.id;
  test.each([
    ["the card", () => CARD()],
    ["the message that reported it", () => message],
  ])("%s, a correction changes exactly what it names", async (_, to) => {
    const { report } = await chat.case();
    await chat.says("王晓梅", "不是县水务局，是县住建局", { to: to() });
    const after = (await chat.case()).report;
    expect(after).toMatchObject({ units: ["县住建局"], unitIds: ["zjj"] });
    expect({ ...after, units: 0, unitIds: 0, unitSuggested: 0, summary: 0, missing: 0, needsConfirm: 0 }).toEqual({
      ...report,
      units: 0,
      unitIds: 0,
      unitSuggested: 0,
      summary: 0,
      missing: 0,
      needsConfirm: 0,
    });
  });

  test("the bot's answer in a private chat", async () => {
    await chat.says("王晓梅", "/舆情 上报 网传县一中食堂饭菜发霉,家长群传得很凶", { in: "dm" });
    await chat.says("王晓梅", "伤1人（轻伤）", { in: "dm", to: chat.lastFor("王晓梅") });
    expect(textOf(chat.lastFor("王晓梅"))).toMatch(/已补充 20261120-002\n伤亡:未填 → 轻伤1人/);
  });

  test("the card, a unit that is only mentioned does not become the unit concerned", async () => {
    await chat.says("王晓梅", "县公安局已到现场，已联系县教育局，家属情绪稳定", { to: CARD() });
    expect((await chat.case()).report.units).toEqual(["县水务局"]);
  });

  test("a case that asks for casualties, a bare number is asked about with buttons", async () => {
    await chat.says("王晓梅", "/舆情 上报 石门镇一客车坠崖，抖音播放3万");
    await chat.says("王晓梅", "3人", { to: CARD() });
    expect(chat.answer()).toMatch(/3人是受伤还是死亡/);
    expect((await chat.case(2)).report.casualties).toBeNull();
    await chat.presses("王晓梅", "受伤3人");
    expect((await chat.case(2)).report).toMatchObject({ casualties: { injured: 3, dead: null } });
    expect((await chat.case(2)).report.missing).not.toContain("casualties");
  });

  test("the card, only a link or only a picture", async () => {
    const card = CARD();
    expect(chat.answer()).toMatch(/还缺:.*链接/);
    await chat.says("王晓梅", "https://v.douyin.com/iDEMO009/", { to: card });
    expect(chat.answer()).toMatch(/链接:新增 1 条/);
    expect(chat.answer()).not.toMatch(/还缺:.*链接/);
    await chat.says("王晓梅", "", { to: card, attach: ["现场.jpg"] });
    expect(chat.answer()).toMatch(/已补充 20261120-001/);
    expect((await chat.case()).report.attachments).toBe(1);
  });

  test("the card, a correction that names no field is kept and asks for the field", async () => {
    await chat.says("王晓梅", "更正：网友反映的情况有误", { to: CARD() });
    expect(chat.answer()).toMatch(/没有认出更正的是哪一项.*例如/);
    expect((await chat.case()).report.summary).toMatch(/情况有误/);
  });
});

describe("a withdrawal", () => {
  test.each(["撤回：刚才那条是外地视频", "误报：刚才那条不是我们县的"])(
    "%s proposes 误报 and deletes nothing; the clock runs until a second person agrees",
    async (text) => {
      await chat.says("王晓梅", text);
      expect(await chat.case()).toMatchObject({ state: "reported", proposals: [{ kind: "falseAlarm", by: "王晓梅" }] });
      expect((await chat.case()).clocks.find((k) => k.key === "response.first")?.stoppedAt).toBeUndefined();
      await chat.presses("周敏", "确认");
      expect((await chat.case()).state).toBe("falseAlarm");
      expect(await chat.count()).toBe(1);
    },
  );
  test("in a command", async () => {
    await chat.says("王晓梅", "/舆情 撤回 001 拍摄地为外省");
    expect((await chat.case()).proposals).toMatchObject([{ kind: "falseAlarm", reason: "拍摄地为外省" }]);
  });
});

describe("after 研判", () => {
  test("a time that moves limits waits for a second person, and the answer shows both limits", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    const card = chat.lastIn();
    await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
    await chat.says("王晓梅", "更正：事发时间是6点50", { to: card });
    expect(chat.answer()).toMatch(/待第二人确认.*06:20 → .*06:50.*11:20 → .*11:50/);
    expect((await chat.case(2)).report.occurredAt?.value).toMatch(/T06:20/);
    await chat.presses("罗文博", "确认");
    expect((await chat.case(2)).report.occurredAt?.value).toMatch(/T06:50/);
    expect(await details("002")).toMatch(/发生时间：[^"]*06:20 → [^"]*06:50/);
  });
  test("a number does not move limits and holds at once", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    const card = chat.lastIn();
    await chat.presses("周敏", "研判", { 突发: "II", 舆情: "II", 单位: "青岩县公安局" });
    await chat.says("王晓梅", "更正：死亡11人", { to: card });
    expect((await chat.case(2)).report.casualties).toMatchObject({ dead: 11, injured: 9 });
    expect((await chat.case(2)).proposals).toEqual([]);
  });
});

describe("the answer to an addition", () => {
  test("says which limits it moved: whoever acts must not find out from the next reminder", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    await chat.says("王晓梅", "更正：事发时间是6点整", { to: chat.lastIn() });
    expect(chat.answer()).toMatch(/时限:权威信息 .*11:20 改为 .*11:00/);
    expect(chat.answer()).toMatch(/时限:新闻发布会 .*06:20 改为 .*06:00/);
  });
  test("to a bare number of people asks one thing and says nothing beside it", async () => {
    await chat.says("王晓梅", "/舆情 上报 今早7点半石门镇校车侧翻,伤亡不明,县公安局已到场");
    await chat.says("王晓梅", "3人", { to: chat.lastIn() });
    expect(chat.answer()).toMatch(/^已补充 20261120-002\n3人是受伤还是死亡\?请点选。/);
    await chat.presses("王晓梅", "受伤3人");
    expect((await chat.case(2)).report.casualties).toMatchObject({ injured: 3 });
  });
  test("written as 续报 is taken", async () => {
    await chat.says("王晓梅", "/舆情 续报 001 已恢复供水");
    expect(chat.answer()).toMatch(/已补充 20261120-001/);
    expect((await chat.case()).report.summary).toContain("已恢复供水");
  });
});
