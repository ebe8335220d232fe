import { suggestedByCasualties } from "#core/policy/rank.ts";
import type { Roster } from "../roster/roster.ts";
import { type AmendContext, union } from "./amend-context.ts";
import { placesOf, platformsOf, unitsOf } from "./amend-names.ts";
import { timesOf } from "./amend-times.ts";
import { bareCount, type Correction, readCorrection } from "./correction.ts";
import { takeApart } from "./draft.ts";
import { gazetteerOf } from "./gazetteer.ts";
import { wholeNumber } from "./numbers.ts";
import { readReport } from "./report.ts";
import type { Casualties, ParseInput, Report } from "./types.ts";
import { updateActionOf } from "./update-kind.ts";

export interface Amendment {
  /** Fields with their new values; what the text does not state is not among them. */
  patch: Partial<Report>;
  /** A bare number of people where casualties were asked for: dead, or injured? */
  askVictims?: number;
  /** It takes something back, and does not only add. */
  corrects: boolean;
  /** It corrects, but which value is meant was not found. */
  unclear: boolean;
}

/** A stated report keeps this much text. */
const SUMMARY = 4000;

/**
 * Lays an addition or a correction over a report. Only what the text states changes: units and places that it merely mentions
 * stay as reported, a correction replaces the value that it names, numbers stand in place of the same numbers.
 * @param corrects the word was 更正: a value stands in place of the reported one
 */
export function amend(before: Report, input: ParseInput, roster: Roster, corrects = false): Amendment {
  const gazetteer = gazetteerOf(roster);
  const whole = takeApart(input, gazetteer);
  const correcting = corrects || updateActionOf(whole.text) === "correct";
  const correction: Correction = correcting ? readCorrection(whole.text) : { replacements: [], positive: whole.text };
  const said = { ...input, text: correction.positive };
  const draft = takeApart(said, gazetteer);
  const stated = readReport(draft, said, roster);
  const context: AmendContext = { before, input, roster, draft, stated, correcting, ...correction };

  const bare = bareCount(correction.positive);
  const casualties = casualtiesOf(context, bare);
  const patch: Partial<Report> = {
    ...timesOf(context),
    ...(casualties ? { casualties, eventLevelHint: suggestedByCasualties(casualties) ?? before.eventLevelHint } : {}),
    ...(stated.level ? { level: stated.level } : {}),
    ...(stated.category ? { category: stated.category } : {}),
    ...unitsOf(context),
    ...placesOf(context),
    ...platformsOf(context),
    ...(stated.urls.length > 0 ? { urls: union(before.urls, stated.urls).slice(0, 50) } : {}),
    ...(Object.keys(stated.heat).length > 0 ? { heat: { ...before.heat, ...stated.heat } } : {}),
    ...(input.attachments ? { attachments: before.attachments + input.attachments } : {}),
  };
  const flags = union(before.flags, stated.flags);
  if (flags.length > before.flags.length) patch.flags = flags;
  const text = readReport(whole, input, roster).summary;
  if (text !== "") patch.summary = `${before.summary}\n${correcting ? "更正" : "补充"}：${text}`.slice(0, SUMMARY);
  const changed = Object.keys(patch).some((key) => key !== "summary" && key !== "flags");
  const asked = before.missing.includes("casualties") || before.needsConfirm.includes("casualties");
  return {
    patch: { ...patch, ...stillAsked(before, patch) },
    ...(bare !== undefined && asked && !casualties ? { askVictims: wholeNumber(bare) ?? 0 } : {}),
    corrects: correcting,
    unclear: correcting && !changed,
  };
}

/** What was missing or unsure and is so no longer. */
function stillAsked(before: Report, patch: Partial<Report>): Pick<Report, "missing" | "needsConfirm"> {
  const open = (field: string): boolean => {
    const key = (field === "url" ? "urls" : field) as keyof Report;
    if (key === "casualties") return patch.casualties?.status !== "stated";
    return patch[key] === undefined || key === "summary";
  };
  return { missing: before.missing.filter(open), needsConfirm: before.needsConfirm.filter(open) };
}

const KINDS = ["dead", "injured", "severe", "missing"] as const;

function casualtiesOf(
  { before, stated, replacements }: AmendContext,
  bare: string | undefined,
): Casualties | undefined {
  const known = before.casualties;
  if (stated.casualties) return merge(known, stated.casualties);
  for (const { wrong, right } of replacements) {
    const old = wholeNumber(bareCount(wrong) ?? "");
    const count = wholeNumber(bareCount(right) ?? "");
    if (old === undefined || count === undefined || known === null) continue;
    // 不是5人是3人: the five that were reported say who is meant.
    const named = KINDS.filter((k) => known[k] === old && !(k === "severe" && known.injured === old));
    const kind = named[0];
    if (kind !== undefined && named.length === 1) return { ...known, [kind]: count };
  }
  const count = wholeNumber(bare ?? "");
  const note = known?.note ?? "";
  // 多人受伤, and then 9人: the ones whose number was open.
  if (count !== undefined && known && known.injured === null && /伤|送医/.test(note) && !/死|亡/.test(note)) {
    const { note: _, ...rest } = known;
    return { ...rest, status: "stated", injured: count };
  }
  return undefined;
}

/** New numbers stand in place of old ones; what is not mentioned stays: 伤者3人 takes back no death. */
function merge(before: Casualties | null, added: Casualties): Casualties {
  if (before === null || (added.status !== "stated" && before.status !== "stated")) return added;
  if (added.status !== "stated") return before;
  const { note: _, ...known } = before;
  return { ...known, ...added, dead: added.dead ?? before.dead, injured: added.injured ?? before.injured };
}
