import type { Check } from "./check.ts";
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
  /** Why the content could not be taken: the reference then stands alone. */
  note?: string;
  /**
   * Size and SHA-256, where taking them costs a download: asked for only once it is clear that the message concerns the bot.
   * Rejects when it is worth trying again later; what cannot be had at all is a note.
   */
  digest?: () => Promise<Pick<Attachment, "size" | "sha256" | "note">>;
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
  /** Name of the platform, where people and groups have accounts that 绑定 can bind. */
  platform?: string;
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
  /** People who are mentioned, with their account on this platform: what 绑定 binds. */
  accounts?: { written: string; account: string }[];
  /** The platform screened the text before it kept the event, and found what may not be kept: `text` is "". */
  withheld?: true;
}

export interface PressEvent extends EventBase {
  type: "press";
  /** The bot's message whose button was pressed. */
  messageId: string;
  action: string;
  /** Values of the button and inputs of its form, by Chinese field name. */
  values: Record<string, string>;
}

/** `chat` and `from` as far as the platform tells: what is on record of the message stands above them. */
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

/** The bot came into a group, or left it. */
export interface GroupEvent {
  type: "group";
  /** The platform's id of this event; the same id is handled once. */
  id: string;
  at: Instant;
  /** Name as in the roster when it is one of the roster's groups, else the group's own name. */
  name: string;
  /** `joined` and in the roster, `unknown` to the roster, or `left`: the bot was taken out, or the group is gone. */
  what: "joined" | "unknown" | "left";
  /** Who added or removed the bot, as far as known. */
  by?: string;
}

/** Something about the platform that an administrator should know and can mend; the same key is told once a day. */
export interface FindingEvent {
  type: "finding";
  at: Instant;
  key: string;
  text: string;
}

/** What people did. */
export type PlatformEvent = MessageEvent | PressEvent | RecallEvent | ReadEvent;

/** The platform can be reached again: what waits for a later try need not wait. */
export interface ConnectedEvent {
  type: "connected";
}

/** What became of the platform itself. */
export type PlatformNews = GroupEvent | FindingEvent | ConnectedEvent;

/** A short answer shown only to the person who pressed. */
export interface Toast {
  text: string;
  tone: "ok" | "warning";
  /** The pressed message as it stands now, for platforms that can show it together with the answer. */
  card?: Card;
}

export interface PlatformHandlers {
  /** Resolves when the event is durable and handled; the answer, if any, is for the person who caused it. */
  onEvent(event: PlatformEvent): Promise<Toast | undefined>;
  /** Resolves when those who have to know will be told. */
  onNews(news: PlatformNews): Promise<void>;
  /** Before a form is opened: why this person may not do this to this case. Nothing is recorded. */
  denies(press: PressEvent): Promise<Toast | undefined>;
}

