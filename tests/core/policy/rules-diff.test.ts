import { describe, expect, it } from "vitest";
import type { Pack } from "#core/policy/pack.ts";
import { diffRules } from "#core/policy/rules-diff.ts";
import { packWith, rulesOf, shipped } from "./packs.ts";

const under = (...own: Pack[]) => rulesOf({ use: ["cn.gb61", ...own.map((p) => p.id)] }, [...shipped, ...own]);
const brief = (before: Pack[], after: Pack[]): string[] =>
  diffRules(under(...before), under(...after)).map((c) => `${c.change} ${c.id} ${c.what}`.trim());

describe("what two sets of rules ask for differently", () => {
  const pack = packWith("test.own", {});

  it("the same set: nothing", () => {
    expect(brief([pack], [pack])).toEqual([]);
  });

  it("an obligation that came, and one that went", () => {
    expect(brief([], [pack])).toEqual(["added test.own.one"]);
    expect(brief([pack], [])).toEqual(["dropped test.own.one"]);
  });

  it("a limit, a condition and words that changed are named", () => {
    const next = packWith("test.own", {
      when: { eventLevel: ["III"] },
      effect: { clock: { start: ["detectedAt"], limit: { value: 12, unit: "naturalHour" }, kind: "hard" } },
      cite: { article: "一", quote: "改过的话" },
    });
    expect(brief([pack], [next])).toEqual(["changed test.own.one 时限 24小时 → 12小时;适用条件;原文"]);
  });

  it("a document that expired is dropped, one that came into force is added", () => {
    const expired = packWith("test.own", {}, { validUntil: "2026-11-19" });
    expect(brief([pack], [expired])).toEqual(["dropped test.own.one"]);
    expect(brief([expired], [pack])).toEqual(["added test.own.one"]);
  });
});
