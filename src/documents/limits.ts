import type { Case, CaseClock } from "#core/case/case.ts";
import { kindAt, overOnlyByRange } from "#core/clocks/range.ts";
import { CLOCK_NAMES } from "#core/message/names.ts";
import { shownClocks } from "#core/message/tone.ts";
import { formatSpan, type Instant } from "#core/time.ts";

/** How a limit stands at an instant; 待研判 and 待确认 count against nobody. */
export type Standing = "按时" | "逾期完成" | "未到期" | "已逾期" | "待研判" | "时间待确认" | "不再适用";

export function standingOf(k: CaseClock, now: Instant): Standing {
  if (k.outcome === "ended") return "不再适用";
  if (k.outcome === "met") return "按时";
  const counts = ["hard", "extendable"].includes(kindAt(k, k.stoppedAt ?? now));
  if (k.outcome === "late") return counts ? "逾期完成" : "待研判";
  if (k.dueAt === null || k.dueAt > now) return "未到期";
  if (overOnlyByRange(k, now)) return "时间待确认";
  return counts ? "已逾期" : "待研判";
}

/** Milliseconds by which a limit was passed; 0 when it was not, or when that counts against nobody. */
export function overBy(k: CaseClock, now: Instant): number {
  const standing = standingOf(k, now);
  if (k.dueAt === null || (standing !== "逾期完成" && standing !== "已逾期")) return 0;
  // A limit that other rules or a raised level brought counts from then on.
  return Math.max(0, (k.stoppedAt ?? now) - (k.overSince ?? k.dueAt));
}

/** "按时，用时 3小时12分", "已逾期 1小时05分" */
export function standingText(k: CaseClock, now: Instant): string {
  const standing = standingOf(k, now);
  const over = overBy(k, now);
  const used = k.stoppedAt !== undefined && k.start !== null ? `，用时 ${formatSpan(k.stoppedAt - k.start)}` : "";
  if (over > 0) return `${standing} ${formatSpan(over)}${used}`;
  if (standing === "未到期" && k.dueAt !== null) return `未到期，还剩 ${formatSpan(k.dueAt - now)}`;
  return `${standing}${standing === "按时" ? used : ""}`;
}

/** Limits that run and have been passed, counted against somebody: what a 督办 can be about. */
export const overdueLimits = (c: Case, now: Instant): CaseClock[] =>
  shownClocks(c).filter((k) => standingOf(k, now) === "已逾期");

/** "首次回应 已逾期 1小时05分" */
export const limitSentence = (k: CaseClock, now: Instant): string => `${CLOCK_NAMES[k.key]} ${standingText(k, now)}`;
