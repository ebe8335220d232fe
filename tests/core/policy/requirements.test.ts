import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requirementFacts } from "#core/case/requirement-facts.ts";
import { rulesOfCase } from "#core/case/responders.ts";
import {
  type Requirement,
  type RequirementFacts,
  type RequirementKind,
  requirementsOf,
} from "#core/policy/requirements.ts";
import { assigned, Desk, REPORTS } from "../../support/desk.ts";
import { packWith, rulesOf, shipped } from "./packs.ts";

/** An ordinary 舆情 after 研判, of which nothing special is known. */
const ORDINARY: RequirementFacts = {
  matter: "opinion",
  eventLevel: "none",
  opinionLevel: "III",
  triaged: true,
  suggestedLevel: null,
  emergency: false,
  harmed: false,
  superiorRequired: false,
  sensitive: false,
  categories: ["none"],
  policyOwner: "none",
  rumour: false,
  places: 1,
  units: 1,
  otherOrgs: false,
  notOwnDuty: false,
  forms: [],
  overdue: false,
  respond: true,
  withheld: false,
  closed: false,
};
type Change = Partial<{ [K in keyof RequirementFacts]: RequirementFacts[K] | undefined }>;
const facts = (change: Change): RequirementFacts => ({ ...ORDINARY, ...change }) as RequirementFacts;

/** Every document there is, as if all of them were on the chain. */
const all = rulesOf({ use: shipped.map((pack) => pack.id), ignoreScope: true });
const asked = (change: Change): Requirement[] => requirementsOf(all, facts(change));
const of = (rule: string, change: Change): Requirement[] => asked(change).filter((r) => r.rule === rule);

const ACCIDENT: Change = { eventLevel: "II", emergency: true };
const SUGGESTION: Change = { matter: "suggestion", opinionLevel: undefined };

