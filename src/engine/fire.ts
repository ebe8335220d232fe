import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { isUrgent } from "#core/case/rank.ts";
import { redrawnCards } from "#core/case/record.ts";
import { type Gap, type Recipient, resolveAudience } from "#core/escalation/audience.ts";
import { awakeAtNight, isQuiet, morningAfter } from "#core/escalation/night.ts";
import { rowOf } from "#core/escalation/plan.ts";
import { lengthOf } from "#core/escalation/stages.ts";
import { syncReminders } from "#core/escalation/sync.ts";
import type { DueReminder, NewReminder, Outgoing, Tx } from "#core/store.ts";
import { type Instant, MINUTE } from "#core/time.ts";
import { gapNotices } from "./gap-notices.ts";
import { catchUp, missedIn, reminder, stillRuns } from "./reminder-message.ts";

export interface FireContext {
  office: Office;
  now: Instant;
  /** Can this person be reached on any platform? */
  reaches: (name: string) => boolean;
  /** The last time the process was down, when it just was. */
  outage?: { from: Instant; to: Instant };
  /** Cards show no running time: that of a case is drawn anew with its reminders, so that colour and remaining time hold. */
  redraws?: boolean;
  /** Told of a case whose reminders could not be made. */
  onError?: (error: unknown, doing: string) => void;
}

/** How many reminders one transaction takes: enough to share the flush, few enough to answer people in between. */
const BATCH = 500;

/**
 * Fires what is due: claims, looks at the case again, finds who is to be told at this moment, and queues the messages, all in
 * one transaction.
 * @returns how many reminders were claimed
 */
export async function fireDue(tx: Tx, context: FireContext): Promise<number> {
  const { office, now } = context;
  const due = await claimable(tx, office, now);
  if (due.length === 0) return 0;
  await tx.fireReminders(
    due.map((r) => r.id),
    now,
  );
  const byCase = Map.groupBy(due, (r) => r.caseId);
  const ids = [...byCase.keys()];
  const cases = await tx.casesById(ids);
  const held = Map.groupBy(await tx.heldReminders(ids), (r) => r.caseId);
  const told = Map.groupBy(await tx.lastTold(ids, now - office.config.params.floodMinutes * MINUTE), (t) => t.caseId);
  const fired: Fired[] = [];
  const failed: number[] = [];
  for (const [id, reminders] of byCase) {
    const c = cases.get(id);
    const running = c ? reminders.filter((r) => stillRuns(c, r) && rowOf(office.stages[r.subject], r.stage)) : [];
    // A notice that waits for the morning lies ahead and holds nothing back now.
    const before = told.get(id)?.filter((t) => t.at <= now) ?? [];
    if (!c || running.length === 0) continue;
    try {
      fired.push(fireCase(c, running, held.get(id) ?? [], new Map(before.map((t) => [t.name, t.at])), context));
    } catch (error) {
      // One case that cannot be told must not keep all others from being told; it is tried again, and the auditor finds it.
      context.onError?.(error, id);
      failed.push(...reminders.map((r) => r.id));
    }
  }
  await tx.reviveReminders(failed);
  await tx.fireReminders(
    fired.flatMap((f) => f.merged),
    now,
  );
  await tx.addReminders(fired.flatMap((f) => f.later));
  await syncReminders(
    tx,
    fired.filter((f) => f.repeats).map((f) => f.c),
    office,
    now,
  );
  await tx.queue(
    fired.flatMap((f) => f.messages),
    now,
  );
  await tx.queue(
    fired.flatMap((f) => f.inMorning),
    morningAfter(office.config, now),
  );
  if (context.redraws)
    await tx.queue(
      fired.flatMap((f) => redrawnCards(f.c, office, now, `at-${now}`, 2)),
      now,
    );
  return due.length;
}

/** What is due now. Repeats that were missed are due too, so that they are told of together and not one by one. */
async function claimable(tx: Tx, office: Office, now: Instant): Promise<DueReminder[]> {
  const due = await tx.dueReminders(now, BATCH);
  const behind = due.filter((r) => {
    const every = rowOf(office.stages[r.subject], r.stage)?.every;
    return every !== undefined && now - r.dueAt >= lengthOf(every);
  });
  if (behind.length === 0) return due;
  const cases = await tx.casesById([...new Set(behind.map((r) => r.caseId))]);
  await syncReminders(tx, [...cases.values()], office, now);
  return tx.dueReminders(now, BATCH);
}

/** A person with the stages to tell them of. */
interface Telling {
  to: Recipient;
  stages: DueReminder[];
}

/** What follows from the stages of one case that fired together. */
interface Fired {
  c: Case;
  messages: Outgoing[];
  /** What the office learns when the quiet hours are over. */
  inMorning: Outgoing[];
  /** Held back until these people may be told. */
  later: NewReminder[];
  /** Held back earlier, and told with this. */
  merged: number[];
  /** The next stage of a repeating row follows from the one that just fired. */
  repeats: boolean;
}

