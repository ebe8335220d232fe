import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";

const REPORTS = [
  "昨天下午解放路窨井盖丢失，有人差点掉下去，抖音播放1.2万",
  "学校旁边窨井冒水半个月了，微博阅读3万",
  "石门镇政府门前窨井塌陷三天没人修，抖音评论200",
  "城关镇菜市场窨井发臭，抖音播放4000",
];

describe("learned corrections", () => {
  let chat: Chat;
  beforeEach(async () => {
    chat = await openChat();
  });
  afterEach(async () => {
    expect(chat.errors).toEqual([]);
    await chat.close();
  });

  /** Reports, and sends the case to a unit; the number of the case is that of the day. */
  async function corrects(no: number, report: string, unit = "县住建局", who = "周敏"): Promise<void> {
    await chat.says("王晓梅", `/舆情 上报 ${report}`);
    await chat.passes("15m");
    await chat.says(who, `/舆情 研判 #${no} 突发=无 舆情=IV 类别=切身利益 单位=${unit}`);
    await chat.passes("15m");
  }
  const asks = () => chat.toldTo("何伟").filter((p) => p.card.title.startsWith("【词库建议】"));

  async function three(): Promise<void> {
    for (const [i, report] of REPORTS.slice(0, 3).entries()) await corrects(i + 1, report);
  }

  test("the third correction of the same word asks the administrator once, in private", async () => {
    await corrects(1, REPORTS[0] as string);
    await corrects(2, REPORTS[1] as string);
    expect(asks()).toEqual([]);
    await corrects(3, REPORTS[2] as string);
    expect(asks()).toHaveLength(1);
    expect(textOf(asks()[0])).toContain("“窨井”近3次都改派县住建局,是否加入它的职责词?");
    expect(asks()[0]?.card.buttons.map((b) => b.label)).toEqual(["加入", "不加入"]);
    await chat.says("周敏", "/舆情 转办 #3");
    await corrects(4, REPORTS[3] as string);
    expect(asks()).toHaveLength(1);
  });

  test("nothing is learned by itself: without an answer the word suggests nothing", async () => {
    await three();
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS[3]}`);
    expect((await chat.case(4)).suggested?.map((s) => s.unit) ?? []).not.toContain("zjj");
  });

  test("after 加入 it suggests the unit, says who added it, and survives a restart", async () => {
    await three();
    await chat.presses("何伟", "加入");
    await chat.isDownFor("1m");
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS[3]}`);
    const c = await chat.case(4);
    expect(c.report.unitSuggested[0]).toBe("zjj");
    expect(chat.answer()).toContain("建议 县住建局(窨井;词库,2026-11-20 由何伟加入)");
    const form = chat.lastIn()?.card.buttons.find((b) => b.action === "研判")?.form;
    const field = form?.fields.find((f) => f.name === "单位");
    expect(field?.value).toContain("青岩县住房和城乡建设局");
    expect(field?.hint?.normalize("NFKC")).toContain("建议 县住建局(窨井;词库");
    expect(c.triage).toBeUndefined();
    // What is suggested now is no correction any more.
    await chat.says("周敏", "/舆情 研判 #4 突发=无 舆情=IV 类别=切身利益 单位=县住建局");
    expect(await chat.store.corrections(10)).toHaveLength(3);
  });

  test("不加入 ends the matter for good; a second press is told who answered", async () => {
    await three();
    const [ask] = asks();
    await chat.presses("何伟", "不加入");
    await corrects(4, REPORTS[3] as string);
    expect(asks().filter((p) => p.card.title.includes("窨井"))).toHaveLength(1);
    expect(await chat.presses("何伟", "不加入", {}, ask ? { on: ask } : {})).toContain("已由何伟答复不加入");
  });

  test("词库 lists and removes; only the administrator may", async () => {
    await three();
    await chat.says("何伟", "/舆情 词库", { in: "dm" });
    expect(textOf(chat.lastFor("何伟"))).toContain("待定 窨井 → 县住建局");
    await chat.says("何伟", "/舆情 词库 加入 窨井", { in: "dm" });
    await chat.says("何伟", "/舆情 词库", { in: "dm" });
    expect(textOf(chat.lastFor("何伟"))).toMatch(/窨井 县住建局\(2026-11-20 由何伟加入\)/u);
    await chat.says("周敏", "/舆情 词库 删除 窨井");
    expect(chat.answer()).toContain("管理员");
    await chat.says("何伟", "/舆情 词库 删除 窨井", { in: "dm" });
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS[3]}`);
    expect((await chat.case(4)).suggested?.some((s) => s.unit === "zjj") ?? false).toBe(false);
    expect((await chat.store.lexicon()).map((e) => [e.step, e.by])).toEqual([
      ["asked", "周敏"],
      ["accepted", "何伟"],
      ["removed", "何伟"],
    ]);
  });

  test("bad words, units and verbs are refused with what to write", async () => {
    const says = async (text: string): Promise<string> => {
      await chat.says("何伟", `/舆情 词库 ${text}`, { in: "dm" });
      return textOf(chat.lastFor("何伟"));
    };
    expect(await says("清空")).toContain("词库后面可写");
    expect(await says("加入 x 单位=县住建局")).toContain("2 到 8 个汉字");
    expect(await says("加入 窨井")).toContain("请写单位");
    expect(await says("加入 窨井 单位=外交部")).toContain("通讯录里没有“外交部”");
    expect(await says("加入 停水 单位=县水务局")).toContain("本来就是");
    expect(await says("删除 窨井")).toContain("词库里没有“窨井”");
    expect(await says("不加入 窨井 单位=县住建局")).toContain("没有待定的“窨井”");
  });

  test("a correction to another unit in between starts the count anew", async () => {
    await corrects(1, REPORTS[0] as string);
    await corrects(2, REPORTS[1] as string);
    await corrects(3, REPORTS[3] as string, "县水务局");
    await corrects(4, REPORTS[2] as string);
    expect(asks()).toEqual([]);
  });

  test("a case that is sent on once more counts as it was sent last", async () => {
    await corrects(1, REPORTS[0] as string);
    await chat.says("周敏", "/舆情 转办 #1 单位=县水务局");
    expect(await chat.store.corrections(10)).toMatchObject([{ unit: "swj", by: "周敏" }]);
  });

  test("a named unit, several units, and the officer on duty acting for 组织协调 teach nothing", async () => {
    await chat.says("王晓梅", "/舆情 上报 网友质疑县水务局窨井没人管，抖音播放3万");
    await chat.says("周敏", "/舆情 研判 #1 突发=无 舆情=IV 类别=切身利益 单位=县住建局");
    await corrects(2, REPORTS[0] as string, "县住建局、县水务局");
    await chat.until("11-20 22:30");
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS[1]}`);
    await chat.says("赵敏之", "/舆情 研判 #3 突发=无 舆情=IV 类别=切身利益 单位=县住建局");
    expect((await chat.case(3)).triage?.acting).toBe(true);
    expect(await chat.store.corrections(10)).toEqual([]);
  });

  test("at night the administrator is asked in the morning", async () => {
    await corrects(1, REPORTS[0] as string);
    await corrects(2, REPORTS[1] as string);
    await chat.until("11-20 22:30");
    await corrects(3, REPORTS[2] as string);
    expect(asks()).toEqual([]);
    await chat.until("11-21 07:31");
    expect(asks()).toHaveLength(1);
  });
});
