import { z } from "zod";
import { REGION_CODE, REGION_CODE_HINT } from "./policy/region.ts";
import { URGENCIES } from "./ports.ts";

const Clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "时间应写作 08:30");
const Span = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, "时段应写作 22:00-07:30");
const WorkingSpan = Span.refine((span) => span.slice(0, 5) < span.slice(6), "工作时段的结束应晚于开始");
const Minutes = z.int().positive();
const Channel = z.enum(["none", ...URGENCIES]);
/** Urgent channels for one rank: in the last third before a limit, at it, and after it. */
const Channels = z.tuple([Channel, Channel, Channel]);

/**
 * Values that the documents leave to the office: internal targets and practical choices. They are shown as 推定 or 内部目标
 * and never under a State Council number; `huiying rules params` prints them for the head of the office to sign.
 */
export const ParamsSchema = z.strictObject({
  /** 研判 window, minutes: when the facts suggest level I/II, and otherwise. */
  triage: z.strictObject({ urgent: Minutes.default(30), normal: Minutes.default(120) }).prefault({}),
  /** 签收 window, minutes, by rank; IV counts working time. */
  sign: z
    .strictObject({
      I: Minutes.default(15),
      II: Minutes.default(15),
      III: Minutes.default(30),
      IV: Minutes.default(60),
    })
    .prefault({}),
  /** 紧急报送 upward, minutes. */
  reportUp: Minutes.default(60),
  /** 持续发布 interval after the first release, hours, by rank. */
  continuous: z.strictObject({ I: Minutes.default(6), II: Minutes.default(12), III: Minutes.default(24) }).prefault({}),
  /** An event older than this at its detection, hours, is an old matter that surfaces again. */
  oldMatterHours: Minutes.default(72),
  /** Reports of one place within this many hours are compared: they may be about one event. */
  duplicateHours: Minutes.default(72),
  /** 宣传/网信 are told of cases of rank I/II and 重大敏感. */
  tellPublicity: z.boolean().default(true),
  /** One message per case and chat in this many minutes. */
  floodMinutes: Minutes.default(10),
  /** A reminder that fires later than this, minutes, becomes part of the catch-up message; a message this late is marked 补收. */
  lateAfterMinutes: Minutes.default(5),
  /** Minutes to wait for "is this a report?" before the text is numbered. */
  unclearMinutes: Minutes.default(10),
  /** Urgent channels: for the first notice of a suspected major emergency, and by rank. */
  urgent: z
    .strictObject({
      alarm: Channel.default("app"),
      I: Channels.default(["app", "sms", "phone"]),
      II: Channels.default(["app", "sms", "phone"]),
      III: Channels.default(["none", "app", "sms"]),
      IV: Channels.default(["none", "none", "none"]),
    })
    .prefault({}),
  /** How often the auditor looks at all open cases, minutes. */
  auditMinutes: Minutes.default(10),
  /** Contents of pictures and files are kept too, not only name, size and hash. */
  keepAttachments: z.boolean().default(false),
  /** So many corrections in a row of the same word to the same unit, and the administrator is asked whether to learn it. */
  learnAfter: Minutes.default(3),
});

export const OfficeConfigSchema = z.strictObject({
  name: z.string().min(1),
  jurisdiction: z.string().regex(REGION_CODE, REGION_CODE_HINT),
  packs: z.array(z.string().min(1)).min(1),
  /** The hour at which a limit in working days or days ends. */
  deadlineTime: Clock.default("18:00"),
  timezone: z.literal("Asia/Shanghai").default("Asia/Shanghai"),
  workingHours: z.array(WorkingSpan).min(1).default(["08:30-12:00", "14:00-17:30"]),
  quietHours: Span.default("22:00-07:30"),
  digests: z.array(Clock).default(["08:30", "17:30"]),
  params: ParamsSchema.prefault({}),
  /** Overrides of the stage table, by clock key; see docs/operations.md. */
  stages: z.record(z.string(), z.unknown()).default({}),
});

export type OfficeConfig = z.infer<typeof OfficeConfigSchema>;
export type Params = z.infer<typeof ParamsSchema>;
