import { z } from "zod";
import { ConditionSchema } from "./condition.ts";
import { EffectSchema } from "./effect.ts";
import type { ClockRule } from "./limit.ts";

const Text = z.string().min(1);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "日期应写作 2026-11-22");
const PackId = z.string().regex(/^[a-z][a-z0-9]*(\.[a-z0-9][a-z0-9-]*)+$/, "编号应写作 cn.gb61");
/** Stands for the office's own code or packs in a text whose issuer is unknown: such a pack is on no chain. */
const Placeholder = z.string().regex(/^<[a-z]+>$/);

/** Where an obligation stands: document number, article and the words themselves. */
const CiteSchema = z.strictObject({
  /** Only where it is not the pack's own: a pack of statutes cites each by its own number. */
  docNo: Text.optional(),
  article: Text,
  /** Short and literal; passages are joined by "…". */
  quote: Text,
  /** Through whom the wording is known when the document itself was not read. */
  via: Text.optional(),
  /** Source file of the words, where it is not the pack's own. */
  file: Text.optional(),
});

export const ObligationSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(\.[a-z0-9][a-z0-9-]*)+$/, "编号应写作 gb61.press24"),
  /** What it governs; obligations with the same key and condition compete, and the strictest number wins. */
  key: z.string().regex(/^[a-z]+(\.[a-z0-9]+)*$/, "key 应写作 response.first"),
  /** What the program does with it. */
  treat: z.enum(["rule", "record", "reminder", "report", "statistic", "informational"]),
  /** How it shows in the bot, or why it only informs; one Chinese sentence. */
  behaviour: Text.optional(),
  when: ConditionSchema,
  effect: EffectSchema,
  cite: CiteSchema,
  /** seed: read in the document itself; public: known through another publication; inference: this project's proposal. */
  source: z.enum(["seed", "public", "inference"]),
});

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
        code: z.union([z.string().regex(/^\d{6}$/), Placeholder], "应为 6 位区划代码"),
      }),
      z.strictObject({ kind: z.literal("organisation"), id: Text, jurisdiction: z.string().regex(/^\d{6}$/) }),
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
