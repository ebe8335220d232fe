import type { Card } from "./message/card.ts";
import type { Roster } from "./roster/roster.ts";
import type { Instant } from "./time.ts";

/** The only source of "now". */
export interface Clock {
  now(): Instant;
}

/** Where a message goes, in the words of the roster: a person or a group by name. */
export type Address = { kind: "user"; name: string } | { kind: "group"; name: string };

export interface ChatRef {
  kind: "group" | "private";
  /** Group: name as in the roster. Private: name of the person. */
  name: string;
}

/** What kind of thing came with a message: `forward` is a chat record that was passed on, `card` a page that an app shared. */
export type AttachmentKind = "image" | "file" | "video" | "audio" | "forward" | "card";

/** Something that came with a message, by reference: the original stays in the chat (ruling 22). */
export interface Attachment {
  kind: AttachmentKind;
  /** File name; title of a shared page or of a chat record. */
  name: string;
  /** Bytes. */
  size?: number;
  /** SHA-256 of the content, hex. */
  sha256?: string;
  /** The platform's own key or id, by which the original is found in the chat. */
  ref?: string;
  /** A shared page: its address, and the app or account it comes from. */
  url?: string;
  source?: string;
  /** A chat record: what was said in it, as text. */
  lines?: ForwardedLine[];
  /** Fetches the content itself, where the platform can: asked for only where the office keeps it and the case records it. */
  content?: () => Promise<Uint8Array>;
}

export interface ForwardedLine {
  from: string;
  text: string;
}

/** Contents of attachments by their SHA-256, for offices that keep them (⚙ keepAttachments). */
export interface AttachmentFiles {
  keep(sha256: string, content: Uint8Array): Promise<void>;
  /** Removes the content; the hash stays wherever it was recorded. */
  forget(sha256: string): Promise<void>;
}

interface EventBase {
  /** The platform's id of this event; the same id is handled once. */
  id: string;
  at: Instant;
  chat: ChatRef;
  /** Name of the person in the roster, or the platform's display name when `known` is false. */
  from: string;
  /** False for a member of an enrolled group who is in no roster: may report and nothing else. */
  known: boolean;
}

export interface MessageEvent extends EventBase {
  type: "message";
  messageId: string;
  text: string;
  attachments: Attachment[];
  /** Id of the bot's or a person's message that this one answers. */
  replyTo?: string;
  /** In a group: the bot was mentioned. */
  mentioned?: boolean;
}

export interface PressEvent extends EventBase {
  type: "press";
  /** The bot's message whose button was pressed. */
  messageId: string;
  action: string;
  /** Values of the button and inputs of its form, by Chinese field name. */
  values: Record<string, string>;
}

export interface RecallEvent extends EventBase {
  type: "recall";
  messageId: string;
}

export interface ReadEvent {
  type: "read";
  at: Instant;
  from: string;
  messageIds: string[];
}

export type PlatformEvent = MessageEvent | PressEvent | RecallEvent | ReadEvent;

/** A short answer shown only to the person who pressed. */
export interface Toast {
  text: string;
  tone: "ok" | "warning";
}

export interface PlatformHandlers {
  /** Resolves when the event is durable and handled; the answer, if any, is for the person who caused it. */
  onEvent(event: PlatformEvent): Promise<Toast | undefined>;
}

export interface Delivery {
  /** The same key is delivered at most once, also after a crash between sending and recording. */
  key: string;
  to: Address;
  card: Card;
  /** Names of people to mention; only in groups. */
  mentions: string[];
  /** Id of the message that this one answers. */
  replyTo?: string;
  /** Ask the platform's urgent channel. */
  urgent?: "app";
  /** Kind of message, for platforms that show it: reply, reminder, escalation, digest, notice … */
  kind: string;
}

/** A failed delivery: retry says whether trying again can help, and when. */
export class DeliveryError extends Error {
  readonly retry: boolean;
  readonly retryAfterMs: number | undefined;
  constructor(message: string, options: { retry: boolean; retryAfterMs?: number; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = "DeliveryError";
    this.retry = options.retry;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A chat platform. One folder under src/platforms each; knows nothing of cases. */
export interface Platform {
  readonly name: string;
  start(handlers: PlatformHandlers): Promise<void>;
  stop(): Promise<void>;
  /** @throws DeliveryError */
  send(delivery: Delivery): Promise<{ messageId: string }>;
  /** Edits a sent message in place. @throws DeliveryError */
  update(messageId: string, card: Card): Promise<void>;
  /** Can this address be reached here? Asked by 自检 and doctor. */
  reaches(to: Address): boolean;
  /** HTTP routes to mount, if the platform has any: the whole path below `prefix`. */
  readonly web?: { prefix: string; fetch(request: Request): Response | Promise<Response> };
}

/** What a platform is made from. */
export interface PlatformContext {
  roster: Roster;
  clock: Clock;
  /** Folder of the database and other files of this installation. */
  folder: string;
  /** Environment variables: credentials live there, never in files of the office. */
  env: Readonly<Record<string, string | undefined>>;
  /** The platform's own part of the configuration, to be checked by the platform. */
  options: unknown;
  /** Access token of the web pages, if one is set. */
  token: string | undefined;
  screen: (text: string) => { withheld: true } | { withheld: false; text: string };
  /** The office keeps contents of attachments; otherwise nothing but name, size and hash is taken. */
  keepsFiles: boolean;
  report: (error: unknown, doing: string) => void;
}

export interface PlatformSpec {
  /** Equal to the folder's name; what --platform takes. */
  name: string;
  create(context: PlatformContext): Platform | Promise<Platform>;
}

/** Declares a chat platform: the default export of src/platforms/<name>/index.ts. */
export const definePlatform = (spec: PlatformSpec): PlatformSpec => spec;
