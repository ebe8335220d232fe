import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diffReport } from "#src/cli/rules-diff.ts";
import { openDiff } from "#src/rules-diff.ts";
import { at, type Chat, openChat, textOf } from "../support/chat.ts";

const BEFORE = ["cn.law", "cn.gb61", "cn.gb80", "qingyan.office"];
const AFTER = [...BEFORE, "examples/qingyan/packs/qingyan.first24.yaml"];
const REPORT = "/舆情 上报 今天9点在抖音看到幸福里小区停水,播放3万,网友质疑县水务局不作为";

let folder: string;
let databaseUrl: string;
let chat: Chat;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "huiying-rules-"));
  databaseUrl = `sqlite:${join(folder, "huiying.db")}`;
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The bot is stopped and started again on the same database, by these packs. */
async function startsWith(packs: readonly string[], before?: Chat): Promise<Chat> {
  await before?.close();
  chat = await openChat({
    databaseUrl,
    setup: { packs: [...packs] },
    ...(before ? { platform: before.platform, clock: before.clock } : {}),
  });
  return chat;
}

/** Case 1 is decided and assigned, case 2 waits for 研判; then other rules are in force. */
async function changed(): Promise<Chat> {
  const first = await startsWith(BEFORE);
  await first.says("赵磊", REPORT);
  await first.presses("周敏", "研判", { 突发: "无", 舆情: "IV", 单位: "县水务局" });
  await first.presses("周敏", "转办");
  await first.presses("马超群", "签收");
  await first.says("王晓梅", "/舆情 上报 今天9点在微博看到县一中食堂饭菜发霉,阅读2万,家长要求教育局说明");
  await first.passes("10m");
  return startsWith(AFTER, first);
}

const firstDue = async (no: number): Promise<number | null | undefined> =>
  (await chat.case(no)).clocks.find((k) => k.key === "response.first" && k.kind === "hard")?.dueAt;
const noticesTo = (name: string): string[] =>
  chat
    .toldTo(name)
    .map(textOf)
    .filter((text) => text.includes("规则有变化"));

describe("a start with other packs", () => {
  it("leaves the case that was decided alone, plans the other anew, and says so once", async () => {
    await changed();
    expect(await firstDue(1)).toBe(at("11-22 09:00"));
    expect(await firstDue(2)).toBe(at("11-21 09:00"));
    expect(noticesTo("周敏")).toHaveLength(1);
    expect(noticesTo("何伟")[0]).toContain("其中 1 件若应用新规则会有变化");
    expect(noticesTo("何伟")[0]).toContain("未研判的 1 件已按现行规则重排时限");
    const replanned = (await chat.store.history((await chat.case(2)).id)).at(-1)?.event;
    expect(replanned).toMatchObject({ type: "rulesAdopted", by: "机器人" });
    await startsWith(AFTER, chat);
    expect(noticesTo("周敏")).toHaveLength(1);
    expect((await chat.case(2)).adoptions).toHaveLength(1);
  });

  it("the reminders of what was planned anew follow its new limit", async () => {
    await changed();
    const told = (words: string): string[] =>
      chat.platform.posts
        .map(textOf)
        .filter((text) => text.includes("20261120-002") && text.includes("首次回应") && text.includes(words));
    expect(told("还剩 23小时50分")).not.toEqual([]);
    expect(told("时限已到")).toEqual([]);
    await chat.until("11-21 09:00");
    expect(told("时限已到")).not.toEqual([]);
  });

  it("that are the same says nothing", async () => {
    const first = await startsWith(BEFORE);
    await first.says("赵磊", REPORT);
    await startsWith(BEFORE, first);
    expect(noticesTo("周敏")).toEqual([]);
  });

  it("that say the same in better words tell nobody: only what binds is compared", async () => {
    const pack = readFileSync("examples/qingyan/rules/qingyan.office.yaml", "utf8");
    const reworded = pack
      .replace(/behaviour: .*/gu, "behaviour: 换一种说法")
      .replace(/^note: .*/mu, "note: 另一条说明");
    const file = join(folder, "qingyan.office.yaml");
    const restarted = [...BEFORE.slice(0, 3), file];
    writeFileSync(file, reworded);
    const first = await startsWith(BEFORE);
    await first.says("赵磊", REPORT);
    await first.presses("周敏", "研判", { 突发: "无", 舆情: "IV", 单位: "县水务局" });
    await startsWith(restarted, first);
    expect(noticesTo("周敏")).toEqual([]);
    await chat.says("周敏", "/舆情 规则 #1", { in: "dm" });
    expect(textOf(chat.lastFor("周敏"))).not.toContain("规则包此后有变化");
    writeFileSync(
      file,
      reworded.replace("value: 15, unit: workingDay }, kind: hard", "value: 10, unit: workingDay }, kind: hard"),
    );
    await startsWith(restarted, chat);
    expect(noticesTo("周敏")).toHaveLength(1);
  });

  it("without open cases speaks of no case", async () => {
    await startsWith(AFTER, await startsWith(BEFORE));
    expect(noticesTo("周敏")).toEqual([expect.stringContaining("不受影响")]);
  });
});

