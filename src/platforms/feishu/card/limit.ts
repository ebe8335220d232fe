import type { Line } from "#core/message/card.ts";
import { formatMoment, formatRemaining, type Instant } from "#core/time.ts";
import { type Element, type Look, paragraph } from "./elements.ts";

export type Limit = Extract<Line, { kind: "limit" }>;

/** The office's own: nobody shall take it for a limit of a document. */
const TARGET = "内部目标";

/** Thresholds of the colours of a card: a quarter and a tenth of the time left. */
const NEAR = 0.25;
const LATE = 0.1;

/** What the limit is and when it ends. */
export const limitHead = ({ label, dueAt }: Limit, now: Instant): string => `${label}　${formatMoment(dueAt, now)}`;

/** How much time is left at `now`, the end of its range, and what else there is to know. */
export function limitRest(limit: Limit, now: Instant): string {
  const { dueAt, stoppedAt, latestDueAt, note = "", soft } = limit;
  const left =
    stoppedAt === undefined ? formatRemaining(dueAt, now, limit) : `已于 ${formatMoment(stoppedAt, now)} 完成`;
  const range =
    stoppedAt === undefined && latestDueAt !== undefined && latestDueAt > dueAt
      ? `，最晚 ${formatMoment(latestDueAt, now)}`
      : "";
  const notes = [...(soft && !note.includes(TARGET) ? [TARGET] : []), ...(note ? [note] : [])].join("，");
  return `${left}${range}${notes ? `（${notes}）` : ""}`;
}

/** Two lines: the limit as it stands in the calendar, and in its colour what is left of it. */
export const limitElements = (limit: Limit, now: Instant): Element[] => [
  paragraph(limitHead(limit, now)),
  paragraph(limitRest(limit, now), lookOf(limit, now)),
];

function lookOf({ startAt, dueAt, stoppedAt, latestDueAt, soft }: Limit, now: Instant): Look {
  if (stoppedAt !== undefined) return stoppedAt <= dueAt || soft ? "green" : "red";
  if (soft) return "quiet";
  // Over only if a time known by its range was early: to be confirmed, not alarmed about.
  if (now >= dueAt) return latestDueAt !== undefined && latestDueAt > now ? "orange" : "red";
  const left = (dueAt - now) / Math.max(1, dueAt - startAt);
  return left <= LATE ? "red" : left <= NEAR ? "orange" : "plain";
}
