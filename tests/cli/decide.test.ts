import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { BotError } from "#core/errors.ts";
import { fromIso } from "#core/iso.ts";
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
  now: fromIso("2026-11-22T09:00:00+08:00") ?? Number.NaN,
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
  it.each(cases.map((c) => [c.id, c] as const))("answers %s exactly, with the example's roster", (_, c) => {
    expect(answer(c)).toMatchObject(c.expect);
    const { lateness: _l, clocks: _c, ...rest } = answer(c.facts);
    expect(rest).toEqual(c.expect);
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

  it("shows the count from 首发 beside the 48 h", () => {
    const times = { surfacedAt: "2026-11-20T05:00:00+08:00", detectedAt: "2026-11-20T08:50:00+08:00" };
    expect(clock(answer({ ...county, ...times }), "response.first")).toMatchObject({
      dueAt: "2026-11-22T08:50:00+08:00",
      note: "自首发计为11月22日(周日)05:00",
    });
  });

  it("a raised level counts from its original start, and the response from the raising", () => {
    const decision = answer({
      ...county,
      eventLevel: "I",
      detectedAt: "2026-11-20T08:00:00+08:00",
      raisedAt: "2026-11-20T15:00:00+08:00",
      raisedFrom: "III",
      respondedAt: "2026-11-20T16:30:00+08:00",
    });
    expect(clock(decision, "release.authoritative")).toMatchObject({
      start: "2026-11-20T08:00:00+08:00",
      dueAt: "2026-11-20T13:00:00+08:00",
      note: "改级时已过",
    });
    expect(decision.lateness.response).toBe(90);
  });

  it("a year without a holiday notice is refused nothing: the limit is 暂定", () => {
    const decision = answer({ ...county, matter: "建议", receivedAt: "2028-02-28T09:00:00+08:00" });
    expect(clock(decision, "reply.suggestion")).toMatchObject({ dueAt: "2028-03-08T18:00:00+08:00", note: "暂定" });
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
    ['{"evntLevel":"II"}', "不认识的字段 evntLevel,是不是 eventLevel?"],
    ['{"Places":["990121"]}', "不认识的字段 Places,是不是 places?"],
    ['{"天气":"晴"}', "第 1 行的事实有 1 处不对:不认识的字段 天气"],
    ['{"units":[{"name":"甲","managment":"vertical"}]}', "units.0.managment:不认识的字段 managment,是不是 management?"],
    ['{"occurredAt":{"value":"2026-11-20","untill":"2026-11-21"}}', "occurredAt.untill:不认识的字段 untill"],
    ['{"facts":{"home":"990121"},"levl":"I"}', "不认识的字段 levl,是不是 level?"],
    ['{"facts":7}', "类型不对,应为一组字段"],
    ['{"home":"990121gx"}', "home:应为 6 位区划代码,功能区为上级代码加大写字母后缀(如 990121GX)"],
    ['{"places":[{"name":"高新区"}]}', "places.0.parent:缺少 parent"],
    ['{"receivedAt":"2026-11-20T24:30:00+08:00"}', "receivedAt:应为真实的 ISO 8601 时间"],
    ['{\n "home": "990121",\n "eventLevel": "特大"\n}', "eventLevel 只能是 I、II、III、IV、none、pending(第 3 行)"],
  ])("%j: %s", (input, reason) => {
    expect(refusal(input)).toContain(reason);
  });

  it("tells everything that is wrong, line by line", () => {
    expect(refusal('{"level":"X"}\n{"home":"990121"}\n{"hom":"1","packs":["x"]}').split("\n")).toEqual([
      "第 1 行的事实有 1 处不对:level 只能是 I、II、III、IV、none、pending",
      "第 3 行的事实有 1 处不对:不认识的字段 hom,是不是 home?",
    ]);
  });

  const day = "2026-11-20T";
  it.each([
    [{ detectedAt: `${day}10:00:00+08:00`, receivedAt: `${day}09:00:00+08:00` }, "detectedAt 晚于 receivedAt"],
    [{ occurredAt: "2026-11-21", receivedAt: `${day}09:00:00+08:00` }, "occurredAt 晚于 receivedAt"],
    [{ occurredAt: { value: `${day}10:00:00+08:00`, to: `${day}09:00:00+08:00` } }, "occurredAt 的 to 早于 value"],
    [{ occurredAt: `${day}10:00:00+08:00`, respondedAt: `${day}09:00:00+08:00` }, "occurredAt 晚于 respondedAt"],
    [{ respondedAt: `${day}10:00:00+08:00`, lastReleaseAt: `${day}09:00:00+08:00` }, "respondedAt 晚于 lastReleaseAt"],
    [{ level: "I", opinionLevel: "II" }, "level 与 opinionLevel 都是舆情等级,却不一致"],
    [{ suggestedLevel: "I", eventLevelHint: "II" }, "suggestedLevel 与 eventLevelHint 不一致"],
    [{ triaged: false, eventLevel: "II" }, "triaged 为 false(未研判)"],
    [{ emergency: false, eventLevel: "II" }, "emergency 为 false,却有突发事件等级 eventLevel=II"],
    [{ raisedAt: `${day}10:00:00+08:00` }, "写了 raisedAt 还须写 eventLevel"],
    [{ raisedFrom: "IV", eventLevel: "II" }, "写了 raisedFrom 还须写 raisedAt"],
    [{ raisedAt: `${day}10:00:00+08:00`, raisedFrom: "I", eventLevel: "II" }, "raisedFrom=I 不低于 eventLevel=II"],
    [{ matter: "opinion", kind: "complaint" }, "kind 与 matter 不一致"],
    [{ home: "990121", places: ["990221", "990121"], misroute: true }, "misroute 为 true(误指),places 却有本级 990121"],
    [
      {
        units: [{ name: "甲", management: "vertical", superior: "乙" }, { name: "甲" }, { name: "甲", superior: "丙" }],
      },
      "units 里 甲 写了两次,管理方式或上级不一致",
    ],
  ] as [object, string][])("facts that cannot both be true, %j: %s", (facts, reason) => {
    expect(refusal(JSON.stringify(facts))).toContain(`第 1 行的事实有 1 处不对:${reason}`);
  });

  it("a fact that stands inside and outside of `facts` must be the same", () => {
    const inside = { ...county, eventLevel: "II" };
    expect(refusal(JSON.stringify({ facts: inside, eventLevel: "III" }))).toContain(
      "facts 里外都有 eventLevel,且不一致",
    );
    expect(answer({ facts: county, eventLevel: "II" })).toEqual(answer(inside));
  });

  it.each([
    ["{}"],
    ['{"id":"E01","input":"停水","note":"例","expect":{},"facts":{"home":"990121"}}'],
    ['{"kind":"report","flags":["emergency"],"category":["vital-interest"]}'],
    ['{"kind":"投诉","level":"III","opinionLevel":"III"}'],
    [
      '{"occurredAt":{"text":"今早","value":"2026-11-20T06:00:00+08:00","to":"2026-11-20T09:00:00+08:00","precision":"range","approx":false,"since":true}}',
    ],
    ['{"occurredAt":null,"policyOwner":null,"leadUnit":null,"level":null,"casualties":"unknown"}'],
    ['{"detectedAt":"2026-11-20T06:00:00+08:00","occurredAt":"2026-11-20T08:00:00+08:00"}'],
  ])("%s is taken", (input) => {
    expect(decide(input, { json: true }, context())).toHaveLength(1);
  });
});

