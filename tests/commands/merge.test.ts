import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Chat, openChat, textOf } from "../support/chat.ts";
import type { Post } from "../support/fake-platform.ts";
import { at } from "../support/time.ts";

const LINK = "https://v.douyin.com/iDEMO002/";
const WATER = `/舆情 上报 昨天中午开始幸福里小区停水,物业没贴通知,抖音播放12.3万 ${LINK} 网友质疑县水务局不作为`;
const AGAIN = "/舆情 上报 网友反映城关镇幸福里停水两天了,老人提水上楼,县水务局没人管";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
  await chat.says("王晓梅", WATER);
  await chat.passes("20m");
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const labels = (post: Post | undefined): string[] => post?.card.buttons.map((b) => b.label) ?? [];
/** A case's card in the duty group, as it stands now. */
function card(no: string): Post {
  const found = chat.platform.posts.find((p) => p.to.kind === "group" && p.card.title.endsWith(`-${no}`));
  if (!found) throw new Error(`no card of ${no}`);
  return found;
}

describe("a report of what was reported already", () => {
  test("shows the other one and what speaks for it, with one button to merge", async () => {
    await chat.says("孙浩", `${AGAIN} ${LINK}?share_token=1`);
    expect(chat.answer()).toMatch(/相似:001 幸福里小区停水.*\(同一链接\)/);
    expect(labels(chat.lastIn()).slice(0, 4)).toEqual(["研判", "补充", "并案：与 001 相似", "不是同一件"]);
    expect((await chat.case(2)).state).toBe("reported");
  });

  test("by place and words: where, what both mention, and how far apart", async () => {
    await chat.says("孙浩", "/舆情 上报 幸福里小区停水仍未恢复,居民聚集在物业办公室");
    expect(chat.answer()).toMatch(/相似:001 .*\(同在幸福里小区,提到 停水.*;相隔 20分\)/);
  });

  test("names at most two, and none of another event in the same words", async () => {
    await chat.says("孙浩", AGAIN);
    await chat.says("孙浩", AGAIN);
    await chat.says("孙浩", AGAIN);
    expect(chat.answer().match(/相似:/g)).toHaveLength(2);
    await chat.says("孙浩", "/舆情 上报 昨天中午开始阳光花园小区停电,物业没贴通知,网友质疑");
    expect(chat.answer()).not.toContain("相似");
  });

  test("is found when the link comes later", async () => {
    await chat.says("孙浩", "/舆情 上报 县城有小区出事了,群里在传,详情待补");
    expect(chat.answer()).not.toContain("相似");
    await chat.says("孙浩", `/舆情 补充 002 视频在这里 ${LINK}`);
    expect(textOf(card("002"))).toContain("相似:001");
    expect(textOf(card("002"))).toContain("同一链接");
  });

  test("can be said to be something else: the hint goes, and stays away", async () => {
    await chat.says("孙浩", AGAIN);
    expect(await chat.presses("周敏", "不是同一件")).toMatch(/002 与 20261120-001 不是同一件,不再提示/);
    expect(textOf(card("002"))).not.toContain("相似");
    await chat.says("孙浩", `/舆情 补充 002 视频在这里 ${LINK}`);
    expect(textOf(card("002"))).not.toContain("相似");
    await chat.says("王晓梅", "/舆情 补充 001 又有新视频 https://v.douyin.com/iDEMO009/");
    expect(textOf(card("001"))).not.toContain("相似");
  });
});

