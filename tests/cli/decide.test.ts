import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { BotError } from "#core/errors.ts";
import type { Pack } from "#core/policy/pack.ts";
import { rosterFrom } from "#core/roster/load.ts";
import { type DecideContext, type Decision, decide } from "#src/cli/decide.ts";
import { placeNames } from "#src/cli/place-names.ts";
import { packNamed, qingyan, readFixture, shipped } from "../core/policy/packs.ts";

const roster = rosterFrom(parse(readFileSync("examples/qingyan/roster.yaml", "utf8")));
const context = (packs: readonly Pack[] = shipped): DecideContext => ({
  packs,
  config: qingyan,
  jurisdictions: placeNames(roster),
  today: "2026-11-20",
});

function answer(facts: object, rules?: string[], packs?: readonly Pack[]): Decision {
  const lines = decide(JSON.stringify(facts), { json: true, ...(rules ? { rules } : {}) }, context(packs));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "");
}

function refusal(input: string): string {
  try {
    decide(input, { json: true }, context());
  } catch (error) {
    expect(error).toBeInstanceOf(BotError);
    expect((error as BotError).code).toBe("bad-input");
    return (error as BotError).message;
  }
  throw new Error("was accepted");
}

interface Cases {
  cases: { id: string; facts: object; expect: Record<string, unknown> }[];
}
const { cases } = readFixture<Cases>("responsibility_cases");
const county = { home: "990121", places: ["990121"], units: [{ name: "青岩县公安局" }] };
const clock = (decision: Decision, key: string) => decision.clocks.find((c) => c.key === key);

