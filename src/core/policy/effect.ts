import { z } from "zod";
import { ClockSchema } from "./limit.ts";

const Text = z.string().min(1);
const List = z.array(Text).min(1);
const Texts = z.union([Text, List]);

/** What an obligation asks for. The first group is acted on by the program, the rest is what people and documents are told. */
export const EffectSchema = z
  .strictObject({
    clock: z.union([ClockSchema, z.array(ClockSchema).min(1)]),
    firstResponsible: Text,
    localResponders: Text,
    coordinator: List,
    leadUnit: z.literal("optional"),
    leader: Text,
    firstResponsibleLeader: Text,
    directResponsibleLeader: Text,
    mustRespond: z.literal(true),

    // who, to whom, by what
    actor: Text,
    owner: Text,
    from: Text,
    to: Texts,
    notify: List,
    convener: List,
    participants: List,
    body: Text,
    prefer: Text,
    principle: List,
    escalate: Text,
    // what has to be done, shown or kept
    require: Texts,
    forbid: List,
    gate: Text,
    task: Text,
    evidence: List,
    attach: List,
    checklist: List,
    recordFields: List,
    record: Text,
    criteria: List,
    methods: List,
    decision: Text,
    states: List,
    map: z.record(Text, Text),
    parallelToResponse: z.literal(true),
    mode: Text,
    onMajor: Text,
    schedule: z.literal("configurable"),
    channels: List,
    sources: List,
    document: Text,
    documents: List,
    action: Text,
    tag: Text,
    evaluateTags: List,
    config: Text,
    text: Text,
    note: Text,
    // periodic work, assessment, consequences
    report: Text,
    period: Text,
    reminder: Text,
    statistic: Text,
    assess: z.union([Text, List, z.strictObject({ subject: Text, minWeight: z.number().min(0).max(1) })]),
    grades: z.array(z.strictObject({ name: Text, min: z.number().min(0).max(100) })).min(1),
    weight: z.number().min(0).max(1),
    propose: Texts,
    decideBy: Text,
    botAction: Text,
    informational: z.literal(true),
  })
  .partial()
  .refine((effect) => Object.keys(effect).length > 0, "不能为空");

export type Effect = z.infer<typeof EffectSchema>;
