import type { ReminderSubject } from "#core/escalation/stages.ts";
import type { MessageKind } from "#core/message/announce.ts";
import { cardText } from "#core/message/text.ts";
import type { Address } from "#core/ports.ts";
import type { DeliveryState, OutboxMessage } from "#core/store.ts";
import { type Instant, MINUTE, toIso } from "#core/time.ts";
import type { Shown } from "./virtual-platform.ts";

/** A message of the bot as the transcript shows it; keys and their order are part of the command-line contract. */
export interface Entry {
  at: string;
  kind: MessageKind;
  to: string;
  mentions: string[];
  /** The urgent channel that was used. */
  urgent: "app" | "sms" | "phone" | null;
  case: string | null;
  clock: string | null;
  stage: string | null;
  dueAt: string | null;
  /** Minutes. */
  lateBy: number | null;
  text: string;
  buttons: string[];
  state: Exclude<DeliveryState, "queued">;
}

/**
 * What the bot showed and what it could not deliver, in order of time.
 * @param shown what the platform showed, in order
 * @param outbox the bot's messages of this run, as they stand at the end
 */
export function transcript(shown: readonly Shown[], outbox: readonly OutboxMessage[]): Entry[] {
  const byKey = new Map(outbox.map((m) => [m.key, m]));
  const delivered = shown.map((s) => ({ at: s.at, entry: entryOf(s, byKey) }));
  const posted = new Set(shown.flatMap((s) => (s.what === "post" ? [s.post.key] : [])));
  const kept = outbox
    .filter((m) => (m.kind === "update" ? m.state !== "sent" : !posted.has(m.key)))
    .map((m) => ({ at: m.createdAt, entry: undelivered(m) }));
  return [...delivered, ...kept].sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

function entryOf(shown: Shown, byKey: ReadonlyMap<string, OutboxMessage>): Entry {
  const plain = {
    at: toIso(shown.at),
    mentions: [],
    urgent: null,
    clock: null,
    stage: null,
    dueAt: null,
    lateBy: null,
  };
  if (shown.what === "toast")
    return order({
      ...plain,
      kind: "toast",
      to: `user:${shown.person}`,
      case: shown.caseId ?? null,
      text: shown.text,
      buttons: [],
      state: "sent",
    });
  const { at, card, post } = shown;
  const row = byKey.get(post.key);
  const body = { to: addressText(post.to), case: row?.caseId ?? null, text: cardText(card, at), buttons: labels(card) };
  if (shown.what === "edit") return order({ ...plain, ...body, kind: "update", state: "sent" });
  const { delivery } = shown;
  return order({
    ...plain,
    ...body,
    ...(row ? facts(row, at) : {}),
    kind: delivery.kind as MessageKind,
    mentions: delivery.mentions,
    urgent: shown.urged ?? null,
    state: stateOf(row),
  });
}

function undelivered(row: OutboxMessage): Entry {
  return order({
    at: toIso(row.createdAt),
    kind: row.kind,
    to: addressText(row.to),
    mentions: row.mentions,
    urgent: null,
    case: row.caseId ?? null,
    ...facts(row, row.createdAt),
    text: cardText(row.card, row.createdAt),
    buttons: labels(row.card),
    state: stateOf(row),
  });
}

/** What a reminder is about, and by how much it came after its time: planned late, delivered late, or both. */
function facts(row: OutboxMessage, at: Instant): Pick<Entry, "clock" | "stage" | "dueAt" | "lateBy"> {
  const late = (row.lateBy ?? 0) + Math.floor((at - row.createdAt) / MINUTE);
  return {
    clock: row.subject === undefined || !isClock(row.subject) ? null : row.subject,
    stage: row.stage ?? null,
    dueAt: row.limit === undefined ? null : toIso(row.limit),
    lateBy: late > 0 ? late : null,
  };
}

/** Confirmations and missing review steps are chased too, and are no limits. */
const isClock = (subject: ReminderSubject): boolean => subject !== "confirm" && subject !== "gates";

const addressText = (to: Address): string => `${to.kind}:${to.name}`;
const labels = (card: { buttons: readonly { label: string }[] }): string[] => card.buttons.map((b) => b.label);

/** What still waits at the end has not arrived. */
const stateOf = (row: OutboxMessage | undefined): Entry["state"] =>
  row === undefined || row.state === "queued" ? "failed" : row.state;

/** Puts the keys in the order of the contract. */
function order({
  at,
  kind,
  to,
  mentions,
  urgent,
  case: caseId,
  clock,
  stage,
  dueAt,
  lateBy,
  text,
  buttons,
  state,
}: Entry): Entry {
  return { at, kind, to, mentions, urgent, case: caseId, clock, stage, dueAt, lateBy, text, buttons, state };
}
