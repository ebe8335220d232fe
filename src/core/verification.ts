import type { EventType } from "./case/events.ts";
import type { Anchor } from "./store.ts";
import type { Day, Instant } from "./time.ts";

/** What can be wrong with the records, from the single event to what is printed about all of them. */
export type Fault =
  /** The content of the event is not what was recorded. */
  | "payload"
  /** The row that holds the content, or its tombstone, is gone. */
  | "payload-missing"
  /** Number, time, kind, author or cause of the event is not what was recorded. */
  | "link"
  /** The event does not continue the one before it. */
  | "broken-off"
  /** Events before this one are gone. */
  | "gap"
  /** Events after this one are gone. */
  | "cut-off"
  /** Events of some case are gone: before this one, or without one at the end. */
  | "hole"
  /** Events that the case does not know of. */
  | "surplus"
  /** The row of the case is not what the last event led to. */
  | "row"
  /** The case of the events is gone. */
  | "case-missing"
  /** A number of the day that no case has. */
  | "number"
  /** An anchor does not follow from the events it covers. */
  | "anchor"
  /** A frozen rule set is not what cases froze. */
  | "rules"
  /** The rule set that a case froze is gone. */
  | "rules-missing";

/** The first thing found wrong. Fields that do not apply are absent. */
export interface Break {
  fault: Fault;
  caseId?: string;
  seq?: number;
  type?: EventType;
  at?: Instant;
  /** Day of an anchor. */
  day?: Day;
  /** Digest of a rule set. */
  rules?: string;
}

export interface Verification {
  cases: number;
  events: number;
  /** Events whose content was erased by law: the tombstone is valid. */
  erased: number;
  /** Oldest first: what was printed in the chat is compared with them by eye. */
  anchors: Anchor[];
  /** Absent: everything is as it was recorded. */
  broken?: Break;
}

/** The same for the records of one case alone. */
export interface CaseVerification {
  events: number;
  /** Events whose content was erased by law: the tombstone is valid. */
  erased: number;
  /** Hash of the last event: printed on paper, it contradicts whoever changes the records afterwards. */
  head: string;
  broken?: Break;
}
