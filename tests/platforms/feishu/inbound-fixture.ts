import { afterEach, expect } from "vitest";
import { intakeScreen } from "#core/intake/intake.ts";
import type { Card } from "#core/message/card.ts";
import type { MessageEvent, PlatformContext, PlatformEvent, PlatformHandlers, PlatformNews } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Store } from "#core/store.ts";
import { type MovableClock, movableClock } from "#core/virtual-time.ts";
import { type Bot, createBot } from "#src/bot.ts";
import { discoverCommands } from "#src/discover.ts";
import { platformRecords } from "#src/platform-records.ts";
import type { FeishuApi } from "#src/platforms/feishu/api.ts";
import { LongConnection } from "#src/platforms/feishu/connection.ts";
import { eventHandlers } from "#src/platforms/feishu/dispatcher.ts";
import { Directory } from "#src/platforms/feishu/inbound/directory.ts";
import { EVENT_TYPES } from "#src/platforms/feishu/inbound/events.ts";
import { Inbound } from "#src/platforms/feishu/inbound/inbound.ts";
import { openStore } from "#src/runtime.ts";
import type { SetupOverrides } from "#src/setup.ts";
import { FakePlatform, textOf } from "../../support/fake-platform.ts";
import type { Chat, User } from "../../support/feishu-server/model.ts";
import type { FeishuServer } from "../../support/feishu-server/server.ts";
import { exampleSetup } from "../../support/office.ts";
import { at } from "../../support/time.ts";
import { apiFor, optionsFor, startServer } from "./transport-fixture.ts";

export const DUTY_GROUP = "青岩县舆情值班群";

export interface RoomOptions {
  setup?: SetupOverrides;
  databaseUrl?: string;
  /** A service that was there before the bot started. */
  server?: FeishuServer;
  clock?: MovableClock;
  /** Stands between the platform and the bot. */
  between?: (event: PlatformEvent, next: PlatformHandlers["onEvent"]) => ReturnType<PlatformHandlers["onEvent"]>;
  keepsFiles?: boolean;
  maxFileMB?: number;
}

const open = new Set<Room>();
afterEach(async () => {
  for (const room of open) await room.close();
});

/** A loopback Feishu, the inbound side over its long connection, and the real bot; what the bot sends goes to a fake. */
export class Room {
  readonly server: FeishuServer;
  readonly clock: MovableClock;
  readonly store: Store;
  readonly api: FeishuApi;
  readonly roster: Roster;
  readonly posts: FakePlatform["posts"];
  readonly directory: Directory;
  readonly events: PlatformEvent[] = [];
  readonly news: PlatformNews[] = [];
  readonly reports: unknown[] = [];
  /** Cards that the bot sent over the service, by message. */
  readonly cards = new Map<string, Card>();
  readonly #inbound: Inbound;
  readonly #connection: LongConnection;
  readonly #bot: Bot;

