import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takeReport } from "./support.ts";

const URLS = [
  "https://v.douyin.com/iTEST01a/",
  "http://xhslink.com/a/AbCdEf",
  "https://weibo.com/1234567890/TESTabc?from=page",
  "https://mp.weixin.qq.com/s/TEST03c",
  "https://www.xiaohongshu.com/explore/TEST15o?source=share&xsec_token=AB-c_d%3D",
  "https://m.weibo.cn/detail/5012345#comment",
  "weibo.com/7788/NabcD",
  "https://b23.tv/TEST",
];
/** What people put around a link; none of it belongs to it. */
const AROUND: readonly (readonly [string, string])[] = [
  ["", "，"],
  ["", "。"],
  ["链接", "、"],
  ["（", "）"],
  ["(", ")"],
  ["【", "】"],
  ["“", "”"],
  ["：", "；"],
  ["见", " 请核实"],
  ["\n", "\n"],
  ["<", ">"],
  ["🔗", "🙏"],
];

describe("links", () => {
  it("are found whatever stands around them, each once and in order", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...URLS), { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom(...AROUND), { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        (urls, around, twice) => {
          const pieces = (twice ? [...urls, urls[0] as string] : urls).map((url, k) => {
            const [before, after] = around[k % 4] as readonly [string, string];
            return before + url + after;
          });
          expect(takeReport(`青岩县停水，${pieces.join("另")}网友热议`).urls).toEqual(urls);
        },
      ),
      { seed: 301, numRuns: 400 },
    );
  });

  it.each<[string, object]>([
    [
      "7.43 复制打开抖音，看看【小青的作品】青岩县停水三天了# 停水 https://v.douyin.com/iABCDE/ aBC:/ 05/12 z@M.jP",
      { platforms: ["抖音"], account: "小青", urls: ["https://v.douyin.com/iABCDE/"], heat: {} },
    ],
    [
      "【小红书】青岩县云栖民宿宰客 http://xhslink.com/a/xyz，复制本条信息，打开【小红书】App查看精彩内容！",
      { platforms: ["小红书"], urls: ["http://xhslink.com/a/xyz"] },
    ],
    ["【青岩停水 #停水 - 抖音】https://v.douyin.com/xx/", { platforms: ["抖音"], urls: ["https://v.douyin.com/xx/"] }],
  ])("are taken out of what an app shares: %s", (text, expected) => {
    expect(takeReport(text)).toMatchObject(expected);
  });
});