/** Obligation, facts under which it asks for something, what it asks for, the question to a person, facts without it. */
const TABLE: readonly (readonly [string, Change, RequirementKind, string, string | null, Change])[] = [
  ["law.tl6", { rumour: true }, "require", "发布准确的政府信息予以澄清", null, {}],
  ["law.tl11", { otherOrgs: true }, "gate", "每个涉及机关须协商确认", null, { otherOrgs: false }],
  [
    "law.tl11",
    { otherOrgs: undefined },
    "gate",
    "每个涉及机关须协商确认",
    "回应稿是否涉及其他机关",
    { respond: false },
  ],
  [
    "law.tf17",
    { eventLevel: "IV" },
    "require",
    "向上一级人民政府报告(立即),必要时可越级上报",
    null,
    { eventLevel: "none" },
  ],
  ["law.tf17", { eventLevel: "pending" }, "require", "向上一级人民政府报告", "突发事件等级是否为I、II、III、IV", {}],
  ["law.tf61", {}, "require", "不得迟报、谎报、瞒报、漏报", null, { closed: true }],
  ["law.tf60", { notOwnDuty: true }, "require", "立即移送相关单位核实处理", null, { notOwnDuty: false }],
  ["law.tf60", { notOwnDuty: undefined }, "require", "立即移送", "是否不属本级或本单位职责", {}],
  ["law.tf85", { ...ACCIDENT, closed: true }, "require", "应对工作结束后销毁,留存须评估", null, ACCIDENT],
  ["law.aq9", ACCIDENT, "require", "事故单位负责人向县级以上应急管理部门", "是否属于生产安全事故", {}],
  ["law.aq11", ACCIDENT, "require", "(2小时(每级))", "是否属于生产安全事故", {}],
  ["law.ws20", ACCIDENT, "require", "报告(2小时(每级))", "是否属于突发公共卫生事件", {}],
  ["law.bm35", {}, "gate", "保密审查:先审查、后公开,逐项审查", null, { respond: false }],
  ["law.bm64", { withheld: true }, "require", "不得在公众IM/机器人中存储或转发", null, {}],
  ["gb61.resp.multi-dept", { units: 2 }, "gate", "各单位沟通协商,确保口径一致", null, { units: 1 }],
  ["gb61.resp.special", { opinionLevel: "I" }, "require", "本级政府主要负责同志切实负起领导责任", null, ACCIDENT],
  ["gb61.cat.misread", { categories: ["policy-misread"] }, "require", "须回应,不得仅备案", null, {}],
  ["gb61.cat.vital", { categories: ["none", "vital-interest"] }, "require", "须回应,不得仅备案", null, {}],
  ["gb61.cat.moral", { categories: ["moral-bottom-line"] }, "require", "须回应,不得仅备案", null, {}],
  ["gb61.cat.emergency", { categories: ["emergency-disaster"] }, "require", "须回应,不得仅备案", null, {}],
  ["gb61.cat.superior", { categories: ["superior-required"] }, "require", "须回应,不得仅备案", null, {}],
  ["gb61.transfer", { rumour: true }, "record", "移交线索:公安机关、网络监管部门", "造谣传谣(批评不是依据)", {}],
  ["gb61.press24", ACCIDENT, "evidence", "实录链接", null, { eventLevel: "III" }],
  ["gb61.resp48", { eventLevel: "III" }, "evidence", "留存回应发布链接、发布时间", null, ACCIDENT],
  ["gb61.continuous", { forms: ["首次回应"] }, "require", "持续发布权威信息", null, { forms: [] }],
  ["gb61.continuous", { forms: ["首次回应"] }, "evidence", "留存后续发布链接", null, { closed: true }],
  ["gb61.content", {}, "checklist", "实事求是;言之有据;有的放矢", null, { matter: "repost" }],
  ["gb61.spokes", { forms: ["吹风会"] }, "require", "相关部门负责人或新闻发言人出席", null, { forms: ["媒体采访"] }],
  ["gb61.spokes", ACCIDENT, "require", "相关部门负责人或新闻发言人出席", null, { eventLevel: "III" }],
  ["gb61.link", { opinionLevel: "II" }, "notify", "告知宣传部门、网信部门", null, { opinionLevel: "III" }],
  ["gb61.interview", { overdue: true }, "propose", "可提出约谈,由人决定", "是否消极、不作为且整改不到位", {}],
  ["gb80.auth5", ACCIDENT, "evidence", "留存权威信息链接、发布时间", null, {}],
  ["gb80.leader-voice", ACCIDENT, "require", "主要负责人带头主动发声", null, { opinionLevel: "I" }],
  ["yf109.report", { harmed: true }, "require", "上级党委、上级政府报告(第一时间(内部按1小时))", null, {}],
  ["yf109.report", { superiorRequired: true }, "record", "报送时附信息发布建议、政策解读建议、舆情回应建议", null, {}],
  ["yf109.fulltext", ACCIDENT, "require", "调查处理结果全文公布", "是否属于生产安全事故", { eventLevel: "III" }],
  ["yf109.warning", { ...ACCIDENT, eventLevel: "IV" }, "require", "风险预警和防范类", "可能造成重大社会影响", {}],
  ["jy17.fail-tags", { forms: ["答复"] }, "record", "评估时对照:反应迟缓", null, {}],
  ["jy17.report", ACCIDENT, "require", "及时报告建议", null, {}],
  ["sd18.special", { opinionLevel: "I" }, "require", "市、县级政府主要负责同志切实负起领导责任", null, {}],
  ["sd18.link", { sensitive: true }, "notify", "告知宣传、网信、通信管理,报送重要舆情信息", null, {}],
  ["sd18.supervise", { matter: "superior" }, "require", "即接即办", "国务院办公厅转来", {}],
  ["sd18.supervise", { opinionLevel: "II" }, "require", "遇重大情况随时向省政府报告", "群众关注度高、负面影响大", {}],
  ["sd18.sanction", { opinionLevel: "I", overdue: true }, "propose", "约谈整改", "处置不得力", { overdue: true }],
  ["qingyan.report-up", { opinionLevel: "II" }, "require", "上级政府办公室报告(1小时)", null, {}],
  ["qingyan.suggest", SUGGESTION, "evidence", "答复编号", null, {}],
  ["qingyan.complaint", { matter: "complaint" }, "evidence", "留存答复链接", null, SUGGESTION],
  ["qingyan.repost", { matter: "repost" }, "evidence", "留存转载链接", "全局有指导意义", {}],
  ["xian17.consult", { sensitive: true }, "record", "事件性质、舆情走势、可能风险、预控处置意见", null, {}],
  ["xian17.consult", { opinionLevel: "II" }, "record", "召集:本级政府办公室、宣传部门;参加:涉事单位", null, {}],
  ["xian17.five", {}, "record", "实际困难—研究解决情况对外公布", null, { respond: false }],
  ["xian17.special-topics", {}, "record", "标记专项回应引导", "是否属于县两会、经济形势", { closed: true }],
  ["xian17.leader-voice", ACCIDENT, "require", "主要负责人带头主动发声", null, {}],
  ["xian17.suggest", SUGGESTION, "evidence", "留存原平台反馈链接/截图", null, {}],
  ["xian17.complaint", { matter: "complaint" }, "evidence", "留存答复链接/截图", null, {}],
  ["xian17.repost", { matter: "repost" }, "evidence", "转载时间", "来源是否为国务院门户", {}],
  ["xian17.explain", SUGGESTION, "require", "解释说明,不得空办结", "是否无法办理", {}],
  ["xian17.mediaplan", ACCIDENT, "gate", "报政府新闻工作机构审批", null, {}],
  ["xian17.reasons", SUGGESTION, "require", "公布时说明理由", "相对集中的意见", { matter: "complaint" }],
  ["xian17.confirm", { otherOrgs: true }, "gate", "与有关单位沟通确认", null, {}],
  ["xian17.sanction", { overdue: true }, "propose", "严肃批评、公开通报", "热点回应不及时", {}],
  ["naas.assess-value", {}, "record", "研判写明舆情内容、公众反应、媒体介入程度", null, { matter: "repost" }],
  ["naas.sensitive", { sensitive: true }, "record", "会商记录写明事件性质", null, {}],
  ["naas.sensitive", { opinionLevel: "I" }, "gate", "按程序报审后处置", null, {}],
  ["naas.report", {}, "require", "向本级机关、上级机关报告", null, { closed: true }],
  ["naas.online-offline", SUGGESTION, "require", "网上问题,网下解决", null, { closed: true }],
  ["naas.leaders", {}, "require", "单位主要负责同志是第一责任人", null, { closed: true }],
  ["naas.voice", {}, "require", "明确专人负责引导和回应", null, { respond: false }],
  ["naas.confirm", { otherOrgs: true }, "gate", "与有关行政机关沟通确认", null, {}],
  ["naas.signoff", {}, "gate", "专人采编、领导审核把关", null, { respond: false }],
  ["qa.monitor-report", {}, "record", "形成监测报告,转请关注、回应:相关地方", "是否属于重要舆情", { closed: true }],
  ["qa.secrecy", {}, "gate", "保密审查", null, { respond: false }],
  ["qa.confirm", { otherOrgs: true }, "gate", "沟通确认", null, {}],
  ["qa.joint", { opinionLevel: "II" }, "record", "召开重大政务舆情会商联席会议", null, {}],
];

