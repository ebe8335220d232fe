import { beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

/** One person of the example county for each role, towards a case that 县水务局 has and 王晓梅 reported. */
const PEOPLE: Record<string, string> = {
  报送人: "王晓梅",
  值班员: "杜若",
  组织协调: "周敏",
  宣传: "陈静",
  发布员: "曾莉",
  督查: "尤佳",
  保密审查员: "曹正",
  联络员: "马超群",
  单位分管: "沈立",
  单位主要负责人: "韩青松",
  外单位联络员: "孙浩",
  外单位分管: "黄蔚",
  政府分管: "刘建华",
  主要负责同志: "张志远",
};

const EVERYONE = Object.keys(PEOPLE);
const OF_UNIT = ["联络员", "单位分管", "单位主要负责人"];
const LEADERS = ["单位分管", "单位主要负责人", "外单位分管", "政府分管", "主要负责同志"];

/** Who may use which command, by the contract; nobody else may. */
const MAY: Record<string, readonly string[]> = {
  "上报 昨晚城关镇路灯不亮": EVERYONE,
  "补充 001 已派人到场": ["报送人", "值班员", "组织协调", ...OF_UNIT],
  "研判 001": ["组织协调", "值班员"],
  "转办 001 单位=县水务局": ["组织协调", "值班员"],
  "签收 001": OF_UNIT,
  "退回 001 理由=不属职责 建议单位=县住建局": OF_UNIT,
  "回应 001 链接=https://www.qingyan.example/1": ["发布员", "组织协调", ...OF_UNIT],
  "报送 001 对象=上级": ["组织协调", "值班员"],
  "办结 001 结果=已修复": ["组织协调", "主要负责同志"],
  "并案 001 到=001 理由=同一事件": ["组织协调"],
  "误报 001 理由=外省视频": ["报送人", "值班员", "组织协调"],
  "仅备案 001 理由=重复": ["值班员", "组织协调"],
  "确认 001": ["组织协调", ...LEADERS],
  "催办 001": ["组织协调", "督查", ...LEADERS],
  "知悉 001": EVERYONE,
  "状态 001": EVERYONE,
  "送达 001": EVERYONE,
  "查 停水": EVERYONE,
  列表: EVERYONE,
  到期: EVERYONE,
  我的: EVERYONE,
  规则: EVERYONE,
  // The administrator may too: tests/chat/rules.test.ts.
  应用新规则: ["组织协调"],
  "责任 001": EVERYONE,
  值班: EVERYONE,
  日报: ["组织协调", "督查", "值班员", ...LEADERS],
  自检: EVERYONE,
  帮助: EVERYONE,
};

const DENIED = /^未办理\n(请 20261120-001 的.+;您可以用|〔.+〕由.+使用)/;
const GUEST_DENIED = /您不在通讯录中,可以上报舆情/;

describe.each(Object.entries(MAY))("/舆情 %s", (line, may) => {
  let chat: Chat;
  beforeEach(async () => {
    chat = await openChat();
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.presses("周敏", "研判", { 单位: "青岩县水务局" });
    await chat.presses("周敏", "转办");
    return () => chat.close();
  });

  test(`is open to ${may.length === EVERYONE.length ? "everyone of the roster" : may.join("、")}, and to nobody else`, async () => {
    const refused: string[] = [];
    for (const [role, name] of Object.entries(PEOPLE)) {
      await chat.says(name, `/舆情 ${line}`);
      if (DENIED.test(chat.answer())) refused.push(role);
    }
    expect(refused).toEqual(EVERYONE.filter((role) => !may.includes(role)));
    expect(chat.errors).toEqual([]);
  });

  test("from a stranger in the group: only a report and help", async () => {
    const before = (await chat.case()).version;
    await chat.says("路人甲", `/舆情 ${line}`, { known: false });
    if (/^(上报|帮助)/.test(line)) expect(chat.answer()).not.toMatch(GUEST_DENIED);
    else {
      expect(chat.answer()).toMatch(GUEST_DENIED);
      expect((await chat.case()).version).toBe(before);
    }
  });
});

describe("a stranger", () => {
  test("may report, and then do nothing more with the case than anybody else", async () => {
    const chat = await openChat();
    await chat.says("路人甲", `/舆情 上报 ${REPORTS.water}`, { known: false });
    expect(chat.answer()).toMatch(/已受理/);
    await chat.says("路人甲", "/舆情 误报 001 理由=我乱说的", { known: false });
    expect(chat.answer()).toMatch(GUEST_DENIED);
    await chat.close();
  });
  test("who bears the name of somebody in the roster has none of that person's rights", async () => {
    const chat = await openChat();
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.says("周敏", "/舆情 研判 001", { known: false });
    expect(chat.answer()).toMatch(GUEST_DENIED);
    await chat.says("王晓梅", "/舆情 误报 001 理由=假", { known: false });
    expect(chat.answer()).toMatch(GUEST_DENIED);
    expect((await chat.case()).version).toBe(1);
    await chat.close();
  });
  test("does not see the list of open cases when the number is wrong", async () => {
    const chat = await openChat();
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.says("路人甲", "/舆情 状态 099", { known: false });
    expect(chat.answer()).toMatch(GUEST_DENIED);
    expect(chat.answer()).not.toMatch(/停水/);
    await chat.close();
  });
});

test("every command of the registry is in the table", async () => {
  const chat = await openChat();
  await chat.says("周敏", "/舆情 帮助", { in: "dm" });
  const words = chat.lastFor("周敏")?.card.lines.flatMap((l) => (l.kind === "field" ? l.value.split("、") : [])) ?? [];
  const tested = Object.keys(MAY).map((line) => line.split(" ")[0]);
  expect(words.filter((w) => !tested.includes(w))).toEqual([]);
  expect(words.length).toBeGreaterThan(20);
  await chat.close();
});

test("a card in a private chat has the buttons that this person may press; a leader may always press for it", async () => {
  const chat = await openChat();
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  const buttons = async (who: string): Promise<string[]> => {
    await chat.says(who, "/舆情 状态 001", { in: "dm" });
    return chat.lastFor(who)?.card.buttons.map((b) => b.label) ?? [];
  };
  expect(await buttons("周敏")).toEqual(["研判", "补充", "误报", "仅备案", "送达情况"]);
  expect(await buttons("王晓梅")).toEqual(["补充", "误报", "送达情况"]);
  expect(await buttons("孙浩")).toEqual(["送达情况"]);
  expect(await buttons("张志远")).toEqual(["督促", "送达情况"]);
  await chat.close();
});

test("who may not is told who may, by name, and of a case that nobody has yet, that it waits for assignment", async () => {
  const chat = await openChat();
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
  await chat.says("孙浩", "/舆情 研判 001");
  expect(chat.answer()).toContain("请 20261120-001 的组织协调(周敏、罗文博)、值班员研判");
  await chat.says("马超群", "/舆情 补充 001 已派人到场");
  expect(chat.answer()).toContain("请 20261120-001 的值班员、组织协调(周敏、罗文博)补充");
  await chat.says("马超群", "/舆情 签收 001");
  expect(chat.answer()).toContain("20261120-001 还没有转办;转办后由承办单位签收");
  await chat.close();
});
