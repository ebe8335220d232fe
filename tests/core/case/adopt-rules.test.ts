import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evolve } from "#core/case/decide.ts";
import type { Office } from "#core/case/office.ts";
import { changesCase, rulesDiff } from "#core/case/rules-diff.ts";
import { clockFacts, settleClocks } from "#core/case/settle.ts";
import { lateness } from "#core/clocks/lateness.ts";
import type { Pack } from "#core/policy/pack.ts";
import type { RuleSet } from "#core/policy/resolve.ts";
import { Desk } from "../../support/desk.ts";
import { exampleOffice } from "../../support/office.ts";
import { at } from "../../support/time.ts";
import { packWith, rulesOf, shipped } from "../policy/packs.ts";

const firstIn = (hours: number): Pack =>
  packWith("test.first", {
    effect: { clock: { start: ["detectedAt"], limit: { value: hours, unit: "naturalHour" }, kind: "hard" } },
  });
const setOf = (...own: Pack[]): RuleSet =>
  rulesOf({ use: ["cn.gb61", "cn.gb80", ...own.map((p) => p.id)] }, [...shipped, ...own]);

/** An office whose rules in force can be replaced, as by a restart with other packs. */
function office(sets: Record<string, RuleSet>, present: string): Office & { present: string } {
  return {
    ...exampleOffice(),
    present,
    get rulesDigest() {
      return this.present;
    },
    rulesOf(digest) {
      const set = sets[digest ?? this.present];
      if (!set) throw new Error(`no set ${digest}`);
      return set;
    },
  };
}

const SETS = { old: setOf(), faster: setOf(firstIn(24)), fastest: setOf(firstIn(6)), looser: setOf(firstIn(72)) };

/** A case of 20 November, detected at 09:00 and 研判 under the old rules; then other rules are in force. */
function triaged(
  next: keyof typeof SETS,
  level: "none" | "II" = "none",
): { desk: Desk; rules: Office & { present: string } } {
  const rules = office(SETS, "old");
  const desk = new Desk("今天9点在抖音看到幸福里小区停水,网友质疑县水务局不作为,播放3万", "11-20 09:00", rules);
  desk.does("周敏", "triage", { eventLevel: level });
  rules.present = next;
  return { desk, rules };
}

const due = (desk: Desk, key = "response.first") => desk.clock(key)?.dueAt;

describe("rule 12: the set is frozen at 研判", () => {
  it("other packs change nothing on the case, whatever happens to it then", () => {
    const { desk } = triaged("faster");
    const before = due(desk);
    desk
      .does("周敏", "assign", { units: ["青岩县水务局"] })
      .does("马超群", "acknowledge")
      .does("马超群", "supplement");
    expect(desk.case.rules).toBe("old");
    expect(due(desk)).toBe(before);
    expect(before).toBe(at("11-22 09:00"));
  });

  it("a case before 研判 goes by the present rules, from its original start", () => {
    const rules = office(SETS, "old");
    const desk = new Desk("今天9点在抖音看到幸福里小区停水,网友质疑县水务局不作为,播放3万", "11-20 09:00", rules);
    rules.present = "faster";
    expect(settleClocks(desk.case, rules).find((k) => k.key === "response.first")?.dueAt).toBe(at("11-21 09:00"));
  });

  it("研判 after 代研判 keeps the set that 代研判 froze: new rules come in by 应用新规则 alone", () => {
    const rules = office(SETS, "old");
    const desk = new Desk("今天22点在抖音看到幸福里小区停水,网友质疑县水务局不作为,播放3万", "11-20 23:00", rules);
    desk.does("赵敏之", "triage", { eventLevel: "none" });
    rules.present = "faster";
    desk.passes("10h").does("周敏", "triage", { eventLevel: "III" });
    expect(desk.case.rules).toBe("old");
    expect(due(desk)).toBe(at("11-22 22:00"));
  });

  it("another unit re-resolves the frozen set, not the present one", () => {
    const own = packWith(
      "test.water",
      { ...firstIn(12).obligations[0], id: "test.water.one" },
      {
        scope: { kind: "organisation", id: "青岩县水务局", jurisdiction: "990121" },
      },
    );
    const rules = office({ old: setOf(own), faster: setOf(firstIn(6)) }, "old");
    const desk = new Desk("今天9点在抖音看到幸福里小区停水,播放3万", "11-20 09:00", rules);
    desk.does("周敏", "triage", { units: ["青岩县住房和城乡建设局"] });
    rules.present = "faster";
    expect(due(desk)).toBe(at("11-22 09:00"));
    desk.does("周敏", "assign", { units: ["青岩县水务局"] });
    expect(due(desk)).toBe(at("11-20 21:00"));
  });
});

