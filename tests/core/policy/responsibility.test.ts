import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pack } from "#core/policy/pack.ts";
import { lowestCommonAncestor } from "#core/policy/region.ts";
import { decideResponsibility } from "#core/policy/responsibility.ts";
import type { Responsibility, ResponsibilityFacts } from "#core/policy/types.ts";
import { packNamed, packWith, readFixture, rulesOf, shipped } from "./packs.ts";

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
  // E13 is an organisation's own regime, ha.naas17; it is not among the shipped packs and comes from the source below.
  it.each(cases.filter((c) => c.id !== "E13").map((c) => [c.id, c.input, c] as const))("%s %s", (_, __, c) => {
    expect(decide(c.facts)).toEqual(c.expect);
  });

  it("E13 follows from the organisation's pack alone", () => {
    const naas = packNamed("ha.naas17");
    const e13 = cases.find((c) => c.id === "E13");
    expect(e13 && decide(e13.facts, [...shipped, naas], [...NATIONAL, naas.id])).toEqual(e13?.expect);
  });

  it("without the pack of its regime an organisation is answered by the general rows, and a person is told", () => {
    const e13 = cases.find((c) => c.id === "E13");
    const answer = e13 && decide(e13.facts);
    expect(answer?.basis).toEqual(["gb61.resp.local"]);
    expect(answer?.human).toEqual(["没有可用的单位制度 ha.naas17,已按本级规则判断"]);
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
