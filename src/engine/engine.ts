import { setImmediate as nextTurn } from "node:timers/promises";
import type { Office } from "#core/case/office.ts";
import type { Clock, Platform } from "#core/ports.ts";
import type { Store, Tx } from "#core/store.ts";
import { DAY, dayOf, type Instant, MINUTE, SECOND } from "#core/time.ts";
import { auditCases, auditDelivery, findingsMessages } from "./auditor.ts";
import { digestDue, postDigest } from "./digest.ts";
import { fireDue } from "./fire.ts";
import { afterFailure, type NextContext } from "./next-person.ts";
import { Outbox } from "./outbox.ts";
import { numberUnanswered } from "./questions.ts";
import { Receipts } from "./receipts.ts";
import { type RulesWatch, watchRules } from "./rules-watch.ts";
import { Urging } from "./urging.ts";

const HEARTBEAT = "heartbeat";
/** So many open cases are looked at one by one while somebody waits for 自检; more only by the auditor's own rounds. */
const INSPECTED = 5000;
/** How often the process leaves a sign of life, to know afterwards since when it was down. */
const BEAT = 30 * SECOND;
/** No platform delivers an event again after so long. */
const REDELIVERED = 7 * DAY;
/** How long a stop waits for deliveries in flight. */
const LAST_DELIVERIES = 5 * SECOND;

export interface EngineDeps {
  store: Store;
  office: Office;
  clock: Clock;
  platforms: readonly Platform[];
  onError: (error: unknown, doing: string) => void;
}

/**
 * Everything that runs by itself. What is due lives in the database. Looks never overlap, and one that
 * comes late does what was due, once.
 */
