import { intakeScreen } from "#core/intake/intake.ts";
import type { Platform, PlatformContext } from "#core/ports.ts";
import type { Store } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { advanceTo, type MovableClock, movableClock } from "#core/virtual-time.ts";
import { type Bot, createBot } from "#src/bot.ts";
import { discoverCommands } from "#src/discover.ts";
import type { Engine } from "#src/engine/engine.ts";
import { platformRecords } from "#src/platform-records.ts";
import feishu from "#src/platforms/feishu/index.ts";
import { openStore } from "#src/runtime.ts";
import type { FieldValue } from "./feishu-server/card-form.ts";
import type { Chat, Message, User } from "./feishu-server/model.ts";
import type { Pressed } from "./feishu-server/press.ts";
import { FeishuServer, type FeishuServerOptions } from "./feishu-server/server.ts";
import type { Saying } from "./feishu-server/talk.ts";
import { exampleSetup } from "./office.ts";
import { at, span } from "./time.ts";

export const DUTY_GROUP = "青岩县舆情值班群";

export interface FeishuOfficeOptions extends FeishuServerOptions {
  /** "11-20 09:00", a Friday morning, unless said otherwise. */
  at?: string;
  databaseUrl?: string;
  /** Changes to the environment of the bot. */
  env?: Record<string, string>;
  /** Options of the platform in the configuration. */
  platform?: Record<string, unknown>;
}

interface Running {
  bot: Bot;
  platform: Platform;
}

/**
 * The example county in a loopback Feishu: its people with their telephone numbers, its groups, and the bot on the real SDK.
 * Limits run on a clock that is moved by hand; sockets and rates run in real time.
 */
export class FeishuOffice {
  readonly server: FeishuServer;
  readonly store: Store;
  readonly clock: MovableClock;
  readonly errors: { error: unknown; doing: string }[] = [];
  /** Changes to the environment of a bot that starts from now on. */
  env: Record<string, string>;
  readonly #options: FeishuOfficeOptions;
  #running: Running | undefined;
  #second: Running | undefined;

  private constructor(server: FeishuServer, store: Store, clock: MovableClock, options: FeishuOfficeOptions) {
    this.server = server;
    this.store = store;
    this.clock = clock;
    this.env = options.env ?? {};
    this.#options = options;
  }

  static async open(options: FeishuOfficeOptions = {}): Promise<FeishuOffice> {
    const clock = movableClock(at(options.at ?? "11-20 09:00"));
    // By the virtual clock everything happens within a second.
    const server = await FeishuServer.start({ now: () => clock.now(), limits: false, ...options });
    populate(server);
    const store = await openStore(options.databaseUrl ?? "sqlite::memory:");
    const office = new FeishuOffice(server, store, clock, options);
    await office.starts();
    return office;
  }