describe("huiying rules diff", () => {
  it("lists old and new limits of open cases before the restart, and writes nothing", async () => {
    const first = await startsWith(BEFORE);
    await first.says("赵磊", REPORT);
    await first.presses("周敏", "研判", { 突发: "无", 舆情: "IV", 单位: "县水务局" });
    await first.says("王晓梅", "/舆情 上报 今天9点在微博看到县一中食堂饭菜发霉,阅读2万,家长要求教育局说明");
    const affected = await openDiff({ database: databaseUrl, packs: AFTER }, first.clock.now());
    const lines = diffReport(affected, first.clock.now(), { json: false });
    expect(lines[0]).toContain("1 件已研判");
    expect(lines[0]).toContain("1 件未研判");
    expect(lines).toContain("  首次回应 11月22日(周日)09:00 → 11月21日(周六)09:00，提前 24小时00分");
    const { cases } = JSON.parse(diffReport(affected, first.clock.now(), { json: true })[0] ?? "");
    expect(cases.find((c: { frozen: boolean }) => c.frozen)).toMatchObject({
      clocks: [{ key: "response.first", before: { rule: "gb61.resp48" }, after: { rule: "first24.respond" } }],
      obligations: [{ id: "first24.respond", change: "added" }],
    });
    expect(await firstDue(1)).toBe(at("11-22 09:00"));
    expect(
      diffReport(await openDiff({ database: databaseUrl, packs: BEFORE }, first.clock.now()), 0, { json: false }),
    ).toEqual(["现行规则不改变任何在办案件。"]);
  });
});

