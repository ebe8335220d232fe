import type { Card } from "#core/message/card.ts";
import { cardText } from "#core/message/text.ts";
import {
  type Address,
  type Clock,
  type Delivery,
  DeliveryError,
  type Platform,
  type PlatformHandlers,
} from "#core/ports.ts";
import type { Instant } from "#core/time.ts";

/** A message as people see it; its card changes when the bot edits it. */
export interface Post extends Delivery {
  id: string;
  at: Instant;
  edits: number;
}

/** A chat service in memory: knows everybody, unless told otherwise, and delivers at once, unless told to refuse. */
export class FakePlatform implements Platform {
  readonly name = "fake";
  readonly posts: Post[] = [];
  /** Everything that was tried, refused attempts and repeats of a key included. */
  readonly attempts: string[] = [];
  readonly #clock: Clock;
  readonly #gone = new Set<string>();
  #refusal: DeliveryError | undefined;
  #broken: string | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async start(_handlers: PlatformHandlers): Promise<void> {}
  async stop(): Promise<void> {}

  /** From now on these people cannot be reached here. */
  loses(...names: string[]): void {
    for (const name of names) this.#gone.add(name);
  }

  /** From now on every delivery fails like this; without an argument it works again. */
  refuses(refusal?: DeliveryError): void {
    this.#refusal = refusal;
  }

  async send(delivery: Delivery): Promise<{ messageId: string }> {
    this.attempts.push(delivery.key);
    if (this.#refusal) throw this.#refusal;
    const known = this.posts.find((p) => p.key === delivery.key);
    if (known) return { messageId: known.id };
    const post = { ...delivery, id: `bot-${this.posts.length + 1}`, at: this.#clock.now(), edits: 0 };
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
}

/** A post as plain text, with full-width signs folded, so that tests name words and not punctuation. */
export const textOf = (post: Post | undefined): string =>
  post === undefined ? "" : cardText(post.card, post.at).normalize("NFKC");
