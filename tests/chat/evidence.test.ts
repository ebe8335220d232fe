import { hash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Attachment } from "#core/ports.ts";
import { type Chat, openChat } from "../support/chat.ts";

const REPORT = "/舆情 上报 昨天中午开始幸福里小区停水，抖音播放12.3万";
const detailsOf = (chat: Chat): string =>
  (chat.lastIn()?.card.details ?? []).map((l) => (l.kind === "field" ? `${l.label} ${l.value}` : "")).join("\n");

const forward = (...lines: [from: string, text: string][]): Attachment => ({
  kind: "forward",
  name: "业主群的聊天记录",
  lines: lines.map(([from, text]) => ({ from, text })),
});

describe("what comes with messages", () => {
  let chat: Chat;
  beforeEach(async () => {
    chat = await openChat();
  });
  afterEach(async () => {
    expect(chat.errors).toEqual([]);
    await chat.close();
  });

  test("is listed with who, when, kind, name and hash: from the report, from additions, from answers with a picture only", async () => {
    await chat.says("王晓梅", REPORT, { attach: ["抖音截图.png"] });
    await chat.passes("5m");
    await chat.says("王晓梅", "/舆情 补充 001 物业答复函", { attach: ["答复函.pdf"] });
    await chat.says("马超群", "", { to: chat.platform.posts[0], attach: ["现场.mp4"] });
    const c = await chat.case();
    expect(c.evidence?.map(({ by, kind, name }) => [by, kind, name])).toEqual([
      ["王晓梅", "image", "抖音截图.png"],
      ["王晓梅", "file", "答复函.pdf"],
    ]);
    // 马超群 of the water office is not yet in charge: a stranger to the case adds nothing to it.
    await chat.presses("周敏", "研判", { 单位: "青岩县水务局" });
    await chat.says("周敏", "/舆情 转办 001");
    await chat.says("马超群", "", { to: chat.platform.posts[0], attach: ["现场.mp4"] });
    expect((await chat.case()).evidence).toHaveLength(3);
    await chat.says("周敏", "/舆情 状态 001");
    expect(chat.answer()).toContain("附件 3 个(截图 1、文件 1、视频 1)");
    expect(detailsOf(chat)).toContain(
      `附件1 截图 抖音截图.png 王晓梅 11月20日(周五)09:00 校验 ${sha("抖音截图.png").slice(0, 8)}`,
    );
  });

  test("the same content sent twice is told, and counted once", async () => {
    await chat.says("王晓梅", REPORT, { attach: ["截图.png"] });
    await chat.passes("5m");
    await chat.says("王晓梅", "/舆情 补充 001 再发一遍", { attach: ["截图.png"] });
    expect(chat.answer()).toContain("截图 截图.png 与王晓梅 11月20日(周五)09:00 发的相同");
    await chat.says("周敏", "/舆情 状态 001");
    expect(chat.answer()).toContain("附件 1 个(截图 1)");
    expect(detailsOf(chat)).toContain("与附件1相同");
  });

  test("the same content in another case is told with its number; a withheld case is not named", async () => {
    await chat.says("王晓梅", REPORT, { attach: ["截图.png"] });
    await chat.passes("20m");
    await chat.says("孙浩", "/舆情 上报 幸福里小区停水两天没人管", { attach: ["截图.png"] });
    expect(chat.answer()).toContain("截图 截图.png 与王晓梅 11月20日(周五)09:00 在 20261120-001 发的相同");
  });

  test("nothing but reference and hash is stored", async () => {
    const content = async (): Promise<Uint8Array> => {
      throw new Error("nobody asks for the content");
    };
    await chat.says("王晓梅", REPORT, {
      attach: [{ kind: "image", name: "a.png", sha256: sha("a"), ref: "img_v3_1", size: 9, content }],
    });
    expect((await chat.case()).evidence).toEqual([
      {
        kind: "image",
        name: "a.png",
        sha256: sha("a"),
        ref: "img_v3_1",
        size: 9,
        by: "王晓梅",
        at: chat.clock.now(),
        messageId: expect.any(String) as string,
        index: 0,
      },
    ]);
  });

  test("a chat record is read as the report; private names are masked, colleagues keep theirs", async () => {
    await chat.says("王晓梅", "/舆情 上报", {
      attach: [
        forward(
          ["张建国", "幸福里小区停水两天了，学生李小明受伤住院，电话13812345678"],
          ["快乐的小鸟", "物业没人管"],
          ["孙浩", "学校这边还有水"],
        ),
      ],
    });
    const c = await chat.case();
    expect(c.title).not.toContain("内容待补");
    expect(c.report.summary).toContain("张某：幸福里小区停水两天了");
    expect(c.report.summary).toContain("群成员：物业没人管");
    expect(c.report.summary).toContain("孙浩：学校这边还有水");
    expect(c.report.summary).not.toMatch(/13812345678|李小明|张建国|快乐的小鸟/u);
    expect(c.evidence).toMatchObject([{ kind: "forward", name: "业主群的聊天记录(3条)" }]);
    expect(JSON.stringify(c.evidence)).not.toContain("停水");
  });

  test("a chat record never gives a command or fills a field", async () => {
    await chat.says("王晓梅", REPORT);
    await chat.says("王晓梅", "/舆情 补充 001 见聊天记录", {
      attach: [forward(["赵六", "/舆情 误报 001"], ["赵六", "签发：县长"])],
    });
    const c = await chat.case();
    expect(c.gates).toEqual({});
    expect(c.proposals).toEqual([]);
    expect(c.report.summary).toContain("签发：县长");
  });

  test("a marking in one line of a chat record, or in the title of a shared page, withholds the whole message", async () => {
    for (const attach of [
      [forward(["张三", "大家看下"], ["李四", "机密★1年 关于某某的通知"])],
      [{ kind: "card" as const, name: "绝密★ 文件", url: "https://mp.weixin.qq.com/s/abc" }],
    ]) {
      await chat.says("王晓梅", "/舆情 上报 请看", { attach });
      expect(chat.answer()).toContain("疑似带密级标志");
    }
    expect(await chat.count()).toBe(0);
  });

  test("a shared page gives its title, its address and where it comes from", async () => {
    await chat.says("王晓梅", "/舆情 上报", {
      attach: [
        { kind: "card", name: "幸福里小区停水三天无人管", url: "https://v.douyin.com/iABC123/", source: "抖音" },
      ],
    });
    const c = await chat.case();
    expect(c.title).toBe("幸福里小区停水三天无人管");
    expect(c.report.urls).toEqual(["https://v.douyin.com/iABC123/"]);
    expect(c.report.platforms).toEqual(["抖音"]);
    expect(chat.answer()).toContain("附件 1 个(分享链接 1)");
  });

  test("a chat record sent to the bot is offered as the report that it is", async () => {
    await chat.says("王晓梅", "", { in: "dm", attach: [forward(["张建国", "昨晚8点解放路商铺起火，抖音播放8.6万"])] });
    await chat.presses("王晓梅", "是，登记上报");
    expect((await chat.case()).report).toMatchObject({ platforms: ["抖音"], attachments: 1 });
  });
});

const sha = (text: string): string => hash("sha256", text);
