import { setImmediate as nextTurn } from "node:timers/promises";
import type { Office } from "#core/case/office.ts";
import type { Clock, Platform } from "#core/ports.ts";
import type { Store, Tx } from "#core/store.ts";
import { dayOf, type Instant, MINUTE, SECOND } from "#core/time.ts";
import { auditCases, auditDelivery, findingsMessages } from "./auditor.ts";
import { digestDue, postDigest } from "./digest.ts";
import { fireDue } from "./fire.ts";
import { Outbox } from "./outbox.ts";
import { numberUnanswered } from "./questions.ts";
import { type RulesWatch, watchRules } from "./rules-watch.ts";

const HEARTBEAT = "heartbeat";
/** So many open cases are looked at one by one while somebody waits for 自检; more only by the auditor's own rounds. */
const INSPECTED = 5000;
/** How often the process leaves a sign of life, to know afterwards since when it was down. */
const BEAT = 30 * SECOND;

export interface EngineDeps {
  store: Store;
  office: Office;
  clock: Clock;
  platforms: readonly Platform[];
  onError: (error: unknown, doing: string) => void;
}

/**
 * Everything that runs by itself. What is due lives in the database; a tick only looks. Ticks never overlap, and a tick that
 * comes late does what was due, once.
 */
export class Engine {
  readonly #deps: EngineDeps;
  readonly #outbox: Outbox;
  #beat: Instant | undefined;
  #digest: Instant | undefined;
  #audit: Instant | undefined;
  /** Digest of the rules that the cases were last compared with. */
  #rules: string | undefined;
  #watch: RulesWatch | undefined;
  /** What the auditor's last round found in the cases. */
  #caseFindings: string[] = [];
  #ticking: Promise<void> | undefined;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    this.#outbox = new Outbox(deps);
  }

  /** Sends what was queued meanwhile. */
  wake(): Promise<void> {
    return this.#outbox.flush();
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

  tick(): Promise<void> {
    this.#ticking ??= this.#tick()
      .catch((error: unknown) => this.#deps.onError(error, "tick"))
      .finally(() => {
        this.#ticking = undefined;
      });
    return this.#ticking;
  }

  async #tick(): Promise<void> {
    const { store, office, clock, onError } = this.#deps;
    const now = clock.now();
    const outage = await this.#signOfLife(now);
    const context = { office, now, reaches: this.reaches, onError, ...(outage ? { outage } : {}) };
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
    await this.#outbox.flush();
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
  }

  /** When the next digest is posted. */
  nextDigest(): Instant | undefined {
    return this.#digest;
  }

  /** The next instant at which a tick has something to do: virtual clocks jump there. */
  async nextDue(): Promise<Instant | undefined> {
    const due = [await this.#deps.store.nextDue(), this.#digest, this.#audit].filter((at) => at !== undefined);
    return due.length > 0 ? Math.min(...due) : undefined;
  }
}