describe("/舆情 应用新规则", () => {
  it("lists the cases, shows what would change on one, and takes it over with a reason", async () => {
    await changed();
    await chat.presses("周敏", "查看变化");
    expect(textOf(chat.lastFor("周敏"))).toContain("现行规则会改变的在办案件(1)");
    await chat.presses("周敏", (await chat.case(1)).id.slice(10));
    expect(textOf(chat.lastFor("周敏"))).toContain("11月22日(周日)09:00 → 11月21日(周六)09:00");
    expect(await firstDue(1)).toBe(at("11-22 09:00"));
    await chat.presses("周敏", "应用新规则", { 理由: "新规定自今日起施行" });
    expect(await firstDue(1)).toBe(at("11-21 09:00"));
    expect(textOf(chat.lastFor("马超群"))).toContain("周敏对本件应用新规则");
    await chat.says("周敏", "/舆情 应用新规则", { in: "dm" });
    expect(textOf(chat.lastFor("周敏"))).toContain("没有在办案件");
  });

  it("lists page by page however many there are", async () => {
    const first = await startsWith(BEFORE);
    const towns = ["城关镇", "云岭乡", "石门镇", "青溪镇", "云溪镇", "青山镇", "云栖古镇"];
    for (const town of towns) {
      await first.says("赵磊", `/舆情 上报 今天9点在抖音看到${town}停水,播放3万,网友质疑县水务局不作为`);
      await first.presses("周敏", "研判", { 突发: "无", 舆情: "IV", 单位: "县水务局" });
      await first.passes("1m");
    }
    await startsWith(AFTER, first);
    await chat.says("周敏", "/舆情 应用新规则", { in: "dm" });
    const seen = [textOf(chat.lastFor("周敏"))];
    expect(seen[0]).toContain("现行规则会改变的在办案件(7) 1/2");
    await chat.presses("周敏", "下一页");
    seen.push(textOf(chat.lastFor("周敏")));
    for (let no = 1; no <= towns.length; no++) expect(seen.join("\n")).toContain(`20261120-00${no}`);
    expect(chat.lastFor("周敏")?.card.buttons.map((b) => b.label)).not.toContain("下一页");
  });

  it("the administrator may, a unit's liaison may not, and a reason has to be there", async () => {
    await changed();
    await chat.says("马超群", "/舆情 应用新规则 #1 理由=想换", { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toContain("组织协调");
    await chat.says("何伟", "/舆情 应用新规则 #1", { in: "dm" });
    expect(textOf(chat.lastFor("何伟"))).toContain("现在仍按研判时冻结的规则计时");
    await chat.presses("何伟", "应用新规则", { 理由: "" });
    expect(await firstDue(1)).toBe(at("11-22 09:00"));
    await chat.says("何伟", "/舆情 应用新规则 #1 理由=新规定施行", { in: "dm" });
    expect(await firstDue(1)).toBe(at("11-21 09:00"));
  });

  it("survives a restart: the case keeps what was adopted", async () => {
    await changed();
    await chat.says("周敏", "/舆情 应用新规则 #1 理由=新规定施行", { in: "dm" });
    await startsWith(BEFORE, chat);
    expect(await firstDue(1)).toBe(at("11-21 09:00"));
    expect(noticesTo("周敏").at(-1)).toContain("其中 1 件");
  });
});

describe("/舆情 规则", () => {
  it("shows of a case since when it is frozen, what counts, and what it tightened", async () => {
    await changed();
    await chat.says("周敏", "/舆情 应用新规则 #1 理由=新规定施行", { in: "dm" });
    await chat.says("马超群", "/舆情 规则 #1", { in: "dm" });
    const text = textOf(chat.lastFor("马超群"));
    expect(text).toContain("周敏应用新规则:新规定施行");
    expect(text).toContain("首次回应 11月21日(周六)09:00(24小时)");
    expect(text).toContain("青政办〔2026〕21号(虚构) 第四条:“对一般政务舆情应在24小时内首次回应”");
    expect(text).toContain("已由本条收紧:国办发〔2016〕61号 三(48小时)");
  });

  it("a case that keeps older rules says that there are newer ones", async () => {
    await changed();
    await chat.says("马超群", "/舆情 规则 #1", { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toContain("规则包此后有变化,本件不受影响");
    await chat.says("周敏", "/舆情 规则 #2", { in: "dm" });
    expect(textOf(chat.lastFor("周敏"))).toContain("研判前按现行规则");
  });

  it("the first card fits a phone; each part and page is one press away", async () => {
    await changed();
    await chat.says("马超群", "/舆情 规则 #1", { in: "dm" });
    expect(textOf(chat.lastFor("马超群")).split("\n").length).toBeLessThanOrEqual(14);
    await chat.presses("马超群", "要求");
    expect(textOf(chat.lastFor("马超群"))).toMatch(/要求 1\/\d/u);
    await chat.presses("马超群", "下一页");
    expect(textOf(chat.lastFor("马超群"))).toMatch(/要求 2\/\d/u);
    await chat.presses("马超群", "责任");
    expect(textOf(chat.lastFor("马超群"))).toContain("第一责任主体 青岩县水务局");
    await chat.presses("马超群", "参考");
    expect(textOf(chat.lastFor("马超群"))).toContain("内部目标");
    await chat.says("马超群", "/舆情 规则 #1 部分=胡写", { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toContain("可填:时限、要求、责任、参考");
  });

  it("of a 特别重大 case names who leads, and what a person still has to decide", async () => {
    await startsWith(BEFORE);
    await chat.says("赵磊", REPORT);
    await chat.presses("周敏", "研判", { 突发: "无", 舆情: "I", 单位: "县水务局、县住建局" });
    await chat.says("周敏", "/舆情 规则 #1 部分=责任", { in: "dm" });
    const text = textOf(chat.lastFor("周敏"));
    expect(text).toContain("领导责任 青岩县人民政府主要负责同志");
    expect(text).toContain("请人确认:必要时由组织协调方确定牵头部门");
    expect(text.match(/国办发〔2016〕61号 一/gu)).toHaveLength(1);
  });

  it("finds a clause by id, document number or word, page by page", async () => {
    await startsWith(BEFORE);
    await chat.says("马超群", "/舆情 规则 gb61.resp48", { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toBe(
      "国办发〔2016〕61号 三\n“对其他政务舆情应在48小时内予以回应”\n48小时 · 有效 · 编号 gb61.resp48",
    );
    await chat.says("马超群", "/舆情 规则 国办发〔2016〕61号", { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toMatch(/相关条款\(\d+\) 1\/\d/u);
    await chat.presses("马超群", "下一页");
    expect(textOf(chat.lastFor("马超群"))).toMatch(/相关条款\(\d+\) 2\/\d/u);
    await chat.says("马超群", "/舆情 规则 没有这句话", { in: "dm" });
    expect(textOf(chat.lastFor("马超群"))).toContain("没有“没有这句话”这一条");
  });
});
