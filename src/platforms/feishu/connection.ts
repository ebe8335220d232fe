import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import type * as lark from "@larksuiteoapi/node-sdk";
import { MINUTE } from "#core/time.ts";
import { CONNECTION_LOST, outage, type Problem } from "./connection-problem.ts";
import { createDispatcher, type Handlers } from "./dispatcher.ts";
import { reportingLogger, type SdkLogger } from "./logger.ts";
import type { FeishuOptions } from "./options.ts";
import { Session, type SessionTiming } from "./session.ts";

export type ConnectionState = "connecting" | "connected" | "down" | "stopped";

export interface ConnectionTiming extends SessionTiming {
  /** Between attempts: from the shortest to the longest, doubling. Milliseconds, like all of these. */
  shortestMs: number;
  longestMs: number;
  /** A connection that stood this long starts again with the shortest. */
  steadyMs: number;
  /** After so long without a connection it is no longer expected to come back by itself. */
  outageMs: number;
  /** Events under way when stopping. */
  finishMs: number;
}

const TIMING: ConnectionTiming = {
  connectMs: 8_000,
  pingMs: 60_000,
  pongMs: 10_000,
  watchMs: 500,
  shortestMs: 1_000,
  longestMs: 60_000,
  steadyMs: 30_000,
  outageMs: 5 * MINUTE,
  finishMs: 3_000,
};

interface ConnectionDeps {
  options: FeishuOptions;
  dispatcherHandlers: Handlers;
  report: (error: unknown, doing: string) => void;
  /** Called at each change; with `down` why, also when only that changes. */
  onState: (state: ConnectionState, problem?: Problem) => void;
  timing?: Partial<ConnectionTiming>;
}

/** Receives events over a connection that the bot opens and keeps open: restarted until `stop()`, whatever happens. */
export class LongConnection {
  readonly #deps: ConnectionDeps;
  readonly #timing: ConnectionTiming;
  readonly #logger: SdkLogger;
  readonly #dispatcher: lark.EventDispatcher;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  #state: ConnectionState = "connecting";
  #problem: Problem | undefined;
  #loop: Promise<void> | undefined;
  #session: Session | undefined;

  constructor(deps: ConnectionDeps) {
    const { options, dispatcherHandlers, report } = deps;
    this.#deps = deps;
    this.#timing = { ...TIMING, ...deps.timing };
    this.#logger = reportingLogger(report, [options.appSecret]);
    this.#dispatcher = createDispatcher(this.#counted(dispatcherHandlers), this.#logger);
  }

  state(): ConnectionState {
    return this.#state;
  }

  /** Resolves when the connection stands, or when the first attempt failed: the bot starts without the platform too. */
  async start(): Promise<void> {
    const first = Promise.withResolvers<void>();
    this.#loop = this.#keep(first.resolve);
    await first.promise;
  }

  /** Takes nothing new, lets events under way be answered, and leaves nothing open. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#underWay.size > 0) {
      const finished = Promise.allSettled(this.#underWay);
      const timer = new AbortController();
      const late = pause(this.#timing.finishMs, undefined, { signal: timer.signal }).catch(() => {});
      await Promise.race([finished, late]);
      timer.abort();
      // The SDK sends the answer after the handler has returned.
      await turn();
    }
    this.#session?.close();
    await this.#loop;
    this.#set("stopped");
  }

  async #keep(tried: () => void): Promise<void> {
    const { signal } = this.#stopping;
    const settings = { options: this.#deps.options, dispatcher: this.#dispatcher, logger: this.#logger };
    let failures = 0;
    let downSince = performance.now();
    while (!signal.aborted) {
      const session = new Session({ ...settings, timing: this.#timing });
      this.#session = session;
      let problem = await session.open();
      if (!problem && !signal.aborted) {
        this.#set("connected");
        tried();
        const since = performance.now();
        await session.ended();
        downSince = performance.now();
        if (downSince - since >= this.#timing.steadyMs) failures = 0;
        problem = CONNECTION_LOST;
      }
      session.close();
      if (problem && performance.now() - downSince >= this.#timing.outageMs) problem = outage(problem);
      if (!signal.aborted) this.#set("down", problem);
      tried();
      await pause(this.#wait(failures++, problem), undefined, { signal }).catch(() => {});
    }
  }

  /** With chance in it, so that many bots do not come back all at once. */
  #wait(failures: number, problem: Problem | undefined): number {
    const { shortestMs, longestMs } = this.#timing;
    const longest = problem?.lasting ? longestMs : Math.min(longestMs, shortestMs * 2 ** failures);
    return longest * (0.5 + Math.random() / 2);
  }

  #set(state: ConnectionState, problem?: Problem): void {
    if (state === this.#state && problem?.key === this.#problem?.key) return;
    this.#state = state;
    this.#problem = problem;
    this.#deps.onState(state, problem);
  }

  /** What comes in while the bot stops is refused, and so delivered again to the one that starts next. */
  #counted(handlers: Handlers): Handlers {
    const counted = Object.entries(handlers).map(([type, handle]) => [
      type,
      async (data: unknown) => {
        if (this.#stopping.signal.aborted) throw new Error("stopping");
        const running = handle(data);
        this.#underWay.add(running);
        try {
          return await running;
        } finally {
          this.#underWay.delete(running);
        }
      },
    ]);
    return Object.fromEntries(counted);
  }
}
