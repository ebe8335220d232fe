import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DUTY_GROUP, FeishuOffice } from "../support/feishu-office.ts";

const REPORT =
  "/舆情 上报 半小时前，石门镇S216线一辆客车坠崖，已致12人死亡、9人受伤，县公安局在现场，微博阅读860万 https://weibo.com/1/T1";

describe("the main job in Feishu", () => {
  let office: FeishuOffice;
  beforeEach(async () => {
    office = await FeishuOffice.open();
  });
  afterEach(() => office.close());

  test("report, card, form, escalation, urgent, read, acknowledgement, patch, digest", async () => {
    const reportId = await office.says("王晓梅", REPORT);
    const receipt = office.newest("王晓梅", (text) => text.includes("【已受理】"));
    expect(receipt.parentId).toBe(reportId);
    expect(receipt.chatId).toBe(office.group().chatId);
    expect(office.text(receipt)).toMatch(/县公安局[\s\S]*权威信息[\s\S]*新闻发布会[\s\S]*国办发〔2016〕80号/u);
    expect(receipt.uuid).toMatch(/^[\w-]{20,50}$/);

    // A suspected major emergency: who is on duty, and the coordinating office, know at once and urgently.
    const alarm = office.newest("周敏", (text) => text.includes("【重大情况】"));
    expect(alarm.urgent.map((u) => u.kind)).toEqual(["app"]);

    // From the group the form goes to the person who pressed, and to nobody else.
    const opened = await office.presses("周敏", "研判", undefined, receipt);
    expect(opened.toast?.content).toContain("私");
    const form = office.newest("周敏", (text) => text.includes("提交研判"));
    expect(form.chatId).toBe(office.server.p2p(office.user("周敏")).chatId);
    const triaged = await office.presses("周敏", "提交研判", { 突发: "II", 舆情: "II" }, form);
    expect(triaged.toast).toMatchObject({ type: "success" });
    expect(office.text(receipt)).toContain("【已研判】");
    expect(receipt.edits.length).toBeGreaterThan(0);

    await office.presses("周敏", "转办", undefined, receipt);
    await office.presses("周敏", "提交转办", {});
    expect(office.text(receipt)).toContain("【待签收】");

    const assignment = office.newest("贺强", (text) => text.includes("请签收"));
    const signed = await office.presses("贺强", "签收", undefined, assignment);
    expect(signed.toast).toMatchObject({ type: "success" });
    // The answer to the press brings the card; in the group it follows by an edit.
    expect(JSON.stringify(signed.card)).toContain("处置中");
    expect(office.text(receipt)).toMatch(/贺强.*签收/u);

    // Nothing counts down in Feishu: the card in the group is drawn anew with each reminder.
    expect(receipt.content).toMatchObject({ header: { template: "blue" } });

    // T-1h30m: the deputy of the unit, privately and urgently.
    await office.passes("3h");
    const escalation = office.newest("邵军", (text) => text.includes("请您关注"));
    expect(escalation.urgent.map((u) => u.kind)).toEqual(["app"]);
    expect(receipt.content).toMatchObject({ header: { template: "yellow" } });
    await office.server.reads(office.user("邵军"), escalation.id);
    const known = await office.presses("邵军", "已知悉", undefined, escalation);
    expect(known.toast).toMatchObject({ type: "success" });

    await office.says("周敏", "/舆情 送达 #1", { in: "p2p" });
    const log = office.newest("周敏", (text) => text.includes("邵军"));
    expect(office.text(log)).toMatch(/邵军[\s\S]*已读/u);

    await office.until("11-20 17:30");
    expect(office.server.chatText(office.group())).toContain("【舆情日报】");
    expect(office.server.problems).toEqual([]);
    expect(office.errors).toEqual([]);
  });

  test("a form in a private chat opens in place, and 返回 brings the card back", async () => {
    await office.says("王晓梅", REPORT);
    const alarm = office.newest("周敏", (text) => text.includes("【重大情况】"));
    const opened = await office.presses("周敏", "研判", undefined, alarm);
    expect(opened).toMatchObject({ card: { schema: "2.0" } });
    expect(office.text(alarm)).toContain("提交研判");
    await office.presses("周敏", "返回", undefined, alarm);
    expect(office.text(alarm)).toContain("【重大情况】");
    expect(office.server.problems).toEqual([]);
  });

  test("what is said in one group stays there", async () => {
    await office.says("王晓梅", REPORT);
    const others = office.server.chats.filter((c) => c.mode === "group" && c.name !== DUTY_GROUP);
    for (const chat of others) expect(office.server.chatText(chat)).not.toContain("客车");
  });
});