  private constructor(parts: {
    options: RoomOptions;
    server: FeishuServer;
    clock: MovableClock;
    store: Store;
    bot: Bot;
    fake: FakePlatform;
    directory: Directory;
    roster: Roster;
  }) {
    const { options, server, clock, store, bot, fake, directory, roster } = parts;
    this.server = server;
    this.clock = clock;
    this.store = store;
    this.roster = roster;
    this.posts = fake.posts;
    this.directory = directory;
    this.api = apiFor(server);
    this.#bot = bot;
    const report = (error: unknown): void => void this.reports.push(error);
    const handlers: PlatformHandlers = {
      onEvent: (event) => {
        this.events.push(event);
        return options.between ? options.between(event, (e) => bot.handlers.onEvent(e)) : bot.handlers.onEvent(event);
      },
      onNews: (news) => {
        this.news.push(news);
        return bot.handlers.onNews(news);
      },
      denies: (press) => bot.handlers.denies(press),
    };
    const context: PlatformContext = {
      ...platformRecords(store, "feishu"),
      sentCard: async (id) => this.cards.get(id),
      roster,
      clock,
      folder: "",
      env: {},
      options: {},
      token: undefined,
      screen: intakeScreen(roster),
      keepsFiles: options.keepsFiles ?? false,
      report,
    };
    this.#inbound = new Inbound({
      context,
      handlers,
      directory,
      api: this.api,
      maxFileMB: options.maxFileMB ?? 1,
      say: async (to, text, uuid) =>
        void (await this.api.send({ to, msgType: "text", content: JSON.stringify({ text }), uuid })),
      sendForm: async (id, card, uuid) => {
        const to = { type: "open_id" as const, id };
        await this.api.send({ to, msgType: "interactive", content: JSON.stringify(card), uuid });
      },
    });
    this.#connection = new LongConnection({
      options: optionsFor(server),
      dispatcherHandlers: eventHandlers(EVENT_TYPES, this.#inbound, report),
      report,
      onState: () => {},
    });
  }

  static async open(options: RoomOptions = {}): Promise<Room> {
    const clock = options.clock ?? movableClock(at("11-20 09:00"));
    const server = options.server ?? (await startServer({ now: () => clock.now() }));
    const setup = exampleSetup(options.setup);
    const store = await openStore(options.databaseUrl ?? "sqlite::memory:");
    const fake = new FakePlatform(clock);
    let room: Room | undefined;
    const platform = Object.assign(fake, { rebound: async () => room?.directory.load() });
    const bot = await createBot({
      setup,
      store,
      clock,
      platforms: [platform],
      registry: await discoverCommands(),
      onError: (error) => void room?.reports.push(error),
    });
    const directory = new Directory({
      accounts: platformRecords(store, "feishu").accounts,
      roster: setup.roster,
      clock,
      news: async (news) => {
        room?.news.push(news);
        await bot.handlers.onNews(news);
      },
    });
    room = new Room({ options, server, clock, store, bot, fake, directory, roster: setup.roster });
    open.add(room);
    await directory.load();
    await room.#inbound.start();
    await room.#connection.start();
    return room;
  }

  /** Everything that was acknowledged is handled, and what was decided is sent. */
  async settles(): Promise<void> {
    await this.#inbound.idle();
    await this.#bot.engine.wake();
  }

  get inbound(): Inbound {
    return this.#inbound;
  }

  get messages(): MessageEvent[] {
    return this.events.filter((e) => e.type === "message");
  }

  /** What the bot said to a group or a person. */
  toldTo(name: string): string[] {
    return this.posts.filter((p) => p.to.name === name).map(textOf);
  }

  told(name: string): string {
    return this.toldTo(name).at(-1) ?? "";
  }

  /** Sends a card of the bot over the service, as delivery would. */
  async posted(to: User | Chat, card: Card, content: object): Promise<string> {
    const address =
      "chatId" in to ? { type: "chat_id" as const, id: to.chatId } : { type: "open_id" as const, id: to.openId };
    const sent = await this.api.send({
      to: address,
      msgType: "interactive",
      content: JSON.stringify(content),
      uuid: crypto.randomUUID(),
    });
    this.cards.set(sent.messageId, card);
    return sent.messageId;
  }

  /** As if its process had been killed: nothing is waited for. */
  abandon(): void {
    open.delete(this);
    void this.#connection.stop();
  }

  async close(): Promise<void> {
    if (!open.delete(this)) return;
    await this.#connection.stop();
    await this.#inbound.stop();
    await this.server.close();
    await this.store.close();
  }
}

/** People of the example roster on the service, found by their telephone numbers. */
export function staff(server: FeishuServer, roster: Roster, ...names: string[]): User[] {
  return names.map((name) => {
    const mobile = roster.person(name)?.phone;
    if (mobile === undefined) throw new Error(`${name} has no number in the roster`);
    return server.addUser({ name, mobile });
  });
}

/** A service with 王晓梅, 何伟 (管理员) and the duty group, and a bot that starts after them. */
export async function dutyRoom(options: RoomOptions = {}) {
  const clock = options.clock ?? movableClock(at("11-20 09:00"));
  const server = options.server ?? (await startServer({ now: () => clock.now() }));
  const { roster } = exampleSetup(options.setup);
  const [xiaomei, admin] = staff(server, roster, "王晓梅", "何伟");
  if (!xiaomei || !admin) throw new Error("nobody there");
  const guest = server.addUser({ name: "路过的人" });
  const group = server.addChat({ name: DUTY_GROUP, members: [xiaomei, admin, guest] });
  const room = await Room.open({ ...options, server, clock });
  return { room, server, clock, xiaomei, admin, guest, group };
}

export const expectNothingReported = (room: Room): void => expect(room.reports).toEqual([]);
