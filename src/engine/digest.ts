import type { Office } from "#core/case/office.ts";
import { collectDigest } from "#core/digest.ts";
import { digestCard } from "#core/message/digest-card.ts";
import type { Outgoing, Tx } from "#core/store.ts";
import { addDays, atTime, dayOf, type Instant, MINUTE } from "#core/time.ts";

const NEXT = "digest.next";

/** The next of the office's digest times strictly after an instant. */
function nextDigest(office: Office, after: Instant): Instant {
  const days = [dayOf(after), addDays(dayOf(after), 1)];
  const times = days.flatMap((day) => office.config.digests.map((t) => atTime(day, t))).filter((at) => at > after);
  return Math.min(...times);
}

/** When the next digest is due; planned on first use. */
export async function digestDue(tx: Tx, office: Office, now: Instant): Promise<Instant> {
  const stored = await tx.setting(NEXT);
  if (stored !== undefined) return Number(stored);
  const next = nextDigest(office, now);
  await tx.set(NEXT, String(next));
  return next;
}

/**
 * Posts the digest that is due. Several that were missed are made up for by one, marked late. The day's anchor over all chain
 * heads goes with it.
 */
export async function postDigest(tx: Tx, office: Office, now: Instant): Promise<boolean> {
  const due = await digestDue(tx, office, now);
  if (due > now) return false;
  await tx.set(NEXT, String(nextDigest(office, now)));
  const group = office.roster.dutyGroup();
  if (!group) return true;
  const lateBy = Math.floor((now - due) / MINUTE);
  const isLate = lateBy >= office.config.params.lateAfterMinutes;
  const data = await collectDigest(tx, await tx.anchor(dayOf(now), now), now, office);
  const card = digestCard(isLate ? { ...data, lateSince: due } : data, office, now);
  const message: Outgoing = {
    key: `digest/${due}`,
    lane: 3,
    to: { kind: "group", name: group.name },
    kind: "digest",
    card,
    mentions: [],
    ...(isLate ? { lateBy } : {}),
  };
  await tx.queue([message], now);
  return true;
}
