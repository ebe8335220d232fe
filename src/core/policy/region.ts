/**
 * Administrative divisions by GB/T 2260: six digits, two each for province, prefecture and county.
 *
 * Two groups of codes have no prefecture above them: divisions of the municipalities (北京 11, 天津 12, 上海 31, 重庆 50), and
 * county-level divisions that a province administers directly, whose prefecture digits are 90. Their parent is the province.
 */

export const NATION = "000000";

const MUNICIPALITIES = new Set(["11", "12", "31", "50"]);

export type RegionLevel = "nation" | "province" | "prefecture" | "county";

export function levelOf(code: string): RegionLevel {
  if (code === NATION) return "nation";
  if (code.endsWith("0000")) return "province";
  if (code.endsWith("00")) return "prefecture";
  return "county";
}

/** The code of the government above; undefined above the nation. */
export function parentOf(code: string): string | undefined {
  const province = `${code.slice(0, 2)}0000`;
  switch (levelOf(code)) {
    case "nation":
      return undefined;
    case "province":
      return NATION;
    case "prefecture":
      return province;
    case "county":
      return MUNICIPALITIES.has(code.slice(0, 2)) || code.slice(2, 4) === "90" ? province : `${code.slice(0, 4)}00`;
  }
}

/** The jurisdiction chain of a place: itself first, the nation last. */
export function chainOf(code: string): string[] {
  const parent = parentOf(code);
  return parent === undefined ? [code] : [code, ...chainOf(parent)];
}

/** The lowest government above (or equal to) all places: 最低共同上级. The nation when nothing lower is common. */
export function lowestCommonAncestor(codes: readonly string[]): string {
  const [first, ...others] = codes;
  if (first === undefined) return NATION;
  const chains = others.map((code) => new Set(chainOf(code)));
  return chainOf(first).find((code) => chains.every((chain) => chain.has(code))) ?? NATION;
}
