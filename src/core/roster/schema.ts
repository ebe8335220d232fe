import { z } from "zod";
import { REGION_CODE, REGION_CODE_HINT } from "#core/policy/region.ts";

const Name = z.string().trim().min(1);
const Code = z.string().regex(REGION_CODE, REGION_CODE_HINT);
const TimeOfDay = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "时间应写作 08:30");
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "日期应写作 2026-11-22");

/** How a unit is managed: by its own government, by its superior department, by both, or as an enterprise. */
const Management = z.enum(["local", "vertical", "dual", "enterprise"]);

export const UnitSchema = z.strictObject({
  id: Name,
  name: Name,
  aliases: z.array(Name).default([]),
  jurisdiction: Code,
  management: Management.default("local"),
  /** The superior department of a vertically managed unit. */
  superior: Name.optional(),
  role: z.enum(["coordinator", "publicity", "cyberspace"]).optional(),
  /** Words by which a report without a unit finds this one: a suggestion, never a decision. */
  duties: z.array(Name).default([]),
  /** Liaison officers in order: A, B. */
  liaison: z.array(Name).default([]),
  deputy: Name.optional(),
  head: Name.optional(),
});

export const JurisdictionSchema = z.strictObject({
  code: Code,
  name: Name,
  aliases: z.array(Name).default([]),
  /** Names of towns, estates, roads and rivers that belong to it. */
  places: z.array(Name).default([]),
  note: z.string().optional(),
});

export const LeaderSchema = z.strictObject({
  name: Name,
  post: Name,
  role: z.enum(["主要负责同志", "分管领导"]),
  executive: z.boolean().default(false),
  units: z.array(Name).default([]),
});

/** Roles beyond liaison officer, deputy and head, which follow from the units. */
export const RoleName = z.enum(["值班员", "组织协调", "宣传", "保密审查员", "发布员", "督查", "管理员"]);

export const DutySchema = z
  .strictObject({
    weekdays: z.array(z.int().min(1).max(7)).optional(),
    dates: z.array(Day).optional(),
    from: TimeOfDay,
    to: TimeOfDay,
    officer: Name,
    leader: Name,
  })
  .refine((d) => (d.weekdays === undefined) !== (d.dates === undefined), "weekdays 和 dates 写且只写一个");

export const GroupSchema = z.strictObject({
  name: Name,
  purpose: z.enum(["duty", "work"]),
  jurisdiction: Code.optional(),
  /** "all-liaisons": every liaison officer, the coordinating office and the duty officers. */
  members: z.union([z.literal("all-liaisons"), z.array(Name)]).optional(),
  units: z.array(Name).default([]),
});

export const RosterSchema = z.strictObject({
  office: z.record(z.string(), z.unknown()).optional(),
  jurisdictions: z.array(JurisdictionSchema).min(1),
  units: z.array(UnitSchema).min(1),
  leaders: z.array(LeaderSchema).default([]),
  roles: z.partialRecord(RoleName, z.array(Name)).default({}),
  duty: z.array(DutySchema).default([]),
  groups: z.array(GroupSchema).min(1),
  phones: z.record(Name, z.string().regex(/^\d{5,15}$/, "电话应为 5 到 15 位数字")).default({}),
  /** Accounts that are known beforehand: platform name → person → account id. */
  accounts: z.record(Name, z.record(Name, z.string())).default({}),
});

export type RosterFile = z.infer<typeof RosterSchema>;
export type Unit = z.infer<typeof UnitSchema>;
export type Jurisdiction = z.infer<typeof JurisdictionSchema>;
export type Leader = z.infer<typeof LeaderSchema>;
export type Group = z.infer<typeof GroupSchema>;
export type DutyEntry = z.infer<typeof DutySchema>;
export type RoleName = z.infer<typeof RoleName>;
