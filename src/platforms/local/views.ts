import type { Card } from "#core/message/card.ts";
import type { Attachment } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";

/** What the server tells the browser. Types only, shared by both sides. */

/** "group:青岩县舆情值班群" or "user:张志远" (the private chat of that person with the bot). */
export type ChatId = string;

export interface PersonView {
  name: string;
  /** Unit and posts in a few words: "县教育局 联络员A岗". */
  post: string;
}

/** A person worth being for a first look, and what that person does. */
export interface SuggestedPerson extends PersonView {
  does: string;
}

/** What a window needs before anybody is chosen. */
export interface RoomView {
  office: string;
  people: PersonView[];
  suggested: SuggestedPerson[];
  /** Reports that the sample button sends in turn. */
  sample: string[];
  banner?: string;
  lapseHref?: string;
  homeHref?: string;
  /** Contents of attachments are kept: they are sent along. */
  keepsFiles?: true;
  /** Present in the time-lapse room. */
  lapse?: true;
}

export interface QuoteView {
  id: string;
  /** Absent: the bot. */
  from?: string;
  text: string;
}

export interface MessageView {
  id: string;
  /** Order within all chats. */
  seq: number;
  /** Grows with every change; the higher one is the newer state of the same message. */
  rev: number;
  chat: ChatId;
  at: Instant;
  /** Absent: the bot. */
  from?: string;
  state: "shown" | "withheld" | "recalled";
  text?: string;
  card?: Card;
  /** Kind of a message of the bot: reply, reminder, escalation … */
  kind?: string;
  urgent?: true;
  mentions: string[];
  attachments: Attachment[];
  replyTo?: QuoteView;
  /** When the bot last edited it. */
  editedAt?: Instant;
  /** The sender's own key, by which the sending window recognises its message. */
  clientKey?: string;
}

export interface ChatView {
  id: ChatId;
  kind: "group" | "private";
  title: string;
  members: PersonView[];
  unread: number;
  /** An unread message mentions this person. */
  mentioned: boolean;
  last?: MessageView;
  /** Person → seq of the last message that the person has read. */
  marks: Record<string, number>;
}

export interface StateView {
  me: PersonView;
  chats: ChatView[];
  clock: ClockView;
  /** Where the event stream continues from. */
  cursor: string;
}

export interface ClockView {
  now: Instant;
  /** Milliseconds of the bot's time that pass in a millisecond; 1 outside the time-lapse room, 0 paused. */
  speed: number;
}

export interface ReadView {
  chat: ChatId;
  person: string;
  seq: number;
}

export interface PageView {
  messages: MessageView[];
  /** There are older ones. */
  more: boolean;
}

/** Events of the stream by name. */
export interface StreamEvents {
  message: MessageView;
  read: ReadView;
  clock: ClockView;
  /** What the window knows is void: it loads everything again. */
  reset: Record<string, never>;
}