/**
 * @param held everything held back for people about this case
 * @param told when people were told of this case, if that was within the flood limit
 */
function fireCase(
  c: Case,
  due: DueReminder[],
  held: readonly DueReminder[],
  told: ReadonlyMap<string, Instant>,
  context: FireContext,
): Fired {
  const { office, now } = context;
  const { tellings, gaps } = audienceOf(c, due, context);
  const night = isQuiet(c, office, now);
  const awake = night ? atNight(tellings, c, context) : { now: tellings, later: [] };
  const later = awake.later.flatMap((t) => hold(c, t, morningAfter(office.config, now)));
  const merged: number[] = [];
  const messages: Outgoing[] = [];
  for (const telling of awake.now) {
    const { to, stages } = telling;
    const lastTold = told.get(to.name);
    if (lastTold !== undefined && !exempt(c, telling)) {
      later.push(...hold(c, telling, lastTold + office.config.params.floodMinutes * MINUTE));
      continue;
    }
    const waiting = held.filter((r) => r.who === to.name && stillRuns(c, r) && !stages.some((s) => s.id === r.id));
    merged.push(...waiting.map((r) => r.id));
    const all = [...waiting, ...stages];
    for (const group of missedIn(all, context).length > 0 ? [all] : perLimit(c, all))
      messages.push(message(c, to, group, context));
  }
  const notices = gapNotices(c, gaps, context.office, context.now);
  const [atOnce, inMorning] = night ? [[], notices] : [notices, []];
  const repeats = due.some((r) => rowOf(office.stages[r.subject], r.stage)?.every !== undefined);
  return { c, messages: [...messages, ...atOnce], inMorning, later, merged, repeats };
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
    const resolved = resolveAudience(rowOf(office.stages[reminder.subject], reminder.stage)?.to ?? [], {
      c,
      subject: reminder.subject,
      office,
      now,
      reaches,
    });
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

/** A person for whom a stage was held back keeps the post in which they were to be told. */
const recipientOf = (name: string, resolved: readonly Recipient[]): Recipient =>
  resolved.find((r) => r.name === name) ?? { name, as: "承办", units: [] };

/** Rank III/IV at night: only the person on duty and 承办 now, everyone else in the morning (night rule). */
function atNight(tellings: Telling[], c: Case, { office, now }: FireContext): { now: Telling[]; later: Telling[] } {
  const duty = office.roster.dutyAt(now).officer;
  const names = awakeAtNight(c, office, now);
  const wakes = (t: Telling): boolean => names.has(t.to.name) || t.to.as === "承办";
  const awake = tellings.filter(wakes);
  const later = tellings.filter((t) => !wakes(t));
  // Whatever waits for the morning, the person on duty knows of at once, if it is a limit: a second person's word is not theirs.
  const fresh = [...new Set(later.flatMap((t) => t.stages.filter((s) => s.who === "" && isLimit(s))))];
  const onDuty = awake.find((t) => t.to.name === duty);
  if (onDuty) onDuty.stages = [...new Set([...onDuty.stages, ...fresh])];
  else if (fresh.length > 0 && duty !== "") awake.push({ to: { name: duty, as: "值班员", units: [] }, stages: fresh });
  return { now: awake, later };
}

const isLimit = ({ subject }: DueReminder): boolean => subject !== "confirm" && subject !== "gates";

const hold = (c: Case, t: Telling, until: Instant): NewReminder[] =>
  t.stages.map(({ subject, limit, stage }) => ({
    caseId: c.id,
    subject,
    limit,
    stage,
    dueAt: until,
    who: t.to.name,
  }));

/** Sign-in, stages at or after the limit, rank I/II, and what was held back already are never held back. */
const exempt = (c: Case, t: Telling): boolean =>
  isUrgent(c) ||
  t.stages.some((s) => s.subject === "sign" || s.stage === "T" || s.stage.startsWith("T+") || s.who !== "");

/**
 * One card, one thing to do: where nothing may be held back, each limit has a message of its own. Otherwise all that a person
 * is to be told of goes into one message (flood limit).
 */
function perLimit(c: Case, stages: DueReminder[]): DueReminder[][] {
  return isUrgent(c) ? [...Map.groupBy(stages, (s) => `${s.subject}@${s.limit}`).values()] : [stages];
}

function message(c: Case, to: Recipient, stages: DueReminder[], context: FireContext): Outgoing {
  const key = `${c.id}/${stages.map((s) => s.id).join("+")}/${to.name}`;
  const missed = missedIn(stages, context);
  return missed.length > 0 ? catchUp(c, to, stages, missed, key, context) : reminder(c, to, stages, key, context);
}
