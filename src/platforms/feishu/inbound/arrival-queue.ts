import { setTimeout as wait } from "node:timers/promises";
import type { Arrival, Arrivals } from "#core/ports.ts";
import { MINUTE, SECOND } from "#core/time.ts";

export interface ArrivalQueueParts {
  arrivals: Arrivals;
  /** Handles one; rejects when it is worth trying again. @param patient there is another try before anything is given up */
  handle: (arrival: Arrival, patient: boolean) => Promise<void>;
  /** Arrivals of one chat are handled one after another. */
  chatOf: (arrival: Arrival) => string;
  report: (error: unknown, doing: string) => void;
  /** Milliseconds between tries; the last one repeats. */
  pauses?: readonly number[];
}

/** Four minutes and a half: then a report is numbered without what could not be fetched. */
const PAUSES = [SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 20 * SECOND, 40 * SECOND, MINUTE, MINUTE, MINUTE];

/** Events that were acknowledged before they could be handled: in order within a chat, chats side by side, none lost. */
export class ArrivalQueue {
  readonly #parts: ArrivalQueueParts;
  readonly #pauses: readonly number[];
  readonly #chats = new Map<string, Promise<void>>();
  readonly #forgotten = new Set<string>();
  readonly #stopping = new AbortController();

  constructor(parts: ArrivalQueueParts) {
    this.#parts = parts;
    this.#pauses = parts.pauses ?? PAUSES;
  }

  /** Goes on with what was taken before the bot ended. */
  async start(): Promise<void> {
    for (const arrival of await this.#parts.arrivals.pending()) this.#line(arrival, Promise.resolve(true));
  }

  /** Lets what is being handled come to its end; the rest waits for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.idle();
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#chats.size > 0) await Promise.all(this.#chats.values());
  }

  /** Does something of this chat wait? What comes later has to wait behind it. */
  isBusy(chat: string): boolean {
    return this.#chats.has(chat);
  }

  /** Resolves when the arrival is durable; handled later. */
  async take(arrival: Arrival): Promise<void> {
    const taken = this.#parts.arrivals.take(arrival);
    this.#line(arrival, taken);
    await taken;
  }

  /** The message was taken back: what waits of it is forgotten. */
  async forget(messageId: string): Promise<void> {
    for (const { id } of (await this.#parts.arrivals.pending()).filter((a) => a.messageId === messageId)) {
      this.#forgotten.add(id);
      await this.#parts.arrivals.finish(id);
    }
  }

  #line(arrival: Arrival, taken: Promise<boolean>): void {
    const chat = this.#parts.chatOf(arrival);
    const before = this.#chats.get(chat) ?? Promise.resolve();
    const mine = before
      .then(async () => {
        if (await taken.catch(() => false)) await this.#work(arrival);
      })
      .catch((error: unknown) => this.#parts.report(error, `arrival ${arrival.id}`))
      .finally(() => {
        this.#forgotten.delete(arrival.id);
        if (this.#chats.get(chat) === mine) this.#chats.delete(chat);
      });
    this.#chats.set(chat, mine);
  }

  async #work(arrival: Arrival): Promise<void> {
    const { handle, arrivals, report } = this.#parts;
    const { signal } = this.#stopping;
    for (let tries = 0; !signal.aborted && !this.#forgotten.has(arrival.id); tries++) {
      try {
        await handle(arrival, tries < this.#pauses.length);
        await arrivals.finish(arrival.id);
        return;
      } catch (error) {
        report(error, `arrival ${arrival.id}`);
        await wait(this.#pauses[tries] ?? this.#pauses.at(-1) ?? SECOND, undefined, { signal }).catch(() => {});
      }
    }
  }
}
