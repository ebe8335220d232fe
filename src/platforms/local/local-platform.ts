import { BotError } from "#core/errors.ts";
import type { Card } from "#core/message/card.ts";
import {
  type Address,
  type Clock,
  type Delivery,
  DeliveryError,
  type Platform,
  type PlatformHandlers,
  type Urgency,
} from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import { ChatLog } from "./chat-log.ts";
import { Directory } from "./directory.ts";
import type { LapseControls } from "./lapse.ts";
import { frame, LiveHub } from "./live-hub.ts";
import { Room, type Screen } from "./room.ts";
import { localRoutes } from "./routes.ts";
import type { ClockView } from "./views.ts";

export interface LocalPlatformOptions {
  roster: Roster;
  clock: Clock;
  /** SQLite file of the chat history, or ":memory:". */
  file: string;
  screen: Screen;
  /** Where the pages are mounted: "/chat". */
  prefix: string;
  /** When given, every page asks for it once. Without it only pages opened under a loopback name are served. */
  token?: string;
  /** The office keeps contents of attachments: browsers send them along. Otherwise only name, size and hash are taken. */
  keepsFiles?: boolean;
  /** A sentence shown above all chats. */
  banner?: string;
  /** Makes this the time-lapse room. */
  lapse?: LapseControls;
  /** Address of the time-lapse room. */
  lapseHref?: string;
  /** Address of the real chat, shown in the time-lapse room. */
  homeHref?: string;
  /** Reports that the sample button sends in turn. */
  sample?: string[];
  /** Told of unexpected failures, with what was being done; the person sees no more than a sentence. Default: nobody is. */
  report?: (error: unknown, doing: string) => void;
}

const HEARTBEAT = 15_000;
const LAPSE_HEARTBEAT = 1_000;

/** A chat service of its own, in the browser: the people of the roster, their groups, and a private chat with the bot. */
export class LocalPlatform implements Platform {
  readonly name = "local";
  readonly web: NonNullable<Platform["web"]>;
  readonly #clock: Clock;
  readonly #directory: Directory;
  readonly #log: ChatLog;
  readonly #hub: LiveHub;
  readonly #room: Room;
  readonly #lapse: LapseControls | undefined;

  /** @throws BotError database when the history file cannot be used */
  constructor(options: LocalPlatformOptions) {
    const { roster, clock, lapse, report = () => {} } = options;
    this.#clock = clock;
    this.#lapse = lapse;
    this.#directory = new Directory(roster);
    this.#log = new ChatLog(options.file);
    this.#hub = new LiveHub({
      heartbeatMs: lapse ? LAPSE_HEARTBEAT : HEARTBEAT,
      heartbeat: () => this.#clockFrame(),
    });
    this.#room = new Room({
      directory: this.#directory,
      log: this.#log,
      hub: this.#hub,
      clock,
      clockView: () => this.#clockView(),
      screen: options.screen,
      report,
    });
    const routes = localRoutes({
      ...options,
      report,
      office: roster.coordinator.name,
      directory: this.#directory,
      room: this.#room,
      clockChanged: () => this.#hub.broadcast(this.#clockFrame()),
    });
    this.web = { prefix: options.prefix, fetch: (request) => routes.fetch(request) };
  }

  /** Also called again with new handlers, when the bot behind the time-lapse room starts over. */
  async start(handlers: PlatformHandlers): Promise<void> {
    this.#room.connect(handlers);
    await this.#room.replay();
  }

  /** Takes no more events, ends all event streams and closes the history. Final. */
  async stop(): Promise<void> {
    this.#room.connect(undefined);
    this.#hub.close();
    this.#log.close();
  }

  async send(delivery: Delivery): Promise<{ messageId: string }> {
    const chat = this.#directory.chatOf(delivery.to);
    if (!chat) throw new DeliveryError(`通讯录里没有“${delivery.to.name}”，消息无法送达。`, { retry: false });
    const added = {
      chat,
      at: this.#clock.now(),
      author: null,
      state: "shown" as const,
      text: delivery.card.title,
      card: JSON.stringify(delivery.card),
      kind: delivery.kind,
      urgent: 0 as const,
      mentions: JSON.stringify(delivery.mentions),
      reply_to: delivery.replyTo ?? null,
      delivery_key: delivery.key,
    };
    const { row, fresh } = storing(() => this.#log.add(added));
    if (fresh) this.#room.announce(row);
    return { messageId: row.id };
  }

  async update(messageId: string, card: Card): Promise<void> {
    const row = storing(() => this.#log.edit(messageId, JSON.stringify(card), card.title, this.#clock.now()));
    if (!row) throw new DeliveryError(`没有可以更新的消息 ${messageId}。`, { retry: false });
    this.#room.announce(row);
  }

  reaches(to: Address): boolean {
    return this.#directory.chatOf(to) !== undefined;
  }

  /** Marks the message in the person's windows; text messages and calls do not exist here. */
  async urge(messageId: string, _name: string, channel: Urgency): Promise<void> {
    const row = channel === "app" ? storing(() => this.#log.urge(messageId)) : undefined;
    if (!row) throw new DeliveryError("本机网页只有应用内加急。", { retry: false });
    this.#room.announce(row);
  }

  owns(messageId: string): boolean {
    return this.#log.byId(messageId) !== undefined;
  }

  /** Forgets all messages; every window starts over. For the time-lapse room only. */
  clear(): void {
    if (!this.#lapse) throw new BotError("refused", "只有快放演示的聊天记录可以清空。");
    this.#log.clear();
    this.#hub.broadcast(frame("reset", {}));
  }

  #clockView(): ClockView {
    return { now: this.#clock.now(), speed: this.#lapse?.speed() ?? 1 };
  }

  #clockFrame(): string {
    return frame("clock", this.#clockView());
  }
}

/** What the disk refuses now, full or locked, it may take later. */
function storing<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new DeliveryError("聊天记录写不进去，请检查磁盘空间和文件权限。", { retry: true, cause: error });
  }
}
