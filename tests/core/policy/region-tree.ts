import fc from "fast-check";

/**
 * A generated country. The generator decides who stands above whom when it makes a division; nothing here reads a code, so
 * that what the program reads from codes can be checked against it.
 */
export interface Tree {
  parents: ReadonlyMap<string, string | undefined>;
  levels: ReadonlyMap<string, Level>;
  codes: readonly string[];
}

type Level = "nation" | "province" | "prefecture" | "county" | "zone";

const ROOT = "000000";
const MUNICIPALITIES = ["11", "12", "31", "50"];
const two = (n: number): string => String(n).padStart(2, "0");

const suffix = fc.stringMatching(/^[A-Z][A-Z0-9]{0,7}$/);
const zones = fc.uniqueArray(suffix, { maxLength: 2 });
const counties = fc.uniqueArray(fc.record({ no: fc.integer({ min: 1, max: 99 }), zones }), {
  maxLength: 4,
  selector: (c) => c.no,
});
const prefectures = fc.uniqueArray(fc.record({ no: fc.integer({ min: 1, max: 70 }), counties, zones }), {
  maxLength: 3,
  selector: (p) => p.no,
});
const provinces = fc.uniqueArray(
  fc.record({
    no: fc.oneof(fc.constantFrom(...MUNICIPALITIES.map(Number)), fc.integer({ min: 13, max: 99 })),
    prefectures,
    /** Directly under the province: prefecture digits 90; under a municipality any digits. */
    direct: fc.uniqueArray(fc.record({ digits: fc.constantFrom(1, 2), no: fc.integer({ min: 1, max: 99 }), zones }), {
      maxLength: 3,
      selector: (c) => `${c.digits} ${c.no}`,
    }),
    zones,
  }),
  { minLength: 1, maxLength: 4, selector: (p) => p.no },
);

export const tree: fc.Arbitrary<Tree> = provinces.map((made) => {
  const parents = new Map<string, string | undefined>([[ROOT, undefined]]);
  const levels = new Map<string, Level>([[ROOT, "nation"]]);
  const add = (code: string, parent: string, level: Level, own: readonly string[]): void => {
    parents.set(code, parent);
    levels.set(code, level);
    for (const text of own) {
      parents.set(`${code}${text}`, code);
      levels.set(`${code}${text}`, "zone");
    }
  };
  for (const province of made) {
    const head = two(province.no);
    const code = `${head}0000`;
    const municipality = MUNICIPALITIES.includes(head);
    add(code, ROOT, "province", province.zones);
    for (const { digits, no, zones: own } of province.direct)
      add(`${head}${municipality ? two(digits) : "90"}${two(no)}`, code, "county", own);
    if (municipality) continue;
    for (const prefecture of province.prefectures) {
      const above = `${head}${two(prefecture.no)}00`;
      add(above, code, "prefecture", prefecture.zones);
      for (const { no, zones: own } of prefecture.counties) add(`${above.slice(0, 4)}${two(no)}`, above, "county", own);
    }
  }
  return { parents, levels, codes: [...parents.keys()] };
});

/** A tree and some of its divisions; the same one may come twice. */
export const placesInTree: fc.Arbitrary<Tree & { places: string[] }> = tree.chain((t) =>
  fc.array(fc.constantFrom(...t.codes), { minLength: 1, maxLength: 5 }).map((places) => ({ ...t, places })),
);

/** By brute force: of all divisions that every place is or lies in, the one that lies in all the others. */
export function deepestCommon({ parents, codes }: Tree, places: readonly string[]): string {
  const above = (code: string): Set<string> => {
    const found = new Set<string>();
    for (let at: string | undefined = code; at !== undefined; at = parents.get(at)) found.add(at);
    return found;
  };
  const common = codes.filter((candidate) => places.every((place) => above(place).has(candidate)));
  const deepest = common.filter((candidate) => common.every((other) => above(candidate).has(other)));
  if (deepest.length !== 1) throw new Error(`no single deepest division: ${deepest.join()}`);
  return deepest[0] as string;
}
