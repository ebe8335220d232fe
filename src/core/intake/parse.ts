import { fromIso, toIso } from "#core/time.ts";
import type { Roster } from "../roster/roster.ts";
import { type Account, findAccount } from "./accounts.ts";
import { eventLevelOf, readCasualties, readLoss } from "./casualties.ts";
import { hintCategories, readCategory, readLevel, readLevelInText } from "./categories.ts";
import { completenessOf, isUnitVague } from "./completeness.ts";
import { type Field, fieldOf, readFields } from "./fields.ts";
import { readFlags } from "./flags.ts";
import { type Gazetteer, gazetteerOf } from "./gazetteer.ts";
import { type Headline, readHeadline, readSummary } from "./headline.ts";
import { readHeat } from "./heat.ts";
import { caseNumberIn, intentOf, refusal, updateActionOf } from "./kinds.ts";
import { readLimit } from "./limits.ts";
import { distinctUrls, findLinks, type Link } from "./links.ts";
import { type Normalised, normalise } from "./normalise.ts";
import { findLooseSpot, findPlaces } from "./places.ts";
import { findPlatforms, mergePlatforms, type PlatformMention, platformsOfField } from "./platforms.ts";
import { readReporter } from "./reporters.ts";
import { piiInPlaceholders } from "./screen.ts";
import { readTimes } from "./times/roles.ts";
import { simplify } from "./traditional.ts";
import type { Parsed, ParseInput, Place, Report, TimeValue, Update } from "./types.ts";
import { findUnits, suggestUnits, type UnitMention, unitIdsOf, unitsOfField } from "./units.ts";
import { blank, pushUnique, type Span } from "./words.ts";

/** A message taken apart, before the single fields are read. */
interface Draft {
  n: Normalised;
  text: string;
  receivedAt: number;
  links: Link[];
  fields: Field[];
  headline: Headline;
  /** The text with labelled fields, header and links blanked. */
  body: string;
  account: Account | null;
  unitMentions: UnitMention[];
  platformMentions: PlatformMention[];
  gazetteer: Gazetteer;
}

/**
 * Reads a screened message. Pure; never throws on any text; linear in its length. Times are Asia/Shanghai.
 * @throws RangeError only when `receivedAt` is no ISO 8601 instant: a fault of the caller
 */
export function parse(input: ParseInput, roster: Roster): Parsed {
  const draft = takeApart(input, gazetteerOf(roster));
  const report = readReport(draft, input, roster);
  if (input.asReport) return report;
  const intent = intentOf({
    text: draft.text,
    isReply: input.replyTo !== undefined,
    evidence: evidenceOf(draft, report),
  });
  switch (intent) {
    case "report":
      return report;
    case "update":
      return readUpdate(draft, report, input);
    case "query":
      return { kind: "query", text: draft.text };
    case "not-report":
      return { kind: "not-report" };
    default:
      return refusal(intent);
  }
}

/** /舆情 上报 and a mention of the bot belong to the envelope. */
const COMMAND = /^\s*(?:@\S{1,20} )?\/?[舆輿]情 +上[报報][ \n]?|^\s*\/[舆輿]情上[报報][ \n]?/;

function takeApart(input: ParseInput, gazetteer: Gazetteer): Draft {
  const receivedAt = fromIso(input.receivedAt);
  if (receivedAt === undefined) throw new RangeError("receivedAt is not an ISO 8601 instant");
  const n = normalise(input.text.replace(COMMAND, ""));
  const { text } = n;
  const links = findLinks(text);
  const unlinked = blank(text, links);
  const fields = readFields(text);
  const headline = readHeadline(unlinked, fields);
  const body = blank(unlinked, [headline.header, ...fields.map((f) => ({ from: f.labelFrom, to: f.to }))]);
  const unitMentions = findUnits(unlinked, gazetteer);
  const account = findAccount(unlinked, (name) => unitMentions.some((u) => u.name === name));
  const platformMentions = findPlatforms(unlinked);
  return { n, text, receivedAt, links, fields, headline, body, account, unitMentions, platformMentions, gazetteer };
}

