import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "#src/store/sqlite.ts";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";

/** No answer may take longer, milliseconds; a machine that is busy with other tests is given some air. */
const LONGEST = 1000;

let folder: string;
let chat: Chat;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "huiying-bad-input-"));
  chat = await openChat({ databaseUrl: `sqlite:${join(folder, "huiying.db")}` });
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the inbox holds of an event, read past the program. */
function inbox(id: string): string {
  const { raw } = openSqlite(join(folder, "huiying.db"));
  const row = raw.prepare("select text from inbox where id = ?").get(id) as { text: string } | undefined;
  raw.close();
  return row?.text ?? "";
}

const numbered = async (text: string): Promise<void> => {
  const started = performance.now();
  await chat.says("王晓梅", text, { event: "bad" });
  expect(performance.now() - started).toBeLessThan(LONGEST);
  expect(await chat.count()).toBe(1);
  expect(chat.answer()).toMatch(/已受理.*YQ-990121-20261120-001/);
};

describe("a report is numbered, answered on one screen, and kept whole", () => {
  test.each([
    ["of 100 KB", `${REPORTS.water}${"停水了怎么办。".repeat(5000)}`],
    ["with a title of 10,000 characters", `标题：${"长".repeat(10_000)}\n地点：幸福里小区`],
    ["with 500 links", Array.from({ length: 500 }, (_, i) => `https://v.douyin.com/a${i}/`).join(" ")],
    ["of 100 KB without any pause", `幸福里小区${"停".repeat(33_000)}`],
    ["of ten thousand lines", `幸福里小区停水${"\n网友质疑".repeat(10_000)}`],
    ["of digits", `幸福里小区停水${"1234567890".repeat(5000)}`],
    ["of brackets", `幸福里小区停水${"【（((".repeat(5000)}`],
  ])("%s", async (_, text) => {
    await numbered(`/舆情 上报 ${text}`);
    expect(inbox("bad").length).toBeGreaterThanOrEqual(text.length);
    const card = chat.lastIn()?.card;
    expect(textOf(chat.lastIn()).length).toBeLessThan(2000);
    expect(JSON.stringify(card).length).toBeLessThan(20_000);
  });
});

describe("what somebody typed is shown as typed and never means anything", () => {
  test.each([
    ["a mention of everybody", '<at id=all></at> <at user_id="all">所有人</at> @所有人'],
    ["HTML", '<script>alert(1)</script><img src=x onerror="alert(1)">'],
    ["markdown", "**粗** # 标题 `x` [点这里](https://evil.example) ![](https://evil.example/a.png)"],
    ["SQL", "'; drop table cases; -- ' or '1'='1"],
    ["a formula", '=HYPERLINK("https://evil.example","点我") +1 -1 @SUM(A1)'],
    ["a template", "{{7*7}} #{7*7} %s %n <%= 1 %>"],
    ["a path", "../../etc/passwd ~/.ssh \\\\server\\share"],
  ])("%s", async (_, text) => {
    await numbered(`/舆情 上报 幸福里小区停水 ${text}`);
    const c = await chat.case();
    expect(c.report.summary).toContain(text.slice(0, 8).trim());
    const posted = chat.lastIn();
    expect(posted?.mentions).not.toContain("所有人");
    expect(posted?.mentions.every((name) => chat.office.roster.person(name))).toBe(true);
    // Cards hold plain text; what a platform makes of it is tested there.
    expect(posted?.card.lines.every((l) => ["text", "field", "limit"].includes(l.kind))).toBe(true);
    await chat.says("周敏", `/舆情 查 ${text}`);
    expect(await chat.count()).toBe(1);
  });

  test.each([
    ["zero width", "幸福里\u200b小区\u200d停\ufeff水"],
    ["bidirectional", "幸福里小区\u202e水停\u202c \u2066停水\u2069"],
    ["NUL and other controls", "幸福里\0小区\x07停\x1b水"],
    ["lone surrogates", "幸福里小区停水\ud83d 网友\udc00质疑"],
    ["half a family of emoji", "幸福里小区停水👨‍👩‍👧‍\ud83d"],
    ["combining marks", `幸福里小区停水${"\u0301".repeat(500)}`],
    ["private use and noncharacters", "幸福里小区停水\ue000\uffff\u{10ffff}"],
  ])("%s characters neither hide nor turn anything", async (_, text) => {
    await numbered(`/舆情 上报 ${text}`);
    const shown = JSON.stringify(chat.platform.posts.map((p) => p.card));
    expect(shown).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\\u0000|\\u001b|\\ud83d"|\\udc00/);
    expect(shown).toMatch(/停.?水|水停/);
    expect(inbox("bad")).toMatch(/幸福里/);
  });
});