describe("functional zones", () => {
  const zone = { name: "青岩高新区", parent: "990121" };
  const units = [{ name: "高新区建设局" }];

  it("a zone in the facts is a place with its own 管理委员会, below its parent", () => {
    for (const place of [zone, { ...zone, code: "GX" }, { ...zone, code: "990121GX" }])
      expect(answer({ home: place, places: [place], units, opinionLevel: "I" })).toMatchObject({
        firstResponsible: ["高新区建设局"],
        coordinator: ["青岩高新区管理委员会办公室", "青岩高新区党工委宣传部门"],
        leader: { post: "主要负责同志", of: "青岩高新区管理委员会" },
        human: [],
      });
  });

  it("a zone and its county have the county above both, a zone and another county their city", () => {
    const both = (other: string) => answer({ home: "990121", places: [zone, other], ownerDept: "水务局" });
    expect(both("990121").firstResponsible).toEqual(["青岩县政府主管部门:水务局"]);
    expect(both("990122")).toMatchObject({
      firstResponsible: ["云川市政府主管部门:水务局"],
      localResponders: ["青岩高新区管理委员会", "白水县人民政府"],
    });
  });

  it("the documents of the parent bind in the zone", () => {
    const decision = answer({ home: zone, units, matter: "建议", receivedAt: "2026-11-20T09:00:00+08:00" });
    expect(clock(decision, "reply.suggestion")).toMatchObject({ kind: "extendable", rule: "qingyan.suggest" });
  });

  it("a zone of the roster goes by its code, whose name the facts may give", () => {
    const named = { home: "990121GX", units, jurisdictions: { "990121GX": "青岩高新区" } };
    expect(answer(named).coordinator[0]).toBe("青岩高新区管理委员会办公室");
    expect(answer({ home: "990121GX", units }).human).toEqual(["区划代码 990121GX 没有名称,请补充"]);
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
      "  权威信息:11月22日(周日)07:20 前,已逾期 1小时40分(收报时已过)",
      "    起算 11月22日(周日)02:20(事发),依据 国办发〔2016〕80号 回应关切部分(提升回应实效)",
      "  新闻发布会:11月23日(周一)02:20 前,还剩 17小时20分",
      "    起算 11月22日(周日)02:20(事发),依据 国办发〔2016〕61号 三",
      "内部目标(只提醒,不计逾期):",
      "  向上报送:11月22日(周日)08:00 前,已超目标 1小时00分",
      "    起算 11月22日(周日)07:00(发现),依据 青政办〔2026〕9号(虚构) 第三条",
      "用时:发现滞后(首发至发现) 2小时00分,报送迟延(发现至收报) 35分",
      "依据:",
      "  国办发〔2016〕61号 一“部门之间应加强沟通协商,确保回应的信息准确一致…必要时可确定牵头部门”(gb61.resp.multi-dept)",
      "  国办发〔2016〕80号 回应关切部分(提升回应实效)“有关地方和部门主要负责人要带头主动发声”(gb80.leader-voice)",
      "请人确认:",
      "  必要时由组织协调方确定牵头部门",
    ]);
  });

  const limits = (facts: object): string[] =>
    decide(JSON.stringify({ ...county, ...facts }), { json: false }, context()).filter((line) =>
      /^ {2}\S+:/u.test(line),
    );

  it("tells a limit that awaits 研判 from one whose time has to be confirmed, and a target from a limit", () => {
    const receivedAt = "2026-11-22T08:00:00+08:00";
    expect(limits({ receivedAt, suggestedLevel: "I" })[0]).toBe(
      "  权威信息:11月22日(周日)13:00 前,还剩 4小时00分(推定、建议时限，待研判)",
    );
    expect(limits({ receivedAt, eventLevel: "II", occurredAt: "2026-11-22" })[0]).toBe(
      "  权威信息:11月22日(周日)05:00 前,时间待确认(推定)",
    );
    expect(limits({ receivedAt, matter: "建议", home: "990122" })).toEqual([
      "  首次回应:11月24日(周二)08:00 前,还剩 47小时00分(推定)",
      "  研判:11月22日(周日)10:00 前,还剩 1小时00分",
      "  建议答复:12月1日(周二)18:00 前,还剩 9天09小时(不在本级链条)",
    ]);
  });

  it("names the length of a limit whose start is not known, and counts nothing down once there was a response", () => {
    expect(limits({})).toEqual(["  首次回应:48小时,起算时间不明"]);
    const answered = { detectedAt: "2026-11-20T08:00:00+08:00", respondedAt: "2026-11-20T12:00:00+08:00" };
    expect(limits(answered)).toEqual(["  首次回应:11月22日(周日)08:00 前"]);
  });

  it("says when it only goes by analogy, and parts several answers by an empty line", () => {
    const policy = JSON.stringify({ home: "990100", policyOwner: "province", ownerDept: "江北省医疗保障局" });
    const lines = decide(`${policy}\n${policy}`, { json: false }, context());
    expect(lines).toContain("依据:按类推,没有可引用的文件");
    expect(lines.filter((line) => line === "")).toHaveLength(1);
  });
});
