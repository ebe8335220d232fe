import { z } from "zod";
import { fromIso } from "#core/iso.ts";
import { readDuration } from "./duration.ts";

const DURATION = "时长应写作 +1h30m、90m 或 +2d";

/** Milliseconds, written "+1h30m". */
const Duration = z.string(DURATION).transform((text, context) => {
  const ms = readDuration(text);
  if (ms !== undefined) return ms;
  context.addIssue({ code: "custom", message: `“${text}”看不懂,${DURATION}` });
  return z.NEVER;
});
const Length = Duration.refine((ms) => ms > 0, "时长应大于 0");

const Moment = z.string("开始时间应写作 2026-11-20T09:00:00+08:00").transform((text, context) => {
  const at = fromIso(text);
  if (at !== undefined) return at;
  context.addIssue({ code: "custom", message: `“${text}”不是时间,开始时间应写作 2026-11-20T09:00:00+08:00` });
  return z.NEVER;
});

const Name = z.string("应写一个名称").trim().min(1, "不能为空");
const Nth = z.int("应写从 1 起的序号").min(1, "应写从 1 起的序号");
const several = <T extends z.ZodType<string>>(item: T) =>
  z.union([item, z.array(item)], "应写一个或几个名称").transform((v): string[] => [v].flat());

/** A field of a form as people write it; several values may be given as a list. */
const FieldValue = z
  .union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())], "应写文字,多个值写成列表")
  .transform((v): string => {
    if (Array.isArray(v)) return v.join("、");
    if (typeof v === "boolean") return v ? "是" : "否";
    return v === null ? "" : String(v);
  });

/** A file by its name, a page that an app shared, or a chat record that was passed on. */
const Attached = z.union([
  Name,
  z
    .strictObject({ card: Name, url: Name.optional(), source: Name.optional() })
    .transform(({ card, url, source }) => ({ card, ...(url ? { url } : {}), ...(source ? { source } : {}) })),
  z.strictObject({ forward: z.array(Name), title: Name.default("聊天记录") }),
]);

const timed = { at: Duration };
/** The chat in which somebody acts: a group's name or "dm"; default: the group on duty. */
const somebody = { ...timed, by: Name, in: Name.optional() };

const Say = z
  .strictObject({
    ...somebody,
    say: z.string("应写要说的话").default(""),
    attach: z
      .union(
        [Attached, z.array(Attached)],
        "attach 应写文件名，或 { card: 标题, url, source }、{ forward: [姓名：话] }",
      )
      .transform((v) => [v].flat())
      .default([]),
    /** Answers the newest card of the n-th case in that chat. */
    reply: Nth.optional(),
  })
  .transform((s) => ({ do: "say" as const, ...s }));

const Press = z
  .strictObject({
    ...timed,
    by: Name,
    /** Action name or exact label. */
    press: Name,
    /** The n-th case of this run; default: the newest. */
    case: Nth.optional(),
    fill: z.record(z.string(), FieldValue, "fill 应写作 { 字段: 值 }").default({}),
  })
  .transform((s) => ({ do: "press" as const, ...s }));

const Recall = z
  .strictObject({ ...somebody, recall: z.literal("last", "recall 只能写 last") })
  .transform((s) => ({ do: "recall" as const, ...s }));

const Read = z
  .strictObject({ ...timed, read: several(Name) })
  .transform(({ read, ...s }) => ({ do: "read" as const, ...s, who: read }));

const Outage = z
  .strictObject({
    ...timed,
    outage: Length,
    /** The packs by which it is started again; default: those of before. */
    rules: z.array(Name).optional(),
  })
  .transform(({ outage, ...s }) => ({ do: "outage" as const, ...s, lasts: outage }));

const Fault = z
  .strictObject({
    ...timed,
    fault: z.strictObject({
      platform: z.int("platform 应写状态码,如 429 或 500").min(400, "状态码应在 400 以上").max(599),
      for: Length,
    }),
  })
  .transform(({ fault, ...s }) => ({ do: "fault" as const, ...s, status: fault.platform, lasts: fault.for }));

/** The kinds of step by the key that tells them apart. */
export const STEP_KINDS = {
  say: Say,
  press: Press,
  recall: Recall,
  read: Read,
  outage: Outage,
  fault: Fault,
  attach: Say,
} as const;

export type Step = z.output<(typeof STEP_KINDS)[keyof typeof STEP_KINDS]>;
export type StepOf<K extends Step["do"]> = Extract<Step, { do: K }>;

/** A step and where it stands, for messages about it. */
export interface PlacedStep {
  step: Step;
  /** "第 3 步(第 12 行)" */
  place: string;
}

/** Everything of a scenario but its steps, which are read one by one. */
export const ScenarioHead = z.strictObject({
  name: Name.optional(),
  start: Moment,
  /** Relative to the scenario; default: the example office. */
  roster: Name.optional(),
  /** Ids or files of rule packs; default: those of the office. */
  rules: z.array(Name).optional(),
  /** Overrides of the office configuration. */
  config: z.record(z.string(), z.unknown(), "config 应写作 { 配置项: 值 }").nullish(),
  steps: z.array(z.unknown(), "steps 应是一列步骤"),
  until: Duration.optional(),
});

export interface Scenario {
  start: number;
  /** Full path. */
  roster: string | undefined;
  rules: string[] | undefined;
  config: Record<string, unknown>;
  /** In order of time; those with the same time in the order written. */
  steps: PlacedStep[];
  /** How long after the start the run ends, milliseconds. */
  until: number;
}