describe("decide --json", () => {
  // The regime of E13 is ha.naas17, which is not among the shipped packs.
  it.each(cases.filter((c) => c.id !== "E13").map((c) => [c.id, c] as const))(
    "answers %s exactly, with the example's roster",
    (_, c) => {
      expect(answer(c)).toMatchObject(c.expect);
      const { lateness: _l, clocks: _c, ...rest } = answer(c.facts);
      expect(rest).toEqual(c.expect);
    },
  );

  it("answers E13 exactly once the pack of its regime is there", () => {
    const e13 = cases.find((c) => c.id === "E13");
    expect(answer(e13?.facts ?? {}, undefined, [...shipped, packNamed("ha.naas17")])).toMatchObject(e13?.expect ?? {});
  });

  it("shows instants in +08:00 and labels in one text", () => {
    const decision = answer({
      ...county,
      eventLevel: "II",
      occurredAt: "2026-11-21T18:20:00Z",
      receivedAt: "2026-11-22T07:35:00+08:00",
    });
    expect(clock(decision, "release.authoritative")).toEqual({
      key: "release.authoritative",
      start: "2026-11-22T02:20:00+08:00",
      startFrom: "occurredAt",
      dueAt: "2026-11-22T07:20:00+08:00",
      kind: "hard",
      rule: "gb80.auth5",
      cite: {
        docNo: "国办发〔2016〕80号",
        article: "回应关切部分(提升回应实效)",
        quote: "最迟要在5小时内发布权威信息",
      },
      also: [],
      note: "收报时已过",
    });
    expect(decision.lateness).toEqual({ detection: null, reporting: null, response: null });
  });

  it("answers JSON Lines by JSON Lines, and one object over many lines by one line", () => {
    const lines = `${JSON.stringify(county)}\n\n${JSON.stringify({ facts: county })}\n`;
    const [first, second, ...rest] = decide(lines, { json: true }, context());
    expect(rest).toEqual([]);
    expect(second).toBe(first);
    expect(decide(JSON.stringify(county, null, 2), { json: true }, context())).toEqual([first]);
  });

  it("asks for a start that is not known when the question is about time", () => {
    const timed = answer({ ...county, matter: "opinion", eventLevel: "II" });
    expect(clock(timed, "press.conference")).toMatchObject({ start: null, startFrom: null, dueAt: null });
    expect(timed.human).toEqual(["起算时间不明:请补充发生时间或发现时间"]);
    expect(answer({ ...county, matter: "repost" }).human).toEqual(["起算时间不明:请补充来源发布时间"]);
    expect(answer({ ...county, matter: "suggestion" }).human).toEqual(["起算时间不明:请补充收到时间"]);
    expect(answer({ ...county, matter: "superior", receivedAt: "2026-11-20T09:00:00+08:00" }).human).toEqual([
      "请补充上级要求的时限",
    ]);
  });

  it("takes a day, or a time as parse gives it, for a range, and asks for it", () => {
    const received = { ...county, eventLevel: "II", receivedAt: "2026-11-20T15:00:00+08:00" };
    const shapes = [
      "2026-11-20",
      { value: "2026-11-20T00:00:00+08:00", precision: "day", text: "今天", approx: false },
    ];
    for (const occurredAt of shapes) {
      const decision = answer({ ...received, occurredAt });
      expect(clock(decision, "release.authoritative")).toMatchObject({ kind: "provisional", note: "推定" });
      expect(decision.human).toEqual(["请核实时间:目前只知时段,按时段起点推定"]);
    }
  });

  it("suggests a level from stated casualties before 研判", () => {
    const decision = answer({
      ...county,
      emergency: true,
      casualties: { dead: 12 },
      receivedAt: "2026-11-20T09:00:00+08:00",
    });
    expect(clock(decision, "press.conference")).toMatchObject({ kind: "provisional", note: "推定、建议时限，待研判" });
    expect(clock(decision, "triage")?.dueAt).toBe("2026-11-20T09:30:00+08:00");
  });

  it("reads the matter in Chinese, units by name, level as 舆情等级", () => {
    const decision = answer({
      home: "990121",
      units: ["青岩县水务局"],
      matter: "投诉",
      level: "I",
      receivedAt: "2026-11-20T09:00:00+08:00",
    });
    expect(decision.clocks.map((c) => c.key)).toEqual(["response.first", "reply.complaint", "report.up"]);
    expect(decision.leader).toEqual({ post: "主要负责同志", of: "青岩县人民政府" });
  });

  it("names of places in the facts stand above the roster's", () => {
    const named = { ...county, jurisdictions: { "990121": "新岩县" } };
    expect(answer(named).coordinator).toEqual(["新岩县人民政府办公室", "新岩县党委宣传部门"]);
  });
});

describe("rules for one question", () => {
  const packs = [...shipped, packNamed("county.2017"), packNamed("sd.2018-18")];
  const suggestion = { ...county, matter: "suggestion", receivedAt: "2026-11-20T09:00:00+08:00" };

  it("replace the office's list, wherever they come from; law is always added", () => {
    const decision = answer(
      { ...county, eventLevel: "II", receivedAt: "2026-11-20T09:00:00+08:00" },
      ["sd.2018-18"],
      packs,
    );
    expect(clock(decision, "release.authoritative")?.rule).toBe("sd18.auth5");
    expect(clock(decision, "report.up")).toMatchObject({ rule: "param:reportUp", also: ["law.tf17"] });
  });

  it("what is only advisory stays so", () => {
    expect(clock(answer(suggestion, ["county.2017"], packs), "reply.suggestion")?.kind).toBe("advisory");
  });

  it("in the facts stand above those of the command line", () => {
    const decision = answer({ ...suggestion, packs: ["qingyan.office"] }, ["cn.gb61"], packs);
    expect(clock(decision, "reply.suggestion")?.rule).toBe("qingyan.suggest");
  });

  it("the office's own pack does not bind elsewhere", () => {
    const elsewhere = answer({ ...suggestion, home: "990122" });
    expect(clock(elsewhere, "reply.suggestion")).toMatchObject({ kind: "advisory", note: "参考：不在本级链条" });
    expect(clock(elsewhere, "response.first")?.kind).toBe("hard");
  });
});