/** The platform's urgent channels, the gentlest first: a mark and a sound in the app, a text message, a telephone call. */
export const URGENCIES = ["app", "sms", "phone"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** 0 answers, 1 reminders and escalations, 2 notices, 3 digests: a lower lane never waits for a higher one. */
export type Lane = 0 | 1 | 2 | 3;

export interface Delivery {
  /** The same key is delivered at most once, also after a crash between sending and recording. */
  key: string;
  /** When it was queued: another database may use the same key for another message. */
  queuedAt?: Instant;
  to: Address;
  card: Card;
  /** Names of people to mention; only in groups. */
  mentions: string[];
  /** Id of the message that this one answers. */
  replyTo?: string;
  /** Kind of message, for platforms that show it: reply, reminder, escalation, digest, notice … */
  kind: string;
  lane: Lane;
}

export interface DeliveryErrorOptions {
  retry: boolean;
  retryAfterMs?: number;
  /** Tries after which it is given up; without it, never. */
  tries?: number;
  /** This address cannot be reached at all: somebody else is to be told at once. */
  unreachable?: boolean;
  cause?: unknown;
}

/** A failed delivery: retry says whether trying again can help, and when. The message is shown to administrators. */
export class DeliveryError extends Error {
  readonly loggable = true;
  readonly retry: boolean;
  readonly retryAfterMs: number | undefined;
  readonly tries: number | undefined;
  readonly unreachable: boolean;
  constructor(message: string, options: DeliveryErrorOptions) {
    super(message, { cause: options.cause });
    this.name = "DeliveryError";
    this.retry = options.retry;
    this.retryAfterMs = options.retryAfterMs;
    this.tries = options.tries;
    this.unreachable = options.unreachable ?? false;
  }
}

/** A chat platform. One folder under src/platforms each; knows nothing of cases. */
export interface Platform {
  readonly name: string;
  /** Cards show the time that was left when they were drawn, and do not count down by themselves. */
  readonly hasStillCards?: true;
  start(handlers: PlatformHandlers): Promise<void>;
  stop(): Promise<void>;
  /** @throws DeliveryError */
  send(delivery: Delivery): Promise<{ messageId: string }>;
  /** Edits a sent message in place. @throws DeliveryError */
  update(messageId: string, card: Card): Promise<void>;
  /** Can this address be reached here? Asked by 自检 and doctor. */
  reaches(to: Address): boolean;
  /** Is this the id of a message of this platform? */
  owns(messageId: string): boolean;
  /**
   * The instant (real time) from which a message of this lane may go to this address without exceeding the platform's rates;
   * `edits` names the message that is edited. Platforms without rates leave it out.
   */
  freeAt?(to: Address, lane: Lane, edits?: string): Instant;
  /** Presses an urgent channel for a private message that was sent. @throws DeliveryError when this person cannot be reached so */
  urge?(messageId: string, name: string, channel: Urgency): Promise<void>;
  /** Names of the people who have read a message of the bot; asked only while it matters. @throws DeliveryError */
  readers?(messageId: string): Promise<string[]>;
  /** Accounts were bound or unbound. */
  rebound?(): Promise<void>;
  /** How it stands, in a word or two for the terminal: 已连接, 连接中. */
  status?(): string;
  /** HTTP routes to mount, if the platform has any: the whole path below `prefix`. */
  readonly web?: { prefix: string; fetch(request: Request): Response | Promise<Response> };
}

/** An account on a platform and whom it belongs to. */
export interface Account {
  kind: "person" | "guest" | "group";
  /** As in the roster; of a guest the name that the platform shows, of a group that is in no roster its own name. */
  name: string;
  /** The platform's id of the person or the group; see `account.ts` for what else it may stand for. */
  account: string;
  /** By telephone number, by an id in the roster, by an administrator, by the group's name, or because it spoke. */
  how: "phone" | "roster" | "admin" | "name" | "seen";
  at: Instant;
  /** Since when it cannot be reached any more: left the office, or the bot was taken out of the group. */
  gone?: Instant;
}

/** The accounts of one platform, kept in the database. */
export interface Accounts {
  all(): Promise<Account[]>;
  /** Adds an account, or replaces what was known of it. A name of a person or group has one account: an earlier one goes. */
  put(account: Account): Promise<void>;
}

/** An event that was taken and acknowledged, and waits to be handled. */
export interface Arrival {
  /** The platform's id of the event. */
  id: string;
  at: Instant;
  /** The message that it brings, by which a recall finds it. */
  messageId: string;
  /** Screened: nothing that may not be kept. */
  body: string;
}

/** Events of one platform that could not be handled before they had to be acknowledged. */
export interface Arrivals {
  /** False when this id was taken before. */
  take(arrival: Arrival): Promise<boolean>;
  pending(): Promise<Arrival[]>;
  /** Forgets the content; the id stays, so that the event is not taken again. */
  finish(id: string): Promise<void>;
}

/** What a platform is made from. */
export interface PlatformContext {
  accounts: Accounts;
  arrivals: Arrivals;
  /** The card that a message of the bot shows by now. */
  sentCard: (messageId: string) => Promise<Card | undefined>;
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
  /** Looks at everything the platform needs, for doctor: changes nothing, tells no secret, and ends in any case. */
  check?(context: CheckContext): Promise<Check[]>;
}

/** What a platform is checked with, while no bot needs to run. */
export interface CheckContext extends Pick<PlatformContext, "roster" | "clock" | "env" | "options"> {
  /** The accounts that are bound by now. */
  bound: readonly Account[];
}

/** Declares a chat platform: the default export of src/platforms/<name>/index.ts. */
export const definePlatform = (spec: PlatformSpec): PlatformSpec => spec;