describe("what an obligation asks for", () => {
  it.each(TABLE)("%s holds for %j: %s, %s", (rule, change, kind, text, judge) => {
    const found = of(rule, change).filter((r) => r.kind === kind && r.text.includes(text));
    expect(found).toHaveLength(1);
    if (judge === null) expect(found[0]?.judge).toBeNull();
    else expect(found[0]?.judge).toContain(judge);
  });

  it.each(TABLE)("%s does not hold where its condition cannot", (rule, _, __, ___, ____, without) => {
    expect(of(rule, without)).toEqual([]);
  });

  it("is tested for every obligation that asks for something", () => {
    const tested = new Set(TABLE.map(([rule]) => rule));
    const acting = shipped
      .flatMap((pack) => pack.obligations)
      .filter((o) => o.acts && "where" in o.acts && o.acts.where.includes("src/core/policy/requirements.ts"));
    expect(acting.filter((o) => !tested.has(o.id)).map((o) => o.id)).toEqual([]);
  });

  it("carries the words that it rests on, and whether they bind", () => {
    expect(of("xian17.five", {})[0]).toMatchObject({ pack: "county.2017", advisory: "已过有效期" });
    expect(of("law.tl6", { rumour: true })[0]).toEqual({
      rule: "law.tl6",
      pack: "cn.law",
      kind: "require",
      text: "发布准确的政府信息予以澄清",
      judge: null,
      cite: {
        docNo: "中华人民共和国政府信息公开条例(国务院令第711号)",
        article: "第六条",
        quote: "发现影响或者可能影响社会稳定…虚假或者不完整信息的,应当发布准确的政府信息予以澄清",
      },
      advisory: null,
    });
  });

  it("an office's own condition that the program does not know is asked about in its own words", () => {
    const own = packWith("own.pack", { key: "notice", when: { flag: "涉及学校" }, effect: { require: "告知家长" } });
    const found = requirementsOf(rulesOf({ use: [own.id] }, [...shipped, own]), ORDINARY);
    expect(found.find((r) => r.pack === own.id)).toMatchObject({ text: "告知家长", judge: "需人工判断:涉及学校" });
  });

  it("a suggestion that no document limits runs by the limits of 舆情, and is asked for their evidence", () => {
    const national = rulesOf({ use: ["cn.gb61", "cn.gb80"] });
    expect(requirementsOf(national, facts(SUGGESTION)).map((r) => r.rule)).toContain("gb61.resp48");
    expect(of("gb61.resp48", SUGGESTION)).toEqual([]);
  });

  it("before 研判, what a level decides is asked about only where an emergency is suspected", () => {
    const before = { triaged: false, eventLevel: undefined, opinionLevel: undefined };
    expect(of("gb80.leader-voice", before)).toEqual([]);
    expect(of("gb80.leader-voice", { ...before, emergency: true })[0]?.judge).toBe(
      "需人工判断:突发事件等级是否为I、II",
    );
    expect(of("gb61.cat.vital", { ...before, categories: [] })).toEqual([]);
  });
});

