import type { Office } from "#core/case/office.ts";
import { isOpen } from "#core/case/states.ts";
import { proposalAsked } from "#core/message/ask.ts";
import { caseCard } from "#core/message/case-card.ts";
import { type Clock, DeliveryError, type Platform } from "#core/ports.ts";
import type { OutboxMessage, Store, Tx } from "#core/store.ts";
import { type Instant, MINUTE } from "#core/time.ts";
import { redraw } from "./fire.ts";

export interface OutboxDeps {
  store: Store;
  office: Office;
  clock: Clock;
  platforms: readonly Platform[];
  onError: (error: unknown, key: string) => void;
}

const BATCH = 100;
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 5 * MINUTE;

/** A message older than this is drawn anew before it is sent: its remaining times are no longer true. */
const STALE = MINUTE;

/**
 * Sends what is queued, lower lanes first. What a platform refuses for now is tried again later and never lost; the key makes
 * a message that was sent but not yet marked be recognised by the platform after a crash.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Sends until nothing more is due. Calls while it works join the run and make it look once more. */
  flush(): Promise<void> {
    if (this.#running) this.#again = true;
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #drain(): Promise<void> {
    do {
      for (;;) {
        this.#again = false;
        const { store, clock } = this.#deps;
        const batch = await store.write((tx) => tx.queuedMessages(clock.now(), BATCH));
        if (batch.length === 0) break;
        const recorded: Promise<void>[] = [];
        for (const message of batch) {
          const recording = store.write(await this.#deliver(message));
          // Not awaited before the next message goes out, so that results share commits; all are, before the next batch.
          recording.catch(() => {});
          recorded.push(recording);
          // Something new is queued: an answer or an escalation must not wait behind notices and digests.
          if (this.#again && message.lane >= 2) break;
        }
        await Promise.all(recorded);
      }
    } while (this.#again);
  }

  /** Tries once; returns how to record what became of it. */
  async #deliver(message: OutboxMessage): Promise<(tx: Tx) => Promise<void>> {
    const { clock, onError } = this.#deps;
    const { id, key, attempts } = message;
    try {
      const sent = await this.#send(message);
      const now = clock.now();
      return (tx) => (sent === undefined ? tx.markState(id, "suppressed") : tx.markSent(id, sent, now));
    } catch (error) {
      onError(error, key);
      const text = error instanceof Error ? error.message : String(error);
      if (error instanceof DeliveryError && !error.retry) return (tx) => tx.markState(id, "failed", text);
      const wait = Math.min(FIRST_RETRY * 2 ** attempts, LONGEST_RETRY);
      const asked = error instanceof DeliveryError ? (error.retryAfterMs ?? 0) : 0;
      const nextAt = clock.now() + Math.max(asked, wait);
      return (tx) => tx.markRetry(id, nextAt, text);
    }
  }

  /** The platform's message id; undefined when there is nothing to send any more. */
  async #send(message: OutboxMessage): Promise<string | undefined> {
    const { store, platforms, clock } = this.#deps;
    const platform = platforms.find((p) => p.reaches(message.to));
    if (!platform) throw new DeliveryError(`没有平台能送达 ${message.to.name}`, { retry: false });
    if (message.kind === "update") {
      const target = message.slot?.startsWith("message:")
        ? message.slot.slice("message:".length)
        : await store.write((tx) => tx.slotMessage(message.slot ?? ""));
      if (target === undefined) return undefined;
      await platform.update(target, message.card);
      return target;
    }
    const card = await this.#current(message, clock.now());
    if (card === undefined) return undefined;
    const { messageId } = await platform.send({
      key: message.key,
      to: message.to,
      card,
      mentions: message.mentions,
      kind: message.kind,
      lane: message.lane,
      ...(message.replyTo ? { replyTo: message.replyTo } : {}),
    });
    return messageId;
  }

  /** The card as it should be now: a delayed reminder is drawn anew, one that nobody needs any more is dropped. */
  async #current(message: OutboxMessage, now: Instant): Promise<OutboxMessage["card"] | undefined> {
    const { meta, slot, caseId, card } = message;
    if (caseId !== undefined && meta === undefined && proposalAsked(card) !== undefined) {
      // Held back over the night, and answered meanwhile.
      const asked = await this.#deps.store.case(caseId);
      return asked?.proposals.some((p) => p.id === proposalAsked(card)) ? card : undefined;
    }
    if (caseId === undefined || (meta === undefined && slot === undefined) || now - message.createdAt < STALE)
      return card;
    const c = await this.#deps.store.case(caseId);
    // The case's own card: edits that came while it waited had nothing to edit.
    if (c && meta === undefined) return caseCard(c, this.#deps.office, now);
    if (!c || !isOpen(c.state) || meta === undefined) return undefined;
    return redraw(c, meta, message.to.name, this.#deps.office, now);
  }
}