describe("times that cannot be", () => {
  test.each([
    "2月30日下午3点",
    "13月1日",
    "1969年1月1日",
    "2099年12月31日",
    "25点70分",
    "0000-00-00",
    "9999999999小时前",
  ])("%s: the report is numbered and no limit starts there", async (time) => {
    await numbered(`/舆情 上报 ${time}幸福里小区停水,网友质疑县水务局`);
    const c = await chat.case();
    for (const k of c.clocks) {
      expect(k.start).toBeGreaterThan(Date.UTC(2026, 9, 1));
      expect(k.dueAt).toBeLessThan(Date.UTC(2027, 0, 1));
    }
  });
  test.each(["2月30日", "1969年1月1日 8:00", "2099-01-01 08:00", "明天8点", "随便", "25:99"])(
    "a publication at %s is refused with an example",
    async (time) => {
      await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
      await chat.says("周敏", "/舆情 研判 001 单位=县水务局 舆情=IV");
      await chat.says("周敏", `/舆情 回应 001 链接=https://a.example/1 时间=${time}`);
      expect(chat.answer()).toMatch(/发布时间|今天还没有到/);
      expect((await chat.case()).responses).toEqual([]);
    },
  );
  test("a time of day that is still to come is not yesterday's", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await chat.says("周敏", "/舆情 研判 001 单位=县水务局 舆情=IV");
    await chat.says("周敏", "/舆情 回应 001 链接=https://a.example/1 时间=14:30");
    expect(chat.answer()).toMatch(/14:30 今天还没有到/);
    expect((await chat.case()).responses).toEqual([]);
  });
});

describe("forms", () => {
  test("with names of the language in them mean nothing", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    for (const word of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const fields = [
        "事项",
        "类别",
        "突发",
        "舆情",
        "政策",
        "敏感",
        "回应",
        "单位",
        "涉事地",
        "标签",
        "形式",
        "状态",
        "对象",
        "结论",
      ];
      for (const action of ["研判", "转办", "回应", "办结", "列表", "责任", "报送", "确认"])
        await chat.sendsPress("周敏", action, { 编号: "001", ...Object.fromEntries(fields.map((f) => [f, word])) });
      await chat.sendsPress("周敏", word, { 编号: word, 版本: word, [word]: word });
    }
    expect(await chat.case()).toMatchObject({ version: 1, state: "reported" });
  });
  test("with very long values are cut where they are shown", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    const long = "长".repeat(50_000);
    await chat.presses("周敏", "研判", { 单位: "青岩县水务局", 舆情: "IV", 理由: long, 公众反应: long });
    await chat.presses("周敏", "转办", { 要求: long });
    await chat.says("马超群", `/舆情 退回 001 建议单位=县住建局 理由=${long}`);
    for (const post of chat.platform.posts) expect(JSON.stringify(post.card).length).toBeLessThan(30_000);
  });
});