describe("a case", () => {
  const requirements = (desk: Desk) => requirementsOf(rulesOfCase(desk.case, desk.office), requirementFacts(desk.case));
  const ids = (desk: Desk): string[] => [...new Set(requirements(desk).map((r) => r.rule))];

  it("of an ordinary kind is asked for little", () => {
    expect(ids(assigned())).toEqual([
      "law.tl11",
      "law.tf61",
      "law.bm35",
      "gb61.cat.vital",
      "gb61.resp48",
      "gb61.content",
    ]);
  });

  it("of level II with several units is asked for one voice, leaders, a conference and a report upward", () => {
    const units = ["青岩县公安局", "青岩县应急管理局"];
    const desk = new Desk(REPORTS.crash).does("周敏", "triage", {
      ...{ eventLevel: "II", opinionLevel: "II", categories: ["emergency-disaster"], units },
    });
    const asks = ["law.tf17", "gb61.resp.multi-dept", "gb61.spokes", "gb61.link", "gb80.leader-voice"];
    expect(ids(desk)).toEqual(expect.arrayContaining([...asks, "qingyan.report-up"]));
    expect(requirements(desk).find((r) => r.rule === "law.tl11")?.judge).toBeNull();
  });

  it("that speaks of a rumour must be cleared up, and is handed over only if a person says so", () => {
    const desk = new Desk("抖音有人发视频称县里水库决堤,系谣言,播放3万");
    expect(requirements(desk).find((r) => r.rule === "law.tl6")?.judge).toBeNull();
    expect(requirements(desk).find((r) => r.rule === "gb61.transfer")?.judge).toMatch(/^需人工判断:/);
  });

  it("that missed its limit may have consequences, on which a person decides", () => {
    const late = assigned().passes("60h").does("马超群", "respond");
    expect(
      requirements(late)
        .filter((r) => r.kind === "propose")
        .map((r) => r.rule),
    ).toEqual(["gb61.interview"]);
    expect(requirements(assigned().does("马超群", "respond")).filter((r) => r.kind === "propose")).toEqual([]);
  });

  it("that a unit gave back may belong to somebody else", () => {
    const desk = assigned().does("沈立", "return", {});
    expect(requirements(desk).find((r) => r.rule === "law.tf60")?.judge).toMatch(/是否不属/);
  });

  it("that a second person agreed to leave unanswered needs no review of a draft", () => {
    const desk = new Desk().does("周敏", "triage", { respond: false, categories: ["none"], reason: "重复反映" });
    expect(ids(desk)).toContain("law.bm35");
    expect(ids(desk.does("罗文博", "confirm"))).not.toContain("law.bm35");
  });

  it("that is closed is asked for nothing, but personal data of an emergency is to be destroyed", () => {
    expect(ids(assigned().does("马超群", "respond").does("周敏", "close"))).toEqual([]);
    const emergency = new Desk().does("周敏", "triage", { eventLevel: "III" }).does("周敏", "assign");
    expect(ids(emergency.does("马超群", "respond").does("周敏", "close"))).toEqual(["law.tf85"]);
  });
});

