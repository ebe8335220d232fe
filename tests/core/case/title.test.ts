import { expect, test } from "vitest";
import { Desk } from "../../support/desk.ts";

const TITLES: readonly (readonly [report: string, title: string])[] = [
  [
    "城东仓库烧起来了 火好大 抖音已经有人发了 消防去了 伤亡不清楚",
    "城东仓库烧起来了，火好大，抖音已经有人发了，消防去了",
  ],
  ["转：【紧急】各位家长注意！！！实验小学门口有人持刀伤人！！！扩散！！！", "实验小学门口有人持刀伤人"],
  ["1点50分接报，石门镇一民房垮塌，3人被埋，抖音2.3万赞，抖音同城第5", "石门镇一民房垮塌，3人被埋"],
  ["王某某（身份证 [身份证号]，电话[电话]）在抖音发视频称孩子在县医院死亡", "王某某在抖音发视频称孩子在县医院死亡"],
  ["有人说县一中老师打学生，播放5万多了，要不要报", "有人说县一中老师打学生"],
  ["幸福里小区停水,物业没贴通知,抖音播放12.3万 网友质疑", "幸福里小区停水，物业没贴通知，网友质疑"],
  ["解放路塌陷视频12万播放，顺便联系平台把视频删了", "解放路塌陷视频12万播放"],
];

test.each(TITLES)("%s: the title says what happened, and nothing of what stands around it", (report, title) => {
  expect(new Desk(report).case.title).toBe(title);
});
