import { isUnitVague } from "./completeness.ts";
import type { Draft } from "./draft.ts";
import { fieldOf } from "./fields.ts";
import type { Gazetteer } from "./gazetteer.ts";
import type { FieldKey } from "./lexicon.ts";
import { findLooseSpot, findPlaces } from "./places.ts";
import { mergePlatforms, platformsOfField } from "./platforms.ts";
import { LASTS_SOURCE } from "./times/mention.ts";
import { scanTimes } from "./times/scan.ts";
import { simplify } from "./traditional.ts";
import type { ParseInput, Place } from "./types.ts";
import { type UnitMention, unitsOfField } from "./units.ts";
import { blank, pushUnique, type Span } from "./words.ts";

/** Fields whose text names something else than the place or the platform of the matter. */
const ABOUT_OTHERS: ReadonlySet<FieldKey> = new Set(["reporter", "reporterUnit", "units", "suggestion", "account"]);
const TOPIC = /#[^#\n]{2,30}#/g;

export interface PlatformsRead {
  platforms: string[];
  /** Only a topic sign or 热搜 says so. */
  inferred: boolean;
}

/** Where the matter appeared: as stated, as named in running text, and by the hosts of the links. */
export function readPlatforms(draft: Draft): PlatformsRead {
  const { fields, links, text } = draft;
  const stated = fields.filter((f) => f.key === "platform" && f.value !== "").flatMap((f) => platformsOfField(f.value));
  const named = draft.platforms.filter((p) => {
    const field = draft.fieldAt(p.from);
    return field === undefined || !ABOUT_OTHERS.has(field.key);
  });
  const platforms = [...new Set([...stated, ...mergePlatforms(stated.length > 0 ? [] : named, links)])];
  if (platforms.length === 0 && /#[^#\n]{2,30}#|热搜|话题(?:阅读|榜)/.test(text))
    return { platforms: ["微博"], inferred: true };
  return { platforms, inferred: false };
}

/** The places of the matter with their codes; a stated place is kept as written. */
export function readPlaces(draft: Draft, sender: string | null): Place[] {
  const { fields, gazetteer } = draft;
  const field = fieldOf(fields, "place");
  if (field) {
    const pieces = field.value.split(/[、，,；;\n]|和(?=.{1,8}[县区市])/).map((p) => p.trim());
    return pieces.filter((p) => p !== "").flatMap((piece) => placesOfField(piece, gazetteer, sender));
  }
  const text = blank(draft.unlinked, [draft.headline.header]);
  const times = timesWithin(text);
  for (const withSchools of [false, true]) {
    const found = findPlaces(text, gazetteer, sender, nonPlaces(draft, withSchools), times);
    // 县里 says least: any name says more, that of a school too.
    const named = found.filter((p) => p.text.length > 1);
    if (named.length > 0) return named;
    if (withSchools && found.length > 0) return found;
  }
  const loose = findLooseSpot(draft.body, sender, times);
  return loose.length > 0 ? loose : placesOfUnits(draft, sender);
}

const BEHIND_TIME = new RegExp(`^(?:${LASTS_SOURCE}| ?(?:[之以]?后|时候?|时分))`);

/** Times, which no name runs into, with 起 or 以后 behind them. */
const timesWithin = (text: string): Span[] =>
  scanTimes(text).map(({ from, to }) => ({
    from,
    to: to + (BEHIND_TIME.exec(text.slice(to, to + 6))?.[0].length ?? 0),
  }));

/** Stretches that name a unit, an account or a topic; a school or hospital says where only when nothing else does. */
function nonPlaces({ units, account, text, fields }: Draft, withSchools: boolean): Span[] {
  return [
    ...units.filter((u) => !u.scene && !(withSchools && u.institution)),
    ...(account ? [account] : []),
    ...[...text.matchAll(TOPIC)].map((m) => ({ from: m.index, to: m.index + m[0].length })),
    ...fields.filter((f) => ABOUT_OTHERS.has(f.key) || f.key === "platform"),
  ];
}

/** The code of a stated place is that of the names in it, else the sender's jurisdiction. */
function placesOfField(piece: string, gazetteer: Gazetteer, sender: string | null): Place[] {
  const codes = [...new Set(findPlaces(piece, gazetteer, sender).map((p) => p.code))];
  return codes.length === 0 ? [{ text: piece, code: sender }] : codes.map((code) => ({ text: piece, code }));
}

/** No scene is named: the place in the name of a unit stands in (东岭区教育局 → 东岭区). */
function placesOfUnits({ units, gazetteer, fields }: Draft, sender: string | null): Place[] {
  const stated = fieldOf(fields, "units")?.value ?? units.map((u) => u.name).join("、");
  return findPlaces(stated, gazetteer, sender).slice(0, 1);
}

export interface UnitsRead {
  /** As written. */
  units: string[];
  /** Named without their level, or the scene rather than the party: to be confirmed. */
  vague: boolean;
  /** Units are named, but nothing says that the matter is theirs. */
  inPassing: boolean;
}

/** 涉事单位是县水务局, 由县水务局牵头, 投诉县水务局 … */
const PARTY_BEFORE =
  /(?:(?:涉事|责任|承办|主管|牵头|主责|涉及|当事|办理)(?:的)?(?:单位|部门|方)?(?:应?为|是|系|应该是|改为|更正为|还有|包括)?[:：]?|由|请|转(?:给|交|由)?|移交|交(?:由|给)?|归|属于?|隶属于?|投诉|举报|质疑|指责|批评|直指|曝光?)$/;
/** … 县水务局负责, 县水务局不作为, 县水务局工作人员 */
const PARTY_AFTER =
  /^(?:也|也是|才是|为|是|系)?(?:负责|承办|牵头|主管|管辖|主责|责任|不作为|推诿|被投诉|被举报|被曝|被质疑|工作人员|执法|窗口|涉嫌|违规|下属|答复)/;

/** Whoever names more sends a list, not a report; all of it stays in the text. */
const MOST_UNITS = 20;

/** The units concerned: as stated, else those that running text names. */
export function readUnits(draft: Draft, { sender }: ParseInput): UnitsRead {
  const field = fieldOf(draft.fields, "units");
  if (field) return { units: unitsOfField(field.value), vague: false, inPassing: false };
  const inReport = draft.units.filter((u) => isInReport(draft, u));
  // A school before whose gate it happened is asked about only where nobody else is named.
  const mentions = inReport.some((u) => !u.scene) ? inReport.filter((u) => !u.scene) : inReport;
  const units: string[] = [];
  for (const { name } of mentions) if (units.length < MOST_UNITS) pushUnique(units, name);
  const senderUnit = sender?.unit ? simplify(sender.unit) : null;
  let vague = false;
  mentions.forEach((unit, index) => {
    const previous = mentions[index - 1];
    const listed = previous !== undefined && /^[、和及与]$/.test(draft.text.slice(previous.to, unit.from));
    // 白水县应急管理局、生态环境分局: the second shares the place of the first.
    const clear = unit.addressed || (listed && !isUnitVague(previous.name, senderUnit, draft.gazetteer));
    if (unit.institution || (!clear && isUnitVague(unit.name, senderUnit, draft.gazetteer))) vague = true;
  });
  return { units, vague, inPassing: units.length > 0 && !mentions.some((u) => isParty(draft.text, u)) };
}

function isParty(text: string, { from, to, addressed }: UnitMention): boolean {
  return (
    addressed || PARTY_BEFORE.test(text.slice(Math.max(0, from - 12), from)) || PARTY_AFTER.test(text.slice(to, to + 8))
  );
}

/** Units count in running text, in title and summary, and in the header only when addressed with @. */
function isInReport(draft: Draft, mention: UnitMention): boolean {
  if (mention.from < draft.headline.header.to) return mention.addressed;
  const field = draft.fieldAt(mention.from);
  return field === undefined || field.key === "summary" || field.key === "title";
}
