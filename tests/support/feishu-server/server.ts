import { setTimeout as sleep } from "node:timers/promises";
import { Deliveries, type Delivery } from "./delivery.ts";
import { type Envelope, envelope } from "./events.ts";
import type { Fault } from "./faults.ts";
import { HttpService, type Logged, type Reply } from "./http-service.ts";
import {
  type Ack,
  type ClientConfig,
  type EndpointMode,
  type HandshakeMode,
  LongConnections,
  type PushOptions,
} from "./long-connection.ts";
import { type Chat, isObject, type Json } from "./model.ts";
import { OpenApi, type Request } from "./open-api.ts";
import { People } from "./people.ts";
import { Refusal } from "./refusal.ts";
import { visibleText } from "./visible-text.ts";
import { postEvent, type WebhookAnswer, type WebhookOptions } from "./webhook.ts";
import type { WorldOptions } from "./world.ts";

export interface FeishuServerOptions extends WorldOptions {
  /** 0: any free one. */
  port?: number;
  /** Intervals that clients are told, in seconds; small ones unless said otherwise. */
  clientConfig?: Partial<ClientConfig>;
  /** False: calls are not counted. */
  limits?: boolean;
}

/**
 * A Feishu on 127.0.0.1 that speaks the real protocol and refuses what the real one refuses. State outlives `stop()`, so
 * that a test can take the service away and bring it back on the same port.
 */
export class FeishuServer extends People {
  readonly #api = new OpenApi(this);
  readonly #deliveries = new Deliveries((event, options) => this.#push(event, options), this.now);
  readonly #long: LongConnections;
  readonly #http: HttpService;
  #port: number;
  #webhook: string | undefined;

