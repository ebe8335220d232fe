import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chainOf, levelOf, lowestCommonAncestor, NATION, parentOf, REGION_CODE } from "#core/policy/region.ts";
import { deepestCommon, placesInTree, tree } from "./region-tree.ts";

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
    ["659001", "650000"],
    ["990121GX", "990121"],
    ["990100KF1", "990100"],
    ["110101A", "110101"],
    ["999001A", "999001"],
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
    [["990121GX"], "990121GX"],
    [["990121GX", "990121"], "990121"],
    [["990121GX", "990121KF"], "990121"],
    [["990121GX", "990122"], "990100"],
    [["990121GX", "990221"], "990000"],
    [[], NATION],
  ])("the lowest common superior of %s is %s", (codes, expected) => {
    expect(lowestCommonAncestor(codes)).toBe(expected);
  });

  it.each(["990121", "990121GX", "990121A1234567"])("%s is written as a code", (code) => {
    expect(REGION_CODE.test(code)).toBe(true);
  });

  it.each(["", "99012", "9901211", "990121gx", "990121-GX", "990121A12345678", "GX990121", "９９０１２１", "990121\n"])(
    "%j is no code",
    (code) => {
      expect(REGION_CODE.test(code)).toBe(false);
    },
  );
});

const ORDER = ["zone", "county", "prefecture", "province", "nation"];

describe("over generated countries", () => {
  const seed = { seed: 2260, numRuns: 300 };

  it("every division stands where the generator put it", () => {
    fc.assert(
      fc.property(tree, ({ codes, parents, levels }) => {
        for (const code of codes) {
          expect([code, parentOf(code), levelOf(code)]).toEqual([code, parents.get(code), levels.get(code)]);
          expect(REGION_CODE.test(code)).toBe(true);
        }
      }),
      seed,
    );
  });

  it("a chain climbs parent by parent, each of a higher level, and ends at the nation", () => {
    fc.assert(
      fc.property(tree, ({ codes, parents }) => {
        for (const code of codes) {
          const chain = chainOf(code);
          expect(chain[0]).toBe(code);
          expect(chain.at(-1)).toBe(NATION);
          for (const [i, at] of chain.entries()) expect(chain[i + 1]).toBe(parents.get(at));
          const levels = chain.map((at) => ORDER.indexOf(levelOf(at)));
          expect(levels).toEqual([...new Set(levels)].toSorted((a, b) => a - b));
        }
      }),
      seed,
    );
  });

  it("the lowest common superior is the deepest common division", () => {
    fc.assert(
      fc.property(placesInTree, ({ places, ...country }) => {
        expect(lowestCommonAncestor(places)).toBe(deepestCommon(country, places));
      }),
      { ...seed, numRuns: 600 },
    );
  });

  it("neither order nor repetition nor grouping of the places changes it, and one place is its own", () => {
    fc.assert(
      fc.property(placesInTree, fc.nat(), ({ places }, cut) => {
        const lowest = lowestCommonAncestor;
        const [a = NATION, ...rest] = places;
        expect(lowest([a])).toBe(a);
        expect(lowest([a, a])).toBe(a);
        const all = lowest(places);
        expect(lowest([...rest, a])).toBe(all);
        expect(lowest(places.toReversed())).toBe(all);
        expect(lowest([...places, ...places, all])).toBe(all);
        const at = cut % places.length;
        if (at > 0) expect(lowest([lowest(places.slice(0, at)), lowest(places.slice(at))])).toBe(all);
      }),
      { ...seed, numRuns: 600 },
    );
  });
});
