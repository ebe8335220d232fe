import { describe, expect, it } from "vitest";
import { explainLimits } from "#core/clocks/explain-limits.ts";
import { planClocks } from "#core/clocks/plan.ts";
import type { Pack } from "#core/policy/pack.ts";
import { type CaseSeat, type RuleSet, rulesForCase } from "#core/policy/resolve.ts";
import { decideResponsibility } from "#core/policy/responsibility.ts";
import type { ClockFacts, ClockKey, PlannedClock, ResponsibilityFacts } from "#core/policy/types.ts";
import { HOUR, toIso } from "#core/time.ts";
import { at } from "../../support/time.ts";
import { packNamed, packWith, qingyan, readFixture, rulesOf, shipped, sourcePacks } from "./packs.ts";

/**
 * The twelve rules by which documents are resolved, and the conflicts that were found between real documents. The province
 * is fictional (99), its city 990100, the office's county 990121.
 */

const NATIONAL = ["cn.gb61", "cn.gb80"];
const EMERGENCY = { eventLevel: ["I", "II"] } as Pack["obligations"][number]["when"];

const hours = (value: number, start: "detectedAt" | "receivedAt" = "detectedAt") => ({
  effect: { clock: { start: [start], limit: { value, unit: "naturalHour" as const }, kind: "hard" as const } },
});
const of = (code: string) => ({ scope: { kind: "jurisdiction" as const, code } });

function rules(own: readonly Pack[], seat?: CaseSeat, use = NATIONAL, jurisdiction = "990121"): RuleSet {
  const set = rulesOf({ use: [...use, ...own.map((p) => p.id)], jurisdiction }, [...shipped, ...own]);
  return seat ? rulesForCase(set, seat) : set;
}

const sure = (text: string) => ({ at: at(text), range: false, inferred: false });
const facts = (change: Partial<ClockFacts> = {}): ClockFacts => ({
  matter: "opinion",
  eventLevel: "none",
  opinionLevel: "IV",
  triaged: true,
  suggestedLevel: null,
  emergency: false,
  casualties: null,
  socialSecurity: false,
  superiorRequired: false,
  sensitive: false,
  detectedAt: sure("11-20 09:00"),
  receivedAt: at("11-20 09:00"),
  ...change,
});

const plan = (set: RuleSet, change: Partial<ClockFacts> = {}): PlannedClock[] =>
  planClocks(facts(change), set, qingyan);
/** Length of the limit that counts, hours; null when there is none. */
function limit(set: RuleSet, key: ClockKey = "response.first", change: Partial<ClockFacts> = {}): number | null {
  const clock = plan(set, change).find((c) => c.key === key && c.kind !== "advisory");
  return clock?.dueAt && clock.start ? (clock.dueAt - clock.start) / HOUR : null;
}
const standing = (set: RuleSet, rule: string, change: Partial<ClockFacts> = {}) =>
  explainLimits(facts(change), set, qingyan).find((l) => l.rule.id === rule);

