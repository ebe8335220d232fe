import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pack } from "#core/policy/pack.ts";
import { lowestCommonAncestor } from "#core/policy/region.ts";
import { decideResponsibility } from "#core/policy/responsibility.ts";
import type { Responsibility, ResponsibilityFacts } from "#core/policy/types.ts";
import { packNamed, packWith, readFixture, rulesOf, shipped } from "./packs.ts";
import { deepestCommon, placesInTree } from "./region-tree.ts";

interface Cases {
  jurisdictions: Record<string, string>;
  cases: { id: string; input: string; facts: ResponsibilityFacts; expect: Responsibility }[];
}
const { jurisdictions, cases } = readFixture<Cases>("responsibility_cases");

const NATIONAL = ["cn.gb61", "cn.gb80"];

function decide(facts: ResponsibilityFacts, packs: readonly Pack[] = shipped, use = NATIONAL): Responsibility {
  const jurisdiction = facts.home;
  return decideResponsibility(facts, {
    jurisdictions,
    rules: rulesOf({ use, jurisdiction, ignoreScope: true }, packs),
  });
}

const county = { home: "990121", places: ["990121"] };

describe("the worked cases", () => {
  it.each(cases.map((c) => [c.id, c.input, c] as const))("%s %s", (_, __, c) => {
    const { orgRegime } = c.facts;
    expect(decide(c.facts, shipped, [...NATIONAL, ...(orgRegime ? [orgRegime] : [])])).toEqual(c.expect);
  });

  it("without the pack of its regime an organisation is answered by the general rows, and a person is told", () => {
    const e13 = cases.find((c) => c.id === "E13");
    const answer = e13 && decide(e13.facts, shipped, NATIONAL);
    expect(answer?.basis).toEqual(["gb61.resp.local"]);
    expect(answer?.human).toEqual(["没有可用的单位制度 ha.naas17,已按本级规则判断"]);
  });
});

describe("the city's policy", () => {
  it("of a 省直管 city is its own, and a person is asked whether the province's was meant", () => {
    const answer = decide({ home: "999001", policyOwner: "city", ownerDept: "潭口市教育局" });
    expect(answer.coordinator).toEqual(["潭口市(省直管)人民政府办公室", "潭口市(省直管)党委宣传部门"]);
    expect(answer.localResponders).toEqual([]);
    expect(answer.human).toEqual(["本级由省直管,上面没有设区的市:请确认是本级还是省里的政策"]);
  });

  it("of a district of a 直辖市 is the municipality's", () => {
    const answer = decide({ home: "110101", policyOwner: "city", ownerDept: "市教育主管部门" });
    expect(answer.coordinator).toEqual(["(直辖市例)人民政府办公厅", "(直辖市例)党委宣传部门"]);
    expect(answer.human).toEqual([]);
  });
});

describe("basis", () => {
  it("a province's own rule ends the analogy", () => {
    const sd = packNamed("sd.2018-18");
    const facts: ResponsibilityFacts = { home: "370100", policyOwner: "province", ownerDept: "省医保局" };
    const answer = decide(facts, [...shipped, sd], [...NATIONAL, sd.id]);
    expect(answer.by).toBeUndefined();
    expect(answer.basis).toEqual(["sd18.resp.prov-policy"]);
    expect(decide(facts).by).toBe("analogy");
  });

  it("an expired county opinion is never cited", () => {
    const old = packNamed("county.2017");
    const facts: ResponsibilityFacts = {
      ...county,
      policyOwner: "county",
      ownerDept: "青岩县教育局",
      eventLevel: "II",
    };
    const answer = decide(facts, [...shipped, old], [...NATIONAL, old.id]);
    expect(answer.basis).toEqual(["gb61.resp.local", "gb80.leader-voice"]);
  });

  it("an organisation's own rules do not decide a government's case", () => {
    const naas = packNamed("ha.naas17");
    const facts: ResponsibilityFacts = { home: "410100", places: ["410100"], units: [{ name: "市水务局" }] };
    expect(decide(facts, [...shipped, naas], [...NATIONAL, naas.id]).basis).toEqual(["gb61.resp.local"]);
  });

  it("where no document on the chain decides, nothing is cited and a person is asked", () => {
    const answer = decide({ ...county, units: [{ name: "青岩县水务局" }] }, shipped, []);
    expect(answer).toMatchObject({ by: "analogy", basis: [], firstResponsible: ["青岩县水务局"] });
    expect(answer.human).toEqual(["本链条文件未规定责任主体,按类推提示,由组织协调确定"]);
  });
});

describe("owner of the policy", () => {
  it("a city's policy is its department's, coordinated by the city's office; the county answers for its part", () => {
    expect(decide({ ...county, policyOwner: "city", ownerDept: "云川市教育局" })).toMatchObject({
      firstResponsible: ["云川市教育局"],
      coordinator: ["云川市人民政府办公室", "云川市党委宣传部门"],
      localResponders: ["青岩县人民政府"],
    });
  });

  it("none leaves the decision to the unit concerned", () => {
    const units = [{ name: "青岩县水务局" }];
    expect(decide({ ...county, policyOwner: "none", units })).toEqual(decide({ ...county, units }));
  });
});

