import { z } from "zod";

const Text = z.string().min(1);
const Texts = z.union([Text, z.array(Text).min(1)]);

const Level = z.enum(["I", "II", "III", "IV"]);

/**
 * When an obligation holds. All fields must hold together; several values of one field are alternatives. The first group is
 * decided by the program from the facts of a case, the second is read by people.
 */
export const ConditionSchema = z
  .strictObject({
    default: z.literal(true),
    /** 突发事件等级; null = 无, 待定 or not an emergency. */
    eventLevel: z.array(Level.nullable()).min(1),
    /** 舆情等级 */
    opinionLevel: z.array(Level).min(1),
    policyOwner: z.enum(["state-council", "province", "city", "county"]),
    "places.count": z.literal(">1"),
    "units.count": z.literal(">1"),
    "unit.management": z.enum(["vertical", "dual", "enterprise"]),
    category: z.enum([
      "policy-misread",
      "vital-interest",
      "moral-bottom-line",
      "emergency-disaster",
      "superior-required",
    ]),
    flag: Texts,

    kind: Texts,
    actor: Texts,
    source: Texts,
    topic: Texts,
    eventKind: Text,
    opinion: Text,
    effect: Text,
    owner: Text,
    period: Text,
    deadline: Text,
    month: z.int().min(1).max(12),
    "places.level": Text,
    "response.form": Texts,
    "draft.mentionsOtherOrgs": z.literal(true),
  })
  .partial()
  .refine((when) => Object.keys(when).length > 0, "不能为空,无条件的要求写 default: true");

export type Condition = z.infer<typeof ConditionSchema>;