describe("rule 1: only packs on the case's chain apply", () => {
  const packs = [
    packWith("test.province", hours(40), of("990000")),
    packWith("test.city", hours(36), of("990100")),
    packWith("test.county", hours(30), of("990121")),
    packWith("test.neighbour", hours(6), of("990122")),
    packWith("test.elsewhere", hours(5), of("370000")),
  ];

  it("province, city and county overlay the nation; the strictest of them counts", () => {
    expect(limit(rules(packs.slice(0, 1)))).toBe(40);
    expect(limit(rules(packs.slice(0, 2)))).toBe(36);
    expect(limit(rules(packs.slice(0, 3)))).toBe(30);
  });

  it("a neighbour's and another province's number bind nobody here", () => {
    expect(limit(rules(packs))).toBe(30);
    expect(standing(rules(packs), "test.elsewhere.one")).toMatchObject({ standing: "advisory", why: "不在本级链条" });
  });

  it("山东's 5 hours never bind a 广东 case", () => {
    const own = [packNamed("sd.2018-18"), packNamed("gd.yf109")];
    const set = rulesOf({ use: [...NATIONAL, "sd.2018-18", "gd.yf109"], jurisdiction: "440300" }, [...shipped, ...own]);
    const clock = plan(set, { eventLevel: "I" }).find((c) => c.key === "release.authoritative");
    expect([clock?.rule, clock?.also]).toEqual(["gb80.auth5", []]);
  });

  it("a foreign pack that the office adopts is a reference, shown beside the limit", () => {
    const clocks = plan(rules([packs[4] as Pack])).filter((c) => c.key === "response.first");
    expect(clocks.map((c) => [c.kind, c.rule])).toEqual([
      ["hard", "gb61.resp48"],
      ["advisory", "test.elsewhere.one"],
    ]);
    expect(clocks[1]?.note).toContain("参考：不在本级链条");
  });

  it("an organisation's own rules bind the cases of that organisation alone", () => {
    const own = packWith("test.institute", hours(12), {
      scope: { kind: "organisation", id: "青岩县供水公司", jurisdiction: "990121" },
    });
    expect(limit(rules([own], { places: ["990121"], units: ["青岩县水务局"] }))).toBe(48);
    expect(limit(rules([own], { places: ["990121"], units: ["青岩县供水公司城关营业厅"] }))).toBe(12);
    const other = rules([own], { places: ["990121"], units: ["青岩县水务局"] });
    expect(standing(other, "test.institute.one")).toMatchObject({ standing: "advisory", why: "非本单位制度" });
  });

  it("in a city's office the county's rules bind the cases of that county alone", () => {
    const set = (places: string[]) => rules(packs.slice(1, 3), { places, units: [] }, NATIONAL, "990100");
    expect(limit(set(["990121"]))).toBe(30);
    expect(limit(set(["990122"]))).toBe(36);
    expect(limit(set(["990121", "990122"]))).toBe(36);
  });
});

describe("rule 2: law always applies and nothing lowers it", () => {
  const law = (value: number) =>
    packWith("cn.law", hours(value), { ...of("000000"), validFrom: "2026-01-01", validUntil: "2026-01-02" });

  it("also when the office does not name it, and whatever a lower document says", () => {
    const set = rulesOf({ use: ["test.loose"] }, [law(10), packWith("test.loose", hours(48))]);
    expect(limit(set)).toBe(10);
    expect(standing(set, "test.loose.one")).toMatchObject({ standing: "loosening", by: "cn.law.one" });
  });
});

describe("rule 3: of the valid packs on the chain the strictest number counts", () => {
  it("and the others stay beside it", () => {
    const set = rules([packWith("test.city", hours(24), of("990100"))]);
    expect(limit(set)).toBe(24);
    expect(standing(set, "gb61.resp48")).toMatchObject({ standing: "tightened", by: "test.city.one" });
  });

  it("equal numbers: the highest issuer is cited, the other is named beside it", () => {
    const clock = plan(rules([packWith("test.city", hours(48), of("990100"))])).find((c) => c.key === "response.first");
    expect([clock?.rule, clock?.also]).toEqual(["gb61.resp48", ["test.city.one"]]);
  });
});

describe("rule 4: a lower pack may tighten or add, never loosen", () => {
  it("a longer limit has no effect and is shown as such", () => {
    const set = rules([packWith("test.loose", hours(72))]);
    expect(limit(set)).toBe(48);
    expect(standing(set, "test.loose.one")).toMatchObject({ standing: "loosening", by: "gb61.resp48" });
  });

  it("a limit that the nation does not set is added", () => {
    const added = packWith("test.added", { key: "release.authoritative", when: { eventLevel: ["III"] }, ...hours(8) });
    expect(limit(rules([added]), "release.authoritative", { eventLevel: "III" })).toBe(8);
    expect(limit(rules([added]), "response.first", { eventLevel: "III" })).toBe(48);
  });
});

describe("rule 5: a missing clause is inherited", () => {
  it("a county text without 48 hours has the nation's", () => {
    const county = packWith("test.county", { key: "release.authoritative", when: EMERGENCY, ...hours(5) });
    expect(limit(rules([county]))).toBe(48);
  });
});

