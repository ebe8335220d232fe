import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHeat } from "#core/intake/heat.ts";
import { normalise } from "#core/intake/normalise.ts";
import { findPlatforms } from "#core/intake/platforms.ts";
import type { Heat } from "#core/intake/types.ts";
import { SPREADS } from "./generators/spread.ts";

function heatIn(written: string): Heat {
  const { text } = normalise(written);
  return readHeat(text, findPlatforms(text));
}

describe("figures of spread", () => {
  it.each(Object.entries(SPREADS))("give back what was meant: %s", (_name, spread) => {
    fc.assert(
      fc.property(
        spread,
        fc.constantFrom("", "县城停水。", "截至目前，", "网民发帖反映，"),
        fc.constantFrom("", "。", "，请关注"),
        ({ text, heat }, before, after) => {
          expect(heatIn(before + text + after)).toEqual(heat);
        },
      ),
      { seed: 8600, numRuns: 400 },
    );
  });

  it.each<[string, Heat]>([
    ["阅读量从3万涨到10万", { views: { value: 100_000, op: "=" } }],
    ["播放约为8万", { views: { value: 80_000, op: "≈" } }],
    [
      "全网播放共20万，其中抖音播放12万、快手播放8万",
      { views: { value: 200_000, op: "=" }, byPlatform: { 抖音: { views: 120_000 }, 快手: { views: 80_000 } } },
    ],
    ["12345热线本周受理37件", { calls: { value: 37, op: "=" } }],
    ["12345收到同类反映20余起", { calls: { value: 20, op: ">=" } }],
    [
      "转赞评分别为100、200、300",
      { shares: { value: 100, op: "=" }, likes: { value: 200, op: "=" }, comments: { value: 300, op: "=" } },
    ],
    ["连发5条视频，最高一条播放量27.6万", { views: { value: 276_000, op: "=" } }],
    ["播放说是有十二万多了", { views: { value: 120_000, op: ">=" } }],
    [
      "公众号刊文质疑补偿款，10万+，在看3400",
      { views: { value: 100_000, op: ">=" }, recommends: { value: 3400, op: "=" } },
    ],
    ["No.19", { rank: { scope: "全国", pos: 19 } }],
  ])("are read from: %s", (text, heat) => {
    expect(heatIn(text)).toEqual(heat);
  });

  it.each([
    "播放量不高",
    "点赞：无",
    "粉丝12万",
    "评论区都在问起火原因",
    "11月20日 评论",
    "播放到第3条",
    "转发至各科室",
    "停电3小时",
    "县长信箱有人上周五留言",
    "网民星期三评论",
  ])("are not seen in: %s", (text) => {
    expect(heatIn(text)).toEqual({});
  });
});
