import { describe, expect, it } from "vitest";
import { rank, suggestedByCasualties } from "#core/policy/rank.ts";

describe("rank", () => {
  it.each([
    ["II", "III", "II"],
    ["III", "I", "I"],
    ["none", "III", "III"],
    ["pending", undefined, "IV"],
    [undefined, undefined, "IV"],
  ] as const)("of event %s and opinion %s is %s", (event, opinion, expected) => {
    expect(rank(event, opinion)).toBe(expected);
  });
});

describe("level that casualties suggest", () => {
  const stated = (dead: number | null, severe?: number) => ({
    status: "stated" as const,
    dead,
    injured: null,
    ...(severe === undefined ? {} : { severe }),
  });
  it.each([
    [stated(30), "I"],
    [stated(29), "II"],
    [stated(10), "II"],
    [stated(9), "III"],
    [stated(3), "III"],
    [stated(2), "IV"],
    [stated(null, 100), "I"],
    [stated(0, 50), "II"],
    [stated(0, 10), "III"],
  ])("%o is %s", (casualties, expected) => {
    expect(suggestedByCasualties(casualties)).toBe(expected);
  });

  it("a missing person is not counted as dead", () => {
    expect(suggestedByCasualties({ ...stated(2), missing: 40 })).toBe("IV");
  });

  it("unknown or unverified casualties suggest nothing", () => {
    expect(suggestedByCasualties({ status: "unknown", dead: null, injured: null })).toBeNull();
    expect(suggestedByCasualties({ status: "unverified", dead: null, injured: null })).toBeNull();
    expect(suggestedByCasualties(null)).toBeNull();
  });
});
