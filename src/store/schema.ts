import type { Generated, Insertable, Selectable } from "kysely";
import type { Account, Urgency } from "#core/ports.ts";

/**
 * Rows as they stand in the database. Instants are UTC milliseconds; JSON columns hold what core's types describe. Row types
 * never leave this room.
 */
export interface Tables {
  cases: {
    id: string;
    day: string;
    no: number;
    state: string;
    open: number;
    title: string;
    version: number;
    received_at: number;
    closed_at: number | null;
    /** Tightest running limit of law or of a superior. */
    next_due_at: number | null;
    /** Names of the units concerned, each between two "|". */
    units: string;
    /** Hash of the last event. */
    head: string;
    data: string;
  };
  events: {
    id: Generated<number>;
    case_id: string;
    seq: number;
    at: number;
    type: string;
    actor: string;
    /** SHA-256 of the payload. */
    digest: string;
    prev: string;
    hash: string;
    /** Inbox event that caused it. */
    cause: string | null;
    /** Digest of the case's row after the change that ends with this event. */
    state: string | null;
  };
  payloads: { case_id: string; seq: number; body: string | null };
  reminders: {
    id: Generated<number>;
    case_id: string;
    subject: string;
    limit_at: number;
    stage: string;
    /** "": to whom the stage table says; else the one person for whom this stage was held back. */
    who: string;
    due_at: number;
    state: "waiting" | "fired" | "cancelled";
    /** When it was claimed; of one that waits: the last time in vain. */
    fired_at: number | null;
  };
  outbox: {
    id: Generated<number>;
    key: string;
    lane: number;
    to_kind: "user" | "group";
    to_name: string;
    kind: string;
    case_id: string | null;
    subject: string | null;
    stage: string | null;
    limit_at: number | null;
    late_by: number | null;
    card: string;
    mentions: string;
    reply_to: string | null;
    /** Names the message that is edited in place: "case:<number>@<chat>". */
    slot: string | null;
    /** What to re-render a reminder from when its delivery is delayed. */
    meta: string | null;
    state: "queued" | "sent" | "delivered" | "read" | "failed" | "suppressed";
    attempts: number;
    next_at: number;
    created_at: number;
    sent_at: number | null;
    message_id: string | null;
    error: string | null;
    /** Urgent channel to press once the message is there. */
    urgent: Urgency | null;
    /** The channel that reached the person; "none": no channel did. */
    urged: Urgency | "none" | null;
    /** When it was last asked who has read it. */
    asked_at: number | null;
  };
  /** Who has read a message of the bot. */
  receipts: { message_id: string; name: string; at: number };
  accounts: {
    platform: string;
    account: string;
    kind: Account["kind"];
    name: string;
    how: Account["how"];
    at: number;
    gone_at: number | null;
  };
  /** Events that were acknowledged before they were handled; body null: handled. */
  arrivals: { platform: string; id: string; at: number; message_id: string; body: string | null };
  inbox: {
    id: string;
    at: number;
    type: string;
    chat: string;
    sender: string;
    message_id: string | null;
    case_id: string | null;
    /** Screened text; null when content was withheld. */
    text: string | null;
    outcome: string;
  };
  questions: {
    id: Generated<number>;
    at: number;
    due_at: number;
    chat: string;
    sender: string;
    known: number;
    message_id: string;
    text: string;
    attachments: number;
    state: "open" | "answered" | "numbered";
    /** What came with the message, by reference. */
    evidence: string | null;
  };
  anchors: { day: string; at: number; last_event: number; hash: string; events: number };
  /** Full-text index over what may be searched; its rows are numbered by the cases' numbers. */
  case_search: { id: string; brief: string };
  /** Pages that reports link to. */
  case_links: { link: string; row_no: number };
  /** Which cases hold which content; follows from the events. */
  contents: { sha256: string; case_id: string };
  /** The unit to which 组织协调 sent a case although nothing had suggested it. */
  corrections: { case_id: string; unit: string; actor: string; at: number };
  lexicon: {
    id: Generated<number>;
    word: string;
    unit: string;
    step: "asked" | "accepted" | "declined" | "removed";
    actor: string;
    at: number;
  };
  rulesets: { digest: string; body: string };
  settings: { key: string; value: string };
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
