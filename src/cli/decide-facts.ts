import { z } from "zod";
import type { Casualties } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { suggestedByCasualties } from "#core/policy/rank.ts";
import type { ClockFacts, EventLevel, KnownTime, Matter, ResponsibilityFacts } from "#core/policy/types.ts";
import { DAY, type Instant, startOfDay, toIso } from "#core/time.ts";

const Text = z.string().min(1);
const Code = z.string().regex(/^\d{6}$/, "应为 6 位区划代码");
const Level = z.enum(["I", "II", "III", "IV"]);
const AnyLevel = z.enum(["I", "II", "III", "IV", "none", "pending"]);
const Count = z.int().min(0).nullable().optional();

const ISO = "应为真实的 ISO 8601 时间,如 2026-11-20T11:00:00+08:00";
/** A day that the calendar has: 2026-02-30 is refused, not carried over into March. */
const isDay = (text: string): boolean => toIso(startOfDay(text)).startsWith(text);
const Iso = z.string().refine((text) => fromIso(text) !== undefined && isDay(text.slice(0, 10)), ISO);
/** An instant, a day, or a time as `parse` gives it. */
const Time = z.union(
  [
    Iso,
    z.object({
      value: Iso,
      to: Iso.optional(),
      precision: z.enum(["minute", "hour", "day", "range"]).optional(),
      inferred: z.boolean().optional(),
    }),
  ],
  ISO,
);

const CasualtiesSchema = z.union([
  z.enum(["unknown", "unverified"]),
  z.object({
    status: z.enum(["stated", "unverified", "unknown"]).default("stated"),
    dead: Count,
    injured: Count,
    severe: Count,
    missing: Count,
  }),
]);

const MATTERS: Record<string, Matter> = {
  舆情: "opinion",
  建议: "suggestion",
  投诉: "complaint",
  转载: "repost",
  督办: "superior",
};
const MatterSchema = z.preprocess(
  (value) => (typeof value === "string" ? (MATTERS[value] ?? value) : value),
  z.enum(["opinion", "suggestion", "complaint", "repost", "superior"]),
);

/** Facts of `decide`, as people and scripts write them. Fields that are not listed are left alone. */
export const DecideFacts = z.object({
  home: Code.optional(),
  places: z.array(Code).optional(),
  units: z
    .array(
      z.union([
        Text,
        z.object({
          name: Text,
          management: z.enum(["local", "vertical", "dual", "enterprise"]).optional(),
          superior: Text.optional(),
        }),
      ]),
    )
    .optional(),
  ownerDept: Text.nullish(),
  policyOwner: z.enum(["state-council", "province", "city", "county", "none"]).nullish(),
  leadUnit: Text.nullish(),
  eventLevel: AnyLevel.nullish(),
  opinionLevel: AnyLevel.nullish(),
  /** 舆情等级 where opinionLevel is not given. */
  level: AnyLevel.nullish(),
  suggestedLevel: Level.nullish(),
  eventLevelHint: Level.nullish(),
  orgRegime: Text.nullish(),
  misroute: z.boolean().optional(),
  rumour: z.boolean().optional(),
  jurisdictions: z.record(Code, Text).optional(),
  packs: z.array(Text).optional(),

  matter: MatterSchema.optional(),
  occurredAt: Time.nullish(),
  surfacedAt: Time.nullish(),
  detectedAt: Time.nullish(),
  receivedAt: Iso.nullish(),
  sourcePublishedAt: Iso.nullish(),
  requestedDueAt: Iso.nullish(),
  assignedAt: Iso.nullish(),
  respondedAt: Iso.nullish(),
  lastReleaseAt: Iso.nullish(),
  raisedAt: Iso.nullish(),
  raisedFrom: AnyLevel.nullish(),
  extended: z.boolean().optional(),
  triaged: z.boolean().optional(),
  casualties: CasualtiesSchema.nullish(),
  emergency: z.boolean().optional(),
  socialSecurity: z.boolean().optional(),
  superiorRequired: z.boolean().optional(),
  sensitive: z.boolean().optional(),
  category: z.union([Text, z.array(Text)]).nullish(),
  flags: z.array(Text).optional(),
});

export type DecideFacts = z.infer<typeof DecideFacts>;

/** A level that was given: 无 and 待定 of the 舆情 are no level. */
function opinionLevelOf(facts: DecideFacts): "I" | "II" | "III" | "IV" | undefined {
  return Level.safeParse(facts.opinionLevel ?? facts.level).data;
}

export function responsibilityFacts(facts: DecideFacts, home: string): ResponsibilityFacts {
  const opinionLevel = opinionLevelOf(facts);
  return {
    home: facts.home ?? home,
    ...given("places", facts.places),
    ...given(
      "units",
      facts.units?.map((unit) => {
        if (typeof unit === "string") return { name: unit };
        return { name: unit.name, ...given("management", unit.management), ...given("superior", unit.superior) };
      }),
    ),
    ...given("ownerDept", facts.ownerDept),
    ...given("policyOwner", facts.policyOwner),
    ...given("leadUnit", facts.leadUnit),
    ...given("eventLevel", facts.eventLevel),
    ...given("opinionLevel", opinionLevel),
    ...given("orgRegime", facts.orgRegime),
    ...given("misroute", facts.misroute),
    ...given("rumour", facts.rumour ?? (facts.flags?.includes("rumour") || undefined)),
  };
}

export function clockFacts(facts: DecideFacts): ClockFacts {
  const casualties = casualtiesOf(facts);
  const marked = new Set([...(facts.flags ?? []), ...[facts.category ?? []].flat()]);
  const matter = facts.matter ?? "opinion";
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
    ...given("occurredAt", time(facts.occurredAt)),
    ...given("surfacedAt", time(facts.surfacedAt)),
    ...given("detectedAt", time(facts.detectedAt)),
    ...given("receivedAt", instant(facts.receivedAt)),
    ...given("sourcePublishedAt", instant(facts.sourcePublishedAt)),
    ...given("requestedDueAt", instant(facts.requestedDueAt)),
    ...given("assignedAt", instant(facts.assignedAt)),
    ...given("respondedAt", instant(facts.respondedAt)),
    ...given("lastReleaseAt", instant(facts.lastReleaseAt)),
    ...given("raisedAt", instant(facts.raisedAt)),
    ...given("raisedFrom", facts.raisedFrom satisfies EventLevel | null | undefined),
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

const instant = (text: string | null | undefined): Instant | undefined =>
  typeof text === "string" ? fromIso(text) : undefined;

/** A day alone is a range of one day. */
function time(value: z.infer<typeof Time> | null | undefined): KnownTime | undefined {
  const stated = typeof value === "string" ? { value } : value;
  const at = instant(stated?.value);
  if (!stated || at === undefined) return undefined;
  const precision = "precision" in stated ? stated.precision : undefined;
  const dayOnly = precision === "day" || stated.value.length === "2026-11-20".length;
  const to = ("to" in stated ? instant(stated.to) : undefined) ?? (dayOnly ? at + DAY : undefined);
  const range = dayOnly || precision === "range";
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
