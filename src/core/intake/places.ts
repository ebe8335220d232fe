import { type Gazetteer, isAncestor } from "./gazetteer.ts";
import type { Place } from "./types.ts";
import { blank, type Span, spanFinder } from "./words.ts";

interface PlaceMention extends Span {
  text: string;
  codes: readonly string[];
  /** Goes beyond the name of the jurisdiction: 东岭区解放路. */
  detailed: boolean;
  /** Written with 县, 区, 市 rather than by a short form. */
  full: boolean;
}

/** What ends the name of a spot within a jurisdiction. A school or hospital is a spot only with 门口 or 附近 behind it. */
const SPOT =
  "路口|路段|高速口|高速路口|收费站|服务区|交界处|交界|古镇|街道|社区|小区|广场|公园|体育馆|体育场|体育中心|景区|水库|隧道|大桥|大道|火车站|汽车站|高铁站|车站|机场|码头|菜市场|农贸市场|批发市场|夜市|步行街|采石场|采砂场|砂石场|商场|工地|花园|花苑|家园|名苑|大厦|园区|工业园|开发区|门口|附近|村|镇|乡|路|街|巷|桥|河段|段|江|河|湖|山(?!体(?!育)|洪|林火)";
/** 滨河大桥, 滨江路: a spot may be named after another. */
const SPOT_RUN = `(?:${SPOT})(?:大桥|公园|广场|大道|水库|小区|社区|河段|工地|花园|花苑|家园|新城|大厦|景区|隧道|码头|路(?![面段灯口上边基障])){0,2}`;
/** Characters that belong to the sentence, not to a name. */
const NAME_CHARACTER =
  "(?:人民(?=[路街广公医大桥])|卫生(?=[院室所服])|发展(?=大道|路)|生态(?=[路园公])|[万太泰永天祥仁义瑞嘉]和(?=[商广大苑府城花家小社])|和[平谐](?=[路街小社苑])|[^\\s，,。；;：:！!？?、“”\"'（）()【】《》「」@#|/\\n发生在有人被的了是将把从到和与及因致已称说名今昨前本上下周称多网全修撤并拆除])";
/** 金桂苑, 御景府三期: an estate without 小区, by what stands behind it; 政府 and 公园 are none. */
const ESTATE =
  "(?:苑|(?<![政县王学官洞省市乡州首]|学生)府|(?<![县古老长新商书水省进入京])城|(?<![公校家果茶菜花田乐陵校区游]|幼儿)园)(?=有?[一二三四五六七八九十两\\d]{1,2}(?:期|栋|幢|号楼|住户|居民|业主|户|家)|的?(?:住户|业主|居民|物业|门口|南门|北门|东门|西门))";
/** Spots that need no name of their own: 南湾区体育馆. */
const LONE_SPOT =
  "段(?![时落子])|收费站|服务区|境(?!外)|体育馆|体育场|体育中心|火车站|汽车站|高铁站|工业园|开发区|景区|菜市场|农贸市场|夜市|步行街|采石场|采砂场|砂石场|中心广场|高速口|门口|附近|境内";
/** 一处景区, 三条背街小巷, 老旧小区: how many or of what kind is no name. */
const NO_NAME = `(?!一(?:夜市|小区|商场|工地|菜市场|农贸市场|批发市场|采石场|采砂场|砂石场|公园|广场|大厦|村(?=民))|(?:[一二两三四五六七八九十几数多各某每这那]{1,3}|\\d{1,4})[余多来]?(?:处|条|个|座|段|所|栋|片|块|批)|(?:城中|老旧|破旧|老|新|新建|在建|高档|普通|多数|部分|个别|大部分|大多数|少数|所有|全部|各大?|一些|某些|不少|许多|很多|有些|背街小?|沿街|临街|沿路|沿线|主干|无物业|保障房|商品房|贫困|偏远|农村|城区|郊区|乡镇|城镇)(?:${SPOT}))`;
const DETAIL = `(?:${NO_NAME}某?${NAME_CHARACTER}{1,8}?(?:${SPOT_RUN}|${ESTATE})|${LONE_SPOT})`;
const OWN =
  "(?:我|本|咱|咱们|我们|俺们)[县区市](?![政府局])|全[县区市]|[县区市]政府(?=门口|大门|广场)|县城(?![管建投乡市关])|[县城]区(?=内)|[县区](?=里[^面程])|辖区";
/** A spot without any jurisdiction: it lies in the sender's. */
const LOOSE = new RegExp(
  `(?<![\\u4e00-\\u9fa5])((?:${NAME_CHARACTER}{2,6}?|人民)(?:路口|大道|广场|公园|小区|社区|大桥|隧道|水库|路|街|村|镇|乡))`,
  "g",
);

const cachedPatterns = new WeakMap<Gazetteer, RegExp>();

function patternOf(gazetteer: Gazetteer): RegExp {
  const known = cachedPatterns.get(gazetteer);
  if (known) return known;
  const name = gazetteer.placePattern || "(?!)";
  const pattern = new RegExp(
    `(?<border>(?:${name})?(?<sides>(?:${name})(?:[与和、及](?:${name})){1,3})(?:两[县区市地])?(?:交界处?|交界地带|界河|之间|接壤处?)(?:的?${NAME_CHARACTER}{1,6}?(?:${SPOT_RUN}))?)` +
      `|(?<names>(?:[GSXY]\\d{1,4}(?:线|高速公路|高速|国道|省道|县道)?)?(?:(?:${name}) ?){1,4})(?<detail>${DETAIL}{0,3})` +
      `|(?<own>${OWN})(?<owndetail>(?:(?:${name})|${DETAIL}){0,3})`,
    "g",
  );
  cachedPatterns.set(gazetteer, pattern);
  return pattern;
}

