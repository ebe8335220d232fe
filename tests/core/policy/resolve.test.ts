import { describe, expect, it } from "vitest";
import { explainRules } from "#core/policy/explain.ts";
import { limitText } from "#core/policy/limit.ts";
import { clocksOf } from "#core/policy/pack.ts";
import { packNamed, packWith, rulesOf, shipped, sourcePacks } from "./packs.ts";

const everything = { use: sourcePacks.map((pack) => pack.id) };

function advisoryOf(options: Parameters<typeof rulesOf>[0], packs = sourcePacks): Record<string, string | null> {
  return Object.fromEntries(rulesOf(options, packs).packs.map((pack) => [pack.id, pack.advisory]));
}

describe("which packs bind", () => {
  it("those in force on the jurisdiction chain; the rest only advises, with the reason", () => {
    expect(advisoryOf({ ...everything, jurisdiction: "445221" })).toEqual({
      "cn.law": null,
      "cn.gb61": null,
      "cn.gb80": null,
      "gd.yf109": null,
      "gd.jieyang17": null,
      "sd.2018-18": "不在本级链条",
      "ha.kh16": "效力待核",
      "county.2017": "已过有效期",
      "ha.naas17": "不在本级链条",
      "qa.2024": "解读材料",
    });
  });

  it("packs chosen for one question count wherever they come from; what is only advisory stays so", () => {
    const standing = advisoryOf({ ...everything, ignoreScope: true });
    expect(standing).toMatchObject({ "sd.2018-18": null, "gd.yf109": null, "ha.naas17": null });
    expect(standing).toMatchObject({ "ha.kh16": "效力待核", "county.2017": "已过有效期", "qa.2024": "解读材料" });
  });

  it("law is always added and nothing takes it away", () => {
    expect(advisoryOf({ use: [], on: "2020-01-01" })).toEqual({ "cn.law": null });
  });

  it("a pack binds from its first to its last day of validity", () => {
    const pack = packWith("test.term", {}, { validFrom: "2026-03-01", validUntil: "2026-03-31" });
    const on = (day: string): unknown => advisoryOf({ use: [pack.id], on: day }, [pack])[pack.id];
    expect(on("2026-02-28")).toBe("尚未生效");
    expect(on("2026-03-01")).toBeNull();
    expect(on("2026-03-31")).toBeNull();
    expect(on("2026-04-01")).toBe("已过有效期");
  });

  it("packs stand in order of authority: law, nation, province, city; older first", () => {
    const order = rulesOf({ ...everything, jurisdiction: "445221" }, sourcePacks).packs.map((pack) => pack.id);
    expect(order.slice(0, 5)).toEqual(["cn.law", "cn.gb61", "cn.gb80", "gd.yf109", "ha.kh16"]);
    expect(order.indexOf("gd.jieyang17")).toBeGreaterThan(order.indexOf("gd.yf109"));
  });

  it("each rule carries its document number; a statute its own", () => {
    const rules = rulesOf().rules;
    expect(rules.find((r) => r.id === "gb61.resp48")?.cite.docNo).toBe("国办发〔2016〕61号");
    expect(rules.find((r) => r.id === "law.tf17")?.cite).toMatchObject({
      docNo: "中华人民共和国突发事件应对法(2024年修订)",
      article: "第十七条",
    });
  });

  it("is plain JSON, so that a case can keep it", () => {
    const set = rulesOf();
    expect(JSON.parse(JSON.stringify(set))).toEqual(set);
  });
});

describe("what is in force, tightened, advisory", () => {
  const national = ["cn.gb61", "cn.gb80"];
  const explain = (packs = shipped, use: readonly string[] = national) =>
    new Map(explainRules(rulesOf({ use: [...use], ignoreScope: true }, packs)).map((s) => [s.rule.id, s]));

  it("equal numbers stand together", () => {
    const standing = explain();
    expect(standing.get("gb61.press24")).toMatchObject({ standing: "in-force", same: ["gb80.press24"] });
    expect(standing.get("gb80.press24")).toMatchObject({ standing: "in-force", same: ["gb61.press24"] });
  });

  it("a lower document tightens the national number and never loosens it", () => {
    const tighter = packWith("test.tight", {});
    const looser = packWith("test.loose", {
      effect: { clock: { start: ["detectedAt"], limit: { value: 72, unit: "naturalHour" }, kind: "hard" } },
    });
    const standing = explain([...shipped, tighter, looser], [...national, tighter.id, looser.id]);
    expect(standing.get("gb61.resp48")).toMatchObject({ standing: "tightened", by: ["test.tight.one"] });
    expect(standing.get("test.tight.one")).toMatchObject({ standing: "in-force", by: [] });
    expect(standing.get("test.loose.one")).toMatchObject({ standing: "loosening", by: ["gb61.resp48"] });
  });

  it("an advisory pack tightens nothing", () => {
    const hot = packNamed("ha.kh16");
    const standing = explain([...shipped, hot], [...national, hot.id]);
    expect(standing.get("gb80.auth5")).toMatchObject({ standing: "in-force", same: [] });
    expect(standing.get("hakh.auth5")).toMatchObject({ standing: "advisory" });
  });

  it("limits read as they are written", () => {
    const written = (pack: string, id: string): string[] =>
      clocksOf(packNamed(pack).obligations.find((o) => o.id === id) ?? { effect: {} }).map(limitText);
    expect(written("cn.gb61", "gb61.press24")).toEqual(["24小时"]);
    expect(written("cn.law", "law.tf17")).toEqual(["立即"]);
    expect(written("cn.law", "law.aq11")).toEqual(["2小时(每级)"]);
    expect(written("gd.yf109", "yf109.report")).toEqual(["第一时间(内部按1小时)"]);
    expect(written("gd.yf109", "yf109.fulltext")).toEqual(["及时(内部按1个工作日)"]);
    expect(written("county.2017", "xian17.suggest")).toEqual(["7个工作日(可延长至15个工作日)"]);
    expect(written("county.2017", "xian17.repost")).toEqual(["1小时", "1个工作日"]);
  });
});
