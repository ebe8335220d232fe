import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, DUTY_GROUP, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const stored = (id: string): Promise<string | undefined> => chat.store.inboxOutcome(id);

describe("ordinary talk", () => {
  test.each([
    "今天食堂吃什么",
    "大家看一下这个视频 https://v.douyin.com/x/",
    "收到",
    "好的,马上办",
    "停水的事谁在跟?",
    "@周敏 来一下",
  ])("%j in a group is neither answered nor stored", async (text) => {
    await chat.says("孙浩", text, { event: "talk" });
    expect(chat.platform.posts).toEqual([]);
    expect(await stored("talk")).toBeUndefined();
  });
  test.each(["收到", "收到!", "好的", "👌", "谢谢"])(
    "%j in answer to a card is answered by nothing and stops nothing",
    async (text) => {
      await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
      const posts = chat.platform.posts.length;
      await chat.says("马超群", text, { to: chat.lastIn() });
      expect(chat.platform.posts).toHaveLength(posts);
      expect((await chat.case()).version).toBe(1);
    },
  );
  test("an answer to a card that says something is added to the case, with or without words that look like a report", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    const card = chat.lastIn();
    await chat.says("王晓梅", "家属情绪稳定,现场秩序正常", { to: card });
    expect((await chat.case()).report.summary).toMatch(/家属情绪稳定/);
    await chat.says("王晓梅", "/舆情 补充 供水车已到", { to: card });
    expect((await chat.case()).version).toBe(3);
  });
  test("a question in answer to a card is answered with the state", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.says("周敏", "这件几点到期?", { to: chat.lastIn() });
    expect(chat.answer()).toMatch(/首次回应 11月22日/);
  });
});

describe("a report without the command", () => {
  test.each(["【舆情上报】", "🚨【舆情快报】", "【輿情上報】", "舆情信息:"])(
    "that begins with %s is offered with one button",
    async (head) => {
      await chat.says("王晓梅", `${head}${REPORTS.water}`);
      expect(chat.answer()).toMatch(/像是舆情报送,要登记吗/);
      expect(await chat.count()).toBe(0);
      await chat.presses("周敏", "是，登记上报");
      expect(await chat.case()).toMatchObject({ reporter: "王晓梅" });
    },
  );

  test("is numbered when nobody answers in ten minutes, and the button then says so", async () => {
    await chat.says("王晓梅", `【舆情上报】${REPORTS.water}`);
    const offer = chat.lastIn();
    await chat.passes("9m59s");
    expect(await chat.count()).toBe(0);
    await chat.passes("1s");
    expect(chat.answer()).toMatch(/已受理/);
    await chat.presses("周敏", "是，登记上报", {}, offer ? { on: offer } : {});
    expect(chat.toast?.text).toMatch(/已经处理过/);
    expect(await chat.count()).toBe(1);
  });

  test("that somebody says is none is not numbered", async () => {
    await chat.says("王晓梅", `【舆情上报】${REPORTS.water}`);
    await chat.presses("周敏", "不是");
    await chat.passes("1h");
    expect(await chat.count()).toBe(0);
  });

  test("sent to the bot alone, a bare link is asked about first", async () => {
    await chat.says("王晓梅", "https://v.douyin.com/iDEMO002/", { in: "dm" });
    expect(textOf(chat.lastFor("王晓梅"))).toMatch(/这是舆情报送吗/);
    expect(await chat.count()).toBe(0);
    await chat.passes("10m");
    expect(await chat.count()).toBe(1);
  });

  test("a bare link behind 上报 is a report: somebody has said so", async () => {
    await chat.says("王晓梅", "/舆情 上报 https://v.douyin.com/iDEMO002/");
    expect(await chat.count()).toBe(1);
  });

  test("whose action word was forgotten is offered too, and numbered after ten minutes", async () => {
    await chat.says("王晓梅", "/舆情 昨晚8点半城关镇解放路商铺起火,无人员伤亡");
    expect(chat.answer()).toMatch(/要登记吗/);
    await chat.passes("10m");
    expect((await chat.case()).report.summary).toMatch(/商铺起火/);
  });
});

describe("commands that are none", () => {
  test.each([
    ["状太", /状态/],
    ["退会", /退回/],
    ["xyz", /上报/],
  ])("%s: the nearest ones", async (word, nearest) => {
    await chat.says("周敏", `/舆情 ${word}`);
    expect(chat.answer()).toMatch(/没有.*这个动作/);
    expect(chat.answer()).toMatch(nearest);
  });
  test.each(["会商", "移交", "改级", "月报", "演练", "查岗"])(
    "%s comes with a later release, and says so",
    async (word) => {
      await chat.says("周敏", `/舆情 ${word} 001`);
      expect(chat.answer()).toMatch(new RegExp(`${word}.*将在后续版本提供`));
    },
  );
  test("alone is help, by what the person may do", async () => {
    await chat.says("路人甲", "/舆情", { known: false });
    expect(chat.answer()).toMatch(/上报/);
    expect(chat.lastIn()?.card.lines.filter((l) => l.kind === "field")).toEqual([
      { kind: "field", label: "报送", value: "上报" },
      { kind: "field", label: "其他", value: "帮助" },
    ]);
    await chat.says("周敏", "／舆情");
    for (const word of ["上报", "研判", "转办", "办结", "日报"])
      expect(chat.answer()).toMatch(new RegExp(`\\n(?:报送|办理|查看) .*${word}`));
  });
  test("in traditional characters are understood", async () => {
    await chat.says("周敏", "/輿情 狀態");
    expect(chat.answer()).toMatch(/现在没有在办案件/);
  });
  test("invisible characters before and inside the command hide nothing", async () => {
    await chat.says("王晓梅", `\u200b/舆\u200d情\ufeff 上\u2060报 ${REPORTS.water}`);
    expect(await chat.count()).toBe(1);
  });
});

