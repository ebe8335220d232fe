import type { Card } from "#core/message/card.ts";
import { cardText } from "#core/message/text.ts";
import {
  type Address,
  type Clock,
  type Delivery,
  DeliveryError,
  type Lane,
  type Platform,
  type PlatformHandlers,
  type Urgency,
} from "#core/ports.ts";
import type { Instant } from "#core/time.ts";

/** A message as people see it; its card changes when the bot edits it. */
export interface Post extends Delivery {
  id: string;
  at: Instant;
  edits: number;
}

/** A press on an urgent channel, as it was tried. */
export interface Urged {
  name: string;
  channel: Urgency;
  at: Instant;
  /** Title of the message it was pressed for. */
  about: string;
}

/** A chat service in memory: knows everybody, unless told otherwise, and delivers at once, unless told to refuse. */
export class FakePlatform implements Platform {
  readonly name: string;
  readonly posts: Post[] = [];
  /** Everything that was tried, refused attempts and repeats of a key included. */
  readonly attempts: string[] = [];
  /** Every press on an urgent channel, refused ones included. */
  readonly urged: Urged[] = [];
  /** Messages of which it was asked who has read them. */
  readonly asked: string[] = [];
  /** Asked before a message is sent; left out, messages may always go. */
  freeAt?: (to: Address, lane: Lane, edits?: string) => Instant;
  /** Called at the start of each delivery; it goes through, or fails, when this is done. */
  meets: (delivery: Delivery) => Promise<void> = async () => {};
  /** Called before an urgent channel is pressed. @throws DeliveryError to refuse it */
  meetsUrging: (name: string, channel: Urgency) => void = () => {};
  /** Who has read which message, for those who may be asked. */
  reads: (messageId: string) => string[] = () => [];
  readonly #clock: Clock;
  readonly #gone = new Set<string>();
  readonly #lost = new Set<string>();
  #refusal: DeliveryError | undefined;
  #broken: string | undefined;

  constructor(clock: Clock, name = "fake") {
    this.#clock = clock;
    this.name = name;
  }

  async start(_handlers: PlatformHandlers): Promise<void> {}
  async stop(): Promise<void> {}

  /** From now on these people cannot be reached here. */
  loses(...names: string[]): void {
    for (const name of names) this.#gone.add(name);
  }

  /** These people cannot be reached, which only shows when it is tried. */
  failsToReach(...names: string[]): void {
    for (const name of names) this.#lost.add(name);
  }

  /** From now on every delivery fails like this; without an argument it works again. */
  refuses(refusal?: DeliveryError): void {
    this.#refusal = refusal;
  }

  async send(delivery: Delivery): Promise<{ messageId: string }> {
    this.attempts.push(delivery.key);
    await this.meets(delivery);
    if (this.#refusal) throw this.#refusal;
    if (this.#lost.has(delivery.to.name))
      throw new DeliveryError(`${delivery.to.name} 不在可用范围内。`, { retry: false, unreachable: true });
    const known = this.posts.find((p) => p.key === delivery.key);
    if (known) return { messageId: known.id };
    const post = { ...delivery, id: `${this.#prefix}-${this.posts.length + 1}`, at: this.#clock.now(), edits: 0 };
    this.posts.push(post);
    return { messageId: post.id };
  }

  async update(messageId: string, card: Card): Promise<void> {
    if (this.#refusal) throw this.#refusal;
    const post = this.posts.find((p) => p.id === messageId);
    if (!post) throw new DeliveryError(`no message ${messageId}`, { retry: false });
    post.card = card;
    post.edits += 1;
  }

  async urge(messageId: string, name: string, channel: Urgency): Promise<void> {
    const about = this.posts.find((p) => p.id === messageId)?.card.title ?? "";
    this.urged.push({ name, channel, at: this.#clock.now(), about });
    this.meetsUrging(name, channel);
  }

  async readers(messageId: string): Promise<string[]> {
    this.asked.push(messageId);
    return this.reads(messageId);
  }

  owns(messageId: string): boolean {
    return this.posts.some((p) => p.id === messageId);
  }

  /** Asking after this person fails: a fault of the adapter. */
  failsFor(name: string | undefined): void {
    this.#broken = name;
  }

  reaches(to: Address): boolean {
    if (to.name === this.#broken) throw new Error("the adapter is broken");
    return to.kind === "group" || !this.#gone.has(to.name);
  }

  get #prefix(): string {
    return this.name === "fake" ? "bot" : this.name;
  }
}

/** A post as plain text, with full-width signs folded, so that tests name words and not punctuation. */
export const textOf = (post: Post | undefined): string =>
  post === undefined ? "" : cardText(post.card, post.at).normalize("NFKC");