/**
 * The places a report speaks of, with their codes. `avoid` are stretches that name something else: units, accounts,
 * topics; `times` name a time, and no name runs into one (昨晚8点半左右解放路). 我县 is the sender's jurisdiction. Several places stay several; a city is dropped beside its own district.
 */
export function findPlaces(
  text: string,
  gazetteer: Gazetteer,
  sender: string | null,
  avoid: readonly Span[] = [],
  times: readonly Span[] = [],
): Place[] {
  const names = new RegExp(gazetteer.placePattern || "(?!)", "g");
  const avoided = spanFinder(avoid);
  const mentions: PlaceMention[] = [];
  for (const m of blank(text, times).matchAll(patternOf(gazetteer))) {
    const span = { from: m.index, to: m.index + m[0].length };
    const g = m.groups ?? {};
    if (g.border) {
      const sides = [...(g.sides ?? "").matchAll(names)].map((x) => gazetteer.places.get(x[0])?.codes[0]);
      const codes = [...new Set(sides.filter((code) => code !== undefined))];
      mentions.push({ ...span, text: m[0], codes, detailed: true, full: true });
    } else if (g.own) {
      if (sender) mentions.push({ ...span, text: m[0], codes: [sender], detailed: g.owndetail !== "", full: true });
    } else {
      mentions.push(...mentionOf(m[0].trimEnd(), g.names ?? "", g.detail ?? "", span, names, gazetteer, sender));
    }
  }
  const free = mentions.filter((p) => avoided(p.from) === undefined);
  return distinct(sensible(free, text), text);
}

/** Spots that no known name introduces; they lie in the sender's jurisdiction. */
export function findLooseSpot(text: string, sender: string | null, times: readonly Span[] = []): Place[] {
  LOOSE.lastIndex = 0;
  const spot = LOOSE.exec(blank(text, times))?.[1];
  return spot && sender && !/^(?:一|马|铁|公|道|线|网|思|套|出|高速公)路$|[堵拦绕让赶走跑迷]路$/.test(spot)
    ? [{ text: spot, code: sender }]
    : [];
}

function mentionOf(
  text: string,
  nameRun: string,
  detail: string,
  span: Span,
  names: RegExp,
  gazetteer: Gazetteer,
  sender: string | null,
): PlaceMention[] {
  const found = [...nameRun.matchAll(names)].map((x) => ({ name: x[0], entry: gazetteer.places.get(x[0]) }));
  let codes: readonly string[] = [];
  for (const { entry } of found) {
    if (!entry) continue;
    const within = entry.codes.filter((c) => codes.includes(c) || codes.some((p) => isAncestor(p, c)));
    if (codes.length > 0 && within.length === 0 && !entry.jurisdiction) continue;
    codes = within.length > 0 ? within : entry.codes;
  }
  // A name that two jurisdictions claim means the sender's, when that is one of them.
  if (codes.length > 1 && sender && codes.includes(sender)) codes = [sender];
  const detailed = detail !== "" || found.some((f) => f.entry && !f.entry.jurisdiction);
  return codes.length === 0
    ? []
    : [{ ...span, text, codes, detailed, full: found.some((f) => f.entry?.full) || detail !== "" }];
}

/** Short forms (石桥, 白水) are also plain words: they count where no full name does, or behind a word of place or time. */
function sensible(mentions: readonly PlaceMention[], text: string): PlaceMention[] {
  const hasFull = mentions.some((m) => m.full && m.text.length > 1);
  return mentions.filter(
    (m) =>
      m.full ||
      (!hasFull && !/[\u4e00-\u9fa5]/.test(text[m.from - 1] ?? "")) ||
      /[在于去到由从晚天日午早夜晨]$/.test(text.slice(0, m.from).slice(-1)),
  );
}

/** Whoever names more sends a list, not a report; all of it stays in the text. */
const MOST_PLACES = 20;

/**
 * One place a code, the most detailed mention or else the first; places listed together (云岭乡、石门镇) all stay.
 * Ancestors give way to their descendants.
 */
function distinct(mentions: readonly PlaceMention[], text: string): Place[] {
  const chosen: PlaceMention[] = [];
  for (const mention of mentions) {
    if (chosen.length >= MOST_PLACES) break;
    const rivals = chosen.filter((c) => c.codes.some((code) => mention.codes.includes(code)));
    const last = chosen.at(-1);
    const listed = last?.detailed && mention.detailed && /^[、和及与]$/.test(text.slice(last.to, mention.from));
    if (rivals.length === 0 || listed) chosen.push(mention);
    else if (mention.detailed && rivals.every((r) => !r.detailed))
      chosen.splice(0, chosen.length, ...chosen.filter((c) => !rivals.includes(c)), mention);
  }
  const places = chosen.flatMap((m) => m.codes.map((code) => ({ text: m.text, code })));
  return places.filter(({ code }) => !places.some((other) => isAncestor(code, other.code)));
}
