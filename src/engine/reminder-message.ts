import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { isOpen } from "#core/case/states.ts";
import type { Recipient } from "#core/escalation/audience.ts";
import { urgencyOf } from "#core/escalation/urgency.ts";
import type { Card } from "#core/message/card.ts";
import { catchUpCard, type FiringStage, latestOfEach, reminderCard } from "#core/message/reminder-card.ts";
import type { Outgoing, ReminderMeta } from "#core/store.ts";
import { type Instant, MINUTE } from "#core/time.ts";

export interface MessageContext {
  office: Office;
  now: Instant;
  /** The last time the process was down, when it just was. */
  outage?: { from: Instant; to: Instant };
}

/** Is this stage still one to tell of: the case open, its limit running or its question unanswered? */
export function stillRuns(c: Case, { subject, limit }: FiringStage): boolean {
  if (!isOpen(c.state)) return false;
  if (subject === "confirm") return c.proposals.length > 0;
  if (subject === "gates") return true;
  return c.clocks.some((k) => k.key === subject && k.dueAt === limit && k.stoppedAt === undefined);
}

/** Stages that passed while the bot was down. */
export function missedIn<S extends FiringStage & { dueAt: Instant }>(
  stages: readonly S[],
  { office, now, outage }: MessageContext,
): S[] {
  const lateAfter = office.config.params.lateAfterMinutes * MINUTE;
  return stages.filter((s) => outage && now - s.dueAt > lateAfter && s.dueAt >= outage.from - MINUTE);
}

/** The stages that one person is told of. */
export function reminder(
  c: Case,
  to: Recipient,
  stages: readonly FiringStage[],
  key: string,
  context: MessageContext,
): Outgoing {
  const { office, now } = context;
  return {
    ...common(c, to, stages, key, context),
    kind: office.roster.isLeader(to.name) ? "escalation" : "reminder",
    card: reminderCard(c, stages, to, office, now),
    meta: {
      stages: stages.map(({ subject, limit, stage }) => ({ subject, limit, stage })),
      as: to.as,
      units: to.units,
    },
  };
}

/** What one person should have been told of while the bot was down. */
export function catchUp(
  c: Case,
  to: Recipient,
  stages: readonly FiringStage[],
  missed: readonly (FiringStage & { dueAt: Instant })[],
  key: string,
  context: MessageContext,
): Outgoing {
  const { office, now, outage } = context;
  return {
    ...common(c, to, stages, key, context),
    kind: "notice",
    card: catchUpCard(c, stages, missed, outage, to, office, now),
    stage: "late",
    lateBy: Math.floor((now - Math.min(...missed.map((s) => s.dueAt))) / MINUTE),
  };
}

function common(
  c: Case,
  to: Recipient,
  stages: readonly FiringStage[],
  key: string,
  { office, now }: MessageContext,
): Omit<Outgoing, "kind" | "card"> {
  const [first] = latestOfEach(stages);
  if (!first) throw new Error("a message needs a stage");
  const urgent = urgencyOf(c, stages, to, office, now);
  return {
    key,
    lane: 1,
    to: { kind: "user", name: to.name },
    mentions: [],
    caseId: c.id,
    subject: first.subject,
    stage: first.stage,
    limit: first.limit,
    ...(urgent ? { urgent } : {}),
  };
}

/** A reminder whose delivery was delayed, drawn anew; undefined when the case needs it no longer. */
export function redraw(c: Case, meta: ReminderMeta, name: string, office: Office, now: Instant): Card | undefined {
  const stages = meta.stages.filter((s) => stillRuns(c, s));
  if (stages.length === 0) return undefined;
  return reminderCard(c, stages, { name, as: meta.as as Recipient["as"], units: meta.units }, office, now);
}
