/**
 * Kinds of spots that tell two events apart: one school is not another, whatever else two reports have in common. A spot is known
 * by its kind and the two characters before it: more would take words of the sentence along.
 */
const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  [
    "school",
    /第?(?<ordinal>[一二三四五六七八九十])(?:中学?(?!午|旬)|高中|初中|小学?(?!时|区|型|伙|吃)|幼(?:儿园)?)|(?<name>\p{Script=Han}{2})(?<what>中学|小学|幼儿园|学院|职校)/gu,
  ],
  ["hospital", /(?<name>\p{Script=Han}{2})(?<what>医院|卫生院)/gu],
  ["estate", /(?<name>\p{Script=Han}{2}(?:花园|家园|公寓|新村)?)(?:小区|社区)/gu],
  [
    "road",
    /(?<name>\p{Script=Han}[^\P{Script=Han}道公铁线马出思网走半上大逛条])(?:路|街|大道|巷)(?![面边段灯过线])|(?<code>[GSXY]\d{2,4})/gu,
  ],
  ["village", /(?<name>\p{Script=Han}{2})村(?![民干委里])/gu],
  ["town", /(?<name>\p{Script=Han}{2})(?:镇|乡(?!亲|村)|街道)(?!长|政府)/gu],
  ["bridge", /(?<name>\p{Script=Han}{2})(?:大桥|隧道)/gu],
  ["site", /(?<name>\p{Script=Han}{2})(?:广场|公园|商场|车站|景区|水库|市场)/gu],
];

/** The spots that a text names, each with its kind, and what else it says. */
export function spotsOf(text: string): { spots: Set<string>; rest: string } {
  const spots = new Set<string>();
  let rest = text;
  for (const [kind, pattern] of KINDS)
    rest = rest.replace(pattern, (...match) => {
      spots.add(spotOf(kind, match.at(-1) as Partial<Record<string, string>>));
      return " ";
    });
  return { spots, rest };
}

/** How a text writes a spot: "石门镇". */
export function spotName(text: string, spot: string): string | undefined {
  const pattern = KINDS.find(([kind]) => kind === kindOf(spot))?.[1];
  for (const match of pattern ? text.matchAll(pattern) : [])
    if (spotOf(kindOf(spot), match.groups) === spot) return match[0];
  return undefined;
}

function spotOf(kind: string, groups: Partial<Record<string, string>> = {}): string {
  const { ordinal, code, name = "", what = "" } = groups;
  return `${kind}:${ordinal ?? code ?? `${name}${what}`}`;
}

const kindOf = (spot: string): string => spot.slice(0, spot.indexOf(":"));

/** True when both name spots of one kind and none of them is the same. */
export function apart(a: readonly string[], b: readonly string[]): boolean {
  const shared = new Set(a.filter((spot) => b.includes(spot)).map(kindOf));
  const kinds = new Set(b.map(kindOf));
  return a.some((spot) => kinds.has(kindOf(spot)) && !shared.has(kindOf(spot)));
}