function readReport(draft: Draft, input: ParseInput, roster: Roster): Report {
  const { n, text, fields, links, body, headline, receivedAt, gazetteer } = draft;
  const unlinked = blank(text, links);
  const times = readTimes(n, body, fields, receivedAt);
  const { platforms, inferred: platformInferred } = readPlatforms(draft);
  const heat = readHeat(unlinked, draft.platformMentions);
  if (times.snapshotAt) heat.snapshotAt = times.snapshotAt;
  const casualties = readCasualties(
    fieldOf(fields, "casualties")?.value ?? withoutFields(draft, ["reporter", "suggestion"]),
  );
  const places = readPlaces(draft, input);
  const { units, vague } = readUnits(draft, input);
  const around = jurisdictionNames(roster, places, input);
  const requestedLimit = readLimit(unlinked, receivedAt);
  const categoryField = fieldOf(fields, "category");
  const category = categoryField ? readCategory(categoryField.value) : null;
  const superiorRequired =
    platforms.includes("上级转办") ||
    (category?.includes("superior-required") ?? false) ||
    requestedLimit !== null ||
    /督办|交办|批示/.test(text);
  const levelField = fieldOf(fields, "level");
  const pii = input.pii ?? piiInPlaceholders(text);
  const suggestion = fieldOf(fields, "suggestion")?.value;
  const summary = readSummary(text, headline, fields, links);
  const partial = {
    kind: "report" as const,
    title: headline.title,
    platforms,
    account: fieldOf(fields, "account")?.value ?? draft.account?.name ?? null,
    urls: distinctUrls(links),
    detectedAt: times.detectedAt ?? receipt(receivedAt),
    surfacedAt: times.surfacedAt,
    occurredAt: times.occurredAt,
    places,
    units,
    unitIds: unitIdsOf(units, gazetteer, around),
    unitSuggested: units.length > 0 ? [] : suggestUnits(text, gazetteer, around).map((s) => s.unitId),
    category,
    categoryHint: hintCategories(text, superiorRequired),
    level: levelField ? readLevel(levelField.value) : readLevelInText(body),
    eventLevelHint: eventLevelOf(casualties, readLoss(text)),
    heat,
    casualties,
    reporter: readReporter(fields) ?? senderOf(input),
    attachments: input.attachments ?? countAttachments(text, fields),
    summary,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(requestedLimit === null ? {} : { requestedLimit }),
    ...(times.deadlineAt === null ? {} : { requestedDueAt: times.deadlineAt }),
    ...(times.plannedAt === null ? {} : { plannedAt: times.plannedAt }),
    pii,
    flags: readFlags({
      text: withoutFields(draft, ["reporter"]),
      casualties,
      placeCount: places.length,
      superiorRequired,
      pii,
    }),
    ...(isBareLink(draft, summary) ? { unclear: true as const } : {}),
  };
  const doubtfulUnits = vague || (new Set(places.map((p) => p.code)).size > 1 && units.length === 0);
  return {
    ...partial,
    ...completenessOf(partial, {
      times: times.doubtful,
      units: doubtfulUnits,
      platforms: platformInferred,
      places: false,
    }),
  };
}

function receipt(receivedAt: number): TimeValue {
  return { text: null, value: toIso(receivedAt), precision: "minute", approx: false, inferred: true };
}

function senderOf({ sender }: ParseInput): Report["reporter"] {
  return sender
    ? { name: simplify(sender.name), unit: sender.unit ? simplify(sender.unit) : null, inferred: true }
    : null;
}

/** The text with links and the values of some fields blanked. */
function withoutFields({ text, links, fields }: Draft, keys: readonly Field["key"][]): string {
  return blank(text, [
    ...links,
    ...fields.filter((f) => keys.includes(f.key)).map((f) => ({ from: f.labelFrom, to: f.to })),
  ]);
}

