import { type Case, midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { isOpen } from "#core/case/states.ts";
import type { Gap, Recipient } from "#core/escalation/audience.ts";
import { isQuiet, morningAfter } from "#core/escalation/night.ts";
import { successors } from "#core/escalation/successor.ts";
import { toAdministrators } from "#core/message/administrators.ts";
import { fitting } from "#core/message/card.ts";
import type { DeliveryError } from "#core/ports.ts";
import type { OutboxMessage, Outgoing, ReminderMeta, Tx } from "#core/store.ts";
import { dayOf, type Instant } from "#core/time.ts";
import { gapNotices } from "./gap-notices.ts";
import { reminder, stillRuns } from "./reminder-message.ts";

export interface NextContext {
  office: Office;
  now: Instant;
  reaches: (name: string) => boolean;
}

/**
 * What follows from a message that failed for good. A post whose holder cannot be reached does not wait: the next person is
 * told. Everything else is for the administrators to mend; of messages about no case nothing follows, or it would never end.
 */
export async function afterFailure(
  tx: Tx,
  message: OutboxMessage,
  error: DeliveryError,
  context: NextContext,
): Promise<void> {
  const { office, now } = context;
  const c = message.caseId === undefined || message.kind === "update" ? undefined : await tx.case(message.caseId);
  if (!c) return;
  if (error.unreachable && message.meta)
    return tellNext(tx, c, { ...message, meta: message.meta }, error.message, context);
  const { to } = message;
  const whom = to.kind === "group" ? `群“${to.name}”` : to.name;
  // Without the words of the case: where they are the reason, they would keep this message back as well.
  const text = `${midNo(c.id)}：发给${whom}的消息“${message.card.title}”未能送达。${error.message}`;
  await tx.queue(toAdministrators(`undelivered/${dayOf(now)}/${c.id}/${to.name}`, text, office, now), now);
}

/**
 * Tells the next person of the post, and the office of the gap.
 * @param plainly without an urgent channel: those that failed would fail again
 */
export async function tellNext(
  tx: Tx,
  c: Case,
  message: OutboxMessage & { meta: ReminderMeta },
  why: string,
  context: NextContext,
  plainly = false,
): Promise<void> {
  const { office, now, reaches } = context;
  const { meta, to } = message;
  const stages = meta.stages.filter((s) => stillRuns(c, s));
  if (!isOpen(c.state) || (meta.stages.length > 0 && stages.length === 0)) return;
  const same = (await tx.deliveries(c.id)).filter((m) => m.to.kind === "user" && isSameOccasion(m, message));
  const missed = (m: OutboxMessage): boolean => m.state === "failed" || m.urged === "none";
  const failed = new Set([to.name, ...same.filter(missed).map((m) => m.to.name)]);
  const told = new Set(same.filter((m) => m.state !== "suppressed").map((m) => m.to.name));
  const as = meta.as as Recipient["as"];
  const subject = stages[0]?.subject ?? (as === "联络员" ? "sign" : "triage");
  const { filledBy, next } = successors(c, { as, units: meta.units, subject }, { failed, told, reaches }, office, now);
  const instead = next.map((person): Outgoing => {
    const key = `${message.key}/next/${person.name}`;
    const { urgent, ...plain } =
      stages.length > 0 ? reminder(c, person, stages, key, context) : asAnnounced(message, person, key);
    const line = { kind: "text", text: `原应通知${to.name}，未能送达，改为通知您。`, emphasis: "quiet" } as const;
    const card = fitting({ ...plain.card, lines: [line, ...plain.card.lines] });
    return { ...plain, card, ...(urgent && !plainly ? { urgent } : {}) };
  });
  await tx.queue(instead, now);
  const post = `${meta.units.join("、")}${meta.as}${to.name}`;
  const gap: Gap = { post, insteadOf: as, told: filledBy.join("、") || null, why };
  await tx.queue(gapNotices(c, [gap], office, now), isQuiet(c, office, now) ? morningAfter(office.config, now) : now);
}

/** An announcement goes to the next person as it was written for the first. */
function asAnnounced(message: OutboxMessage, person: Recipient, key: string): Outgoing {
  const { lane, kind, card, mentions, caseId, urgent } = message;
  return {
    key,
    lane,
    kind,
    card,
    mentions,
    to: { kind: "user", name: person.name },
    meta: { stages: [], as: person.as, units: person.units },
    ...(caseId === undefined ? {} : { caseId }),
    ...(urgent ? { urgent } : {}),
  };
}

/** Were both to tell of the same stage, or of the same event? */
function isSameOccasion(a: OutboxMessage, b: OutboxMessage & { meta: ReminderMeta }): boolean {
  if (!a.meta) return false;
  if (b.meta.stages.length === 0) return a.meta.stages.length === 0 && eventOf(a.key) === eventOf(b.key);
  return a.meta.stages.some((x) =>
    b.meta.stages.some((y) => x.subject === y.subject && x.limit === y.limit && x.stage === y.stage),
  );
}

/** Announcements of one event share case and version at the head of their keys. */
const eventOf = (key: string): string => key.split("/").slice(0, 2).join("/");