describe("rule 6: a later national document supplements an earlier one", () => {
  it("5 hours come from 80号, 24 and 48 stay with 61号", () => {
    const set = rules([]);
    expect(limit(set, "release.authoritative", { eventLevel: "II" })).toBe(5);
    expect(limit(set, "press.conference", { eventLevel: "II" })).toBe(24);
    expect(limit(set)).toBe(48);
    expect(plan(set, { eventLevel: "II" }).find((c) => c.key === "press.conference")?.also).toEqual(["gb80.press24"]);
  });
});

describe("rule 7: different keys run side by side", () => {
  it("a complaint that became 舆情 has its reply and its first response", () => {
    const set = rulesOf();
    const keys = plan(set, { matter: "complaint", opinionLevel: "III" }).filter((c) => c.kind === "hard");
    expect(keys.map((c) => c.key)).toEqual(["response.first", "reply.complaint"]);
  });
});

describe("rule 8: a target is never overdue", () => {
  it("one hour for a repost is soft, the working day is hard", () => {
    const clocks = plan(rulesOf(), { matter: "repost", opinionLevel: undefined, sourcePublishedAt: at("11-20 09:00") });
    expect(clocks.filter((c) => c.key.startsWith("repost")).map((c) => [c.key, c.kind])).toEqual([
      ["repost.soft", "soft"],
      ["repost.hard", "hard"],
    ]);
  });
});

describe("rule 9: expired, unknown and explanatory packs only advise", () => {
  it.each([
    ["expired-by-own-terms", "已过有效期"],
    ["unknown", "效力待核"],
    ["explanatory", "解读材料"],
  ] as const)("%s", (status, why) => {
    const set = rules([packWith("test.old", hours(5), { status })]);
    expect(limit(set)).toBe(48);
    expect(standing(set, "test.old.one")).toMatchObject({ standing: "advisory", why });
  });

  it("past its last day of validity", () => {
    const set = rules([packWith("test.old", hours(5), { validUntil: "2026-11-19" })]);
    expect(limit(set)).toBe(48);
  });
});

const { jurisdictions } = readFixture<{ jurisdictions: Record<string, string> }>("responsibility_cases");
const responsible = (set: RuleSet, change: Partial<ResponsibilityFacts>) =>
  decideResponsibility({ home: "990121", places: ["990121"], ...change }, { jurisdictions, rules: set });

describe("rule 10: who is responsible follows from the decision table, not from the strictest", () => {
  it("a stricter pack moves the limit and not the unit", () => {
    const strict = rules([packWith("test.strict", hours(1))]);
    const units = [{ name: "青岩县水务局" }];
    expect(responsible(strict, { units })).toEqual(responsible(rules([]), { units }));
  });

  it("two packs that name different bodies: the jurisdiction decides and a person is asked", () => {
    const other = packWith("test.other", {
      key: "responsible",
      when: { default: true },
      effect: { firstResponsible: "县信访局" },
    });
    const answer = responsible(rules([other]), { units: [{ name: "青岩县水务局" }] });
    expect(answer.firstResponsible).toEqual(["青岩县水务局"]);
    expect(answer.human.join()).toContain("县信访局");
  });
});

// Rule 11, a named leader's decision, and rule 12, the frozen set, are a case's business:
// tests/core/case/leader-decision.test.ts and tests/core/case/adopt-rules.test.ts.

