import { z } from "zod";
import { startOfDay, toIso } from "#core/time.ts";
import { ConditionSchema } from "./condition.ts";
import { EffectSchema } from "./effect.ts";
import type { ClockRule } from "./limit.ts";
import { REGION_CODE, REGION_CODE_HINT } from "./region.ts";

const Text = z.string().min(1);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const Day = z
  .string()
  .regex(DAY, "日期应写作 2026-11-22")
  // 2026-02-30 is refused, not carried over into March.
  .refine((day) => !DAY.test(day) || isDay(day), "没有这一天");

function isDay(day: string): boolean {
  const at = startOfDay(day);
  return Number.isFinite(at) && toIso(at).startsWith(day);
}

const ID = /^[a-z][a-z0-9]*(\.[a-z0-9][a-z0-9-]*)+$/;
const PackId = z.string().regex(ID, "编号用小写字母、数字、点和短横,如 cn.gb61");
/** Stands for the office's own code or packs in a text whose issuer is unknown: such a pack is on no chain. */
const Placeholder = z.string().regex(/^<[a-z]+>$/);

/** Where an obligation stands: document number, article and the words themselves. */
const CiteSchema = z.strictObject({
  /** Only where it is not the pack's own: a pack of statutes cites each by its own number. */
  docNo: Text.optional(),
  article: Text,
  /** Short and literal; passages are joined by "…". */
  quote: Text,
  /** Through whom the wording is known when the document itself was not read, or who proposes it. */
  via: Text.optional(),
  /** Source file of the words, where it is not the pack's own. */
  file: Text.optional(),
});

/** Where the program does what `behaviour` says and which tests prove it; or why it only informs. */
const ActsSchema = z.union([
  z.strictObject({
    /** Files of the project, or chat commands by their word. */
    where: z.array(Text).min(1),
    test: z.array(Text).min(1),
  }),
  z.strictObject({
    /** Not built yet, out of scope, done by people offline: a few words. */
    informs: Text,
  }),
]);

const ORIGIN = "未读原文的(source 不是 seed)须写明出处,如 据某报2016-11-15报道";
/** Nobody can check words that no document of the project holds, unless it says where they come from. */
const hasOrigin = ({ source, cite }: { source: string; cite: { via?: string | undefined } }): boolean =>
  source === "seed" || cite.via !== undefined;

const ObligationSchema = z
  .strictObject({
    id: z.string().regex(ID, "编号用小写字母、数字、点和短横,如 gb61.press24"),
    /** What it governs; obligations with the same key and condition compete, and the strictest number wins. */
    key: z.string().regex(/^[a-z]+(\.[a-z0-9]+)*$/, "key 应写作 response.first"),
    /** What the program does with it. */
    treat: z.enum(["rule", "record", "reminder", "report", "statistic", "informational"]),
    /** What the bot does with it today, or why it only informs; one Chinese sentence. */
    behaviour: Text,
    /** For the project's own packs; an office's own need none. */
    acts: ActsSchema.optional(),
    when: ConditionSchema,
    effect: EffectSchema,
    cite: CiteSchema,
    /** seed: read in the document itself; public: known through another publication; inference: this project's proposal. */
    source: z.enum(["seed", "public", "inference"]),
  })
  .refine(hasOrigin, { message: ORIGIN, path: ["cite", "via"] });

export const PackSchema = z.strictObject({
  id: PackId,
  name: Text,
  /** Document number, "国办发〔2016〕61号". */
  docNo: Text,
  issuer: Text,
  date: z.string().regex(/^\d{4}(-\d{2}-\d{2})?(\(推定\))?$/, "日期应写作 2026-11-22,推定的写作 2017(推定)"),
  dateBasis: Text.optional(),
  validFrom: Day,
  validUntil: Day.nullable(),
  /** Only in-force and presumed-in-force packs bind. */
  status: z.enum(["in-force", "presumed-in-force", "expired-by-own-terms", "explanatory", "unknown"]),
  statusNote: Text.optional(),
  scope: z.discriminatedUnion(
    "kind",
    [
      z.strictObject({
        kind: z.literal("jurisdiction"),
        code: z.union([z.string().regex(REGION_CODE), Placeholder], REGION_CODE_HINT),
      }),
      z.strictObject({ kind: z.literal("organisation"), id: Text, jurisdiction: z.string().regex(REGION_CODE) }),
      z.strictObject({ kind: z.literal("explanatory") }),
    ],
    "只能是 jurisdiction、organisation、explanatory",
  ),
  /** Packs that this one adds to, for readers; what binds follows from the jurisdiction chain alone. */
  extends: z.array(z.union([PackId, Placeholder])),
  /** Source file of the words, or where they are public. */
  file: Text,
  note: Text.optional(),
  obligations: z.array(ObligationSchema).min(1),
});

export type Pack = z.infer<typeof PackSchema>;
export type Obligation = z.infer<typeof ObligationSchema>;

/** The clocks that an obligation starts; most start none. */
export function clocksOf(obligation: Pick<Obligation, "effect">): ClockRule[] {
  const { clock } = obligation.effect;
  return clock === undefined ? [] : Array.isArray(clock) ? clock : [clock];
}