describe("并案", () => {
  beforeEach(async () => {
    await chat.says("孙浩", `${AGAIN} ${LINK}`);
  });

  test("with the button: both cards say so, and lead to one another", async () => {
    expect(await chat.presses("周敏", "并案：与 001 相似")).toBe("已并入 20261120-001");
    expect(textOf(card("002"))).toMatch(
      /【已并案】.*\n[\s\S]*已于 11月20日\(周五\)09:20 由周敏并入 20261120-001 .*\(同一事件,同一链接\)/,
    );
    expect(labels(card("002"))).toEqual(["看 001"]);
    expect(textOf(card("001"))).toMatch(/并入 002 .*\(报送人 孙浩\)/);
    expect(labels(card("001"))).toContain("研判");
  });

  test("typed: what becomes of both, and that it cannot be undone", async () => {
    await chat.says("周敏", "/舆情 并案 20261120-002 到=20261120-001 理由=同一事件");
    expect(chat.answer()).toMatch(/已并案 20261120-002 → 20261120-001/);
    expect(chat.answer()).toMatch(/不再单独计时/);
    expect(chat.answer()).toMatch(/并案不能撤销;发现并错,请重新〔上报〕并写明原编号 20261120-002/);
    expect(labels(chat.lastIn())).toEqual(["看 001"]);
  });

  test("tells both reporters and the unit that was named, each once", async () => {
    await chat.presses("周敏", "并案：与 001 相似");
    expect(textOf(chat.lastFor("孙浩"))).toMatch(/周敏已把本件并入 20261120-001 .*本件编号保留/);
    expect(textOf(chat.lastFor("王晓梅"))).toMatch(/20261120-002 .*\(报送人 孙浩\)已并入本件/);
    expect(textOf(chat.lastFor("马超群"))).toMatch(/并入 20261120-001/);
    for (const name of ["孙浩", "王晓梅", "马超群"]) expect(chat.toldTo(name)).toHaveLength(1);
    expect(chat.toldTo("周敏")).toEqual([]);
  });

  test("silences the case that went: no reminder of it any more", async () => {
    await chat.presses("周敏", "并案：与 001 相似");
    const told = chat.platform.posts.length;
    await chat.until("11-22 12:00");
    const later = chat.platform.posts.slice(told).map(textOf);
    expect(later.filter((text) => text.includes("-001"))).not.toEqual([]);
    expect(later.filter((text) => text.includes("-002"))).toEqual([]);
  });

  test("an action that comes too late says where the case went, and leads there", async () => {
    const old = structuredClone(card("002"));
    await chat.presses("周敏", "并案：与 001 相似");
    await chat.passes("1h");
    expect(await chat.presses("罗文博", "研判", {}, { on: old })).toMatch(
      /002 已于 11月20日\(周五\)09:20 并入 20261120-001 .*请在该件办理/,
    );
    await chat.says("孙浩", "/舆情 补充 002 又来了消防车");
    expect(chat.answer()).toMatch(/请在该件办理/);
    expect(labels(chat.lastIn())).toEqual(["看 001"]);
    await chat.presses("孙浩", "看 001");
    expect(chat.answer()).toContain("YQ-990121-20261120-001");
  });

  test("pressed twice merges once", async () => {
    const on = structuredClone(card("002"));
    await chat.presses("周敏", "并案：与 001 相似", {}, { on });
    expect(await chat.presses("罗文博", "并案：与 001 相似", {}, { on })).toMatch(/002 已于 .* 并入 20261120-001/);
    expect((await chat.case(1)).absorbed).toHaveLength(1);
  });

  test("into the later number: the earlier receipt counts, and the limits show both times", async () => {
    await chat.says("周敏", "/舆情 并案 001 到=002 理由=002 的情况更完整");
    expect(chat.answer()).toMatch(/时限提前:首次回应 11月22日\(周日\)09:20 改为 11月22日\(周日\)09:00/);
    expect((await chat.case(2)).receivedAt).toBe(at("11-20 09:00"));
    expect(textOf(chat.lastFor("孙浩"))).toMatch(/时限提前/);
  });
});

describe("people write 并案 as they speak", () => {
  test.each(["/舆情 并案 002 001 同一个小区", "/舆情 并案 002 到 001 同一个小区", "/舆情 并案 002 并入#1，同一个小区"])(
    "%s",
    async (text) => {
      await chat.says("孙浩", AGAIN);
      await chat.says("周敏", text);
      expect(chat.answer()).toMatch(/已并案 20261120-002 → 20261120-001/);
      expect(textOf(card("002"))).toContain("(同一个小区)");
    },
  );
  test("without a reason the example can be sent as it stands", async () => {
    await chat.says("孙浩", AGAIN);
    await chat.says("周敏", "/舆情 并案 002 001");
    expect(chat.answer()).toContain("/舆情 并案 20261120-002 到=20261120-001 理由=");
  });
});

describe("并案 is refused", () => {
  beforeEach(async () => {
    await chat.says("孙浩", AGAIN);
  });

  test.each([
    ["王晓梅", "/舆情 并案 002 到=001 理由=同一事件", /请 20261120-002 的组织协调\(周敏、罗文博\)并案/],
    ["何伟", "/舆情 并案 002 到=001 理由=同一事件", /请 20261120-002 的组织协调\(周敏、罗文博\)并案/],
    ["周敏", "/舆情 并案 002 到=001", /须写相似依据/],
    ["周敏", "/舆情 并案 002 理由=同一事件", /请写并入哪一件.*到=20261120-001/],
    ["周敏", "/舆情 并案 002 到=那一件 理由=同一事件", /请写并入哪一件/],
    ["周敏", "/舆情 并案 002 到=009 理由=同一事件", /没有编号 009 的案件/],
    ["周敏", "/舆情 并案 002 到=002 理由=同一事件", /不能并入自身/],
  ])("%s: %s", async (who, text, why) => {
    await chat.says(who, text);
    expect(chat.answer()).toMatch(why);
    expect((await chat.case(2)).state).toBe("reported");
  });

  test("once a unit has it: what to do instead", async () => {
    await chat.says("周敏", "/舆情 研判 002 舆情=IV 单位=县水务局");
    await chat.says("周敏", "/舆情 转办 002");
    expect(labels(card("002")).join()).not.toContain("相似");
    await chat.says("周敏", "/舆情 并案 002 到=001 理由=同一事件");
    expect(chat.answer()).toMatch(/已转办的件不再并入他件.*〔补充〕/);
  });

  test("into one that has ended", async () => {
    await chat.says("周敏", "/舆情 误报 001 理由=外省视频");
    await chat.presses("罗文博", "确认");
    await chat.says("周敏", "/舆情 并案 002 到=001 理由=同一事件");
    expect(chat.answer()).toMatch(/001 是“误报”,不能再并入;请单独办理 20261120-002/);
  });
});