describe("for any facts", () => {
  const level = fc.constantFrom("I", "II", "III", "IV") as fc.Arbitrary<"I" | "II" | "III" | "IV">;
  const maybe = fc.constantFrom(true, false, undefined);
  const any: fc.Arbitrary<RequirementFacts> = fc.record({
    matter: fc.constantFrom("opinion", "suggestion", "complaint", "repost", "superior"),
    eventLevel: fc.oneof(level, fc.constantFrom("none" as const, "pending" as const, undefined)),
    opinionLevel: fc.option(level, { nil: undefined }),
    triaged: fc.boolean(),
    suggestedLevel: fc.option(level),
    emergency: fc.boolean(),
    harmed: fc.boolean(),
    superiorRequired: fc.boolean(),
    sensitive: fc.boolean(),
    categories: fc.subarray(["policy-misread", "vital-interest", "moral-bottom-line", "emergency-disaster", "none"]),
    policyOwner: fc.constantFrom("state-council", "province", "city", "county", "none", undefined),
    rumour: fc.boolean(),
    places: fc.integer({ min: 1, max: 3 }),
    units: fc.integer({ min: 0, max: 3 }),
    otherOrgs: maybe,
    notOwnDuty: maybe,
    forms: fc.subarray(["首次回应", "新闻发布会", "吹风会", "持续发布"]),
    overdue: fc.boolean(),
    respond: fc.boolean(),
    withheld: fc.boolean(),
    closed: fc.boolean(),
  });
  const always = (check: (found: Requirement[], f: RequirementFacts) => void): void =>
    fc.assert(
      fc.property(any, (f) => check(requirementsOf(all, f), f)),
      { seed: 61, numRuns: 300 },
    );
  const rule = new Map(all.rules.map((r) => [r.id, r]));

  it("a requirement never appears when its condition cannot hold", () => {
    always((found, f) => {
      for (const { rule: id, judge } of found) {
        const when = rule.get(id)?.when ?? {};
        if (when.opinionLevel) expect(when.opinionLevel).toContain(f.opinionLevel);
        if (when.category) expect(f.categories).toContain(when.category);
        if (when["units.count"]) expect(f.units).toBeGreaterThan(1);
        if (when["draft.mentionsOtherOrgs"]) expect(f.otherOrgs).not.toBe(false);
        const decided = f.triaged && f.eventLevel !== "pending" && f.eventLevel !== undefined;
        const level = f.eventLevel === "none" ? null : f.eventLevel;
        if (when.eventLevel && decided) expect(when.eventLevel).toContain(level);
        if (when.eventLevel && judge === null)
          expect(when.eventLevel).toContain(level === "pending" ? null : (level ?? null));
        if (when.period || when.month || when.deadline) throw new Error(`${id} is periodic work`);
      }
    });
  });

  it("what weighs on a person is never stated as a fact", () => {
    always((found, f) => {
      for (const r of found) {
        if (r.kind === "propose" || r.rule === "gb61.transfer") expect(r.judge).toMatch(/^需人工判断:是否/);
        if (r.kind === "propose") expect(f.overdue).toBe(true);
        expect(rule.get(r.rule)?.effect.botAction).toBeUndefined();
      }
    });
  });

  it("each names its own words, in the order of authority, and says something", () => {
    always((found) => {
      const places = found.map((r) => all.rules.findIndex(({ id }) => id === r.rule));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      for (const r of found) {
        expect(rule.get(r.rule)?.cite).toMatchObject(r.cite);
        expect(r.text).toMatch(/\p{Script=Han}/u);
        expect(r.text).not.toMatch(/undefined|null|\[object/);
      }
    });
  });

  it("after closing nothing but personal data is left to do", () => {
    always((found, f) => {
      if (f.closed) expect(found.filter((r) => r.rule !== "law.tf85")).toEqual([]);
      else expect(found.some((r) => r.rule === "law.tf85")).toBe(false);
    });
  });

  it("a gate before publication is asked for as long as something is to be published", () => {
    always((found, f) => {
      expect(found.some((r) => r.rule === "law.bm35")).toBe(f.respond && !f.closed);
    });
  });
});