export class Engine {
  readonly #deps: EngineDeps;
  readonly #outbox: Outbox;
  readonly #urging: Urging;
  readonly #receipts: Receipts;
  #beat: Instant | undefined;
  #digest: Instant | undefined;
  #audit: Instant | undefined;
  /** Digest of the rules that the cases were last compared with. */
  #rules: string | undefined;
  #watch: RulesWatch | undefined;
  /** What the auditor's last round found in the cases. */
  #caseFindings: string[] = [];
  #looking: Promise<void> | undefined;
  #delivering: Promise<void> = Promise.resolve();

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    const next = (now: Instant): NextContext => ({ office: deps.office, now, reaches: this.reaches });
    this.#urging = new Urging({ ...deps, next, onQueued: () => void this.#deliver() });
    this.#receipts = new Receipts(deps);
    this.#outbox = new Outbox({
      ...deps,
      onFailed: (tx, message, error) => afterFailure(tx, message, error, next(deps.clock.now())),
      onUrgent: this.#urging.due,
    });
  }

  /** Sends what was queued meanwhile. Resolves when all of it is out; people who are urged, too. */
  async wake(): Promise<void> {
    for (;;) {
      const { settled } = this.#urging;
      await this.#outbox.flush();
      await this.#urging.run();
      if (this.#urging.settled === settled) return;
    }
  }

  /** Takes nothing more to send, and gives what is on its way some seconds to end. Final. */
  async stop(): Promise<void> {
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LAST_DELIVERIES);
    const looked = this.#looking ?? Promise.resolve();
    const ends = [looked, this.#outbox.stop(), this.#urging.stop(), this.#receipts.stop()];
    await Promise.race([Promise.all(ends), tooLong]);
    clearTimeout(timer);
  }

  readonly reaches = (name: string): boolean => this.#deps.platforms.some((p) => p.reaches({ kind: "user", name }));

  /** The auditor's findings at this moment; of very many cases those of its last round. */
  readonly inspect = async (tx: Tx): Promise<string[]> => {
    const { office, clock } = this.#deps;
    // In one transaction, but the process hears and answers what needs none in between.
    const step: Store["write"] = (job) => nextTurn().then(() => job(tx));
    const delivery = await auditDelivery(step, office, clock.now(), this.reaches);
    const few = (await tx.countCases({ open: true })) <= INSPECTED;
    return [...delivery, ...(few ? await auditCases(step, office, clock.now()) : this.#caseFindings)];
  };

  /** Looks at what is due and queues what follows. What goes out goes by itself: however long that takes, the next look comes. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#deps.onError(error, "tick"))
      .finally(() => {
        this.#looking = undefined;
        this.#delivering = this.#deliver();
        void this.#receipts.run();
      });
    return this.#looking;
  }

  /** As `look`, and waits until all that may go out now is out: for clocks that somebody moves. */
  async tick(): Promise<void> {
    await this.look();
    await this.#delivering;
    await this.#receipts.run();
  }

  async #deliver(): Promise<void> {
    await this.wake().catch((error: unknown) => this.#deps.onError(error, "tick"));
  }

  async #look(): Promise<void> {
    const { store, office, clock, onError } = this.#deps;
    const now = clock.now();
    const outage = await this.#signOfLife(now);
    const redraws = this.#deps.platforms.some((p) => p.hasStillCards);
    const context = { office, now, reaches: this.reaches, redraws, onError, ...(outage ? { outage } : {}) };
    if (this.#rules !== office.rulesDigest)
      await this.#step("rules", async () => {
        this.#watch = await watchRules((job) => store.write(job), office, now, this.#watch);
        if (!this.#watch) this.#rules = office.rulesDigest;
      });
    await this.#step("reminders", async () => {
      while ((await store.write((tx) => fireDue(tx, context))) > 0);
    });
    await this.#step("questions", () => store.write((tx) => numberUnanswered(tx, office, now)));
    if (this.#digest === undefined || this.#digest <= now)
      await this.#step("digest", async () => {
        this.#digest = await store.write(async (tx) => {
          await postDigest(tx, office, now);
          return digestDue(tx, office, now);
        });
      });
    if (this.#audit === undefined || this.#audit <= now) await this.#step("audit", () => this.#runAudit(now));
  }

  /** One part of a tick; its failure keeps nothing else from running. */
  async #step(doing: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#deps.onError(error, doing);
    }
  }

  /** Leaves a sign of life; returns the time since the last one when the process was down meanwhile. */
  async #signOfLife(now: Instant): Promise<{ from: Instant; to: Instant } | undefined> {
    const { store, office } = this.#deps;
    const isFirst = this.#beat === undefined;
    if (this.#beat === undefined) {
      const stored = await store.setting(HEARTBEAT);
      this.#beat = stored === undefined ? now : Number(stored);
    }
    const from = this.#beat;
    if (isFirst || now - from >= BEAT) {
      await store.write((tx) => tx.set(HEARTBEAT, String(now)));
      this.#beat = now;
    }
    return now - from > office.config.params.lateAfterMinutes * MINUTE ? { from, to: now } : undefined;
  }

  async #runAudit(now: Instant): Promise<void> {
    const { store, office } = this.#deps;
    const every = office.config.params.auditMinutes * MINUTE;
    if (this.#audit === undefined) {
      this.#audit = now + every;
      return;
    }
    this.#audit = now + every;
    const step: Store["write"] = (job) => store.write(job);
    this.#caseFindings = await auditCases(step, office, now);
    const findings = [...this.#caseFindings, ...(await auditDelivery(step, office, now, this.reaches))];
    await store.write((tx) => tx.queue(findingsMessages(findings, office, now, dayOf(now)), now));
    await store.write((tx) => tx.pruneArrivals(now - REDELIVERED));
  }

  /** When the next digest is posted. */
  nextDigest(): Instant | undefined {
    return this.#digest;
  }

  /** The next instant at which a tick has something to do: virtual clocks jump there. */
  async nextDue(): Promise<Instant | undefined> {
    const due = [await this.#deps.store.nextDue(), this.#digest, this.#audit, this.#urging.nextAt()].filter(
      (at) => at !== undefined,
    );
    return due.length > 0 ? Math.min(...due) : undefined;
  }
}
