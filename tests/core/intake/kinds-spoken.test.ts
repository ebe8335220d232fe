import { describe, expect, it } from "vitest";
import { take } from "./support.ts";

describe("what somebody saw, told in one breath", () => {
  it.each([
    "石门镇有个煤矿塌了，3个人被埋",
    "学校食堂吃坏了二十几个孩子",
    "石门镇桥断了，有车掉下去",
    "县城南关着火了",
    "县一中有学生打架打死人了",
    "化工厂爆炸了",
    "水厂泄漏了",
    "幼儿园十几个娃上吐下泻",
    "国道上大巴翻了",
    "城南加油站冒烟了",
    "县医院门口几十人堵门",
    "村里塌方压了两个人",
    "云岭乡河里淹死个娃",
    "学校食堂吃坏了好多孩子，是不是食物中毒",
    "培训机构着火了，有人没出来",
  ])("is a report when it names the place and the harm: %s", (text) => {
    expect(take(text).kind).toBe("report");
  });

  it.each([
    "塌了，3个人被埋",
    "桥断了",
    "有车掉下去了",
    "学校今天消防演练，有人在操场聚集",
    "县一中搞消防演练，学生都聚集在操场",
    "学校防溺水宣传",
    "幼儿园防火灾知识讲座",
    "如果学校着火了怎么走",
    "医院会不会有人堵门",
    "工地着火了吗？",
    "孩子在幼儿园上吐下泻，我请半天假",
    "孩子发烧了，学校让接回去",
    "学校群都炸了",
    "医院网断了",
    "石门镇的会时间撞了",
    "石门镇明天气温掉到零下",
    "学校排名掉到第三",
    "小区打死我也不去",
    "工地天塌了也要干完",
  ])("and none when one is missing, or it did not happen: %s", (text) => {
    expect(take(text).kind).not.toBe("report");
  });
});
