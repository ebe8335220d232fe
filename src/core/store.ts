import type { Case } from "./case/case.ts";
import type { CaseEvent } from "./case/events.ts";
import type { Evidence } from "./case/evidence.ts";
import type { PlannedReminder } from "./escalation/plan.ts";
import type { ReminderSubject } from "./escalation/stages.ts";
import type { Correction, LexiconEntry } from "./learning/lexicon.ts";
import type { MessageKind } from "./message/announce.ts";
import type { Card } from "./message/card.ts";
import type { Account, Address, Arrival, Lane, Urgency } from "./ports.ts";
import type { Likeness } from "./similar/likeness.ts";
import type { Day, Instant } from "./time.ts";

/** What the rest of the program asks of a database. One contract suite runs over every implementation. */
export interface Store extends Reader {
  /**
   * Runs jobs one after another, each in a savepoint of its own; jobs that wait together share one commit. A job that throws
   * leaves no trace and fails alone. Resolves after the commit is durable.
   */
  write<T>(job: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface CaseQuery {
  open?: boolean;
  /** Words that stand in the number, or in what may be searched: title, report, platforms, places, units; never accounts. */
  words?: string[];
  /** A page that the report links to, however the link is written. */
  link?: string;
  unit?: string;
  /** Who reported it. */
  reporter?: string;
  state?: string;
  /** Received in [from, to). */
  from?: Instant;
  to?: Instant;
  day?: Day;
  /** Tightest limit first, cases without a running one last (default: newest first). */
  byDue?: boolean;
  limit?: number;
  offset?: number;
}

export interface StoredEvent {
  seq: number;
  event: CaseEvent;
}

export interface DueReminder {
  id: number;
  caseId: string;
  subject: ReminderSubject;
  limit: Instant;
  stage: string;
  /** "" or the person for whom the stage was held back. */
  who: string;
  dueAt: Instant;
}

/** A stage to wait for; `who` names the one person for whom it is held back. */
export type NewReminder = PlannedReminder & { caseId: string; who?: string };

/** A stage that the database knows, whatever became of it. */
export type StoredReminder = Omit<DueReminder, "subject"> & { subject: string; state: string };

/** A message to be sent. */
export interface Outgoing {
  /** Sent once for this key, ever. */
  key: string;
  lane: Lane;
  to: Address;
  kind: MessageKind;
  card: Card;
  mentions: string[];
  caseId?: string;
  subject?: ReminderSubject;
  stage?: string;
  limit?: Instant;
  /** How late this message is, minutes. */
  lateBy?: number;
  replyTo?: string;
  slot?: string;
  /** From what a reminder is rendered anew when its delivery was delayed, and who is told when it cannot be delivered. */
  meta?: ReminderMeta;
  /** Private messages only: press this urgent channel once the message is there. */
  urgent?: Urgency;
}

export interface ReminderMeta {
  /** None: an announcement, which is told once as it was written. */
  stages: { subject: ReminderSubject; limit: Instant; stage: string }[];
  as: string;
  units: string[];
}

export type DeliveryState = "queued" | "sent" | "delivered" | "read" | "failed" | "suppressed";

export interface OutboxMessage extends Outgoing {
  id: number;
  attempts: number;
  createdAt: Instant;
  state: DeliveryState;
  messageId?: string;
  sentAt?: Instant;
  /** Why it failed, or is tried again; of a message that arrived, why an urgent channel was refused. */
  error?: string;
  /** The urgent channel that reached the person; "none": no channel did. */
  urged?: Urgency | "none";
}

/** As much of a queued message as decides when it goes. */
export type WaitingMessage = Pick<OutboxMessage, "id" | "lane" | "to"> & {
  /** Not tried before this instant. */
  nextAt: Instant;
};

/** A person who has read a message of the bot, or pressed something on it. */
export interface Receipt {
  messageId: string;
  name: string;
  at: Instant;
}

/** A text of which it is unclear whether it is a report: asked, and numbered when nobody answers. */
export interface Question {
  id: number;
  at: Instant;
  dueAt: Instant;
  chat: Address;
  sender: string;
  known: boolean;
  messageId: string;
  text: string;
  attachments: number;
  /** What came with it, by reference. */
  evidence?: Evidence[];
}

export interface InboxEntry {
  id: string;
  at: Instant;
  type: string;
  chat: string;
  sender: string;
  messageId?: string;
  caseId?: string;
  /** Screened; null when the content was withheld. */
  text: string | null;
  outcome: string;
}

export interface Anchor {
  day: Day;
  at: Instant;
  hash: string;
  /** Events recorded on that day. */
  events: number;
}

/** Key figures for digests and for the health page. */
export interface Counts {
  opened: number;
  open: number;
  responded: number;
  closed: number;
  overdue: number;
}

/** An open case that may be about the same event as another report: enough to compare, without reading the whole case. */
export interface SimilarCandidate {
  id: string;
  title: string;
  receivedAt: Instant;
  codes: string[];
  likeness: Likeness;
  distinct: string[];
  /** Links to a page of the report that is compared. */
  sameLink: boolean;
}

export interface SimilarQuery {
  /** Keys of pages; see linkKey. */
  links: readonly string[];
  likeness: Likeness;
  /** GB/T 2260 codes of the report's places. */
  codes: readonly string[];
  /** Earlier ones only by link. */
  since: Instant;
  /** At most so many by link, so many by spot, and so many by what is said. */
  limit: number;
}

export interface Reader {
  case(id: string): Promise<Case | undefined>;
  /** By a number's tail: "20261120-001" or "001" of that day. */
  caseByNumber(day: Day, no: number): Promise<Case | undefined>;
  cases(query: CaseQuery): Promise<Case[]>;
  countCases(query: CaseQuery): Promise<number>;
  /** Open cases that share a link with a report, or its place and some of its words; newest first. */
  similarCandidates(query: SimilarQuery): Promise<SimilarCandidate[]>;
  history(caseId: string): Promise<StoredEvent[]>;
  counts(day: Day, now: Instant): Promise<Counts>;
  /** The case of a message that the bot sent or that opened it. */
  caseOfMessage(messageId: string): Promise<string | undefined>;
  inboxOutcome(eventId: string): Promise<string | undefined>;
  /** Where and from whom this message was received. */
  received(messageId: string): Promise<{ chat: Address; sender: string } | undefined>;
  /** Was this message taken back, perhaps before it came? */
  isRecalled(messageId: string): Promise<boolean>;
  setting(key: string): Promise<string | undefined>;
  /** Cases that hold one of these contents, by SHA-256; the oldest number first. */
  casesWithContent(hashes: readonly string[]): Promise<{ sha256: string; caseId: string }[]>;
  /** What 组织协调 put right, newest first. */
  corrections(limit: number): Promise<Correction[]>;
  /** Every step of every learned word, oldest first. */
  lexicon(): Promise<LexiconEntry[]>;
  /** Rule sets that cases froze. */
  ruleSets(): Promise<{ digest: string; body: string }[]>;
  /** The earliest instant at which something is due: a reminder, a question, a retry. */
  nextDue(): Promise<Instant | undefined>;
  /** The earliest waiting reminder. */
  nextReminder(): Promise<Instant | undefined>;
  /** Messages of a case, or all there are, oldest first. */
  deliveries(caseId?: string): Promise<OutboxMessage[]>;
  /** Who has read the bot's messages about a case. */
  receipts(caseId: string): Promise<Receipt[]>;
  /** Queued messages with an id above this one, whether they are due or not. */
  waitingMessages(above: number): Promise<WaitingMessage[]>;
  /** Those of these messages that are still queued. */
  queuedMessages(ids: readonly number[]): Promise<OutboxMessage[]>;
  /** Sent messages whose urgent channel has not been pressed yet and that nobody is known to have read, oldest first. */
  unurged(limit: number): Promise<OutboxMessage[]>;
  /** Messages about open cases sent after `since` that nobody is known to have read and were not asked about recently. */
  unread(now: Instant, since: Instant, limit: number): Promise<OutboxMessage[]>;
  /** Messages about cases queued since then that failed for good, by reason, the commonest first. */
  failures(since: Instant): Promise<{ error: string; count: number }[]>;
  /** The card that a message of the bot shows by now. */
  sentCard(messageId: string): Promise<Card | undefined>;
  /** Accounts on a platform. */
  accounts(platform: string): Promise<Account[]>;
  /** Events of a platform that were taken and not yet handled, oldest first. */
  arrivals(platform: string): Promise<Arrival[]>;
}

export interface Tx extends Reader {
  /** False when this event was handled already. */
  receive(entry: InboxEntry): Promise<boolean>;
  finish(eventId: string, outcome: string, caseId?: string): Promise<void>;
  /** The next free number of a day. */
  nextNumber(day: Day): Promise<number>;
  /**
   * Appends the events to the case's chain and stores its new state.
   * @throws when the stored version is not `before`'s: somebody else was faster
   */
  saveCase(
    before: Case | null,
    after: Case,
    events: readonly CaseEvent[],
    units: readonly string[],
    cause?: string,
  ): Promise<void>;

  /** Stages known of these cases, for planning. */
  reminders(caseIds: readonly string[]): Promise<StoredReminder[]>;
  /** Adds what is not known yet; a stage held back for one person waits again, until its new time. */
  addReminders(wanted: readonly NewReminder[]): Promise<void>;
  cancelReminders(ids: readonly number[]): Promise<void>;
  /** They wait again. What was claimed in vain is due again a minute after the claim, and keeps its own time. */
  reviveReminders(ids: readonly number[]): Promise<void>;
  /** Waiting reminders that are due, earliest first: about `limit`, and whatever else is due for the same cases. */
  dueReminders(now: Instant, limit: number): Promise<DueReminder[]>;
  /** Everything held back for single people about these cases, due or not. */
  heldReminders(caseIds: readonly string[]): Promise<DueReminder[]>;
  fireReminders(ids: readonly number[], at: Instant): Promise<void>;
  casesById(ids: readonly string[]): Promise<Map<string, Case>>;

  queue(messages: readonly Outgoing[], now: Instant): Promise<void>;
  /** When people were last told of these cases by reminder, escalation or notice, as far as that was after `since`. */
  lastTold(caseIds: readonly string[], since: Instant): Promise<{ caseId: string; name: string; at: Instant }[]>;
  /** The sent message of a slot, to be edited. */
  slotMessage(slot: string): Promise<string | undefined>;
  markSent(id: number, messageId: string, at: Instant): Promise<void>;
  markRetry(id: number, nextAt: Instant, error: string): Promise<void>;
  /** What waits for a later try may be tried now. */
  hasten(now: Instant): Promise<void>;
  markState(id: number, state: DeliveryState, error?: string): Promise<void>;
  markRead(messageIds: readonly string[], name: string, at: Instant): Promise<void>;
  /** The channel that reached the person, or null when none did. */
  markUrged(id: number, channel: Urgency | null, error?: string): Promise<void>;
  /** When it was last asked who has read these. */
  markAsked(ids: readonly number[], at: Instant): Promise<void>;

  ask(question: Omit<Question, "id">): Promise<void>;
  /** Something more came along while the question is open. */
  addToQuestion(id: number, evidence: readonly Evidence[]): Promise<void>;
  dueQuestions(now: Instant): Promise<Question[]>;
  openQuestion(messageId: string): Promise<Question | undefined>;
  /** The newest open question of this person in this chat that came without any text: a picture, a file. */
  openPicture(sender: string, chat: Address): Promise<Question | undefined>;
  /** With a case: messages that answer the question's text belong to it. */
  settleQuestion(id: number, state: "answered" | "numbered", caseId?: string): Promise<void>;

  putAccount(platform: string, account: Account): Promise<void>;
  /** False when this event was taken before. */
  takeArrival(platform: string, arrival: Arrival): Promise<boolean>;
  finishArrival(platform: string, id: string): Promise<void>;
  /** Forgets arrivals taken before then and finished, on every platform; a greeting is for ever, its mark stays. */
  pruneArrivals(before: Instant): Promise<void>;

  set(key: string, value: string): Promise<void>;
  noteContents(caseId: string, hashes: readonly string[]): Promise<void>;
  /** The unit that a case was sent to against the suggestion, in place of what was known of the case; null: none. */
  setCorrection(caseId: string, correction: Omit<Correction, "caseId"> | null): Promise<void>;
  noteWord(entry: LexiconEntry): Promise<void>;
  keepRuleSet(digest: string, body: string): Promise<void>;
  /** Hashes all chain heads and keeps the result as the day's anchor. */
  anchor(day: Day, at: Instant): Promise<Anchor>;
  /** Open cases that lack a reminder for a running limit, or whose due one did not fire; see the auditor. */
  overdueReminders(before: Instant): Promise<number>;
  stuckMessages(before: Instant): Promise<number>;
  openCaseIds(): Promise<string[]>;
}
