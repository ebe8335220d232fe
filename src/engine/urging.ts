import type { Case } from "#core/case/case.ts";
import { isOpen } from "#core/case/states.ts";
import { toAdministrators } from "#core/message/administrators.ts";
import { CHANNEL_NAMES } from "#core/message/names.ts";
import { type Clock, DeliveryError, type Platform, URGENCIES, type Urgency } from "#core/ports.ts";
import type { OutboxMessage, ReminderMeta, Store } from "#core/store.ts";
import { dayOf, type Instant, MINUTE, SECOND } from "#core/time.ts";
import { type NextContext, tellNext } from "./next-person.ts";
import { stillRuns } from "./reminder-message.ts";

export interface UrgingDeps {
  store: Store;
  clock: Clock;
  platforms: readonly Platform[];
  next: (now: Instant) => NextContext;
  /** Something was settled, and others may have been queued. */
  onQueued: () => void;
  onError: (error: unknown, doing: string) => void;
}

/** A message to one person with the channel that is to be pressed for it. */
type UrgentMessage = OutboxMessage & { messageId: string; urgent: Urgency };

/** What pressing came to. */
type Pressed =
  /** The channel that reached the person, and which stronger ones were refused. */
  { reached: Urgency; refused: Refusal[] } | { reached?: never; refused: Refusal[]; unreachable: boolean };

interface Refusal {
  channel: Urgency;
  why: string;
}

const AT_ONCE = 8;
const READ = 100;
/** After so long, "not now" counts as "no". */
const PATIENCE = 10 * MINUTE;
const AGAIN = 2 * SECOND;

/**
 * Presses urgent channels once their messages are sent. A step of its own: a crash in between neither loses nor repeats the
 * message; one between a press and its record presses once more. A channel that is refused gives way to the gentler one; when
 * none is left, the next person is told.
 */
export class Urging {
  readonly #deps: UrgingDeps;
  /** When those that were refused for now are tried again. */
  readonly #again = new Map<number, Instant>();
  /** What could not be put on record yet: while a database refuses, nobody's telephone rings every second. */
  readonly #unrecorded = new Map<number, Pressed>();
  /** True at first: a crash may have left some. */
  #isDue = true;
  #isStopping = false;
  #running: Promise<void> | undefined;
  #settled = 0;

  constructor(deps: UrgingDeps) {
    this.#deps = deps;
  }

  /** How many messages it is through with: each may have queued others. */
  get settled(): number {
    return this.#settled;
  }

  /** A message was sent that wants it. */
  readonly due = (): void => {
    this.#isDue = true;
    void this.run();
  };

  /** Takes nothing more; resolves when what was begun is on record. Final. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
  }

  /** Presses what is due. Never fails. */
  async run(): Promise<void> {
    const next = this.nextAt();
    if (this.#isDue || (next !== undefined && next <= this.#deps.clock.now())) this.#running ??= this.#drain();
    await this.#running;
  }

  /** When it has something to do next, if it has. */
  nextAt(): Instant | undefined {
    return this.#again.size > 0 ? Math.min(...this.#again.values()) : undefined;
  }

  async #drain(): Promise<void> {
    const { store, clock, onError, onQueued } = this.#deps;
    const before = this.#settled;
    try {
      while (!this.#isStopping) {
        this.#isDue = false;
        const now = clock.now();
        const unurged = await store.unurged(READ);
        // Read meanwhile: nobody waits for these any more.
        const ids = new Set(unurged.map((m) => m.id));
        for (const map of [this.#again, this.#unrecorded])
          for (const id of map.keys()) if (!ids.has(id)) map.delete(id);
        const waiting = unurged.filter((m) => (this.#again.get(m.id) ?? 0) <= now);
        if (waiting.length === 0 && !this.#isDue) return;
        // All of them, before anything is looked at again: who is being pressed now is on record only afterwards.
        const settled = await Promise.allSettled(waiting.slice(0, AT_ONCE).map((m) => this.#settle(m)));
        const failed = settled.find((s) => s.status === "rejected");
        if (failed) throw failed.reason;
      }
    } catch (error) {
      // What is on record decides; it is looked at again.
      this.#isDue = true;
      onError(error, "urgent");
    } finally {
      this.#running = undefined;
      if (this.#settled > before) onQueued();
    }
  }

  async #settle(message: OutboxMessage): Promise<void> {
    const { store, clock, platforms, next } = this.#deps;
    const { id, caseId, messageId, urgent, meta } = message;
    const c = caseId === undefined ? undefined : await store.case(caseId);
    const platform = messageId === undefined ? undefined : platforms.find((p) => p.owns(messageId));
    if (messageId === undefined || urgent === undefined || !platform?.urge || !c || !isWanted(c, meta))
      return store.write((tx) => tx.markUrged(id, null));
    const pressed = this.#unrecorded.get(id) ?? (await this.#press(platform, { ...message, messageId, urgent }));
    if ("again" in pressed) return void this.#again.set(id, pressed.again);
    this.#again.delete(id);
    this.#unrecorded.set(id, pressed);
    const { reached, refused } = pressed;
    const error = refused.map((r) => `${CHANNEL_NAMES[r.channel]}加急未成：${r.why}`).join("；") || undefined;
    const context = next(clock.now());
    const { office, now } = context;
    const isNext = reached === undefined && (pressed.unreachable || isAtLimit(message)) && meta !== undefined;
    await store.write(async (tx) => {
      await tx.markUrged(id, reached ?? null, error);
      for (const { channel, why } of pressed.reached === undefined && pressed.unreachable ? [] : refused)
        await tx.queue(
          toAdministrators(
            `urgent/${dayOf(now)}/${channel}`,
            `${CHANNEL_NAMES[channel]}加急用不了：${why}`,
            office,
            now,
          ),
          now,
        );
      if (isNext) await tellNext(tx, c, { ...message, meta }, error ?? "", context, !pressed.unreachable);
    });
    this.#unrecorded.delete(id);
    this.#settled += 1;
  }

  async #press(
    platform: Platform,
    { messageId, to, urgent, sentAt = 0 }: UrgentMessage,
  ): Promise<Pressed | { again: Instant }> {
    const { clock, onError } = this.#deps;
    const refused: Refusal[] = [];
    for (const channel of URGENCIES.slice(0, URGENCIES.indexOf(urgent) + 1).reverse()) {
      try {
        await platform.urge?.(messageId, to.name, channel);
        return { reached: channel, refused };
      } catch (error) {
        const known = error instanceof DeliveryError ? error : undefined;
        if (!known) onError(error, "urgent");
        const why = error instanceof Error ? error.message : String(error);
        if (known?.unreachable) return { refused: [{ channel, why }], unreachable: true };
        if (known?.retry !== false && clock.now() - sentAt < PATIENCE)
          return { again: clock.now() + Math.max(known?.retryAfterMs ?? 0, AGAIN) };
        refused.push({ channel, why });
      }
    }
    return { refused, unreachable: false };
  }
}

/** Is there still something to be urged to? */
const isWanted = (c: Case, meta: ReminderMeta | undefined): boolean =>
  isOpen(c.state) && (meta === undefined || meta.stages.length === 0 || meta.stages.some((s) => stillRuns(c, s)));

const isAtLimit = ({ meta }: OutboxMessage): boolean =>
  meta?.stages.some((s) => s.stage === "T" || s.stage.startsWith("T+")) ?? false;
