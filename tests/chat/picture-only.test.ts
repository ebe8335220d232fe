import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, DUTY_GROUP, openChat, textOf } from "../support/chat.ts";
import { REPORTS } from "../support/desk.ts";
import { at } from "../support/time.ts";

const ASKED = "请用一句话说明:什么事、在哪里";

describe("a report that is only a picture", () => {
  let chat: Chat;
  beforeEach(async () => {
    chat = await openChat();
  });
  afterEach(async () => {
    expect(chat.errors).toEqual([]);
    await chat.close();
  });

  test("with the command it is numbered at once, and one line is asked for", async () => {
    await chat.says("王晓梅", "/舆情 上报", { attach: ["现场.jpg"] });
    const c = await chat.case();
    expect(c).toMatchObject({ title: "截图(内容待补)", reporter: "王晓梅", receivedAt: at("11-20 09:00") });
    expect(c.evidence).toMatchObject([{ kind: "image", name: "现场.jpg", by: "王晓梅" }]);
    expect(chat.answer()).toContain(ASKED);
    expect(chat.answer()).not.toContain("还缺");
    expect(chat.answer()).toContain("附件 1 个(截图 1)");
  });

  test("what the same person says next in the group gives the title; the limits run from the picture", async () => {
    await chat.says("王晓梅", "/舆情 上报", { attach: ["现场.jpg"] });
    await chat.passes("3m");
    await chat.says("王晓梅", "幸福里小区停水两天，物业没通知");
    const c = await chat.case();
    expect(await chat.count()).toBe(1);
    expect(c.title).toBe("幸福里小区停水两天，物业没通知");
    expect(c.report).toMatchObject({ summary: "幸福里小区停水两天，物业没通知", attachments: 1 });
    expect(c.report.places).not.toEqual([]);
    expect(c.suggested?.map((s) => s.unit)).toContain("swj");
    expect(c.clocks.find((k) => k.key === "response.first")?.start).toBe(at("11-20 09:00"));
    expect(textOf(chat.platform.posts.find((p) => p.card.title.includes(c.id)))).not.toContain(ASKED);
  });

  test("courtesies, questions, other people and the time after the window give no title", async () => {
    await chat.says("王晓梅", "/舆情 上报", { attach: ["现场.jpg"] });
    await chat.says("王晓梅", "收到");
    await chat.says("王晓梅", "是的");
    await chat.says("孙浩", "幸福里小区停水两天");
    await chat.passes("11m");
    await chat.says("王晓梅", "幸福里小区停水两天");
    expect((await chat.case()).title).toBe("截图(内容待补)");
  });

  test("an answer to the card gives the title whenever it comes, from others who may add to the case too", async () => {
    await chat.says("王晓梅", "/舆情 上报", { attach: ["现场.jpg"] });
    const card = chat.lastIn();
    await chat.passes("3h");
    await chat.says("周敏", "石门镇有客车翻车", { to: card });
    expect((await chat.case()).title).toBe("石门镇有客车翻车");
  });

  test("when the line tells of a grave emergency, the same people learn of it as of a report in words", async () => {
    await chat.says("王晓梅", "/舆情 上报", { attach: ["现场.jpg"] });
    expect(chat.toldTo("周敏")).toEqual([]);
    await chat.says("王晓梅", "石门镇客车坠崖，已致12人死亡");
    expect((await chat.case()).report.eventLevelHint).toBe("II");
    expect(textOf(chat.lastFor("周敏"))).toContain("重大情况");
  });

  test("right behind a report of the same person it belongs to that report, and is taken without a word", async () => {
    await chat.says("王晓梅", `/舆情 上报 ${REPORTS.water}`);
    const posts = chat.platform.posts.length;
    await chat.says("王晓梅", "", { attach: ["现场一.jpg"] });
    await chat.says("王晓梅", "", { attach: ["现场二.jpg"] });
    await chat.says("孙浩", "", { attach: ["午饭.jpg"] });
    expect((await chat.case()).evidence?.map((e) => e.name)).toEqual(["现场一.jpg", "现场二.jpg"]);
    expect(chat.platform.posts).toHaveLength(posts);
    await chat.passes("6m");
    await chat.says("王晓梅", "", { attach: ["晚饭.jpg"] });
    expect((await chat.case()).evidence).toHaveLength(2);
  });

  test("a picture in a group without the command is talk: not stored, not answered", async () => {
    await chat.says("王晓梅", "", { attach: ["午饭.jpg"] });
    await chat.says("王晓梅", "今天的午饭不错", { attach: ["午饭.jpg"] });
    expect(await chat.count()).toBe(0);
    expect(chat.platform.posts).toEqual([]);
    await chat.passes("20m");
    expect(await chat.count()).toBe(0);
  });

  describe("sent to the bot without the command", () => {
    const say = (text: string, attach: string[] = []) => chat.says("王晓梅", text, { in: "dm", attach });

    test("it is asked whether it is a report; 是 numbers it and asks for the line", async () => {
      await say("", ["现场.jpg"]);
      expect(textOf(chat.lastFor("王晓梅"))).toContain("这是舆情报送吗");
      expect(await chat.count()).toBe(0);
      await chat.presses("王晓梅", "是，登记上报");
      expect((await chat.case()).evidence).toHaveLength(1);
      await say("幸福里小区停水");
      expect(await chat.count()).toBe(1);
      expect((await chat.case()).title).toBe("幸福里小区停水");
    });

    test("the line itself answers the question: one case, with the picture", async () => {
      await say("", ["现场.jpg"]);
      await say("", ["现场2.jpg"]);
      await say("幸福里小区停水");
      const c = await chat.case();
      expect(await chat.count()).toBe(1);
      expect(c).toMatchObject({ title: "幸福里小区停水", report: { attachments: 2 } });
      expect(c.evidence?.map((e) => e.name)).toEqual(["现场.jpg", "现场2.jpg"]);
      await chat.passes("20m");
      expect(await chat.count()).toBe(1);
    });

    test("不是 ends it", async () => {
      await say("", ["午饭.jpg"]);
      await say("不是");
      await chat.passes("20m");
      expect(await chat.count()).toBe(0);
    });

    test("nobody answers: numbered after ten minutes, with the picture, and then the line is asked for", async () => {
      await say("", ["现场.jpg"]);
      await chat.passes("10m");
      expect((await chat.case()).evidence).toMatchObject([{ name: "现场.jpg", at: at("11-20 09:00") }]);
      expect(textOf(chat.lastFor("王晓梅"))).toContain(ASKED);
      await say("幸福里小区停水");
      expect((await chat.case()).title).toBe("幸福里小区停水");
    });

    test("a mention in the group does the same", async () => {
      await chat.says("王晓梅", "@回应", { mentioned: true, attach: ["现场.jpg"] });
      expect(chat.answer()).toContain("这是舆情报送吗");
      await chat.says("王晓梅", "幸福里小区停水");
      expect((await chat.case()).origin).toEqual({ kind: "group", name: DUTY_GROUP });
    });
  });

  test("a crash between the picture and the line loses nothing", async () => {
    await chat.says("王晓梅", "/舆情 上报", { attach: ["现场.jpg"] });
    await chat.isDownFor("2m");
    await chat.says("王晓梅", "幸福里小区停水");
    expect((await chat.case()).title).toBe("幸福里小区停水");
  });
});
