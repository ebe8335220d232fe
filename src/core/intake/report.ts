import { type Instant, toIso } from "#core/time.ts";
import type { Roster } from "../roster/roster.ts";
import { accountOfField, accountOfPlatform } from "./accounts.ts";
import { countAttachments } from "./attachments.ts";
import { eventLevelOf, readCasualties, readLoss, readStatedCasualties } from "./casualties.ts";
import { hintCategories, readCategory, readLevel, readLevelInText } from "./categories.ts";
import { completenessOf } from "./completeness.ts";
import { type Draft, withoutFields } from "./draft.ts";
import { fieldOf } from "./fields.ts";
import { readFlags } from "./flags.ts";
import { isBareLink, readSummary } from "./headline.ts";
import { readHeat } from "./heat.ts";
import { isSuperiorRequired, readLimit } from "./limits.ts";
import { distinctUrls } from "./links.ts";
import { readReporter } from "./reporters.ts";
import { readPlaces, readPlatforms, readUnits } from "./scene.ts";
import { piiInPlaceholders } from "./screen.ts";
import { readTimes } from "./times/roles.ts";
import { simplify } from "./traditional.ts";
import type { ParseInput, Place, Report, TimeValue } from "./types.ts";
import { suggestUnits, unitIdsOf } from "./units.ts";
import { blank, pushUnique } from "./words.ts";

/** Reads every field of a report, and what is missing, doubtful or assumed. */
export function readReport(draft: Draft, input: ParseInput, roster: Roster): Report {
  const { text, fields, links, unlinked, headline, receivedAt, gazetteer } = draft;
  const written = (key: Parameters<typeof fieldOf>[1]): string | undefined => fieldOf(fields, key)?.value;

  const times = readTimes(draft.n, draft.body, fields, receivedAt);
  const { platforms, inferred: platformInferred } = readPlatforms(draft);
  const places = readPlaces(draft, input.sender?.jurisdiction ?? null);
  const codes = new Set(places.map((p) => p.code));
  const { units, vague, inPassing } = readUnits(draft, input);
  const around = jurisdictionNames(roster, places, input);

  const facts = withoutFields(draft, ["reporter", "reporterUnit", "suggestion"]);
  const statedCasualties = written("casualties");
  const casualties = statedCasualties === undefined ? readCasualties(facts) : readStatedCasualties(statedCasualties);
  const heat = readHeat(unlinked, draft.platforms);
  if (times.snapshotAt) heat.snapshotAt = times.snapshotAt;

  const statedAccount = written("account");
  const requestedLimit = readLimit(unlinked, receivedAt);
  const category = readCategory(written("category") ?? "");
  const superiorRequired =
    (category?.includes("superior-required") ?? false) ||
    isSuperiorRequired(text, platforms, requestedLimit !== null || times.deadlineAt !== null);
  const level = written("level");
  const suggestion = written("suggestion");
  const summary = readSummary(text, headline, fields, links);
  const pii = input.pii ?? piiInPlaceholders(text);
  const attachments = input.attachments ?? countAttachments(text, fields);

  const stated = {
    kind: "report" as const,
    title: headline.title,
    platforms,
    account:
      statedAccount === undefined
        ? (draft.account?.name ?? accountOfPlatform(written("platform") ?? "") ?? null)
        : accountOfField(statedAccount),
    urls: distinctUrls(links),
    detectedAt: times.detectedAt ?? atReceipt(receivedAt),
    surfacedAt: times.surfacedAt,
    occurredAt: times.occurredAt,
    places,
    units,
    unitIds: unitIdsOf(units, gazetteer, around),
    ...(inPassing ? { unitsInPassing: true as const } : {}),
    unitSuggested: units.length > 0 ? [] : suggestUnits(facts, gazetteer, around).map((s) => s.unitId),
    category,
    categoryHint: hintCategories(facts, superiorRequired),
    level: level === undefined ? readLevelInText(draft.body) : readLevel(level),
    eventLevelHint: eventLevelOf(casualties, readLoss(facts)),
    heat,
    casualties,
    reporter: readReporter(fields) ?? senderOf(input),
    attachments,
    summary,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(requestedLimit === null ? {} : { requestedLimit }),
    ...(times.deadlineAt === null ? {} : { requestedDueAt: times.deadlineAt }),
    ...(times.plannedAt === null ? {} : { plannedAt: times.plannedAt }),
    pii,
    flags: readFlags({
      text: draft.account ? blank(facts, [draft.account]) : facts,
      casualties,
      jurisdictions: codes.size,
      superiorRequired,
      pii,
    }),
    ...(isBareLink(links, summary) ? { unclear: true as const } : {}),
  };
  return {
    ...stated,
    ...completenessOf(stated, {
      times: times.doubtful,
      units: vague || (codes.size > 1 && units.length === 0 && isContested(places, facts, draft)),
      platforms: platformInferred,
    }),
  };
}

/** A border, a river of two counties, or a quarrel: which jurisdiction answers is what has to be settled first. */
function isContested(places: readonly Place[], text: string, { gazetteer }: Draft): boolean {
  return (
    places.some((p, k) => places.findIndex((q) => q.text === p.text) !== k) ||
    places.some((p) => (gazetteer.places.get(p.text)?.codes.length ?? 0) > 1) ||
    /推诿|互相|相互|扯皮|踢皮球|对方/.test(text)
  );
}

/** Nobody said when it was found: the time of receipt stands in, and is shown as assumed. */
function atReceipt(receivedAt: Instant): TimeValue {
  return { text: null, value: toIso(receivedAt), precision: "minute", approx: false, inferred: true };
}

function senderOf({ sender }: ParseInput): Report["reporter"] {
  if (!sender) return null;
  return { name: simplify(sender.name), unit: sender.unit ? simplify(sender.unit) : null, inferred: true };
}

/** Names of the jurisdictions that the report or its sender belongs to. */
function jurisdictionNames(roster: Roster, places: readonly Place[], { sender }: ParseInput): string[] {
  const names: string[] = [];
  for (const code of [...places.map((p) => p.code), sender?.jurisdiction ?? null]) {
    const name = code === null ? undefined : roster.jurisdiction(code)?.name;
    if (name) pushUnique(names, name);
  }
  return names;
}
