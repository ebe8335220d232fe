/**
 * Administrative divisions by GB/T 2260: six digits, two each for province, prefecture and county.
 *
 * Two groups of codes have no prefecture above them: divisions of the municipalities (北京 11, 天津 12, 上海 31, 重庆 50), and
 * county-level divisions that a province administers directly, whose prefecture digits are 90. Their parent is the province.
 *
 * A functional zone (高新区, 开发区) has no code in the standard. Its code is its parent's with a suffix of its own that starts
 * with a capital letter, 990121GX: whoever sees the code knows the parent, also years later and without a roster.
 */

export const NATION = "000000";

/** A division of GB/T 2260, or a functional zone. */
export const REGION_CODE = /^\d{6}(?:[A-Z][A-Z0-9]{0,7})?$/;

/** What is wrong with a text that should be such a code. */
export const REGION_CODE_HINT = "应为 6 位区划代码,功能区为上级代码加大写字母后缀(如 990121GX)";

const MUNICIPALITIES = new Set(["11", "12", "31", "50"]);
const STANDARD = 6;

export type RegionLevel = "nation" | "province" | "prefecture" | "county" | "zone";

export function levelOf(code: string): RegionLevel {
  if (code.length > STANDARD) return "zone";
  if (code === NATION) return "nation";
  if (code.endsWith("0000")) return "province";
  if (code.endsWith("00")) return "prefecture";
  return "county";
}

/** 省直管: a county-level division with no prefecture between it and its province. */
export const isDirect = (code: string): boolean => code.slice(2, 4) === "90";

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
      return MUNICIPALITIES.has(code.slice(0, 2)) || isDirect(code) ? province : `${code.slice(0, 4)}00`;
    case "zone":
      return code.slice(0, STANDARD);
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
