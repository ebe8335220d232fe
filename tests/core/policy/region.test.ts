import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chainOf, levelOf, lowestCommonAncestor, NATION, parentOf } from "#core/policy/region.ts";

describe("GB/T 2260", () => {
  it.each([
    ["990121", "990100"],
    ["990100", "990000"],
    ["990000", NATION],
    ["999001", "990000"],
    ["469001", "460000"],
    ["110101", "110000"],
    ["110100", "110000"],
    ["500241", "500000"],
  ])("the government above %s is %s", (code, parent) => {
    expect(parentOf(code)).toBe(parent);
  });

  it("nothing stands above the nation", () => {
    expect(parentOf(NATION)).toBeUndefined();
  });

  it.each([
    [["990102", "990103"], "990100"],
    [["990121", "990221"], "990000"],
    [["999001", "990121"], "990000"],
    [["999001", "999002"], "990000"],
    [["110101", "110105"], "110000"],
    [["110101", "310101"], NATION],
    [["990100", "990121"], "990100"],
    [["990121"], "990121"],
    [[], NATION],
  ])("the lowest common superior of %s is %s", (codes, expected) => {
    expect(lowestCommonAncestor(codes)).toBe(expected);
  });
});

const two = (n: number): string => String(n).padStart(2, "0");
const province = fc.constantFrom("11", "31", "37", "44", "46", "50", "99");
const county = fc
  .tuple(province, fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant(90)), fc.integer({ min: 1, max: 99 }))
  .map(([p, c, d]) => `${p}${two(c)}${two(d)}`);
const code = fc.oneof(
  county,
  county.map((c) => `${c.slice(0, 4)}00`),
  county.map((c) => `${c.slice(0, 2)}0000`),
);

describe("over generated trees", () => {
  const seed = { seed: 2260, numRuns: 500 };

  it("every chain climbs level by level to the nation", () => {
    fc.assert(
      fc.property(code, (c) => {
        const order = ["county", "prefecture", "province", "nation"];
        const levels = chainOf(c).map((x) => order.indexOf(levelOf(x)));
        expect(levels).toEqual(levels.toSorted((a, b) => a - b));
        expect(new Set(levels).size).toBe(levels.length);
        expect(chainOf(c).at(-1)).toBe(NATION);
      }),
      seed,
    );
  });

  it("the lowest common superior stands above all places, and none of its divisions does", () => {
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 5 }), (codes) => {
        const found = lowestCommonAncestor(codes);
        const chains = codes.map(chainOf);
        expect(chains.every((chain) => chain.includes(found))).toBe(true);
        const lower = chains[0]?.slice(0, chains[0].indexOf(found)) ?? [];
        expect(lower.some((c) => chains.every((chain) => chain.includes(c)))).toBe(false);
      }),
      seed,
    );
  });

  it("neither order nor repetition of the places changes it", () => {
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 5 }), (codes) => {
        expect(lowestCommonAncestor([...codes.toReversed(), ...codes])).toBe(lowestCommonAncestor(codes));
      }),
      seed,
    );
  });

  it("divisions of a municipality and those under 90 skip the prefecture", () => {
    fc.assert(
      fc.property(county, (c) => {
        const skips = ["11", "12", "31", "50"].includes(c.slice(0, 2)) || c.slice(2, 4) === "90";
        expect(chainOf(c)).toHaveLength(skips ? 3 : 4);
      }),
      seed,
    );
  });
});
