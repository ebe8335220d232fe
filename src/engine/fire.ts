import { type Case, midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { isUrgent } from "#core/case/rank.ts";
import { isOpen } from "#core/case/states.ts";
import { type Gap, organisers, type Recipient, resolveAudience } from "#core/escalation/audience.ts";
import { isNight, morningAfter } from "#core/escalation/night.ts";
import type { PlannedReminder } from "#core/escalation/plan.ts";
import { syncReminders } from "#core/escalation/sync.ts";
import { catchUpCard, reminderCard } from "#core/message/reminder-card.ts";
import type { DueReminder, Outgoing, Tx } from "#core/store.ts";
import { formatMoment, type Instant, MINUTE } from "#core/time.ts";

export interface FireContext {
  office: Office;
  now: Instant;
  /** Can this person be reached on any platform? */
  reaches: (name: string) => boolean;
  /** The last time the process was down, when it just was. */
  outage?: { from: Instant; to: Instant };
}

/** How many reminders one transaction takes: enough to share the flush, few enough to answer people in between. */
const BATCH = 500;

/**
 * Fires what is due: claims, looks at the case again, finds who is to be told at this moment, and queues the messages, all in
 * one transaction.
 * @returns how many reminders were claimed
 */
export async function fireDue(tx: Tx, context: FireContext): Promise<number> {
  const due = await tx.dueReminders(context.now, BATCH);
  if (due.length === 0) return 0;
  const cases = await tx.casesById([...new Set(due.map((r) => r.caseId))]);
  const byCase = Map.groupBy(due, (r) => r.caseId);
  const messages: Outgoing[] = [];
  await tx.fireReminders(
    due.map((r) => r.id),
    context.now,
  );
  for (const [id, reminders] of byCase) {
    const c = cases.get(id);
    if (c)
      messages.push(
        ...(await fireCase(
          tx,
          c,
          reminders.filter((r) => stillRuns(c, r)),
          context,
        )),
      );
  }
  await tx.queue(messages, context.now);
  return due.length;
}

function stillRuns(c: Case, r: DueReminder): boolean {
  if (!isOpen(c.state)) return false;
  if (r.subject === "confirm") return c.proposals.length > 0;
  if (r.subject === "gates") return true;
  return c.clocks.some((k) => k.key === r.subject && k.dueAt === r.limit && k.stoppedAt === undefined);
}

/** A person with the stages to tell them of. */
interface Telling {
  to: Recipient;
  stages: DueReminder[];
}

async function fireCase(tx: Tx, c: Case, due: DueReminder[], context: FireContext): Promise<Outgoing[]> {
  if (due.length === 0) return [];
  const { office, now } = context;
  const { tellings, gaps } = audienceOf(c, due, context);
  const night = isNight(office.config, now) && !isUrgent(c);
  const awake = night ? atNight(tellings, c, context) : { now: tellings, later: [] };
  const held = await tx.heldReminders(
    c.id,
    awake.now.map((t) => t.to.name),
  );
  const told = await tx.lastTold(
    c.id,
    awake.now.map((t) => t.to.name),
  );
  const later: (PlannedReminder & { who: string })[] = awake.later.flatMap((t) =>
    hold(t, morningAfter(office.config, now)),
  );
  const messages: Outgoing[] = [];
  for (const telling of awake.now) {
    const quietUntil =
      (told.get(telling.to.name) ?? Number.NEGATIVE_INFINITY) + office.config.params.floodMinutes * MINUTE;
    if (quietUntil > now && !exempt(c, telling)) {
      later.push(...hold(telling, quietUntil));
      continue;
    }
    const merged = held.filter(
      (r) => r.who === telling.to.name && stillRuns(c, r) && !telling.stages.some((s) => s.id === r.id),
    );
    await tx.fireReminders(
      merged.map((r) => r.id),
      now,
    );
    messages.push(message(c, telling, [...telling.stages, ...merged], context));
  }
  await tx.addReminders(c.id, later);
  // The next stage of a repeating row follows from the one that just fired.
  await syncReminders(tx, c, office, now);
  return [...messages, ...gapNotices(c, gaps, context)];
}

/** Who is to be told of which stages; each person once, however many stages concern them. */
function audienceOf(
  c: Case,
  due: DueReminder[],
  { office, now, reaches }: FireContext,
): { tellings: Telling[]; gaps: Gap[] } {
  const byPerson = new Map<string, Telling>();
  const gaps: Gap[] = [];
  for (const reminder of due) {
    const row = office.stages[reminder.subject].findLast((r) => r.at === reminder.stage) ?? repeating(office, reminder);
    const resolved = resolveAudience(row.to, { c, subject: reminder.subject, office, now, reaches });
    const recipients = reminder.who === "" ? resolved.recipients : [recipientOf(reminder.who, resolved.recipients)];
    if (reminder.who === "") gaps.push(...resolved.gaps);
    for (const to of recipients) {
      const telling = byPerson.get(to.name);
      if (telling) telling.stages.push(reminder);
      else byPerson.set(to.name, { to, stages: [reminder] });
    }
  }
  return { tellings: [...byPerson.values()], gaps };
}

/** The row whose repeats the stage belongs to. */
function repeating(office: Office, r: DueReminder) {
  const rows = office.stages[r.subject];
  const row = rows.findLast((x) => x.every !== undefined) ?? rows.at(-1);
  if (!row) throw new Error(`no stages for ${r.subject}`);
  return row;
}

/** A person for whom a stage was held back keeps the post in which they were to be told. */
const recipientOf = (name: string, resolved: readonly Recipient[]): Recipient =>
  resolved.find((r) => r.name === name) ?? { name, as: "承办", units: [] };

/** Rank III/IV at night: only the person on duty and 承办 now, everyone else in the morning (night rule). */
function atNight(tellings: Telling[], c: Case, { office, now }: FireContext): { now: Telling[]; later: Telling[] } {
  const duty = office.roster.dutyAt(now).officer;
  const wakes = (t: Telling): boolean => t.to.name === duty || t.to.as === "承办" || signedBy(c, t.to.name);
  const awake = tellings.filter(wakes);
  const later = tellings.filter((t) => !wakes(t));
  const fresh = tellings.flatMap((t) => t.stages.filter((s) => s.who === ""));
  if (later.length > 0 && fresh.length > 0 && duty !== "" && !awake.some((t) => t.to.name === duty))
    awake.push({ to: { name: duty, as: "值班员", units: [] }, stages: [...new Set(fresh)] });
  return { now: awake, later };
}

const signedBy = (c: Case, name: string): boolean => c.parts.some((p) => p.acknowledged?.by === name);

const hold = (t: Telling, until: Instant): (PlannedReminder & { who: string })[] =>
  t.stages.map(({ subject, limit, stage }) => ({ subject, limit, stage, dueAt: until, who: t.to.name }));

/** Sign-in, stages at or after the limit, rank I/II, and what was held back already are never held back. */
const exempt = (c: Case, t: Telling): boolean =>
  isUrgent(c) ||
  t.stages.some((s) => s.subject === "sign" || s.stage === "T" || s.stage.startsWith("T+") || s.who !== "");

function message(c: Case, { to }: Telling, stages: DueReminder[], context: FireContext): Outgoing {
  const { office, now, outage } = context;
  const lateAfter = office.config.params.lateAfterMinutes * MINUTE;
  const missed = stages.filter(
    (s) => s.who === "" && now - s.dueAt > lateAfter && s.dueAt >= (outage?.from ?? 0) - MINUTE && outage,
  );
  const first = [...stages].sort((a, b) => a.limit - b.limit)[0];
  if (!first) throw new Error("a message needs a stage");
  const late = missed.length > 0;
  const card = late ? catchUpCard(c, missed, outage, to, office, now) : reminderCard(c, stages, to, office, now);
  return {
    key: `${c.id}/${stages.map((s) => s.id).join("+")}/${to.name}`,
    lane: 1,
    to: { kind: "user", name: to.name },
    kind: late ? "notice" : office.roster.isLeader(to.name) ? "escalation" : "reminder",
    card,
    mentions: [],
    caseId: c.id,
    subject: first.subject,
    stage: late ? "late" : first.stage,
    limit: first.limit,
    ...(late ? { lateBy: Math.floor((now - Math.min(...missed.map((s) => s.dueAt))) / MINUTE) } : {}),
    ...(late
      ? {}
      : {
          meta: {
            stages: stages.map(({ subject, limit, stage }) => ({ subject, limit, stage })),
            as: to.as,
            units: to.units,
          },
        }),
  };
}

/** The office learns of every post that nobody could be reached in, once per case and post. */
function gapNotices(c: Case, gaps: readonly Gap[], { office, now }: FireContext): Outgoing[] {
  return gaps.flatMap((gap) =>
    organisers(office).map(
      (name): Outgoing => ({
        key: `${c.id}/gap/${gap.post}/${name}`,
        lane: 2,
        to: { kind: "user", name },
        kind: "notice",
        card: {
          title: "【岗位空缺】",
          tone: "yellow",
          lines: [
            { kind: "text", text: `${midNo(c.id)} ${c.title}` },
            {
              kind: "text",
              text: `${formatMoment(now)} 应通知${gap.post},但该岗位无人或联系不上,${gap.told ? `已改为通知${gap.told}` : "没有可接替的人"}。请补充通讯录。`,
            },
          ],
          buttons: [],
        },
        mentions: [],
        caseId: c.id,
      }),
    ),
  );
}

/** A reminder whose delivery was delayed, drawn anew; undefined when the case needs it no longer. */
export function redraw(
  c: Case,
  meta: NonNullable<Outgoing["meta"]>,
  name: string,
  office: Office,
  now: Instant,
): Outgoing["card"] | undefined {
  const stages = meta.stages.filter((s) => stillRuns(c, { ...s, id: 0, caseId: c.id, who: "", dueAt: now }));
  if (stages.length === 0) return undefined;
  return reminderCard(c, stages, { name, as: meta.as as Recipient["as"], units: meta.units }, office, now);
}