describe("conflicts between documents", () => {
  it("(a) 5 hours, absent in 粤府办〔2016〕109号 and 61号, hold in 广东 by 80号", () => {
    const use = [...NATIONAL, "gd.yf109", "gd.jieyang17"];
    const set = rulesOf({ use, jurisdiction: "445200" }, [
      ...shipped,
      ...sourcePacks.filter((p) => p.id.startsWith("gd.")),
    ]);
    expect(limit(set, "release.authoritative", { eventLevel: "I" })).toBe(5);
  });

  it("(b) a county without 48 hours inherits them", () => {
    const county: Pack = { ...packNamed("county.2017"), status: "in-force", validUntil: null, ...of("990121") };
    const set = rules([county]);
    expect(limit(set)).toBe(48);
    expect(limit(set, "release.authoritative", { eventLevel: "I" })).toBe(5);
  });

  it("(c) 24 hours hold inside 河南 once its document is in force, and nowhere else", () => {
    const valid = packWith("test.henan", hours(24), of("410000"));
    const inside = rulesOf({ use: [...NATIONAL, valid.id], jurisdiction: "410100" }, [...shipped, valid]);
    expect(limit(inside)).toBe(24);
    expect(limit(rules([valid]))).toBe(48);
    const now = rulesOf({ use: [...NATIONAL, "ha.kh16"], jurisdiction: "410100" }, [
      ...shipped.filter((p) => p.id !== "ha.kh16"),
      packNamed("ha.kh16"),
    ]);
    expect(limit(now)).toBe(48);
    expect(standing(now, "hakh.hot24")).toMatchObject({ standing: "advisory", why: "效力待核" });
  });

  it("(d) 15 working days for a complaint; a hotline's shorter limit for what came through the hotline", () => {
    const hotline = packWith("test.hotline", {
      key: "reply.complaint",
      when: { kind: "投诉举报", source: "12345热线" },
      effect: { clock: { start: ["receivedAt"], limit: { value: 10, unit: "workingDay" }, kind: "hard" } },
    });
    const set = rules([hotline], undefined, [...NATIONAL, "qingyan.office"]);
    const complaint = { matter: "complaint", opinionLevel: undefined } as const;
    const due = (channels: string[]) => {
      const clock = plan(set, { ...complaint, channels }).find((c) => c.key === "reply.complaint");
      return clock?.dueAt && toIso(clock.dueAt).slice(0, 10);
    };
    expect([due(["12345热线"]), due(["抖音"])]).toEqual(["2026-12-04", "2026-12-11"]);
    expect(standing(set, "qingyan.complaint", { ...complaint, channels: ["12345热线"] })).toMatchObject({
      standing: "tightened",
      by: "test.hotline.one",
    });
  });

  it("(d) a complaint for which only the hotline sets a limit, and that came another way, runs as 舆情", () => {
    const hotline = packWith("test.hotline", {
      key: "reply.complaint",
      when: { source: "12345热线" },
      effect: { clock: { start: ["receivedAt"], limit: { value: 10, unit: "workingDay" }, kind: "hard" } },
    });
    const clocks = plan(rules([hotline]), { matter: "complaint", opinionLevel: undefined, channels: ["抖音"] });
    expect(clocks.filter((c) => c.kind === "hard").map((c) => c.key)).toEqual(["response.first"]);
  });

  it("(e) the unit answers, the head of government leads", () => {
    const answer = responsible(rules([]), { units: [{ name: "青岩县民政局" }], opinionLevel: "I" });
    expect(answer.firstResponsible).toEqual(["青岩县民政局"]);
    expect(answer.leader).toMatchObject({ post: "主要负责同志" });
  });

  it("(f) several places and a vertical unit: the common superior's department answers, the vertical office joins", () => {
    const answer = responsible(rules([]), {
      places: ["990121", "990122"],
      units: [{ name: "青岩县生态环境分局", management: "vertical", superior: "市生态环境局" }],
    });
    expect(answer.firstResponsible.join()).toContain("主管部门");
    expect(answer.coordinator).toContain("市生态环境局办公厅(室)");
  });

  it("(h) the superior's own shorter limit runs beside the documents'", () => {
    const clocks = plan(rules([]), { matter: "superior", requestedDueAt: at("11-21 09:00") });
    const due = clocks
      .filter((c) => c.kind === "hard")
      .map((c) => [c.key, c.dueAt && (c.dueAt - at("11-20 09:00")) / HOUR]);
    expect(due).toEqual([
      ["response.first", 48],
      ["requested", 24],
    ]);
  });
});
