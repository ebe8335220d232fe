import * as http from "node:http";
import * as https from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import * as lark from "@larksuiteoapi/node-sdk";
import { endpointProblem, HANDSHAKE_FAILED, networkProblem, type Problem } from "./connection-problem.ts";
import { createHttp, returningBodies } from "./http.ts";
import type { SdkLogger } from "./logger.ts";
import type { FeishuOptions } from "./options.ts";

/** Milliseconds. */
export interface SessionTiming {
  /** To be told where to connect, and again to connect. */
  connectMs: number;
  /** The bot makes itself heard at least this often, whatever the platform says. */
  pingMs: number;
  /** A ping that is not answered within this means that the connection is dead. */
  pongMs: number;
  /** How often it is looked whether the connection still stands: the SDK does not tell when it goes. */
  watchMs: number;
}

interface SessionDeps {
  options: FeishuOptions;
  dispatcher: lark.EventDispatcher;
  logger: SdkLogger;
  timing: SessionTiming;
}

/**
 * One connection, from the first request until it is gone. The SDK's own reconnecting is switched off: it gives up for good at
 * some refusals, waits up to two minutes at others, and its first attempt is repeated only after half a minute.
 */
export class Session {
  readonly #deps: SessionDeps;
  readonly #closing = new AbortController();
  readonly #agent: http.Agent;
  readonly #ws: lark.WSClient;
  readonly #ready = Promise.withResolvers<boolean>();
  #problem: Problem | undefined;

  constructor(deps: SessionDeps) {
    const { options, timing, logger } = deps;
    this.#deps = deps;
    // An agent of its own: it alone can break off a handshake that hangs.
    this.#agent = options.domain.startsWith("https:") ? new https.Agent() : new http.Agent();
    this.#ws = new lark.WSClient({
      appId: options.appId,
      appSecret: options.appSecret,
      domain: options.domain,
      httpInstance: this.#http(),
      agent: this.#agent,
      logger,
      autoReconnect: false,
      handshakeTimeoutMs: timing.connectMs,
      onReady: () => this.#ready.resolve(true),
      onError: () => this.#ready.resolve(false),
    });
    keepAlive(this.#ws, timing);
  }

  /** @returns why it did not come about; undefined when it stands */
  async open(): Promise<Problem | undefined> {
    const { dispatcher, timing } = this.#deps;
    void this.#ws.start({ eventDispatcher: dispatcher });
    // The SDK reports every outcome by now; the deadline is for the one that it forgets.
    const late = this.#pause(3 * timing.connectMs).then(() => false);
    const stands = await Promise.race([this.#ready.promise, late]);
    return stands ? undefined : (this.#problem ?? HANDSHAKE_FAILED);
  }

  /** Resolves when the connection is gone, or was closed. */
  async ended(): Promise<void> {
    while (!this.#closing.signal.aborted && this.#ws.getConnectionStatus().state === "connected") {
      await this.#pause(this.#deps.timing.watchMs);
    }
  }

  /** Leaves nothing open, also in the middle of connecting. */
  close(): void {
    this.#closing.abort();
    this.#ws.close({ force: true });
    this.#agent.destroy();
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  /** The SDK tells a refusal as a text only; so it is read where it passes. */
  #http(): lark.HttpInstance {
    const instance = createHttp({ timeoutMs: this.#deps.timing.connectMs, stop: this.#closing.signal });
    instance.interceptors.response.use(
      (response) => {
        this.#problem = endpointProblem(response.data);
        return response;
      },
      (error) => {
        this.#problem = networkProblem(error);
        throw error;
      },
    );
    return returningBodies(instance);
  }
}

/** Members of the SDK's client that it does not declare. */
interface Insides {
  wsConfig: { updateWs(settings: { pingInterval?: number }): void };
  pingTimeoutSec: number;
}

/**
 * A dead connection is noticed only by a ping without answer, and the platform tells anew with every answer how seldom to ping.
 * The watch on the answer is started again by each ping, so that it must be shorter than the interval or it never ends.
 */
function keepAlive(ws: lark.WSClient, { pingMs, pongMs }: SessionTiming): void {
  const insides = ws as unknown as Insides;
  const update = insides.wsConfig.updateWs.bind(insides.wsConfig);
  insides.wsConfig.updateWs = (settings) => {
    if (settings.pingInterval === undefined) return update(settings);
    const given = settings.pingInterval > 0 ? settings.pingInterval : pingMs;
    const pingInterval = Math.min(given, pingMs);
    insides.pingTimeoutSec = Math.min(pongMs, pingInterval / 2) / 1000;
    update({ ...settings, pingInterval });
  };
}
