import type { Casualties, Level } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { suggestedByCasualties } from "#core/policy/rank.ts";
import type { ClockFacts, KnownTime, Matter, ResponsibilityFacts } from "#core/policy/types.ts";
import { DAY, type Instant } from "#core/time.ts";
import type { DecideFacts, PlaceFact, TimeFact } from "./decide-facts.ts";

/** The facts of `decide` in the words of the core. */

/** 无 and 待定 of the 舆情 are no level. */
function opinionLevelOf(facts: DecideFacts): Level | undefined {
  const level = facts.opinionLevel ?? facts.level;
  return level === null || level === "none" || level === "pending" ? undefined : level;
}

function matterOf({ matter, kind }: DecideFacts): Matter {
  if (matter !== undefined) return matter;
  switch (kind) {
    case "opinion":
    case "suggestion":
    case "complaint":
    case "repost":
    case "superior":
      return kind;
    default:
      return "opinion";
  }
}

/** A zone's code is its parent's with a suffix; one that has none of its own goes by its name. */
export function codeOf(place: PlaceFact): string {
  if (typeof place === "string") return place;
  const { code, name, parent } = place;
  return code?.startsWith(parent) ? code : `${parent}${code ?? name}`;
}

/** Names that the facts themselves give to places. */
export function namesIn({ home, places, jurisdictions }: DecideFacts): Record<string, string> {
  const zones = [home ?? [], places ?? []].flat().filter((place) => typeof place === "object");
  return { ...Object.fromEntries(zones.map((zone) => [codeOf(zone), zone.name])), ...jurisdictions };
}

/** @param home code of the office's own jurisdiction */
export function responsibilityFacts(facts: DecideFacts, home: string): ResponsibilityFacts {
  const units = facts.units?.map((unit) => {
    if (typeof unit === "string") return { name: unit };
    return { name: unit.name, ...given("management", unit.management), ...given("superior", unit.superior) };
  });
  return {
    home: facts.home === undefined ? home : codeOf(facts.home),
    ...given("places", facts.places?.map(codeOf)),
    ...given("units", units),
    ...given("ownerDept", facts.ownerDept),
    ...given("policyOwner", facts.policyOwner),
    ...given("leadUnit", facts.leadUnit),
    ...given("eventLevel", facts.eventLevel),
    ...given("opinionLevel", opinionLevelOf(facts)),
    ...given("orgRegime", facts.orgRegime),
    ...given("misroute", facts.misroute),
    ...given("rumour", facts.rumour ?? (facts.flags?.includes("rumour") || undefined)),
  };
}

export function clockFacts(facts: DecideFacts): ClockFacts {
  const casualties = casualtiesOf(facts);
  const marked = new Set([...(facts.flags ?? []), ...[facts.category ?? []].flat()]);
  const matter = matterOf(facts);
  const raisedAt = instant(facts.raisedAt);
  return {
    matter,
    eventLevel: facts.eventLevel ?? undefined,
    opinionLevel: opinionLevelOf(facts),
    triaged: facts.triaged ?? (facts.eventLevel !== undefined && facts.eventLevel !== null),
    suggestedLevel: facts.suggestedLevel ?? facts.eventLevelHint ?? suggestedByCasualties(casualties),
    emergency: facts.emergency ?? (marked.has("emergency") || marked.has("emergency-disaster")),
    casualties,
    socialSecurity: facts.socialSecurity ?? false,
    superiorRequired:
      facts.superiorRequired ??
      (marked.has("superior-required") || matter === "superior" || typeof facts.requestedDueAt === "string"),
    sensitive: facts.sensitive ?? false,
    ...given("occurredAt", knownTime(facts.occurredAt)),
    ...given("surfacedAt", knownTime(facts.surfacedAt)),
    ...given("detectedAt", knownTime(facts.detectedAt)),
    ...given("receivedAt", instant(facts.receivedAt)),
    ...given("sourcePublishedAt", instant(facts.sourcePublishedAt)),
    ...given("requestedDueAt", instant(facts.requestedDueAt)),
    ...given("assignedAt", instant(facts.assignedAt)),
    ...given("respondedAt", instant(facts.respondedAt)),
    ...given("lastReleaseAt", instant(facts.lastReleaseAt)),
    ...(raisedAt === undefined ? {} : { levelChanges: [{ at: raisedAt, from: facts.raisedFrom ?? "IV" }] }),
    ...given("extended", facts.extended),
  };
}

function casualtiesOf({ casualties }: DecideFacts): Casualties | null {
  if (casualties === null || casualties === undefined) return null;
  if (typeof casualties === "string") return { status: casualties, dead: null, injured: null };
  const { status, dead, injured, severe, missing } = casualties;
  return {
    status,
    dead: dead ?? null,
    injured: injured ?? null,
    ...given("severe", severe),
    ...given("missing", missing),
  };
}

export const instant = (text: string | null | undefined): Instant | undefined =>
  typeof text === "string" ? fromIso(text) : undefined;

/** A day alone is a range of one day. */
export function knownTime(value: TimeFact | null | undefined): KnownTime | undefined {
  const stated = typeof value === "string" ? { value } : value;
  const at = instant(stated?.value);
  if (!stated || at === undefined) return undefined;
  const precision = "precision" in stated ? stated.precision : undefined;
  const dayOnly = precision === "day" || stated.value.length === "2026-11-20".length;
  const to = ("to" in stated ? instant(stated.to) : undefined) ?? (dayOnly ? at + DAY : undefined);
  const range = dayOnly || precision === "range" || (precision === undefined && to !== undefined);
  return {
    at,
    range,
    inferred: "inferred" in stated && stated.inferred === true,
    ...given("to", range ? to : undefined),
  };
}

/** The field, unless it is missing: optional fields must be absent, not undefined. */
function given<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
