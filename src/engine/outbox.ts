import { DeliveryError } from "#core/ports.ts";
import type { OutboxMessage, Tx, WaitingMessage } from "#core/store.ts";
import { type Instant, MINUTE, SECOND } from "#core/time.ts";
import { Bell } from "./bell.ts";
import { type DeliverDeps, prepare, type Ready } from "./deliver.ts";
import { OutboxLine } from "./outbox-line.ts";

export interface OutboxDeps extends DeliverDeps {
  onError: (error: unknown, doing: string) => void;
  /** In the transaction that records it: a message failed for good, for this reason. Queues what follows. */
  onFailed: (tx: Tx, message: OutboxMessage, error: DeliveryError) => Promise<void>;
  /** A message was sent whose urgent channel is to be pressed. */
  onUrgent: () => void;
}

/** Deliveries at the same time, each to another address. */
const IN_FLIGHT = 8;
/** Results that may wait for their commit while further messages go out. */
const UNRECORDED = 100;
/** Messages of one address that are read at once. */
const READ_AHEAD = 30;
const FIRST_RETRY = 2 * SECOND;
const LONGEST_RETRY = 5 * MINUTE;

/**
 * Sends what is queued: several messages at a time, one per address, lower lanes first, whatever was queued last included.
 * What a platform refuses for now is tried again later and never lost; the key makes a message that was sent but not yet
 * marked be recognised by the platform after a crash.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #line = new OutboxLine();
  readonly #bell = new Bell();
  readonly #recording = new Set<Promise<unknown>>();
  /** Messages read ahead; forgotten as soon as something is queued, because an edit may have taken another's place. */
  readonly #read = new Map<number, OutboxMessage>();
  #running: Promise<void> | undefined;
  #inFlight = 0;
  #isFresh = false;
  #lastId = 0;
  #isStopping = false;
  #broken: { error: unknown } | undefined;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Sends until nothing more is due, also what may go only after a while. Calls while it works join the run. */
  flush(): Promise<void> {
    this.#isFresh = true;
    this.#bell.ring();
    if (this.#isStopping) return this.#running ?? Promise.resolve();
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Takes nothing more; resolves when what is in flight has ended. Final. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#bell.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    // What this process knows of the queue is built anew whenever it was idle.
    this.#line.clear();
    this.#lastId = 0;
    try {
      // Whoever queued something while the last drain was ending has joined this run.
      do {
        await this.#drain();
      } while (this.#isFresh && !this.#isStopping && !this.#broken);
    } finally {
      this.#running = undefined;
    }
    if (this.#broken) {
      const { error } = this.#broken;
      this.#broken = undefined;
      throw error;
    }
  }

  async #drain(): Promise<void> {
    for (;;) {
      const isEnding = this.#isStopping || this.#broken !== undefined;
      if (this.#isFresh && !isEnding) await this.#look();
      const isFull = this.#inFlight >= IN_FLIGHT || this.#recording.size >= UNRECORDED;
      const taken = isFull || isEnding ? {} : this.#line.take(this.#deps.clock.now(), this.#freeAt, Date.now);
      if (taken.message) {
        await this.#begin(taken.message).catch((error: unknown) => this.#breaks(error));
        continue;
      }
      if (this.#inFlight === 0 && this.#recording.size === 0 && taken.freeAt === undefined)
        if (isEnding || !this.#isFresh) return;
      await this.#bell.heard(taken.freeAt === undefined ? undefined : Math.max(1, taken.freeAt - Date.now()));
    }
  }

  /** Takes note of what was queued since the last look. */
  async #look(): Promise<void> {
    this.#isFresh = false;
    this.#read.clear();
    const found = await this.#deps.store.waitingMessages(this.#lastId);
    this.#line.add(found);
    this.#lastId = found.reduce((last, m) => Math.max(last, m.id), this.#lastId);
  }

  /** By the platform that most likely takes it; asked again once that is known for sure. */
  readonly #freeAt = ({ to, lane }: WaitingMessage): Instant => {
    try {
      return this.#deps.platforms.find((p) => p.reaches(to))?.freeAt?.(to, lane) ?? 0;
    } catch {
      // A fault of the adapter: it comes up again when the message is prepared, and is recorded with it.
      return 0;
    }
  };

  /** Sends one message, or puts it back. Resolves once it is on its way: messages go out in the order in which they are taken. */
  async #begin(waiting: WaitingMessage): Promise<void> {
    const release = (): void => {
      this.#line.release(waiting.to);
      this.#bell.ring();
    };
    let message: OutboxMessage | undefined;
    try {
      message = await this.#whole(waiting);
      if (!message) return release();
      const ready = await prepare(message, this.#deps);
      const freeAt = ready?.platform.freeAt?.(message.to, message.lane, ready.edits) ?? 0;
      if (freeAt > Date.now()) {
        this.#line.hold(waiting, freeAt);
        return release();
      }
      if (ready) return this.#send(message, ready, waiting, release);
      const { id } = message;
      this.#record((tx) => tx.markState(id, "suppressed"));
    } catch (error) {
      if (!message) throw error;
      this.#fails(message, error, waiting);
    }
    release();
  }

  #send(message: OutboxMessage, ready: Ready, waiting: WaitingMessage, release: () => void): void {
    this.#inFlight += 1;
    void ready
      .send()
      .then(
        (messageId) => this.#sent(message, messageId),
        (error: unknown) => this.#fails(message, error, waiting),
      )
      .finally(() => {
        this.#inFlight -= 1;
        release();
      });
  }

  /** The message as it is stored, unless it is no longer queued. */
  async #whole({ id, to }: WaitingMessage): Promise<OutboxMessage | undefined> {
    const known = this.#read.get(id);
    this.#read.delete(id);
    if (known) return known;
    const rows = await this.#deps.store.queuedMessages([id, ...this.#line.following(to, READ_AHEAD)]);
    for (const row of rows) if (row.id !== id) this.#read.set(row.id, row);
    return rows.find((row) => row.id === id);
  }

  #sent({ id, urgent }: OutboxMessage, messageId: string): void {
    const now = this.#deps.clock.now();
    this.#record((tx) => tx.markSent(id, messageId, now), urgent ? this.#deps.onUrgent : undefined);
  }

  #fails(message: OutboxMessage, error: unknown, waiting: WaitingMessage): void {
    const { clock, onError, onFailed } = this.#deps;
    const { id, kind, attempts } = message;
    // Not the key: it holds names.
    onError(error, `message ${id} (${kind})`);
    const text = error instanceof Error ? error.message : String(error);
    if (error instanceof DeliveryError && !worthAnother(error, attempts)) {
      const job = async (tx: Tx): Promise<void> => {
        await tx.markState(id, "failed", text);
        await onFailed(tx, message, error);
      };
      this.#record(job, () => {
        this.#isFresh = true;
      });
      return;
    }
    const nextAt = clock.now() + retryAfter(error, attempts);
    this.#line.add([{ ...waiting, nextAt }]);
    this.#record((tx) => tx.markRetry(id, nextAt, text));
  }

  /**
   * Not awaited before the next message goes out, so that results share commits.
   * @param then called once it is durable
   */
  #record(job: (tx: Tx) => Promise<void>, then?: () => void): void {
    const recorded = this.#deps.store
      .write(job)
      .then(then)
      .catch((error: unknown) => this.#breaks(error))
      .finally(() => {
        this.#recording.delete(recorded);
        this.#bell.ring();
      });
    this.#recording.add(recorded);
  }

  /** The database fails: what is in flight ends, and the next run begins with what is on record. */
  #breaks(error: unknown): void {
    this.#broken ??= { error };
    this.#bell.ring();
  }
}

/** A platform that says when it will be ready knows best; the longer others refuse, the more seldom they are asked. */
function retryAfter(error: unknown, attempts: number): number {
  if (error instanceof DeliveryError && error.retryAfterMs !== undefined) return Math.max(error.retryAfterMs, SECOND);
  return Math.min(FIRST_RETRY * 2 ** attempts, LONGEST_RETRY);
}

const worthAnother = ({ retry, tries = Number.POSITIVE_INFINITY }: DeliveryError, attempts: number): boolean =>
  retry && attempts + 1 < tries;
