import { describe, expect, test } from "vitest";
import { readLine, splitArguments } from "#src/chat/line.ts";

const WORDS = ["上报", "报", "状态", "签收", "退回", "退", "帮助", "会商", "会商结论"];
const read = (text: string, mentioned = false) =>
  readLine(text, mentioned, (word, glued) => WORDS.includes(word) && !(glued && word.length === 1));

describe("a command line", () => {
  test.each([
    ["/舆情 状态 001", "状态", "001"],
    ["／舆情 状态 001", "状态", "001"],
    ["、舆情 状态 001", "状态", "001"],
    ["/輿情 状态 001", "状态", "001"],
    ["／舆情　状态　001", "状态", "001"],
    ["/ 舆情:状态:001", "状态", "001"],
    ["/舆情：状态，001", "状态", "001"],
    ["/舆情状态001", "状态", "001"],
    ["/舆情 上报昨晚8点半起火", "上报", "昨晚8点半起火"],
    ["  /舆情 上报\n第二行", "上报", "第二行"],
    ["@回应机器人 /舆情 状态", "状态", ""],
    ["/舆情 会商结论 性质=谣言", "会商结论", "性质=谣言"],
    ["/舆情 退 001", "退", "001"],
  ])("%j", (text, word, rest) => {
    expect(read(text)).toEqual({ word, rest });
  });

  test("stands in no name: whoever is called like a command gives none by being mentioned", () => {
    expect(read("@张三舆情签收 请看一下", true)).toBeUndefined();
    expect(read("@张三 舆情 签收", true)).toEqual({ word: "签收", rest: "" });
    expect(read("@张三 @李四/舆情 签收")).toEqual({ word: "签收", rest: "" });
  });
  test("with a mention needs no slash, and only then", () => {
    expect(read("@回应 舆情 状态 001", true)).toEqual({ word: "状态", rest: "001" });
    expect(read("舆情 状态 001", true)).toEqual({ word: "状态", rest: "001" });
    expect(read("@张三 舆情 状态 001")).toBeUndefined();
  });

  test("alone asks for help", () => {
    expect(read("/舆情")).toEqual({ word: "", rest: "" });
  });

  test("a short form that runs on is no short form: 退休教师 gives nothing back", () => {
    expect(read("/舆情 退休教师集体上访")).toEqual({ word: "退休教师集体上访", rest: "" });
  });

  test.each(["舆情很严重", "今天的舆情怎么样", "大家注意 /舆情 状态", "http://a/舆情 状态", "", "   ", "//", "@"])(
    "%j is talk",
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );
});

describe("what stands behind the action word", () => {
  const FIELDS = ["单位", "建议单位", "理由", "链接"];
  const split = (rest: string) => splitArguments(rest, FIELDS);

  test.each([
    ["20261120-001", "20261120-001"],
    ["YQ-990121-20261120-001", "YQ-990121-20261120-001"],
    ["yq-990121-20261120-001", "YQ-990121-20261120-001"],
    ["YQ-990121-20261120-1001", "YQ-990121-20261120-1001"],
    ["#1", "#1"],
    ["＃12", "#12"],
    ["001", "001"],
  ])("the number %s", (written, ref) => {
    expect(split(`${written} 已核实`)).toMatchObject({ ref, text: "已核实", leading: true });
  });

  test.each(["120 急救车已到", "110 指挥中心", "1200", "2026-11-20 发布", "电话 0990-1234567"])(
    "%j has none",
    (rest) => {
      expect(split(rest).ref).toBeUndefined();
    },
  );

  test("a number in the middle of the text is one that is spoken of", () => {
    expect(split("与 20261120-002 是同一件")).toMatchObject({ ref: "20261120-002", leading: false });
  });

  test.each([
    "单位=县水务局",
    "单位＝县水务局",
    "单位:县水务局",
    "单位：县水务局",
    "单位 = 县水务局",
    "单位： 县水务局",
  ])("%j is a field", (text) => {
    expect(split(`001 ${text}`).fields).toEqual({ 单位: "县水务局" });
  });

  test("fields are parted by blanks and by Chinese or Western commas; text may follow on the next line", () => {
    const parts = split("001 理由=不属本局职责，建议单位＝县住建局;链接=https://a.example/x?单位=1\n请核实");
    expect(parts.fields).toEqual({ 理由: "不属本局职责", 建议单位: "县住建局", 链接: "https://a.example/x?单位=1" });
    expect(parts.text).toBe("请核实");
  });

  test("what the command does not know as a field stays text", () => {
    expect(split("001 结果=已修复 https://a.example/?a=1")).toMatchObject({
      fields: {},
      text: "结果=已修复 https://a.example/?a=1",
    });
  });
});