function readPlatforms({ fields, body, links, platformMentions, text }: Draft): {
  platforms: string[];
  inferred: boolean;
} {
  const stated = fields.filter((f) => f.key === "platform" && f.value !== "").flatMap((f) => platformsOfField(f.value));
  const quiet: readonly Field["key"][] = ["reporter", "reporterUnit", "suggestion", "units"];
  const named = platformMentions.filter(
    (p) => !fields.some((f) => quiet.includes(f.key) && f.from <= p.from && p.from < f.to),
  );
  const platforms =
    stated.length > 0 ? [...new Set([...stated, ...mergePlatforms([], links)])] : mergePlatforms(named, links);
  if (platforms.length > 0) return { platforms, inferred: false };
  if (/#[^#\n]{2,30}#|热搜|话题(?:阅读|榜)/.test(body + text)) return { platforms: ["微博"], inferred: true };
  return { platforms, inferred: false };
}

/** Stretches that name something else than the scene. */
function nonPlaces({ unitMentions, account, text, fields }: Draft): Span[] {
  const quoted = account ? [{ from: account.from, to: account.to }] : [];
  const topics = [...text.matchAll(/#[^#\n]{2,30}#/g)].map((m) => ({ from: m.index, to: m.index + m[0].length }));
  const senders = fields.filter((f) =>
    ["reporter", "reporterUnit", "units", "suggestion", "account", "platform"].includes(f.key),
  );
  return [...unitMentions.filter((u) => !u.institution), ...quoted, ...topics, ...senders];
}

function readPlaces(draft: Draft, input: ParseInput): Place[] {
  const { fields, gazetteer, text, links } = draft;
  const sender = input.sender?.jurisdiction ?? null;
  const field = fieldOf(fields, "place");
  if (field) {
    const pieces = field.value
      .split(/[、，,；;\n]|和(?=.{1,8}[县区市])/)
      .map((p) => p.trim())
      .filter((p) => p !== "");
    return pieces.flatMap((piece) => placeOfField(piece, gazetteer, sender));
  }
  const unlinked = blank(text, [...links, draft.headline.header]);
  const found = findPlaces(unlinked, gazetteer, sender, nonPlaces(draft));
  if (found.length > 0) return found;
  const loose = findLooseSpot(draft.body, sender);
  return loose.length > 0 ? loose : placesOfUnits(draft, sender);
}

/** A stated place is kept as written; its code is that of the names in it, else the sender's jurisdiction. */
function placeOfField(piece: string, gazetteer: Gazetteer, sender: string | null): Place[] {
  const codes = [...new Set(findPlaces(piece, gazetteer, sender).map((p) => p.code))];
  return codes.length === 0 ? [{ text: piece, code: sender }] : codes.map((code) => ({ text: piece, code }));
}

/** No scene is named: the place in the name of a unit stands in (东岭区教育局 → 东岭区). */
function placesOfUnits({ unitMentions, gazetteer, fields }: Draft, sender: string | null): Place[] {
  const stated = fieldOf(fields, "units")?.value ?? unitMentions.map((u) => u.name).join("、");
  return findPlaces(stated, gazetteer, sender).slice(0, 1);
}

function readUnits(draft: Draft, input: ParseInput): { units: string[]; vague: boolean } {
  const { fields, gazetteer, unitMentions } = draft;
  const field = fieldOf(fields, "units");
  if (field) return { units: unitsOfField(field.value, gazetteer), vague: false };
  const outside = unitMentions.filter((u) => isInBody(draft, u));
  const units: string[] = [];
  for (const mention of outside) pushUnique(units, mention.name);
  const senderUnit = input.sender?.unit ? simplify(input.sender.unit) : null;
  const vague = outside.some((u) => !u.addressed && (u.institution || isUnitVague(u.name, senderUnit, gazetteer)));
  return { units, vague };
}

/** Units count in running text, in title and summary, and when addressed in the header with @. */
function isInBody({ fields, headline }: Draft, mention: UnitMention): boolean {
  if (mention.from < headline.header.to) return mention.addressed;
  const field = fields.find((f) => f.from <= mention.from && mention.from < f.to);
  return field === undefined || field.key === "summary" || field.key === "title";
}

function jurisdictionNames(roster: Roster, places: readonly Place[], input: ParseInput): string[] {
  const codes = [...places.map((p) => p.code), input.sender?.jurisdiction ?? null];
  const names: string[] = [];
  for (const code of codes) {
    const name = code === null ? undefined : roster.jurisdiction(code)?.name;
    if (name) pushUnique(names, name);
  }
  return names;
}

const FILE_MARK = /\[(?:文件|图片|视频|附件|语音|聊天记录)\]/g;
const FILE_NAME = /[^\s，,；;、:：[\]]{1,80}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|mp4|zip|wps|ofd)\b/gi;

function countAttachments(text: string, fields: readonly Field[]): number {
  const stated = fieldOf(fields, "attachments")?.value ?? "";
  const counted = /(\d{1,2})\s?(?:张|份|个|段)/.exec(stated)?.[1];
  return Math.max(
    text.match(FILE_MARK)?.length ?? 0,
    stated.match(FILE_NAME)?.length ?? 0,
    counted ? Number(counted) : 0,
  );
}

const FILLER =
  /这个|这条|那个|看下|看一下|看看|关注一?下?|帮忙?|大家|各位|领导|请|转|如图|如下|知悉|注意|麻烦|核实一?下?|处理一?下?|下|[\s，,。.!！?？~、:：的了吧呢啊@]/g;

/** A link with nothing said about it: it may be a report, so the sender is asked first. */
function isBareLink({ links }: Draft, summary: string): boolean {
  return links.length > 0 && summary.replace(FILLER, "") === "";
}

/** How strongly a text looks like a report. */
function evidenceOf({ fields, links, headline, platformMentions }: Draft, report: Report): number {
  return (
    Math.min(fields.length, 3) +
    (links.length > 0 ? 3 : 0) +
    (headline.header.to > 0 ? 1 : 0) +
    (Object.keys(report.heat).length > 0 ? 2 : 0) +
    (report.casualties ? 1 : 0) +
    (report.places.length > 0 && report.places.some((p) => p.text !== "") ? 1 : 0) +
    (platformMentions.length > 0 ? 1 : 0) +
    (report.categoryHint.length > 0 ? 1 : 0) +
    (report.attachments > 0 ? 1 : 0) +
    (report.occurredAt ? 1 : 0)
  );
}

function readUpdate(draft: Draft, report: Report, input: ParseInput): Update {
  const action = updateActionOf(draft.text);
  return {
    kind: "update",
    ref: input.replyTo ?? caseNumberIn(draft.text),
    action,
    ...(action === "propose-false-alarm" ? { requires: "二人确认+理由+证据" } : {}),
    patch: patchOf(report),
    summary: report.summary,
    pii: report.pii,
  };
}

/** Only what the update states, without what a report takes from its envelope. */
function patchOf(report: Report): Partial<Report> {
  const {
    occurredAt,
    surfacedAt,
    detectedAt,
    places,
    units,
    unitIds,
    casualties,
    heat,
    urls,
    platforms,
    level,
    category,
  } = report;
  return {
    ...(occurredAt ? { occurredAt } : {}),
    ...(surfacedAt ? { surfacedAt } : {}),
    ...(detectedAt.inferred ? {} : { detectedAt }),
    ...(places.length > 0 ? { places } : {}),
    ...(units.length > 0 ? { units, unitIds } : {}),
    ...(casualties ? { casualties } : {}),
    ...(Object.keys(heat).length > 0 ? { heat } : {}),
    ...(urls.length > 0 ? { urls } : {}),
    ...(platforms.length > 0 ? { platforms } : {}),
    ...(level ? { level } : {}),
    ...(category ? { category } : {}),
  };
}