describe("management of the unit", () => {
  const tax = { name: "青岩县税务局", management: "vertical" as const, superior: "云川市税务局" };

  it("several places and a vertical unit: its superior's office joins the coordination", () => {
    const answer = decide({ home: "990121", places: ["990121", "990122"], units: [tax], ownerDept: "市税务局" });
    expect(answer.coordinator).toEqual(["云川市人民政府办公室", "云川市党委宣传部门", "云川市税务局办公厅(室)"]);
    expect(answer.notify).toEqual([]);
    expect(answer.basis).toEqual(["gb61.resp.multi-place", "gb61.resp.vertical"]);
  });

  it("a vertical unit without a known superior is asked about", () => {
    const { superior: _, ...unknown } = tax;
    expect(decide({ ...county, units: [unknown] }).human).toEqual(["请补充青岩县税务局的上级部门"]);
  });

  it("an enterprise does not answer for the government: a person names its regulator", () => {
    const answer = decide({ ...county, units: [{ name: "青岩县供水公司", management: "enterprise" }] });
    expect(answer.firstResponsible).toEqual([]);
    expect(answer.human).toEqual([
      "请确定涉事责任部门",
      "青岩县供水公司是企业,不是行政机关:请确定其监管或主管部门作为回应主体",
    ]);
  });

  it("a dually managed unit is asked about", () => {
    expect(decide({ ...county, units: [{ name: "青岩县气象局", management: "dual" }] }).human).toEqual([
      "青岩县气象局实行双重管理:请确认由本级还是其上级部门组织协调",
    ]);
  });
});

describe("leaders", () => {
  it("特别重大舆情 over several places is led by the head of the common superior", () => {
    const answer = decide({ home: "990121", places: ["990121", "990122"], ownerDept: "市水务局", opinionLevel: "I" });
    expect(answer.leader).toEqual({ post: "主要负责同志", of: "云川市人民政府" });
  });

  it("an I/II emergency over several places names the heads of the places and the department", () => {
    const answer = decide({ home: "990121", places: ["990121", "990122"], ownerDept: "市水务局", eventLevel: "II" });
    expect(answer.leader).toEqual([
      { post: "主要负责人", of: "青岩县人民政府" },
      { post: "主要负责人", of: "白水县人民政府" },
      { post: "主要负责人", of: "云川市政府主管部门:市水务局" },
    ]);
  });

  it("an overlay that repeats the duty is cited beside the national document", () => {
    const overlay = packWith("test.overlay", {
      key: "responsible",
      when: { opinionLevel: ["I"] },
      effect: { leader: "县长" },
    });
    const answer = decide(
      { ...county, units: [{ name: "甲" }], opinionLevel: "I" },
      [...shipped, overlay],
      [...NATIONAL, overlay.id],
    );
    expect(answer.basis).toEqual(["gb61.resp.local", "gb61.resp.special", "test.overlay.one"]);
  });
});

describe("places", () => {
  it("the same place named twice is one place", () => {
    const units = [{ name: "青岩县水务局" }];
    expect(decide({ ...county, places: ["990121", "990121"], units })).toEqual(decide({ ...county, units }));
  });

  it("places in two provinces go to the State Council's department", () => {
    const answer = decide({ home: "990121", places: ["990121", "410000"], ownerDept: "水利部" });
    expect(answer.firstResponsible).toEqual(["国务院主管部门:水利部"]);
    expect(answer.coordinator).toEqual(["国务院办公厅", "中央宣传部门"]);
  });

  it("a code without a name stands for itself and is asked for", () => {
    const answer = decide({ home: "990121", places: ["990199"], units: [{ name: "甲" }] });
    expect(answer.coordinator[0]).toBe("990199人民政府办公室");
    expect(answer.human).toEqual(["区划代码 990199 没有名称,请补充"]);
  });

  it("over generated places the department of the lowest common superior is responsible and every place answers", () => {
    const known = Object.keys(jurisdictions);
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...known), { minLength: 2, maxLength: 5 }), (places) => {
        const answer = decide({ home: "990121", places, ownerDept: "主管部门" });
        const seat = lowestCommonAncestor(places);
        expect(answer.firstResponsible[0]).toContain(jurisdictions[seat] ?? "国务院");
        expect(answer.localResponders).toEqual(places.map((code) => `${jurisdictions[code]}人民政府`));
        expect(answer.basis).toEqual(["gb61.resp.multi-place"]);
      }),
      { seed: 61, numRuns: 200 },
    );
  });
});

