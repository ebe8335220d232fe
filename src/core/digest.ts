import type { Case } from "./case/case.ts";
import type { Office } from "./case/office.ts";
import { type DigestData, tightest } from "./message/digest-card.ts";
import type { Reader } from "./store.ts";
import { addDays, atTime, dayOf, HOUR, type Instant } from "./time.ts";

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
  return {
    counts: await reader.counts(day, now),
    overdue: open.filter((c) => next(c) <= now),
    soon: open.filter((c) => next(c) > now && next(c) <= until),
    asked: asked.filter((c) => c.proposals.length > 0),
    anchor,
  };
}