  constructor(options: FeishuServerOptions = {}) {
    super(options);
    this.#port = options.port ?? 0;
    this.limits.enabled = options.limits ?? true;
    this.#long = new LongConnections({
      onChange: () => this.changed(),
      onBadFrame: (what) => this.problem(0, what),
    });
    this.config(options.clientConfig ?? {});
    this.#http = new HttpService({
      answer: (request) => this.#answer(request),
      upgrade: (request, socket, head) => this.#long.upgrade(request, socket, head),
      onChange: () => this.changed(),
      now: this.now,
    });
  }

  static async start(options: FeishuServerOptions = {}): Promise<FeishuServer> {
    const server = new FeishuServer(options);
    await server.resume();
    return server;
  }

  /** Every call that came in, oldest first. */
  get requests(): readonly Logged[] {
    return this.#http.requests;
  }

  get port(): number {
    return this.#port;
  }

  /** For the `domain` of the SDK: no slash at the end. */
  get domain(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, again on the same port after `stop()`. */
  async resume(): Promise<void> {
    this.#port = await this.#http.listen(this.#port);
  }

  /** Cuts everything off and listens no more; people, messages and undelivered events stay. */
  async stop(): Promise<void> {
    this.#long.drop();
    await this.#http.close();
  }

  close(): Promise<void> {
    return this.stop();
  }

  // What goes wrong

  /** @returns a function that takes the fault away */
  fault(fault: Fault): () => void {
    return this.#http.faults.add(fault);
  }

  revokeToken(): void {
    this.#api.revokeToken();
  }

  /** Seconds that the next token lives. */
  set tokenLifetime(seconds: number) {
    this.#api.tokenLifetime = seconds;
  }

  /** Changes the intervals that clients are told, in seconds. */
  config(changes: Partial<ClientConfig>): void {
    Object.assign(this.#long.config, changes);
  }

  /** How clients are answered that ask where to connect; without an argument as usual. */
  endpointAnswers(mode?: EndpointMode): void {
    this.#long.endpointMode = mode;
  }

  /** What becomes of a WebSocket handshake; without an argument it succeeds. */
  handshakes(mode?: HandshakeMode): void {
    this.#long.handshakeMode = mode;
  }

  dropConnections(): void {
    this.#long.drop();
  }

  halfOpen(): void {
    this.#long.halfOpen();
  }

  get connections(): number {
    return this.#long.connections;
  }

  get pings(): number {
    return this.#long.pings;
  }

  // Events

  /** Every event that was pushed, with its attempts. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries.all;
  }

  /** Pushes any event, under an id of its own or under a given one. */
  push(eventType: string, event: Json, options: PushOptions & { eventId?: string } = {}): Promise<Ack> {
    const made = envelope(this, eventType, event);
    made.header.event_id = options.eventId ?? made.header.event_id;
    return this.deliver(made, options);
  }

  /** Pushes an event again, as the service does when it missed the answer. */
  redeliver(eventId: string, options: PushOptions = {}): Promise<Ack> {
    return this.#deliveries.redeliver(eventId, options);
  }

  /** Pushes again what is due by the clock of the server: 15 s, 5 min, 1 h and 6 h after the attempt before. */
  redeliverDue(): Promise<Ack[]> {
    return this.#deliveries.redeliverDue();
  }

  /** Events go to this URL from now on; without one, to long connections. */
  useWebhook(url?: string): void {
    this.#webhook = url;
  }

  /** One event to one URL, spoilt if told so. */
  pushToWebhook(
    url: string,
    eventType: string,
    event: Json,
    options: Partial<WebhookOptions> = {},
  ): Promise<WebhookAnswer> {
    const settings = { encryptKey: this.encryptKey, now: this.now(), ...options };
    return postEvent(url, envelope(this, eventType, event), settings);
  }

  /** Asks a URL whether it belongs to the app, as the console does before it takes it. @returns whether it answered right */
  async verifyWebhook(url: string): Promise<boolean> {
    const challenge = crypto.randomUUID();
    const question = { type: "url_verification", challenge, token: this.verificationToken };
    const { status, body } = await postEvent(url, question, { encryptKey: this.encryptKey, now: this.now() });
    return status === 200 && isObject(body) && body["challenge"] === challenge;
  }

  // Looking

  /** Everything that can be read in a chat, in order. */
  chatText(chat: Chat): string {
    const shown = this.messages.filter((message) => message.chatId === chat.chatId && !message.upperId);
    return shown.map((message) => this.textOf(message.id)).join("\n");
  }

  /** What can be read of a message now. @throws Error when there is none */
  textOf(messageId: string): string {
    const message = this.message(messageId);
    if (!message) throw new Error(`no message ${messageId}`);
    return visibleText(message, (openId) => (openId === this.bot.openId ? this.bot.name : this.user(openId)?.name));
  }

  /** Waits until the predicate gives something. @throws Error when it does not within `timeoutMs` of real time */
  async waitFor<T>(predicate: () => T | undefined | false, timeoutMs = 5_000): Promise<T> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      const found = predicate();
      if (found !== undefined && found !== false) return found;
      const left = until - performance.now();
      if (left <= 0) throw new Error(`nothing happened within ${timeoutMs} ms: ${String(predicate)}`);
      const { promise, resolve } = Promise.withResolvers<void>();
      const forget = this.onChange(resolve);
      // What happens outside the server is looked at now and then.
      await Promise.race([promise, sleep(Math.min(left, 20))]);
      forget();
    }
  }

  protected deliver(event: Envelope, options: PushOptions): Promise<Ack> {
    return this.#deliveries.push(event, options);
  }

  async #push(event: Envelope, options: PushOptions): Promise<Ack> {
    if (this.#webhook === undefined) return this.#long.push(event, options);
    const started = performance.now();
    const answer = await postEvent(this.#webhook, event, { encryptKey: this.encryptKey, now: this.now() });
    return { code: answer.status, data: answer.body, ms: Math.round(performance.now() - started) };
  }

  #answer(request: Request): Reply | "hang" {
    try {
      return request.path === "/callback/ws/endpoint" ? this.#endpoint(request) : this.#api.answer(request);
    } catch (error) {
      if (error instanceof Refusal) return { json: error.body, status: error.status, headers: error.headers };
      this.problem(0, String(error));
      return { json: { code: 1, msg: String(error) }, status: 500 };
    }
  }

  #endpoint({ body }: Request): Reply | "hang" {
    const mode = this.#long.endpointMode;
    if (mode?.kind === "hang") return "hang";
    if (mode?.kind === "http500") return { json: { code: 1, msg: "internal error" }, status: 500 };
    if (body["AppID"] !== this.appId || body["AppSecret"] !== this.appSecret)
      return { json: { code: 514, msg: "app_id or app_secret is invalid", data: {} } };
    return { json: this.#long.endpoint(this.#port) };
  }
}