describe("what other rules would change", () => {
  it("names each limit with old and new due time and basis", () => {
    const { desk, rules } = triaged("faster");
    const diff = rulesDiff(desk.case, rules);
    expect(diff.clocks).toEqual([
      {
        key: "response.first",
        before: { dueAt: at("11-22 09:00"), kind: "hard", rule: "gb61.resp48", basis: "国办发〔2016〕61号 三" },
        after: { dueAt: at("11-21 09:00"), kind: "hard", rule: "test.first.one", basis: "test.first〔2026〕1号 一" },
      },
    ]);
    expect(diff.moved).toEqual([{ key: "response.first", before: at("11-22 09:00"), after: at("11-21 09:00") }]);
    expect(diff.obligations.map((o) => [o.change, o.id])).toEqual([["added", "test.first.one"]]);
  });

  it("a loosening moves no limit", () => {
    const { desk, rules } = triaged("looser");
    expect(rulesDiff(desk.case, rules)).toMatchObject({ clocks: [], moved: [] });
  });

  it("an obligation that does not concern the case is no change of it", () => {
    const yearly = packWith("test.yearly", {
      key: "assess",
      treat: "statistic",
      when: { default: true },
      effect: { statistic: "年度考核" },
    });
    const rules = office({ old: setOf(), yearly: setOf(yearly) }, "old");
    const desk = new Desk("今天9点在抖音看到幸福里小区停水,播放3万", "11-20 09:00", rules).does("周敏", "triage");
    rules.present = "yearly";
    expect(changesCase(rulesDiff(desk.case, rules))).toBe(false);
    expect(rulesDiff(desk.case, rules).obligations).toEqual([]);
  });

  it("the same rules change nothing", () => {
    const { desk, rules } = triaged("old");
    expect(changesCase(rulesDiff(desk.case, rules))).toBe(false);
  });
});

