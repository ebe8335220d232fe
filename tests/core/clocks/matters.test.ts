import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planClocks } from "#core/clocks/plan.ts";
import type { Level } from "#core/intake/types.ts";
import type { ClockFacts, EventLevel, Matter, PlannedClock } from "#core/policy/types.ts";
import { qingyan, rulesOf } from "../policy/packs.ts";
import { at, facts, stated, triaged } from "./clock-facts.ts";

const office = rulesOf();
const national = rulesOf({ use: ["cn.gb61", "cn.gb80"] });
const binding = (clocks: readonly PlannedClock[]): string[] =>
  clocks.filter((c) => c.kind !== "soft" && c.kind !== "advisory").map((c) => c.key);

describe("the matter and the levels together", () => {
  it.each([
    ["suggestion", triaged("none"), ["reply.suggestion"]],
    ["suggestion", triaged("III"), ["response.first", "reply.suggestion"]],
    ["suggestion", triaged("II"), ["release.authoritative", "press.conference", "reply.suggestion"]],
    ["complaint", triaged("none"), ["reply.complaint"]],
    ["complaint", triaged("none", { opinionLevel: "IV" }), ["response.first", "reply.complaint"]],
    ["complaint", triaged("I"), ["release.authoritative", "press.conference", "reply.complaint"]],
    ["repost", triaged("none", { opinionLevel: "IV" }), ["repost.hard"]],
    ["repost", triaged("II"), ["release.authoritative", "press.conference", "repost.hard"]],
    ["superior", triaged("none"), ["response.first", "requested"]],
    ["superior", triaged("II"), ["release.authoritative", "press.conference", "requested"]],
  ] as [Matter, Partial<ClockFacts>, string[]][])("%s with %o runs %j", (matter, change, keys) => {
    const times = {
      sourcePublishedAt: at("2026-11-20T08:00"),
      ...(matter === "superior" ? { requestedDueAt: at("2026-11-21T09:00") } : {}),
    };
    expect(binding(planClocks(facts({ ...change, ...times, matter }), office, qingyan))).toEqual(keys);
  });

  it("a repost runs by the 48 h where no document limits it", () => {
    expect(binding(planClocks(facts({ matter: "repost" }), national, qingyan))).toEqual(["response.first"]);
  });

  it("of the superior's limit and the 48 h both run, whichever ends first", () => {
    for (const requestedDueAt of [at("2026-11-20T12:00"), at("2026-11-29T12:00")]) {
      const clocks = planClocks(facts({ matter: "superior", requestedDueAt }), office, qingyan);
      expect(clocks.find((c) => c.key === "requested")).toMatchObject({ kind: "hard", dueAt: requestedDueAt });
      expect(clocks.find((c) => c.key === "response.first")?.dueAt).toBe(at("2026-11-22T08:50"));
    }
  });

  it("a superior's limit that was over at receipt says so", () => {
    const [clock] = planClocks(facts({ requestedDueAt: at("2026-11-20T09:00") }), office, qingyan).filter(
      (c) => c.key === "requested",
    );
    expect(clock?.note).toEqual(["收报时已过"]);
  });

  it("any mix has a limit that runs from receipt, and no two that bind under one name", () => {
    const mix = fc.record({
      matter: fc.constantFrom<Matter[]>("opinion", "suggestion", "complaint", "repost", "superior"),
      eventLevel: fc.constantFrom<(EventLevel | undefined)[]>("I", "II", "III", "IV", "none", "pending", undefined),
      opinionLevel: fc.constantFrom<(Level | undefined)[]>("I", "II", "III", "IV", undefined),
      emergency: fc.boolean(),
      casualties: fc.constantFrom(null, stated(0), stated(12)),
      superiorRequired: fc.boolean(),
      requestedDueAt: fc.constantFrom(at("2026-11-20T12:00"), at("2026-11-29T12:00")),
      sourcePublishedAt: fc.constantFrom(at("2026-11-19T12:00"), at("2026-11-20T08:00")),
    });
    fc.assert(
      fc.property(mix, fc.boolean(), fc.constantFrom(office, national), (f, asked, rules) => {
        const { requestedDueAt, ...rest } = f;
        const full = facts({
          ...rest,
          triaged: f.eventLevel !== undefined,
          ...(asked ? { requestedDueAt } : {}),
        });
        const keys = binding(planClocks(full, rules, qingyan));
        expect(keys.filter((key) => key !== "requested")).not.toEqual([]);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.includes("requested")).toBe(asked);
        const major = f.eventLevel === "I" || f.eventLevel === "II";
        if (major) expect(keys).toEqual(expect.arrayContaining(["release.authoritative", "press.conference"]));
        if (major) expect(keys).not.toContain("response.first");
      }),
      { seed: 13, numRuns: 500 },
    );
  });
});
