import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainRules, type Standing } from "#core/policy/explain.ts";
import type { Pack } from "#core/policy/pack.ts";
import { packWith, rulesOf, shipped } from "./packs.ts";

type Obligation = Partial<Pack["obligations"][number]>;
const hours = (value: number): Obligation => ({
  effect: { clock: { start: ["detectedAt"], limit: { value, unit: "naturalHour" }, kind: "hard" } },
});

function standings(own: readonly Pack[]): Map<string, Standing> {
  const use = ["cn.gb61", "cn.gb80", ...own.map((p) => p.id)];
  return new Map(explainRules(rulesOf({ use }, [...shipped, ...own])).map((s) => [s.rule.id, s]));
}

describe("how documents stand to each other", () => {
  it("a narrower rule tightens its own cases and leaves the wider one in force for the others", () => {
    const narrow = packWith("test.narrow", { when: { eventLevel: ["III"] }, ...hours(12) });
    const found = standings([narrow]);
    expect(found.get("test.narrow.one")?.standing).toBe("in-force");
    expect(found.get("gb61.resp48")?.standing).toBe("in-force");
  });

  it("a narrower rule that is longer is a loosening of its cases", () => {
    const narrow = packWith("test.narrow", { when: { eventLevel: ["III"] }, ...hours(96) });
    expect(standings([narrow]).get("test.narrow.one")).toMatchObject({ standing: "loosening", by: ["gb61.resp48"] });
  });

  it("of two documents of one level the longer is replaced, not a loosening", () => {
    const found = standings([packWith("test.a", hours(20)), packWith("test.b", hours(30))]);
    expect(found.get("test.b.one")).toMatchObject({ standing: "tightened", by: ["test.a.one"] });
    expect(found.get("test.a.one")).toMatchObject({ standing: "in-force" });
  });

  it("limits of reply compete whatever words their conditions use", () => {
    const reply = (id: string, value: number, kind: string) =>
      packWith(id, { key: "reply.complaint", when: { kind }, ...hours(value) });
    const found = standings([reply("test.a", 20, "投诉"), reply("test.b", 30, "反映问题")]);
    expect(found.get("test.b.one")).toMatchObject({ standing: "tightened", by: ["test.a.one"] });
  });

  it("a target does not compete with a limit", () => {
    const soft = packWith("test.soft", {
      effect: { clock: { start: ["detectedAt"], limit: { value: 2, unit: "naturalHour" }, kind: "soft" } },
    });
    expect(standings([soft]).get("gb61.resp48")?.standing).toBe("in-force");
  });

  it("exactly the shortest of any numbers with one condition is in force", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 47 }), { minLength: 1, maxLength: 5 }), (numbers) => {
        const own = numbers.map((n, i) => packWith(`test.p${i}`, hours(n)));
        const inForce = [...standings(own).values()].filter(
          (s) => s.rule.pack.startsWith("test.") && s.standing === "in-force",
        );
        expect(inForce.map((s) => s.rule.pack)).toEqual([`test.p${numbers.indexOf(Math.min(...numbers))}`]);
      }),
      { numRuns: 50 },
    );
  });
});