/** Pieces that mean something somewhere, among anything at all. */
const PIECES = [
  "/舆情", "@所有人", "001", "#1", "YQ-990121-20261120-001", "单位=", "理由：", "时间=2月30日", "突发=II", "回应=否", "仅备案",
  "https://a.example/?x=1", "编号", "2026-11-20", "昨天", "12人死亡", "\u202e", "\0", "\ud83d", "机密", "【舆情上报】", "\n", "=1+1",
]; // biome-ignore format: a word list
const WORDS = [
  "上报", "补充", "研判", "转办", "签收", "退回", "回应", "报送", "办结", "误报", "仅备案", "确认", "催办", "知悉", "状态", "查",
  "列表", "到期", "我的", "规则", "责任", "值班", "日报", "自检", "帮助", "会商", "胡说", "",
]; // biome-ignore format: a word list

const anything = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 200 }) },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })), { maxLength: 12 })
      .map((p) => p.join(" ")),
  },
);
const FIELDS = ["编号", "版本", "事项", "类别", "突发", "舆情", "政策", "敏感", "单位", "牵头", "时限", "回应", "理由", "形式", "链接", "时间", "标签", "结果", "对象", "结论", "内容", "问题", "无内容", "日期", "状态", "起", "止"]; // biome-ignore format: a word list

describe("whatever is sent", () => {
  let room: Chat;
  let events = 0;
  beforeAll(async () => {
    room = await openChat();
    await room.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    await room.says("王晓梅", `/舆情 上报 ${REPORTS.crash}`);
    await room.says("周敏", "/舆情 研判 001 单位=县水务局 舆情=III");
    await room.says("周敏", "/舆情 转办 001");
  });
  afterAll(() => room.close());

  const answers = (): number =>
    room.platform.posts.filter(
      (p) => p.key.startsWith("answer/") || (p.key.includes("/receipt@") && p.kind === "reply"),
    ).length;

  /** How many answers in the chat something got, and what is on record of it. */
  async function answered(
    act: (id: string) => Promise<void>,
  ): Promise<{ posts: number; outcome: string | undefined; ms: number }> {
    const id = `any-${++events}`;
    const before = answers();
    const started = performance.now();
    await act(id);
    const ms = performance.now() - started;
    return { posts: answers() - before, outcome: await room.store.inboxOutcome(id), ms };
  }

  test("behind /舆情 gets one answer, in time, and no failure", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("周敏", "马超群", "路人甲"),
        fc.constantFrom(...WORDS),
        anything,
        async (who, word, text) => {
          const { posts, outcome, ms } = await answered(async (event) => {
            await room.says(who, `/舆情 ${word} ${text}`, { event, known: who !== "路人甲" });
          });
          expect(room.errors).toEqual([]);
          expect(outcome).toBeDefined();
          expect(outcome).not.toBe("received");
          expect(posts).toBe(1);
          expect(ms).toBeLessThan(LONGEST);
        },
      ),
      { seed: 20261120, numRuns: 400 },
    );
  });

  test("in a form gets one answer, in time, and no failure", async () => {
    const values = fc.dictionary(
      fc.constantFrom(...FIELDS),
      fc.oneof(anything, fc.constantFrom("001", "#1", "是", "否", "II", "县水务局")),
      { maxKeys: 8 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("周敏", "马超群"),
        fc.oneof(fc.constantFrom(...WORDS), anything),
        values,
        async (who, action, fill) => {
          const { posts, ms } = await answered(() => room.sendsPress(who, action, fill));
          expect(room.errors).toEqual([]);
          expect(posts + (room.toast ? 1 : 0)).toBe(1);
          expect(ms).toBeLessThan(LONGEST);
        },
      ),
      { seed: 20261120, numRuns: 300 },
    );
  });

  test("as ordinary talk is ignored, or answered once", async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.boolean(), async (text, mentioned) => {
        const { posts, outcome } = await answered(async (event) => {
          await room.says("孙浩", text, { event, mentioned });
        });
        expect(room.errors).toEqual([]);
        expect(posts).toBe(outcome === undefined ? 0 : 1);
      }),
      { seed: 20261120, numRuns: 300 },
    );
  });
});
