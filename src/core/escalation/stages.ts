import { z } from "zod";
import type { ClockKey } from "#core/policy/types.ts";
import { HOUR, MINUTE } from "#core/time.ts";

/** Who is told, in the words of the stage table; see audience.ts for who that is at a given moment. */
export const AudienceWord = z.enum([
  "承办",
  "联络员",
  "单位分管",
  "单位主要负责人",
  "府办",
  "府办主任",
  "宣传",
  "值班员",
  "值班领导",
  "研判人",
  "提请人",
  "政府分管",
  "政府主要负责同志",
]);
export type AudienceWord = z.infer<typeof AudienceWord>;

/** A bare word, or a word that holds only for rank I, or while the facts suggest or 研判 gave level I/II. */
const Entry = z.union([AudienceWord, z.strictObject({ who: AudienceWord, when: z.enum(["I", "urgent"]) })]);

const LENGTH = String.raw`(?:\d+h)?(?:\d+m)?`;
const StageName = z
  .string()
  .regex(
    new RegExp(String.raw`^(T|T[+-](?=\d)${LENGTH}|T[+-]\d+wd(@\d{2}:\d{2})?|\d{1,2}%)$`),
    "提醒节点应写作 T-3h、T-1h30m、T、T+2h、T-1wd@09:00 或 50%",
  );
const Length = z.string().regex(new RegExp(`^(?=\\d)${LENGTH}$`), "时长应写作 30m、1h 或 1h30m");

export const StageRowSchema = z
  .strictObject({
    at: StageName,
    to: z.array(Entry).min(1),
    /** Repeats after `at` at this distance … */
    every: Length.optional(),
    /** … until this long after the limit; then the case appears in the digest only. */
    until: Length.optional(),
  })
  .refine((r) => (r.every === undefined) === (r.until === undefined), "every 和 until 须同时写")
  .refine((r) => r.every === undefined || /^T\+\d+[hm]/.test(r.at), "只有时限之后的节点(T+…)可以重复");

export type StageRow = z.infer<typeof StageRowSchema>;
export type Entry = z.infer<typeof Entry>;

/** What reminders are planned for: the limits of a case, confirmations that are asked, and review steps still missing. */
export type ReminderSubject = ClockKey | "confirm" | "gates";
export type StageTable = Record<ReminderSubject, StageRow[]>;

/** "1h30m" in milliseconds. */
export function lengthOf(text: string): number {
  const [, h = "0", m = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(text) ?? [];
  return Number(h) * HOUR + Number(m) * MINUTE;
}

export type Stage =
  | { kind: "offset"; ms: number }
  | { kind: "workingDays"; days: number; time: string }
  | { kind: "share"; share: number };

/** Reads a stage name of the grammar above. Working-day stages without a time of day mean 09:00. */
export function readStage(name: string): Stage {
  if (name === "T") return { kind: "offset", ms: 0 };
  const share = /^(\d+)%$/.exec(name);
  if (share) return { kind: "share", share: SHARES[name] ?? Number(share[1]) / 100 };
  const days = /^T([+-])(\d+)wd(?:@(\d{2}:\d{2}))?$/.exec(name);
  if (days) return { kind: "workingDays", days: Number(`${days[1]}${days[2]}`), time: days[3] ?? "09:00" };
  const sign = name[1] === "-" ? -1 : 1;
  return { kind: "offset", ms: sign * lengthOf(name.slice(2)) };
}

/** Thirds are written as whole percents and meant exactly. */
const SHARES: Record<string, number> = { "33%": 1 / 3, "67%": 2 / 3 };

/** "T+2h" for an offset of two hours: the name of a stage of a repeating row. */
export function offsetName(ms: number): string {
  const h = Math.floor(ms / HOUR);
  const m = Math.floor((ms % HOUR) / MINUTE);
  return `T+${h > 0 ? `${h}h` : ""}${m > 0 ? `${m}m` : ""}`;
}
