import { z } from "zod";
import { fromIso } from "#core/iso.ts";
import { REGION_CODE, REGION_CODE_HINT } from "#core/policy/region.ts";
import type { Matter } from "#core/policy/types.ts";
import { startOfDay, toIso } from "#core/time.ts";

/** Facts of `decide`, as people and scripts write them. A name that is not listed is refused: it would decide nothing. */

const Text = z.string().min(1);
const Code = z.string().regex(REGION_CODE, REGION_CODE_HINT);
const Level = z.enum(["I", "II", "III", "IV"]);
const AnyLevel = z.enum(["I", "II", "III", "IV", "none", "pending"]);
const Count = z.int().min(0).nullable().optional();

/** A functional zone that stands in no table: its name and the code of the division above it. */
const Zone = z.strictObject({
  code: z.string().min(1).optional(),
  name: Text,
  parent: z.string().regex(/^\d{6}$/, "应为上级的 6 位区划代码"),
});
const Place = z.union([Code, Zone], REGION_CODE_HINT);

const ISO = "应为真实的 ISO 8601 时间,如 2026-11-20T11:00:00+08:00";
/** A day that the calendar has: 2026-02-30 is refused, not carried over into March. */
const isDay = (text: string): boolean => toIso(startOfDay(text)).startsWith(text);
const Iso = z.string().refine((text) => fromIso(text) !== undefined && isDay(text.slice(0, 10)), ISO);
/** An instant, a day, or a time as `parse` gives it. */
const Time = z.union(
  [
    Iso,
    z.strictObject({
      value: Iso,
      to: Iso.optional(),
      precision: z.enum(["minute", "hour", "day", "range"]).optional(),
      inferred: z.boolean().optional(),
      from: z.string().nullish(),
      text: z.string().nullish(),
      approx: z.boolean().optional(),
      since: z.boolean().optional(),
      ambiguous: z.boolean().optional(),
    }),
  ],
  ISO,
);

const CasualtiesSchema = z.union([
  z.enum(["unknown", "unverified"]),
  z.strictObject({
    status: z.enum(["stated", "unverified", "unknown"]).default("stated"),
    dead: Count,
    injured: Count,
    severe: Count,
    missing: Count,
    note: z.string().optional(),
  }),
]);

const MATTERS: Record<string, Matter> = {
  舆情: "opinion",
  建议: "suggestion",
  投诉: "complaint",
  转载: "repost",
  督办: "superior",
};
const MATTER_KEYS = ["opinion", "suggestion", "complaint", "repost", "superior"] as const;
const inEnglish = (value: unknown): unknown => (typeof value === "string" ? (MATTERS[value] ?? value) : value);

const Unit = z.union([
  Text,
  z.strictObject({
    name: Text,
    management: z.enum(["local", "vertical", "dual", "enterprise"]).optional(),
    superior: Text.optional(),
  }),
]);

export const DecideFacts = z.strictObject({
  home: Place.optional(),
  places: z.array(Place).optional(),
  units: z.array(Unit).optional(),
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

  matter: z.preprocess(inEnglish, z.enum(MATTER_KEYS)).optional(),
  /** The matter under its other name; what `parse` calls kind says nothing here. */
  kind: z
    .preprocess(inEnglish, z.enum([...MATTER_KEYS, "report", "update", "query", "refuse", "not-report"]))
    .optional(),
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

  /** What stands beside the facts of a worked case; decides nothing. */
  id: z.unknown().optional(),
  input: z.unknown().optional(),
  expect: z.unknown().optional(),
  note: z.unknown().optional(),
});

export type DecideFacts = z.infer<typeof DecideFacts>;
export type TimeFact = z.infer<typeof Time>;
export type PlaceFact = z.infer<typeof Place>;

/** Every name of a fact, and of a field within one: what a misspelt one may have meant. */
export const FACT_NAMES: readonly string[] = [
  ...Object.keys(DecideFacts.shape),
  ...[Zone, Unit.options[1], Time.options[1], CasualtiesSchema.options[1]].flatMap((s) => Object.keys(s.shape)),
];