describe("bad input is refused with line and field", () => {
  it.each([
    ["", "没有输入"],
    ['{"home":', "第 1 行不是完整的 JSON"],
    ['{\n "home": "990121",\n "units" 3\n}', "第 3 行不是完整的 JSON"],
    ['{"home":"990121"}\n{"home":', "第 2 行不是完整的 JSON"],
    ["[]", "第 1 行应是一个 JSON 对象"],
    ['{"home":"990121"}\n7', "第 2 行应是一个 JSON 对象"],
    ['{"home":"99"}', "第 1 行的事实有 1 处不对:home:应为 6 位区划代码"],
    ['{}\n{"matter":"无"}', "第 2 行的事实有 1 处不对:matter 只能是 opinion"],
    ['{"occurredAt":"2026-02-30T00:00:00+08:00"}', "occurredAt:应为真实的 ISO 8601 时间"],
    ['{"receivedAt":"昨天"}', "receivedAt:应为真实的 ISO 8601 时间"],
    ['{"units":[{"name":"甲","management":"垂直"}]}', "units.0.management:management 只能是 local"],
    ['{"eventLevel":"特大","places":[1]}', "2 处不对"],
    ['{"packs":["cn.gb99"]}', "第 1 行:没有规则包 cn.gb99;现有 cn.gb61"],
  ])("%j: %s", (input, reason) => {
    expect(refusal(input)).toContain(reason);
  });
});

describe("decide without --json", () => {
  it("is plain Chinese: who, by when, on what basis, what to ask", () => {
    const facts = {
      ...county,
      units: [{ name: "青岩县公安局" }, { name: "青岩县交通运输局" }],
      eventLevel: "II",
      occurredAt: "2026-11-22T02:20:00+08:00",
      surfacedAt: "2026-11-22T05:00:00+08:00",
      detectedAt: "2026-11-22T07:00:00+08:00",
      receivedAt: "2026-11-22T07:35:00+08:00",
    };
    expect(decide(JSON.stringify(facts), { json: false }, context())).toEqual([
      "第一责任主体:青岩县公安局、青岩县交通运输局",
      "组织协调:青岩县人民政府办公室、青岩县党委宣传部门",
      "领导责任:青岩县人民政府主要负责人、青岩县公安局主要负责人、青岩县交通运输局主要负责人",
      "时限:",
      "  权威信息:截止 11月22日(周日)07:20,起算 11月22日(周日)02:20(事发) [时限;国办发〔2016〕80号 回应关切部分(提升回应实效);收报时已过]",
      "  新闻发布会:截止 11月23日(周一)02:20,起算 11月22日(周日)02:20(事发) [时限;国办发〔2016〕61号 三]",
      "  向上报送:截止 11月22日(周日)08:00,起算 11月22日(周日)07:00(发现) [目标;青政办〔2026〕9号(虚构) 第三条]",
      "滞后:首发至发现 120分,发现至收报 35分",
      "依据:",
      "  国办发〔2016〕61号 一“部门之间应加强沟通协商,确保回应的信息准确一致…必要时可确定牵头部门”(gb61.resp.multi-dept)",
      "  国办发〔2016〕80号 回应关切部分(提升回应实效)“有关地方和部门主要负责人要带头主动发声”(gb80.leader-voice)",
      "请人确认:",
      "  必要时由组织协调方确定牵头部门",
    ]);
  });

  it("says when it only goes by analogy, and parts several answers by an empty line", () => {
    const policy = JSON.stringify({ home: "990100", policyOwner: "province", ownerDept: "江北省医疗保障局" });
    const lines = decide(`${policy}\n${policy}`, { json: false }, context());
    expect(lines).toContain("依据:按类推,没有可引用的文件");
    expect(lines.filter((line) => line === "")).toHaveLength(1);
  });
});
