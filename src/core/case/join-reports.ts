import type { Casualties, Report, TimeValue } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { isGraver } from "#core/policy/rank.ts";

/** A case keeps this much of its reports' text; each report stays whole in the record. */
const SUMMARY = 4000;

const union = <T>(a: readonly T[], b: readonly T[]): T[] => [...new Set([...a, ...b])];
/** What is known stays; only what was unknown is filled in. */
const filled = <T>(known: readonly T[], added: readonly T[]): T[] => [...(known.length > 0 ? known : added)];

/**
 * A report with another one of the same event appended: each start is the earlier of the two, links, platforms and flags come
 * together, and what the first states is never overwritten.
 * @param heading says in the text where the added part comes from
 */
export function joinReports(own: Report, added: Report, heading: string): Report {
  return {
    ...own,
    account: own.account ?? added.account,
    platforms: union(own.platforms, added.platforms),
    urls: union(own.urls, added.urls),
    ...joinedTimes(own, added),
    places: filled(own.places, added.places),
    ...(own.units.length > 0 || own.unitIds.length > 0
      ? {}
      : { units: added.units, unitIds: added.unitIds, unitSuggested: filled(own.unitSuggested, added.unitSuggested) }),
    category: own.category ?? added.category,
    level: own.level ?? added.level,
    eventLevelHint: graverOf(own, added),
    heat: { ...added.heat, ...own.heat },
    casualties: surer(own.casualties, added.casualties),
    attachments: own.attachments + added.attachments,
    flags: union(own.flags, added.flags),
    summary: `${own.summary}\n${heading}${added.summary}`.slice(0, SUMMARY),
    missing: own.missing.filter((field) => added.missing.includes(field)),
    needsConfirm: union(
      own.needsConfirm,
      added.needsConfirm.filter((field) => own.missing.includes(field)),
    ),
    pii: [...own.pii, ...added.pii],
  };
}

type Times = Pick<Report, "occurredAt" | "surfacedAt" | "detectedAt">;

const joinedTimes = (own: Report, added: Report): Times => ({
  occurredAt: earlier(own.occurredAt, added.occurredAt),
  surfacedAt: earlier(own.surfacedAt, added.surfacedAt),
  detectedAt: earlier(own.detectedAt, added.detectedAt) ?? own.detectedAt,
});

/** The earlier of two times. A part of the day that holds the other's exact time says nothing against it. */
function earlier(a: TimeValue | null, b: TimeValue | null): TimeValue | null {
  if (a === null || b === null) return a ?? b;
  if (holds(a, b)) return b;
  if (holds(b, a)) return a;
  return (fromIso(b.value) ?? 0) < (fromIso(a.value) ?? 0) ? b : a;
}

function holds(range: TimeValue, exact: TimeValue): boolean {
  if (range.to === undefined || exact.to !== undefined) return false;
  const [from, to, at] = [fromIso(range.value), fromIso(range.to), fromIso(exact.value)];
  return from !== undefined && to !== undefined && at !== undefined && from <= at && at <= to;
}

/** A number that was stated stands; before that, whatever the other report knows. */
function surer(own: Casualties | null, added: Casualties | null): Casualties | null {
  if (own === null) return added;
  return own.status !== "stated" && added?.status === "stated" ? added : own;
}

/** The graver suggestion: a limit that may apply must run until 研判 decides. */
function graverOf(own: Report, added: Report): Report["eventLevelHint"] {
  const [a, b] = [own.eventLevelHint, added.eventLevelHint];
  if (a === null || b === null) return a ?? b;
  return isGraver(b, a) ? b : a;
}
