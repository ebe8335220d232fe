import type { Case } from "./case/case.ts";
import type { Office } from "./case/office.ts";
import { overOnlyByRange } from "./clocks/range.ts";
import { type DigestData, runningLimits, tightest } from "./message/digest-card.ts";
import type { Reader } from "./store.ts";
import { addDays, atTime, dayOf, HOUR, type Instant } from "./time.ts";

/** Is a limit over that counts, whatever the vague time turns out to be? */
export const isOverdue = (c: Case, now: Instant): boolean =>
  runningLimits(c).some((k) => k.dueAt !== null && k.dueAt <= now && !overOnlyByRange(k, now));

/** What a digest at `now` says: figures of the day, what is over, what ends tonight or tomorrow morning, what is asked. */
export async function collectDigest(
  reader: Reader,
  anchor: DigestData["anchor"],
  now: Instant,
  office: Office,
): Promise<DigestData> {
  const day = dayOf(now);
  const open = await reader.cases({ open: true, byDue: true, limit: 200 });
  const until = Math.max(atTime(addDays(day, 1), office.config.deadlineTime), now + 12 * HOUR);
  const next = (c: Case): Instant => tightest(c)?.dueAt ?? Number.POSITIVE_INFINITY;
  const asked = await reader.cases({ open: true, limit: 200 });
  const counts = await reader.counts(day, now);
  const passed = open.filter((c) => next(c) <= now);
  // The database counts by the earliest limit; one that is over only because its start is vague is nobody's 逾期 (ruling 3).
  const overdue = passed.filter((c) => isOverdue(c, now));
  return {
    counts: { ...counts, overdue: counts.overdue - (passed.length - overdue.length) },
    overdue,
    soon: open.filter((c) => next(c) <= until && !overdue.includes(c)),
    asked: asked.filter((c) => c.proposals.length > 0),
    anchor,
  };
}
