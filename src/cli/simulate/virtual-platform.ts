import type { Card } from "#core/message/card.ts";
import {
  type Address,
  type ChatRef,
  type Clock,
  type Delivery,
  DeliveryError,
  type Platform,
  type PlatformEvent,
  type PlatformHandlers,
  type Urgency,
} from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Instant } from "#core/time.ts";

/** A message of the bot as the platform shows it. */
export interface Post {
  id: string;
  key: string;
  to: Address;
  /** The card as it was sent and after each edit; the last is what people see. */
  versions: Card[];
}

/** What the platform showed to people, in order: a new message, an edit, or a toast. */
export type Shown =
  | { what: "post"; at: Instant; post: Post; card: Card; delivery: Delivery; urged?: Urgency }
  | { what: "edit"; at: Instant; post: Post; card: Card }
  | { what: "toast"; at: Instant; person: string; text: string; caseId: string | undefined };

/** How long a platform that is asked too often wants to be left alone, milliseconds. */
const RETRY_AFTER = 30_000;

/**
 * A chat service that exists in memory: everybody of the roster, their groups, and a private chat with the bot. It outlives
 * the bot, keeps what people send while the bot is down, and can refuse to deliver for a while.
 */
export class VirtualPlatform implements Platform {
  readonly name = "virtual";
  readonly shown: Shown[] = [];
  readonly #clock: Clock;
  readonly #posts: Post[] = [];
  readonly #waiting: PlatformEvent[] = [];
  #roster: Roster | undefined;
  #handlers: PlatformHandlers | undefined;
  #fault: { status: number; until: Instant } | undefined;
  #prefix = "";
  #ids = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param roster the people and groups that exist here
   * @param prefix keeps the ids of this run apart from those that the database holds from earlier ones
   */
  begin(roster: Roster, prefix: string): void {
    this.#roster = roster;
    this.#prefix = prefix;
  }

  /** Connects a bot and hands it what people did while there was none. */
  async start(handlers: PlatformHandlers): Promise<void> {
    this.#handlers = handlers;
    for (const event of this.#waiting.splice(0)) await this.hand(event);
  }

  async stop(): Promise<void> {
    this.disconnect();
  }

  disconnect(): void {
    this.#handlers = undefined;
  }

  /** From now until then nothing is delivered; the bot gets this status instead. */
  refuse(status: number, until: Instant): void {
    this.#fault = { status, until };
  }

  async send(delivery: Delivery): Promise<{ messageId: string }> {
    this.#mustWork();
    const before = this.#posts.find((p) => p.key === delivery.key);
    if (before) return { messageId: before.id };
    const { key, to, card } = delivery;
    const post: Post = { id: this.newId("b"), key, to, versions: [card] };
    this.#posts.push(post);
    this.shown.push({ what: "post", at: this.#clock.now(), post, card, delivery });
    return { messageId: post.id };
  }

  async update(messageId: string, card: Card): Promise<void> {
    this.#mustWork();
    const post = this.#posts.find((p) => p.id === messageId);
    if (!post) throw new DeliveryError(`没有消息 ${messageId}`, { retry: false });
    post.versions.push(card);
    this.shown.push({ what: "edit", at: this.#clock.now(), post, card });
  }

  reaches(to: Address): boolean {
    return to.kind === "user"
      ? this.#roster?.person(to.name) !== undefined
      : this.#roster?.group(to.name) !== undefined;
  }

  owns(messageId: string): boolean {
    return this.#posts.some((p) => p.id === messageId);
  }

  async urge(messageId: string, _name: string, channel: Urgency): Promise<void> {
    this.#mustWork();
    const shown = this.shown.find((s) => s.what === "post" && s.post.id === messageId);
    if (shown?.what === "post") shown.urged = channel;
  }

  /** Hands an event to the bot; without one it waits, as a chat service delivers again what was not taken. */
  async hand(event: PlatformEvent): Promise<void> {
    if (!this.#handlers) {
      this.#waiting.push(event);
      return;
    }
    const toast = await this.#handlers.onEvent(event);
    if (toast && event.type !== "read")
      this.shown.push({
        what: "toast",
        at: this.#clock.now(),
        person: event.from,
        text: toast.text,
        caseId: event.type === "press" ? event.values["编号"] : undefined,
      });
  }

  newId(kind: string): string {
    this.#ids += 1;
    return `${this.#prefix}${kind}${this.#ids}`;
  }

  /** The bot's messages that a person can see, newest first. */
  visibleTo(person: string): Post[] {
    return this.#posts.filter((p) => this.#sees(person, p.to)).reverse();
  }

  #sees(person: string, to: Address): boolean {
    if (to.kind === "user") return to.name === person;
    const group = this.#roster?.group(to.name);
    return group !== undefined && this.#roster?.members(group).includes(person) === true;
  }

  #mustWork(): void {
    const fault = this.#fault;
    if (!fault || this.#clock.now() >= fault.until) return;
    const busy = fault.status === 429;
    throw new DeliveryError(`平台返回 ${fault.status}`, {
      retry: busy || fault.status >= 500,
      ...(busy ? { retryAfterMs: RETRY_AFTER } : {}),
    });
  }
}

/** The chat in which a message of the bot stands. */
export const chatOf = (to: Address): ChatRef => ({ kind: to.kind === "group" ? "group" : "private", name: to.name });