describe("the same event delivered twice", () => {
  test("a report is numbered once and answered once", async () => {
    for (let i = 0; i < 3; i++) await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`, { event: "e1" });
    expect(await chat.count()).toBe(1);
    expect(chat.platform.posts.filter((p) => p.to.name === DUTY_GROUP)).toHaveLength(1);
    expect(chat.toast).toBeUndefined();
  });
  test("a press is told what the first one brought", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.presses("周敏", "研判", { 舆情: "III" }, { event: "p1" });
    const card = chat.lastIn();
    const version = (await chat.case()).version;
    expect(await chat.presses("周敏", "转办", {}, { event: "p1", ...(card ? { on: card } : {}) })).toBe("已研判");
    expect((await chat.case()).version).toBe(version);
  });
});

describe("what people type instead of a command", () => {
  let chat: Chat;
  beforeEach(async () => {
    chat = await openChat();
    await chat.says("王晓梅", "/舆情 上报 幸福里小区停水,物业没贴通知");
  });
  afterEach(() => chat.close());

  test.each(["001", "#1", "20261120-001", "YQ-990121-20261120-001"])("/舆情 %s shows the case", async (no) => {
    await chat.says("周敏", `/舆情 ${no}`);
    expect(chat.answer()).toContain("【已受理】YQ-990121-20261120-001");
  });
  test.each([
    ["怎么退回", "退回"],
    ["你好，请问怎么报舆情？", "上报"],
    ["误报怎么写", "误报"],
    ["/舆情 怎么办结", "办结"],
  ])("%s explains the command", async (said, word) => {
    await chat.says("马超群", said, { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toMatch(new RegExp(`^/舆情 ${word}\\n[\\s\\S]*写法`));
  });
  test("a question about a case that begins the same way stays one", async () => {
    await chat.says("马超群", "停水那件怎么样了", { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toContain("首次回应");
  });
});

test("help fits on a phone: the work in its order, every command the person may use, each once", async () => {
  const chat = await openChat();
  await chat.says("周敏", "/舆情 帮助", { in: "dm" });
  const card = chat.lastFor("周敏")?.card;
  expect(card?.lines.length).toBeLessThanOrEqual(9);
  const words = card?.lines.flatMap((l) => (l.kind === "field" ? l.value.split("、") : [])) ?? [];
  expect(words.slice(0, 2)).toEqual(["上报", "补充"]);
  expect(new Set(words).size).toBe(words.length);
  await chat.close();
});

describe("said to the bot itself", () => {
  test.each(["你好", "在吗？", "？", "帮助", "舆情"])("%j alone is answered with what it can do", async (text) => {
    await chat.says("周敏", text, { in: "dm" });
    expect(textOf(chat.lastFor("周敏"))).toMatch(/办理 .*研判/);
  });
  test("a mention alone is, too; in a group nobody else is answered", async () => {
    await chat.says("周敏", "", { mentioned: true });
    expect(chat.answer()).toMatch(/办理 .*研判/);
    const posts = chat.platform.posts.length;
    await chat.says("周敏", "帮助");
    await chat.says("周敏", "你好");
    expect(chat.platform.posts).toHaveLength(posts);
  });
  test.each(["收到", "好的，谢谢", "辛苦了"])("%j is answered by nothing", async (text) => {
    await chat.says("周敏", text, { in: "dm" });
    expect(chat.platform.posts).toEqual([]);
  });
  test("action words need no slash when they stand alone or set off from what follows", async () => {
    await chat.says("王晓梅", `上报 ${REPORTS.water}`, { in: "dm" });
    expect(await chat.count()).toBe(1);
    await chat.says("王晓梅", "我的", { in: "dm" });
    expect(textOf(chat.lastFor("王晓梅"))).toMatch(/20261120-001/);
  });
  test.each(["桥头那边打起来了，好多人围着", "张家庄那里炸了，冒着浓烟"])(
    "%j may be a report: asked, and numbered after ten minutes",
    async (text) => {
      await chat.says("王晓梅", text, { in: "dm" });
      expect(textOf(chat.lastFor("王晓梅"))).toContain("舆情报送");
      await chat.passes("11m");
      expect(await chat.count()).toBe(1);
    },
  );
});