describe("应用新规则", () => {
  it("plans all limits anew from their original starts and keeps who, why and what moved", () => {
    const { desk } = triaged("faster");
    desk.passes("2h").does("周敏", "adoptRules", { reason: "县里发了新规定" });
    expect(due(desk)).toBe(at("11-21 09:00"));
    expect(desk.clock("response.first")?.start).toBe(at("11-20 09:00"));
    expect(desk.case.rules).toBe("faster");
    expect(desk.events.at(-1)).toMatchObject({
      type: "rulesAdopted",
      by: "周敏",
      reason: "县里发了新规定",
      from: "old",
      to: "faster",
      moved: [{ key: "response.first", before: at("11-22 09:00"), after: at("11-21 09:00") }],
    });
  });

  it("a limit already over says so, and lateness counts from the adoption", () => {
    const { desk } = triaged("fastest");
    desk.passes("10h").does("周敏", "adoptRules");
    expect(desk.clock("response.first")?.note).toContain("换规则时已过");
    desk.passes("1h").does("周敏", "respond", { publishedAt: desk.now });
    expect(lateness(clockFacts(desk.case), desk.case.clocks).response).toBe(60);
  });

  it("a limit that ends later than the adoption is marked in no way", () => {
    const { desk } = triaged("faster");
    desk.passes("2h").does("周敏", "adoptRules");
    expect(desk.clock("response.first")?.note).not.toContain("换规则时已过");
    expect(desk.clock("response.first")?.overSince).toBeUndefined();
  });

  it("a limit that was over under the frozen rules counts from its own end", () => {
    const { desk } = triaged("looser");
    desk.passes("60h").does("周敏", "adoptRules");
    expect(desk.clock("response.first")?.note).not.toContain("换规则时已过");
    desk.passes("1h").does("周敏", "respond", { publishedAt: desk.now });
    expect(lateness(clockFacts(desk.case), desk.case.clocks).response).toBe(13 * 60);
  });

  it("two adoptions: late since the first that brought it", () => {
    const { desk, rules } = triaged("fastest");
    desk.passes("8h").does("周敏", "adoptRules");
    rules.present = "faster";
    desk.passes("1h").does("周敏", "adoptRules");
    rules.present = "fastest";
    desk.passes("1h").does("周敏", "adoptRules");
    expect(desk.clock("response.first")?.overSince).toBe(at("11-20 17:00"));
  });

  it("a limit over at the adoption and then tightened by a raising counts from the later of the two", () => {
    const atThree = packWith("test.raised", {
      when: { eventLevel: ["III"] },
      effect: { clock: { start: ["detectedAt"], limit: { value: 4, unit: "naturalHour" }, kind: "hard" } },
    });
    const rules = office({ old: setOf(), both: setOf(firstIn(6), atThree) }, "old");
    const desk = new Desk("今天9点在抖音看到幸福里小区停水,网友质疑县水务局不作为,播放3万", "11-20 09:00", rules);
    desk.does("周敏", "triage", { eventLevel: "IV" });
    rules.present = "both";
    desk.passes("8h").does("周敏", "adoptRules");
    expect(desk.clock("response.first")?.overSince).toBe(at("11-20 17:00"));
    const first = desk.events.find((e) => e.type === "triaged");
    if (!first) throw new Error("not decided");
    const raising = {
      ...first,
      at: at("11-20 19:00"),
      rules: "both",
      triage: { ...first.triage, eventLevel: "III" as const },
    };
    const raised = evolve(desk.case, [raising], rules).clocks.find((k) => k.key === "response.first");
    expect(raised).toMatchObject({ rule: "test.raised.one", overSince: at("11-20 19:00") });
    expect(raised?.note).toEqual(expect.arrayContaining(["改级时已过", "换规则时已过"]));
  });

  it("is refused before 研判, without a reason, twice, and for another set than was shown", () => {
    const rules = office(SETS, "old");
    expect(new Desk(undefined, undefined, rules).tries("周敏", "adoptRules")).toContain("尚未研判");
    const { desk } = triaged("faster");
    expect(desk.tries("周敏", "adoptRules", { reason: " " })).toContain("理由");
    expect(desk.tries("周敏", "adoptRules", { to: "fastest" })).toContain("又有变化");
    desk.does("周敏", "adoptRules", { to: "faster" });
    expect(desk.tries("周敏", "adoptRules")).toContain("已按现行规则");
  });

  it("whenever it happens, the limits are those of a case that had the new rules from the start", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.constantFrom("faster", "fastest", "looser"), (hours, next) => {
        const { desk } = triaged(next as "faster");
        desk.passes(`${hours}h`).does("周敏", "adoptRules");
        const rules = office(SETS, next);
        const fresh = new Desk("今天9点在抖音看到幸福里小区停水,网友质疑县水务局不作为,播放3万", "11-20 09:00", rules);
        fresh.does("周敏", "triage", { eventLevel: "none" });
        const limits = (d: Desk) => d.case.clocks.map((k) => [k.key, k.start, k.dueAt, k.kind, k.rule]);
        expect(limits(desk)).toEqual(limits(fresh));
      }),
      { numRuns: 30 },
    );
  });
});
