import type { Address } from "#core/ports.ts";
import type { WaitingMessage } from "#core/store.ts";
import type { Instant } from "#core/time.ts";

/** What may go now, or from when on something may. */
export type Taken = { message: WaitingMessage } | { message?: never; freeAt?: Instant };

/**
 * The messages that wait, by address. Within an address they go one after another, lower lanes first and in each the oldest
 * first; across addresses the lowest lane that may go now goes.
 */
export class OutboxLine {
  readonly #waiting = new Map<string, WaitingMessage[]>();
  readonly #busy = new Set<string>();
  /** Messages that may not go before this instant (real time). */
  readonly #held = new Map<number, Instant>();

  clear(): void {
    this.#waiting.clear();
    this.#busy.clear();
    this.#held.clear();
  }

  add(messages: readonly WaitingMessage[]): void {
    for (const [key, more] of Map.groupBy(messages, (m) => keyOf(m.to))) {
      const all = this.#waiting.get(key) ?? [];
      all.push(...more);
      this.#waiting.set(key, all.sort(inOrder));
    }
  }

  /**
   * Takes the first message that may go, and keeps its address busy until it is released.
   * @param now by the bot's clock, for messages that are tried again later
   * @param freeAt the instant (real time) from which the platform takes a message
   * @param realNow real time, asked after the platform: "now" is never later than that
   */
  take(now: Instant, freeAt: (message: WaitingMessage) => Instant, realNow: () => Instant): Taken {
    let best: WaitingMessage | undefined;
    let earliest: Instant | undefined;
    for (const [key, all] of this.#waiting) {
      if (this.#busy.has(key)) continue;
      const first = all.find((m) => m.nextAt <= now);
      if (!first || (best && inOrder(best, first) <= 0)) continue;
      const free = Math.max(this.#held.get(first.id) ?? 0, freeAt(first));
      if (free <= realNow()) best = first;
      else earliest = Math.min(earliest ?? free, free);
    }
    if (!best) return earliest === undefined ? {} : { freeAt: earliest };
    const key = keyOf(best.to);
    const all = this.#waiting.get(key) ?? [];
    all.splice(all.indexOf(best), 1);
    if (all.length === 0) this.#waiting.delete(key);
    this.#held.delete(best.id);
    this.#busy.add(key);
    return { message: best };
  }

  /** Those that come next at an address, to be read together with the one that was taken. */
  following(to: Address, count: number): number[] {
    return (this.#waiting.get(keyOf(to)) ?? []).slice(0, count).map((m) => m.id);
  }

  /** The address takes the next message. */
  release(to: Address): void {
    this.#busy.delete(keyOf(to));
  }

  /** A message that was taken waits again, until this instant (real time). */
  hold(message: WaitingMessage, until: Instant): void {
    this.#held.set(message.id, until);
    this.add([message]);
  }
}

const keyOf = (to: Address): string => `${to.kind}:${to.name}`;
const inOrder = (a: WaitingMessage, b: WaitingMessage): number => a.lane - b.lane || a.id - b.id;