  /** Starts the bot, also again after `dies`: what is durable is all that it knows. */
  async starts(): Promise<void> {
    await this.#start((running) => {
      this.#running = running;
    });
  }

  /** A second bot of the same app on the same database, as when an old one was forgotten. */
  async secondStarts(): Promise<void> {
    await this.#start((running) => {
      this.#second = running;
    });
  }

  /** @param begun told before events can come in */
  async #start(begun: (running: Running) => void): Promise<void> {
    const setup = exampleSetup();
    const report = (error: unknown, doing: string): void => void this.errors.push({ error, doing });
    const context: PlatformContext = {
      roster: setup.roster,
      clock: this.clock,
      folder: "",
      env: {
        FEISHU_APP_ID: this.server.appId,
        FEISHU_APP_SECRET: this.server.appSecret,
        FEISHU_DOMAIN: this.server.domain,
        FEISHU_ENCRYPT_KEY: this.server.encryptKey,
        FEISHU_VERIFICATION_TOKEN: this.server.verificationToken,
        ...this.env,
      },
      options: this.#options.platform,
      token: undefined,
      screen: intakeScreen(setup.roster),
      keepsFiles: false,
      report,
      sentCard: (messageId) => this.store.sentCard(messageId),
      ...platformRecords(this.store, "feishu"),
    };
    const platform = await feishu.create(context);
    const registry = await discoverCommands();
    const bot = await createBot({
      setup,
      store: this.store,
      clock: this.clock,
      platforms: [platform],
      registry,
      onError: report,
    });
    begun({ bot, platform });
    await platform.start(bot.handlers);
    await bot.engine.tick();
  }

  /** Both of them, if there are two. */
  async stops(): Promise<void> {
    for (const running of [this.#running, this.#second]) {
      await running?.platform.stop();
      await running?.bot.engine.tick();
    }
    this.#running = undefined;
    this.#second = undefined;
  }

  get #engines(): Engine[] {
    return [this.#running, this.#second].flatMap((running) => running?.bot.engine ?? []);
  }

  get bot(): Bot {
    if (!this.#running) throw new Error("the bot is not running");
    return this.#running.bot;
  }

  get platform(): Platform {
    if (!this.#running) throw new Error("the bot is not running");
    return this.#running.platform;
  }

  user(name: string): User {
    return userIn(this.server, name);
  }

  group(name: string = DUTY_GROUP): Chat {
    return groupIn(this.server, name);
  }

  /** Says something in the duty group, or elsewhere; resolves when what the bot answers at once is there. @returns the message's id */
  async says(name: string, words: string, saying: Saying & { in?: Chat | "p2p" } = {}): Promise<string> {
    const { in: place = this.group(), ...how } = saying;
    const { messageId } = await this.server.says(this.user(name), place, words, how);
    await this.settles();
    return messageId;
  }

  /** Resolves when everything that may go out now is out. */
  async settles(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.wake()));
  }

  /** Presses a button on the newest message with it that this person sees. */
  async presses(name: string, label: string, form?: Record<string, FieldValue>, on?: Message): Promise<Pressed> {
    const user = this.user(name);
    const message = on ?? this.newest(name, (text) => text.includes(label));
    const pressed = await this.server.presses(user, message.id, label, form);
    await this.settles();
    return pressed;
  }

  /** The newest message of the bot that this person can see and whose text, buttons included, fits. */
  newest(name: string, fits: (text: string) => boolean): Message {
    const user = this.user(name);
    const found = this.server.messages.findLast(
      (m) =>
        m.sender.kind === "bot" &&
        this.server.chat(m.chatId)?.members.has(user.openId) &&
        fits(this.server.textOf(m.id)),
    );
    if (!found) throw new Error(`${name} sees no such message`);
    return found;
  }

  /** Messages of the bot in somebody's private chat, oldest first. */
  toldTo(name: string): Message[] {
    const chat = this.server.p2p(this.user(name));
    return this.server.messages.filter((m) => m.chatId === chat.chatId && m.sender.kind === "bot");
  }

  text(message: Message | string): string {
    return this.server.textOf(typeof message === "string" ? message : message.id).normalize("NFKC");
  }

  /** Time passes; whatever falls due happens at its own time. */
  async passes(time: string): Promise<void> {
    await this.until(this.clock.now() + span(time));
  }

  async until(moment: Instant | string): Promise<void> {
    const driven = {
      tick: async () => void (await Promise.all(this.#engines.map((engine) => engine.tick()))),
      nextDue: () => this.bot.engine.nextDue(),
    };
    await advanceTo(driven, this.clock, typeof moment === "string" ? at(moment) : moment);
  }

  async close(): Promise<void> {
    if (this.#running) await this.stops();
    await this.store.close();
    await this.server.close();
  }
}

/** The people of the example county with their telephone numbers, and its groups. */
export function populate(server: FeishuServer): void {
  const { roster } = exampleSetup();
  for (const name of roster.people.keys()) {
    const mobile = roster.file.phones[name];
    server.addUser({ name, ...(mobile ? { mobile } : {}) });
  }
  for (const group of roster.file.groups) {
    const members = roster.members(group).map((name) => userIn(server, name));
    server.addChat({ name: group.name, members });
  }
}

export function groupIn(server: FeishuServer, name: string): Chat {
  const chat = server.chats.find((c) => c.mode === "group" && c.name === name);
  if (!chat) throw new Error(`there is no group ${name}`);
  return chat;
}

export function userIn(server: FeishuServer, name: string): User {
  const user = server.users.find((u) => u.name === name);
  if (!user) throw new Error(`there is nobody called ${name}`);
  return user;
}
