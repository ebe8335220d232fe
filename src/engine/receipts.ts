import type { Clock, Platform } from "#core/ports.ts";
import type { Store } from "#core/store.ts";
import { DAY, type Instant, SECOND } from "#core/time.ts";

export interface ReceiptsDeps {
  store: Store;
  clock: Clock;
  platforms: readonly Platform[];
  onError: (error: unknown, doing: string) => void;
}

const EVERY = 15 * SECOND;
/** Messages asked about at a time. */
const ASKED = 20;
/** Later, nobody waits for it any more. */
const MATTERS = DAY;

/** Asks platforms that can say so who has read the bot's messages, as long as the case is open. */
export class Receipts {
  readonly #deps: ReceiptsDeps;
  #next: Instant = 0;
  #running: Promise<void> = Promise.resolve();
  #isStopping = false;

  constructor(deps: ReceiptsDeps) {
    this.#deps = deps;
  }

  /** Asks about some messages, not more often than is worth it. Never fails. */
  run(): Promise<void> {
    const now = this.#deps.clock.now();
    const isDue = !this.#isStopping && now >= this.#next;
    if (isDue && this.#deps.platforms.some((p) => p.readers !== undefined)) {
      this.#next = now + EVERY;
      this.#running = this.#running
        .then(() => this.#ask(now))
        .catch((error: unknown) => this.#deps.onError(error, "receipts"));
    }
    return this.#running;
  }

  /** Asks nothing more; resolves when the question under way has ended and what was learned is on record. Final. */
  stop(): Promise<void> {
    this.#isStopping = true;
    return this.#running;
  }

  async #ask(now: Instant): Promise<void> {
    const { store, platforms, onError } = this.#deps;
    const messages = await store.unread(now, now - MATTERS, ASKED);
    if (messages.length === 0) return;
    const read: { messageId: string; names: string[] }[] = [];
    const asked: number[] = [];
    for (const { id, messageId } of messages) {
      if (this.#isStopping) break;
      asked.push(id);
      const platform = messageId === undefined ? undefined : platforms.find((p) => p.owns(messageId));
      if (messageId === undefined || !platform?.readers) continue;
      try {
        read.push({ messageId, names: await platform.readers(messageId) });
      } catch (error) {
        onError(error, "receipts");
      }
    }
    await store.write(async (tx) => {
      for (const { messageId, names } of read) for (const name of names) await tx.markRead([messageId], name, now);
      await tx.markAsked(asked, now);
    });
  }
}
