import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat({ at: "11-19 14:00" });
  await chat.says("王晓梅", "/舆情 上报 今天中午幸福里小区停水,抖音播放12.3万,网友质疑县水务局不作为");
  await chat.until("11-20 09:00");
  await chat.says("唐宁", "/舆情 上报 网传县一中食堂饭菜发霉,家长群传得很凶,涉及县教育局");
  await chat.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
  await chat.says("周敏", "/舆情 研判 20261119-001 单位=县水务局");
  await chat.says("周敏", "/舆情 转办 20261119-001");
  await chat.says("马超群", "/舆情 签收 20261119-001");
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const asks = async (who: string, text: string): Promise<string> => {
  await chat.says(who, `@回应 ${text}`, { mentioned: true });
  return chat.answer();
};

describe("one case is answered in one sentence, with its basis and a button to its card", () => {
  test.each(["昨天停水那件几点到期？", "水务局那件还剩多久", "幸福里停水什么时候到期", "县城停水那件几点到期"])(
    "%s",
    async (text) => {
      expect(await asks("周敏", text)).toMatch(
        /^YQ-990121-20261119-001 .*停水.*\n首次回应 11月21日\(周六\)1[0-4]:00 到期,还剩 \d+小时\d\d分\(依据 国办发〔2016〕61号 三\);县水务局 已签收\(马超群\),尚未回应。/,
      );
      await chat.presses("周敏", "看卡片");
      expect(chat.answer()).toMatch(/【处置中】YQ-990121-20261119-001/);
    },
  );
  test.each([
    ["昨天停水那件签收没有", /\n县水务局 已签收\(马超群\)/],
    ["停水那件办到哪了", /\n现为“处置中”/],
    ["食堂那件第一责任是谁", /\n第一责任主体 .*(?:教育局|一中).*\(待研判确认\)/],
    ["停水那件依据是什么", /依据 国办发〔2016〕61号 三:“/],
    ["客车坠崖谁在办", /\n尚未研判;权威信息 .*11:20 到期.*\n另有 新闻发布会/],
    ["20261119-001 现在谁在办？", /\n县水务局 已签收/],
    ["#1 几点到期", /20261120-001/],
  ])("%s", async (text, answer) => {
    expect(await asks("周敏", text)).toMatch(answer);
  });
  test.each(["/舆情 昨天停水那件几点到期？", "/舆情 查 昨天停水那件几点到期", "/輿情 昨天停水那件幾點到期"])(
    "%s",
    async (text) => {
      await chat.says("周敏", text);
      expect(chat.answer()).toMatch(/20261119-001[\s\S]*到期,还剩/);
    },
  );
  test("in reply to a card nothing need be named; in private no mention is needed", async () => {
    const card = chat.platform.posts.find((p) => textOf(p).includes("-20261119-001"));
    await chat.says("周敏", "这件几点到期?", { to: card });
    expect(chat.answer()).toMatch(/20261119-001[\s\S]*首次回应 11月21日/);
    await chat.says("马超群", "停水那件还剩多久", { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toMatch(/到期,还剩/);
  });
  test("签收了没有 asks, and never signs", async () => {
    await chat.says("周敏", "/舆情 研判 20261120-001 单位=县教育局");
    await chat.says("周敏", "/舆情 转办 20261120-001");
    await chat.says("孙浩", "/舆情 签收了没有 20261120-001");
    expect(chat.answer()).toMatch(/县教育局 待签收/);
    expect((await chat.case(2)).parts[0]?.acknowledged).toBeUndefined();
  });
});

describe("several cases are listed", () => {
  test.each([
    ["今天收到的有哪些", ["20261120-001", "20261120-002"], ["20261119-001"]],
    ["没研判的有哪些", ["20261120-001", "20261120-002"], ["20261119-001"]],
    ["我报的有哪些", ["20261119-001", "20261120-002"], ["20261120-001"]],
    ["还没回应的有几件", ["20261119-001", "20261120-001", "20261120-002"], []],
    ["今天到期的有哪些", ["20261120-002"], ["20261119-001", "20261120-001"]],
  ])("%s", async (text, shown, hidden) => {
    const answer = await asks("王晓梅", text);
    for (const no of shown) expect(answer).toContain(no);
    for (const no of hidden) expect(answer).not.toContain(no);
  });
  test("逾期的", async () => {
    await chat.until("11-20 12:00");
    expect(await asks("周敏", "逾期的有哪些")).toMatch(/20261120-002/);
    await chat.says("周敏", "/舆情 逾期");
    expect(chat.answer()).toMatch(/逾期 1 件/);
  });
});

describe("none", () => {
  test("is said, and near ones are offered", async () => {
    const answer = await asks("周敏", "前天停水那件几点到期");
    expect(answer).toMatch(/没有找到“11月18日 停水”的案件\n相近的有:\n20261119-001/);
    expect(chat.lastIn()?.card.buttons.map((b) => b.label)).toContain("20261119-001");
  });
  test("with nothing near, the way to the list and to a report", async () => {
    expect(await asks("周敏", "逾期的有几件")).toMatch(/没有逾期的案件\n在办共 3 件.*\/舆情 上报/);
    expect(chat.lastIn()?.card.buttons.map((b) => b.label)).toEqual(["到期清单"]);
  });
});

test("谁值班 is answered with name and time", async () => {
  expect(await asks("周敏", "今晚谁值班")).toMatch(/^值班 赵敏之,带班 罗文博\n11月20日/);
});

describe("nobody sees more by asking", () => {
  test("a group that is not concerned learns the number and the title", async () => {
    await chat.says("孙浩", "@回应 停水那件几点到期", { in: "教育系统工作群", mentioned: true });
    const text = textOf(chat.lastIn("教育系统工作群"));
    expect(text).toMatch(/20261119-001[\s\S]*请私信机器人查看/);
    expect(text).not.toMatch(/到期|马超群/);
  });
  test("who is in no roster learns nothing", async () => {
    await chat.says("路人甲", "@回应 停水那件几点到期", { mentioned: true, known: false });
    expect(chat.answer()).toMatch(/您不在通讯录中/);
  });
  test("a matter that is handled offline is answered with limit and progress only", async () => {
    await chat.says("王晓梅", "/舆情 上报 驻军车辆与村民车辆在云岭乡相撞,微博转发2000");
    expect(chat.answer()).toMatch(/涉军事项:内容请走线下渠道/);
    expect((await chat.case(4)).clocks.find((k) => k.key === "response.first")?.stoppedAt).toBeUndefined();
    expect(await asks("周敏", "车辆相撞那件几点到期")).toMatch(/到期,还剩[\s\S]*涉军事项,内容请走线下渠道/);
  });
});

test("a question that nobody put to the bot is left alone", async () => {
  const posts = chat.platform.posts.length;
  await chat.says("周敏", "昨天停水那件几点到期？");
  expect(chat.platform.posts).toHaveLength(posts);
});
