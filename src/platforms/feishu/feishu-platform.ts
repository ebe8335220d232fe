import type { Card } from "#core/message/card.ts";
import type { Address, Delivery, Lane, Platform, PlatformContext, PlatformHandlers, Urgency } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import { FeishuApi, type Outgoing, type Recipient } from "./api.ts";
import { inert } from "./card/escape.ts";
import { type ConnectionState, LongConnection } from "./connection.ts";
import type { Problem } from "./connection-problem.ts";
import { FeishuDelivery } from "./delivery.ts";
import { createDispatcher, eventHandlers, type Handlers } from "./dispatcher.ts";
import { deliveryError, needsMending } from "./errors.ts";
import { isMessageId } from "./ids.ts";
import { Directory } from "./inbound/directory.ts";
import { EVENT_TYPES } from "./inbound/events.ts";
import { Inbound, notOpen } from "./inbound/inbound.ts";
import { Limiter } from "./limiter.ts";
import type { FeishuOptions } from "./options.ts";
import { webhookRoute } from "./webhook.ts";

const STATES: Record<ConnectionState, string> = {
  connecting: "连接中",
  connected: "已连接",
  down: "连接中断，正在重连",
  stopped: "已停止",
};

/** Feishu as a chat platform: joins what comes in, what goes out, and the connection between. */
export class FeishuPlatform implements Platform {
  readonly name = "feishu";
  readonly hasStillCards = true;
  readonly web?: NonNullable<Platform["web"]>;
  readonly #context: PlatformContext;
  readonly #options: FeishuOptions;
  readonly #api: FeishuApi;
  readonly #limiter: Limiter;
  readonly #directory: Directory;
  readonly #delivery: FeishuDelivery;
  #handlers: PlatformHandlers | undefined;
  #inbound: Inbound | undefined;
  #connection: LongConnection | undefined;
  /** Why it does not work, for whoever looks at the terminal. */
  #trouble: string | undefined;

  constructor(options: FeishuOptions, context: PlatformContext) {
    const { clock, accounts, roster } = context;
    this.#options = options;
    this.#context = context;
    this.#api = FeishuApi.create(options);
    // Rates are counted in real time, also where the bot's clock is virtual.
    this.#limiter = new Limiter(() => Date.now());
    this.#directory = new Directory({ accounts, roster, clock, news: async (news) => this.#handlers?.onNews(news) });
    this.#delivery = new FeishuDelivery({
      api: this.#api,
      directory: this.#directory,
      limiter: this.#limiter,
      clock,
      tell: (key, text) => this.#tell(key, text),
    });
    if (options.transport === "webhook") this.web = { prefix: "/feishu", fetch: this.#webhook() };
  }

  async start(handlers: PlatformHandlers): Promise<void> {
    this.#handlers = handlers;
    const { report } = this.#context;
    this.#inbound = new Inbound({
      context: this.#context,
      handlers,
      directory: this.#directory,
      api: this.#api,
      maxFileMB: this.#options.maxFileMB,
      say: (to, text, uuid) =>
        this.#says(to, { msgType: "text", content: JSON.stringify({ text: inert(text) }), uuid }),
      sendForm: (openId, card, uuid) =>
        this.#says({ type: "open_id", id: openId }, { msgType: "interactive", content: JSON.stringify(card), uuid }),
    });
    // Whoever acts from now on is known, however slow the platform is.
    await this.#directory.load();
    // Wrong credentials are told, and do not keep the rest of the bot from running.
    await this.#api.warm().catch(async (error: unknown) => {
      report(error, "feishu token");
      this.#trouble = deliveryError(error).message;
      if (needsMending(error)) await this.#tell("credentials", this.#trouble);
    });
    await this.#inbound.start();
    if (this.#options.transport === "webhook") return;
    this.#connection = new LongConnection({
      options: this.#options,
      dispatcherHandlers: this.#events(),
      report,
      onState: (state, problem) => void this.#changed(state, problem),
    });
    await this.#connection.start();
  }

  /** Takes no more events and ends what is being handled. */
  async stop(): Promise<void> {
    await this.#connection?.stop();
    await this.#inbound?.stop();
  }

  status(): string {
    const { people, of, groups } = this.#directory.found();
    const state = this.#connection ? STATES[this.#connection.state()] : "等待回调";
    return [`${state}，认出 ${people}/${of} 人、${groups} 个群`, this.#trouble].filter(Boolean).join("。");
  }

  send(delivery: Delivery): Promise<{ messageId: string }> {
    return this.#delivery.send(delivery);
  }

  update(messageId: string, card: Card): Promise<void> {
    return this.#delivery.update(messageId, card);
  }

  urge(messageId: string, name: string, channel: Urgency): Promise<void> {
    return this.#delivery.urge(messageId, name, channel);
  }

  readers(messageId: string): Promise<string[]> {
    return this.#delivery.readers(messageId);
  }

  reaches(to: Address): boolean {
    return this.#directory.reaches(to);
  }

  owns(messageId: string): boolean {
    return isMessageId(messageId);
  }

  freeAt(to: Address, lane: Lane, edits?: string): Instant {
    if (edits !== undefined) return this.#limiter.freeAt({ edits }, lane);
    const chat = this.#delivery.accountOf(to);
    return this.#limiter.freeAt(chat === undefined ? {} : { chat }, lane);
  }

  rebound(): Promise<void> {
    return this.#directory.load();
  }

  /** What is part of an answer and waits in no queue; it counts all the same. */
  async #says(to: Recipient, message: Outgoing): Promise<void> {
    this.#limiter.take({ chat: to.id });
    await this.#api.send({ to, ...message });
  }

  #events(): Handlers {
    const onEvent = async (type: string, data: unknown): Promise<unknown> => {
      if (!this.#inbound) throw notOpen();
      return this.#inbound.onEvent(type, data);
    };
    return eventHandlers(EVENT_TYPES, { onEvent }, this.#context.report);
  }

  #webhook(): (request: Request) => Promise<Response> {
    const { clock } = this.#context;
    let dispatcher: ReturnType<typeof createDispatcher> | undefined;
    return webhookRoute({
      options: this.#options,
      now: () => clock.now(),
      handle: (body) => {
        dispatcher ??= createDispatcher(this.#events());
        return dispatcher.invoke(body, { needCheck: false });
      },
    });
  }

  async #changed(state: ConnectionState, problem: Problem | undefined): Promise<void> {
    this.#trouble = problem?.text;
    // What passes by itself is nobody's work.
    if (problem?.lasting) await this.#tell(problem.key, problem.text);
    if (state !== "connected") return;
    const { report } = this.#context;
    await this.#inbound?.reconnected();
    await this.#handlers?.onNews({ type: "connected" }).catch((error: unknown) => report(error, "feishu news"));
  }

  async #tell(key: string, text: string): Promise<void> {
    const { clock, report } = this.#context;
    await this.#handlers
      ?.onNews({ type: "finding", at: clock.now(), key: `feishu/${key}`, text })
      .catch((error: unknown) => report(error, "feishu news"));
  }
}
