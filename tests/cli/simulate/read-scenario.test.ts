import { describe, expect, it } from "vitest";
import { readDuration } from "#src/cli/simulate/duration.ts";
import { readScenario } from "#src/cli/simulate/read-scenario.ts";
import { failure } from "./play.ts";

const MINUTE = 60_000;

describe("durations", () => {
  it.each([
    ["+0m", 0],
    ["+1h30m", 90],
    ["90m", 90],
    ["+2d", 2 * 24 * 60],
    ["+50h", 50 * 60],
    ["1d2h3m", 26 * 60 + 3],
  ])("%s", (text, minutes) => expect(readDuration(text)).toBe(minutes * MINUTE));

  it.each(["", "+", "1", "h", "-5m", "1m1h", "1.5h", "十分钟"])("refuses “%s”", (text) =>
    expect(readDuration(text)).toBeUndefined(),
  );
});

describe("a scenario", () => {
  it("puts steps in order of time and keeps the order of those with the same time", () => {
    const { steps, until } = readScenario(
      `start: 2026-11-20T09:00:00+08:00
steps:
  - { at: +2m, by: 周敏, say: c }
  - { at: +1m, by: 周敏, say: a }
  - { at: +1m, by: 周敏, say: b }`,
      "s.yaml",
    );
    expect(steps.map(({ step }) => step.do === "say" && step.say)).toEqual(["a", "b", "c"]);
    expect(steps.map(({ place }) => place)).toEqual(["第 2 步(第 4 行)", "第 3 步(第 5 行)", "第 1 步(第 3 行)"]);
    expect(until).toBe(2 * MINUTE);
  });

  it("reads the fields of a form: lists are joined, numbers and 是/否 are texts", () => {
    const { steps } = readScenario(
      `start: 2026-11-20T09:00:00+08:00
steps:
  - { at: +1m, by: 周敏, press: 研判, fill: { 单位: [县水务局, 县住建局], 突发: 无, 舆情: 2, 敏感: true, 时限: } }`,
      "s.yaml",
    );
    const step = steps[0]?.step;
    expect(step?.do === "press" && step.fill).toEqual({
      单位: "县水务局、县住建局",
      突发: "无",
      舆情: "2",
      敏感: "是",
      时限: "",
    });
  });

  it("attaches files by name, shared pages and chat records", () => {
    const { steps } = readScenario(
      `start: 2026-11-20T09:00:00+08:00
steps:
  - { at: +1m, by: 周敏, say: a, attach: 现场.jpg }
  - { at: +2m, by: 周敏, attach: [甲.pdf, { card: 停水三天, source: 抖音 }, { forward: ["张某：停水", "没人管"] }] }`,
      "s.yaml",
    );
    expect(steps.map(({ step }) => step.do === "say" && step.attach)).toEqual([
      ["现场.jpg"],
      ["甲.pdf", { card: "停水三天", source: "抖音" }, { forward: ["张某：停水", "没人管"], title: "聊天记录" }],
    ]);
  });

  it("names the line and the step of every problem at once", () => {
    const text = `start: 今天
config: { digest: ["08:30"], params: { floodMinutes: no } }
steps:
  - { at: soon, by: 周敏, say: a }
  - { at: +1m, by: 周敏, say: a, press: 签收 }
  - { at: +1m, by: 周敏, shout: a }
  - { at: +1m, press: 签收, cases: 1 }
  - { at: +1m, outage: 0m }
  - { at: +1m, fault: { platform: 200, for: 10m } }
  - { at: +1m, by: 周敏, recall: first }
  - 签收`;
    expect(() => readScenario(text, "s.yaml")).toThrowError(
      `场景文件 s.yaml 有 1 处问题:
第 1 行 start:“今天”不是时间,开始时间应写作 2026-11-20T09:00:00+08:00`,
    );
    expect(() => readScenario(text.replace("今天", "2026-11-20T09:00:00+08:00"), "s.yaml")).toThrowError(
      "场景文件 s.yaml 有 11 处问题:",
    );
    for (const part of [
      "第 2 行 没有“digest”这一项",
      "第 2 行 floodMinutes:无效输入",
      "第 4 行 第 1 步:at:“soon”看不懂,时长应写作 +1h30m、90m 或 +2d",
      "第 5 行 第 2 步:每步写且只写 say、press、recall、read、outage、fault 中的一个",
      "第 6 行 第 3 步:每步写且只写",
      "第 7 行 第 4 步:缺少 by",
      "第 7 行 第 4 步:没有“cases”这一项",
      "第 8 行 第 5 步:outage:时长应大于 0",
      "第 9 行 第 6 步:platform:状态码应在 400 以上",
      "第 10 行 第 7 步:recall:recall 只能写 last",
      "第 11 行 第 8 步:步骤应写作",
    ])
      expect(() => readScenario(text.replace("今天", "2026-11-20T09:00:00+08:00"), "s.yaml")).toThrowError(part);
  });

  it("names the line of a YAML mistake, and of a step after the end", () => {
    expect(() => readScenario("start: 1\nsteps: [\n", "s.yaml")).toThrowError(/第 \d 行不是正确的 YAML/u);
    expect(() =>
      readScenario("start: 2026-11-20T09:00:00+08:00\nsteps:\n  - { at: +2h, by: 周敏, say: a }\nuntil: +1h", "s.yaml"),
    ).toThrowError("第 4 行 until 早于最后一步");
  });
});

describe("a scenario that cannot be played names the step", () => {
  const START = "start: 2026-11-18T09:00:00+08:00\nsteps:\n";
  it.each([
    ["- { at: +0m, by: 王小明, say: a }", "第 1 步(第 3 行):通讯录里没有“王小明”这个人"],
    ["- { at: +0m, read: [周敏, 李四] }", "第 1 步(第 3 行):通讯录里没有“李四”这个人"],
    [
      "- { at: +0m, by: 周敏, in: 值班群, say: a }",
      "第 1 步(第 3 行):没有“值班群”这个群,可写 青岩县舆情值班群、应急处置工作群、教育系统工作群、dm(私聊机器人)",
    ],
  ])("%s", async (step, message) => {
    expect(await failure(`${START}  ${step}`)).toBe(`场景文件 FILE 有 1 处问题:\n${message}`);
  });

  it.each([
    ["- { at: +1m, by: 周敏, press: 签收 }", "第 1 步(第 3 行):周敏看得到的卡片上没有、也没有过“签收”这个按钮"],
    ["- { at: +1m, by: 周敏, press: 签收, case: 2 }", "第 1 步(第 3 行):这时只有 0 件案件,没有第 2 件"],
    ["- { at: +1m, by: 周敏, reply: 1, say: 好 }", "第 1 步(第 3 行):这时只有 0 件案件,没有第 1 件"],
    ["- { at: +1m, by: 周敏, recall: last }", "第 1 步(第 3 行):周敏还没有发过可以撤回的消息"],
  ])("%s", async (step, message) => {
    expect(await failure(`${START}  ${step}`)).toBe(message);
  });

  it("and a roster or scenario that is not there", async () => {
    expect(await failure(`roster: nobody.yaml\n${START}  - { at: +0m, by: 周敏, say: a }`)).toContain("文件不存在");
  });
});
