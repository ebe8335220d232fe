import { formatMoment, formatRemaining, HOUR, type Instant, MINUTE, type Passing } from "#core/time.ts";

export type Urgency = "done" | "calm" | "soon" | "near" | "late";

export interface Countdown {
  /** "还剩 4小时30分", "还剩 12分08秒", "已逾期 3小时12分", "11月20日(周五)12:40 完成" */
  text: string;
  /** Used part of the time, 0–1. */
  used: number;
  urgency: Urgency;
}

/** What a limit looks like at a moment. Thresholds are those of the card colours: 50 %, 25 % and 10 % left. */
export function countdown(
  limit: Passing & { startAt: Instant; dueAt: Instant; stoppedAt?: Instant },
  now: Instant,
  speed: number,
): Countdown {
  const { startAt, dueAt, stoppedAt } = limit;
  const at = stoppedAt ?? now;
  const used = dueAt > startAt ? Math.min(1, Math.max(0, (at - startAt) / (dueAt - startAt))) : 1;
  if (stoppedAt !== undefined) return { text: `${formatMoment(stoppedAt, now)} 完成`, used, urgency: "done" };
  const left = 1 - used;
  const urgency = left <= 0.1 ? "late" : left <= 0.25 ? "near" : left <= 0.5 ? "soon" : "calm";
  return { text: remaining(limit, now, speed), used, urgency };
}

/** Seconds in the last hour, where they matter; not when time flies. */
function remaining(limit: Passing & { dueAt: Instant }, now: Instant, speed: number): string {
  const { dueAt } = limit;
  const left = dueAt - now;
  if (left <= 0 || left >= HOUR || speed > 1) return formatRemaining(dueAt, now, limit);
  return `还剩 ${Math.floor(left / MINUTE)}分${String(Math.floor((left % MINUTE) / 1000)).padStart(2, "0")}秒`;
}
