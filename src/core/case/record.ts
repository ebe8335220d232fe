import { awakeAtNight, isQuiet, morningAfter } from "#core/escalation/night.ts";
import { syncReminders } from "#core/escalation/sync.ts";
import { announce } from "#core/message/announce.ts";
import { fitting } from "#core/message/card.ts";
import { caseCard } from "#core/message/case-card.ts";
import type { Address } from "#core/ports.ts";
import type { Outgoing, Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import type { Case } from "./case.ts";
import { evolve } from "./decide.ts";
import type { CaseEvent } from "./events.ts";
import type { Office } from "./office.ts";
import { namedUnits } from "./responders.ts";

export interface RecordContext {
  office: Office;
  now: Instant;
  /** Inbox event that caused the change. */
  cause?: string;
  /**
   * The change is history: nobody is told of it, and stages whose time has passed do not fire. What is still to come reminds
   * as ever.
   */
  silent?: true;
}

/** The slot of a case's own card in a chat: posted once, edited in place with every change. */
export const cardSlot = (caseId: string, chat: Address): string => `case:${caseId}@${chat.kind}:${chat.name}`;

/**
 * The one way in which a case changes: events, state, reminders and outgoing messages go into one transaction, or none of
 * them does.
 */
export async function record(
  tx: Tx,
  before: Case | null,
  events: readonly CaseEvent[],
  context: RecordContext,
): Promise<Case> {
  const { office, now } = context;
  const after = evolve(before, events, office);
  await tx.saveCase(before, after, events, namedUnits(after, office), context.cause);
  if (after.rules !== undefined && after.rules !== before?.rules)
    await tx.keepRuleSet(after.rules, JSON.stringify(office.rulesOf(after.rules)));
  const held = new Set(before?.evidence?.map((e) => e.sha256));
  const contents = (after.evidence ?? []).flatMap(({ sha256 }) => (sha256 && !held.has(sha256) ? [sha256] : []));
  if (contents.length > 0) await tx.noteContents(after.id, contents);
  await syncReminders(tx, [after], office, now, before === null);
  if (context.silent) {
    const passed = (await tx.reminders([after.id])).filter((r) => r.state === "waiting" && r.dueAt <= now);
    await tx.fireReminders(
      passed.map((r) => r.id),
      now,
    );
    return after;
  }
  const told = announce(after, events, office, now).map(
    (a, i): Outgoing => ({
      ...a,
      card: fitting(a.card),
      key: `${after.id}/${after.version}/${i}`,
      lane: a.kind === "notice" && a.urgent === undefined ? 2 : 1,
      caseId: after.id,
    }),
  );
  const awake = isQuiet(after, office, now) ? awakeAtNight(after, office, now) : undefined;
  const sleeps = ({ to }: Outgoing): boolean => awake !== undefined && to.kind === "user" && !awake.has(to.name);
  const edits = before === null ? [] : cardEdits(after, office, now);
  await tx.queue([...edits, ...told.filter((m) => !sleeps(m))], now);
  await tx.queue(told.filter(sleeps), morningAfter(office.config, now));
  return after;
}

/** The card in the group where the report came in, and in the duty group, follow every change. */
const cardEdits = (c: Case, office: Office, now: Instant): Outgoing[] =>
  redrawnCards(c, office, now, `${c.version}`, 0);

/**
 * The same cards as they stand now.
 * @param occasion what makes them be drawn anew, once
 */
export function redrawnCards(
  c: Case,
  office: Office,
  now: Instant,
  occasion: string,
  lane: Outgoing["lane"],
): Outgoing[] {
  const duty = office.roster.dutyGroup();
  const chats: Address[] = [
    c.origin,
    ...(duty && duty.name !== c.origin.name ? [{ kind: "group" as const, name: duty.name }] : []),
  ];
  const card = caseCard(c, office, now);
  return chats.map((to) => ({
    key: `${c.id}/${occasion}/card@${to.name}`,
    lane,
    to,
    kind: "update",
    card,
    mentions: [],
    caseId: c.id,
    slot: cardSlot(c.id, to),
  }));
}
