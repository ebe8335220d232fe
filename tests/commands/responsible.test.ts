import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Chat, openChat } from "../support/chat.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(async () => {
  expect(chat.errors).toEqual([]);
  await chat.close();
});

const asks = async (text: string): Promise<string> => {
  await chat.says("周敏", `/舆情 责任 ${text}`);
  return chat.answer();
};

describe("责任 by facts", () => {
  it("names who answers, who coordinates and the words it rests on", async () => {
    expect((await asks("单位=县税务局")).split("\n")).toEqual([
      "按写明的情况判定",
      "第一责任主体 国家税务总局青岩县税务局",
      "组织协调 国家税务总局云川市税务局办公厅(室)、上级宣传部门",
      "告知 青岩县人民政府办公室、青岩县党委宣传部门",
      "依据 国办发〔2016〕61号 一",
      expect.stringMatching(/^“涉事责任部门是第一责任主体/u),
      expect.stringMatching(/^“涉事责任部门实行垂直管理的/u),
    ]);
  });

  it("fits a phone also where every row applies", async () => {
    const all = await asks("涉事地=青岩县、石桥县 主管部门=省生态环境厅 舆情=I 突发=II 单位=县税务局、县水务局");
    expect(all.split("\n").length).toBeLessThanOrEqual(14);
    expect(all.match(/依据 国办发〔2016〕61号 一/gu)).toHaveLength(1);
  });

  it("of a unit that no list knows asks what it is: an enterprise does not answer for the government", async () => {
    expect(await asks("单位=供电公司、县水务局")).toContain("请人确认:“供电公司”不在通讯录");
    expect(await asks("单位=县水务局")).not.toContain("不在通讯录");
  });

  it("says when it goes by analogy, and asks", async () => {
    const text = await asks("政策=省 主管部门=江北省医疗保障局");
    expect(text).toContain("第一责任主体 江北省医疗保障局");
    expect(text).toContain("请人确认:本链条文件未规定省级政策舆情责任主体,按类推提示,由组织协调确定");
    expect(text).toContain("依据 按类推,没有可引用的文件");
    // The core's half-width signs do not reach people.
    expect(JSON.stringify(chat.lastIn())).toContain("责任主体，按类推提示，由组织协调确定");
  });

  it("knows places by name and alias, and leaders by level", async () => {
    const text = await asks("涉事地=青岩、石桥县 主管部门=省生态环境厅 舆情=特别重大");
    expect(text).toContain("第一责任主体 江北省政府主管部门:省生态环境厅");
    expect(text).toContain("属地回应 青岩县人民政府、石桥县人民政府");
    expect(text).toContain("领导责任 江北省人民政府主要负责同志");
  });

  it("tells every value that it cannot read, and guesses none", async () => {
    const text = await asks("单位=县教育局 政策=外国 突发=特大号 舆情=5 涉事地=火星");
    for (const said of [
      "涉事地“火星”不在区划表里",
      "政策=外国 看不懂,可填:国务院、省、市、县、否",
      "突发=特大号 看不懂,可填:I、II、III、IV、无、待定",
      "舆情=5 看不懂,可填:I、II、III、IV",
    ])
      expect(text).toContain(said);
    expect(text).not.toContain("第一责任主体");
  });

  it("without facts says what to write", async () => {
    expect(await asks("")).toContain("请写编号,或写明情况");
  });
});