describe("functional zones", () => {
  const names = { ...jurisdictions, "990121GX": "青岩高新区" };
  const zone = (facts: Partial<ResponsibilityFacts>): Responsibility =>
    decideResponsibility(
      { home: "990121GX", ...facts },
      { jurisdictions: names, rules: rulesOf({ use: NATIONAL, jurisdiction: "990121GX" }) },
    );

  it("a zone is coordinated by its 管理委员会; at opinion I its head leads", () => {
    expect(zone({ units: [{ name: "高新区建设局" }], opinionLevel: "I" })).toMatchObject({
      coordinator: ["青岩高新区管理委员会办公室", "青岩高新区党工委宣传部门"],
      leader: { post: "主要负责同志", of: "青岩高新区管理委员会" },
      basis: ["gb61.resp.local", "gb61.resp.special"],
    });
  });

  it("a county's policy is the county's also when the zone asks", () => {
    expect(zone({ policyOwner: "county", ownerDept: "青岩县教育局" })).toMatchObject({
      coordinator: ["青岩县人民政府办公室", "青岩县党委宣传部门"],
      localResponders: ["青岩高新区管理委员会"],
    });
  });
});

describe("over generated countries", () => {
  const unitNames = ["甲局", "乙局", "丙局", "丁公司"];
  const unit = fc.record({
    name: fc.constantFrom(...unitNames),
    management: fc.constantFrom("local" as const, "vertical" as const, "dual" as const, "enterprise" as const),
  });
  const question = fc.record({
    country: placesInTree,
    units: fc.uniqueArray(unit, { maxLength: 4, selector: (u) => u.name }),
    owner: fc.constantFrom(
      undefined,
      "state-council" as const,
      "province" as const,
      "city" as const,
      "county" as const,
    ),
    ownerDept: fc.constantFrom(undefined, "主管局"),
    opinionLevel: fc.constantFrom(undefined, "I" as const, "III" as const),
    eventLevel: fc.constantFrom(undefined, "II" as const, "none" as const),
  });
  type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;
  const factsOf = ({ country, units, owner, ownerDept, opinionLevel, eventLevel }: Question): ResponsibilityFacts => ({
    home: country.places[0] ?? "000000",
    places: country.places,
    units: units.map((u) => ({ ...u, ...(u.management === "vertical" ? { superior: `上级${u.name}` } : {}) })),
    ...(owner ? { policyOwner: owner } : {}),
    ...(ownerDept ? { ownerDept } : {}),
    ...(opinionLevel ? { opinionLevel } : {}),
    ...(eventLevel ? { eventLevel } : {}),
  });
  const answer = (facts: ResponsibilityFacts, { codes }: Question["country"]): Responsibility =>
    decideResponsibility(facts, {
      jurisdictions: Object.fromEntries(codes.map((code) => [code, `<${code}>`])),
      rules: rulesOf({ use: NATIONAL, jurisdiction: facts.home }),
    });
  const seed = { seed: 61, numRuns: 400 };

  it("several places: the department of the deepest common division, and every place for its own part", () => {
    fc.assert(
      fc.property(placesInTree, (country) => {
        const places = [...new Set(country.places)];
        if (places.length < 2) return;
        const { firstResponsible, coordinator, localResponders } = answer(
          { home: places[0] ?? "", places, ownerDept: "主管局" },
          country,
        );
        const seat = deepestCommon(country, places);
        for (const text of [...firstResponsible, ...coordinator])
          expect(text).toMatch(seat === "000000" ? /^国务院|^中央/ : `<${seat}>`);
        expect(localResponders).toHaveLength(places.length);
        for (const [i, code] of places.entries())
          expect(localResponders[i]).toMatch(code === "000000" ? "国务院" : `<${code}>`);
      }),
      seed,
    );
  });

  it("always names who answers or asks, cites only what binds, and lets no enterprise answer", () => {
    fc.assert(
      fc.property(question, (q) => {
        const found = answer(factsOf(q), q.country);
        const asked = found.human.some((text) => text.startsWith("请确定"));
        expect(found.firstResponsible.length > 0 || asked).toBe(true);
        for (const { name } of q.units.filter((u) => u.management === "enterprise")) {
          expect(found.firstResponsible).not.toContain(name);
          expect(found.human.some((text) => text.startsWith(name))).toBe(true);
        }
        for (const list of [
          found.firstResponsible,
          found.coordinator,
          found.localResponders,
          found.notify,
          found.basis,
          found.human,
        ])
          expect(new Set(list).size).toBe(list.length);
        expect(found.by === "analogy").toBe(
          found.basis.every((id) => !id.startsWith("gb61.resp.") || id === "gb61.resp.special"),
        );
        expect(found.leader !== null).toBe(q.opinionLevel === "I" || q.eventLevel === "II");
      }),
      seed,
    );
  });

  it("what is named twice, or in another order, changes no one's part", () => {
    const sorted = ({ firstResponsible, coordinator, localResponders, notify, basis, human }: Responsibility) =>
      [firstResponsible, coordinator, localResponders, notify, basis, human].map((list) => list.toSorted());
    fc.assert(
      fc.property(question, (q) => {
        const facts = factsOf(q);
        const { places = [], units = [] } = facts;
        const once = answer(facts, q.country);
        expect(answer({ ...facts, places: [...places, ...places], units: [...units, ...units] }, q.country)).toEqual(
          once,
        );
        const turned = { ...facts, places: [facts.home, ...places.toReversed()], units: units.toReversed() };
        expect(sorted(answer(turned, q.country))).toEqual(sorted(once));
      }),
      seed,
    );
  });
});
