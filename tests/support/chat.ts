import { hash } from "node:crypto";
import type { Case } from "#core/case/case.ts";
import { kindOfFile } from "#core/case/evidence.ts";
import type { Office } from "#core/case/office.ts";
import type { Button } from "#core/message/card.ts";
import type { Attachment, AttachmentFiles, ChatRef, Toast } from "#core/ports.ts";
import type { Store } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { advanceTo, type MovableClock, movableClock } from "#core/virtual-time.ts";
import { type Bot, createBot } from "#src/bot.ts";
import type { Registry } from "#src/chat/registry.ts";
import { discoverCommands } from "#src/discover.ts";
import type { Engine } from "#src/engine/engine.ts";
import { openStore } from "#src/runtime.ts";
import type { SetupOverrides } from "#src/setup.ts";
import { FakePlatform, type Post, textOf } from "./fake-platform.ts";
import { exampleSetup } from "./office.ts";
import { at, span } from "./time.ts";

export const DUTY_GROUP = "青岩县舆情值班群";

export interface ChatOptions {
  /** "11-20 09:00", a Friday morning, unless said otherwise. */
  at?: string;
  setup?: SetupOverrides;
  databaseUrl?: string;
  /** A chat service that was there before: after a crash of the bot, its messages still are. */
  platform?: FakePlatform;
  clock?: MovableClock;
  /** Further chat services; the first one is asked first. */
  others?: readonly FakePlatform[];
  /** Keeps contents of attachments. */
  files?: AttachmentFiles;
}

export interface Saying {
  /** A group, or "dm" for the person's private chat with the bot. */
  in?: string;
  /** Message that is answered. */
  to?: Post | string | undefined;
  mentioned?: boolean;
  known?: boolean;
  /** Files by name (of which the name is the content), or whole attachments. */
  attach?: readonly (string | Attachment)[];
  /** Platform's id of the event, to deliver one twice. */
  event?: string;
  /** When it was sent, if that is not now. */
  at?: Instant;
  /** People who are mentioned, by account; the platform is one whose accounts can be bound. */
  accounts?: { written: string; account: string }[];
}

export interface Pressing extends Pick<Saying, "in" | "event" | "known"> {
  /** The card; without it the newest one that this person can see and that has the button. */
  on?: Post;
}

interface ChatParts {
  store: Store;
  platform: FakePlatform;
  clock: MovableClock;
  /** Starts a bot on the same store, clock and platform. */
  boot: (onError: (error: unknown, doing: string) => void) => Promise<Bot>;
}

/** A bot with everybody around it, on a clock that is moved by hand. Reads like a chat log. */
export class Chat {
  readonly store: Store;
  readonly platform: FakePlatform;
  readonly clock: MovableClock;
  /** Failures of the bot itself: a test that expects none checks that this is empty. */
  readonly errors: unknown[] = [];
  /** What the last press, or the last message, was told at once. */
  toast: Toast | undefined;
  readonly #boot: ChatParts["boot"];
  #bot: Bot | undefined;
  #ids = 0;

  constructor({ store, platform, clock, boot }: ChatParts) {
    this.store = store;
    this.platform = platform;
    this.clock = clock;
    this.#boot = boot;
  }

  /** Starts the bot, also again after it was killed: what is durable is all that it knows. */
  async starts(): Promise<this> {
    this.#bot = await this.#boot((error) => void this.errors.push(error));
    await this.engine.tick();
    return this;
  }

  /** The process is killed, and started again after this time. */
  async isDownFor(time: string): Promise<void> {
    this.#bot = undefined;
    this.clock.set(this.clock.now() + span(time));
    await this.starts();
  }

  get #running(): Bot {
    if (!this.#bot) throw new Error("the bot is not running");
    return this.#bot;
  }
  get engine(): Engine {
    return this.#running.engine;
  }
  get office(): Office {
    return this.#running.office;
  }

  /** Sends a message and waits for everything that follows at once. Returns the message's id. */
  async says(who: string, text: string, how: Saying = {}): Promise<string> {
    const id = how.event ?? `m${this.clock.now()}-${++this.#ids}`;
    const messageId = `msg-${id}`;
    const replyTo = typeof how.to === "string" ? how.to : how.to?.id;
    this.toast = await this.#running.handlers.onEvent({
      type: "message",
      id,
      at: how.at ?? this.clock.now(),
      chat: chatOf(who, how.in),
      from: who,
      known: how.known ?? true,
      ...(how.accounts ? { platform: this.platform.name, accounts: how.accounts } : {}),
      messageId,
      text,
      attachments: (how.attach ?? []).map(attachmentOf),
      ...(replyTo ? { replyTo } : {}),
      ...(how.mentioned ? { mentioned: true } : {}),
    });
    await this.engine.wake();
    return messageId;
  }

  /** Takes a message in the duty group back. */
  async recalls(who: string, messageId: string, id = `r${this.clock.now()}-${++this.#ids}`): Promise<void> {
    const event = { id, at: this.clock.now(), chat: chatOf(who, undefined), from: who, known: true, messageId };
    await this.#running.handlers.onEvent({ type: "recall", ...event });
    await this.engine.wake();
  }

  /** Presses a button by its label or action, fills its form, and waits for everything that follows at once. */
  async presses(who: string, name: string, fill: Record<string, string> = {}, how: Pressing = {}): Promise<string> {
    const [post, button] = this.#find(who, name, how);
    const prefilled = Object.fromEntries((button.form?.fields ?? []).map((f) => [f.name, f.value ?? ""]));
    this.toast = await this.#running.handlers.onEvent({
      type: "press",
      id: how.event ?? `p${this.clock.now()}-${++this.#ids}`,
      at: this.clock.now(),
      chat: post.to.kind === "group" ? { kind: "group", name: post.to.name } : { kind: "private", name: who },
      from: who,
      known: how.known ?? true,
      messageId: post.id,
      action: button.action,
      values: { ...prefilled, ...button.values, ...fill },
    });
    await this.engine.wake();
    return this.toast?.text.normalize("NFKC") ?? "";
  }

  /** A press with any values at all, as a broken or hostile client could send it. */
  async sendsPress(who: string, action: string, values: Record<string, string>, where?: string): Promise<void> {
    this.toast = await this.#running.handlers.onEvent({
      type: "press",
      id: `p${this.clock.now()}-${++this.#ids}`,
      at: this.clock.now(),
      chat: chatOf(who, where),
      from: who,
      known: true,
      messageId: "unknown",
      action,
      values,
    });
    await this.engine.wake();
  }

  #find(who: string, name: string, { on }: Pressing): [Post, Button] {
    const has = (b: Button): boolean => b.label === name || b.action === name;
    const visible = on ? [on] : this.platform.posts.filter((p) => p.to.kind === "group" || p.to.name === who);
    const post = visible.findLast((p) => p.card.buttons.some(has));
    const button = post?.card.buttons.find((b) => b.label === name) ?? post?.card.buttons.find(has);
    if (!post || !button) throw new Error(`${who} sees no button ${name}; the last card:\n${textOf(visible.at(-1))}`);
    return [post, button];
  }

  /** Time passes; whatever falls due happens at its own time. */
  async passes(time: string): Promise<void> {
    await this.until(this.clock.now() + span(time));
  }

  async until(moment: Instant | string): Promise<void> {
    await advanceTo(this.engine, this.clock, typeof moment === "string" ? at(moment) : moment);
  }

  /** As `until`, for long stretches: only what the database holds falls due, and the bot's own rounds in between are left out. */
  async skipsTo(moment: Instant): Promise<void> {
    for (;;) {
      const next = await this.store.nextDue();
      if (next === undefined || next > moment) break;
      this.clock.set(Math.max(next, this.clock.now()));
      await this.engine.tick();
    }
    this.clock.set(moment);
  }

  /** All that a person was told in private. */
  toldTo(name: string): Post[] {
    return this.platform.posts.filter((p) => p.to.kind === "user" && p.to.name === name);
  }

  lastFor(name: string): Post | undefined {
    return this.toldTo(name).at(-1);
  }

  lastIn(group: string = DUTY_GROUP): Post | undefined {
    return this.platform.posts.findLast((p) => p.to.kind === "group" && p.to.name === group);
  }

  /** The last thing said in the duty group, as text. */
  answer(): string {
    return textOf(this.lastIn());
  }

  /** The n-th case of the day, from 1. */
  async case(no = 1): Promise<Case> {
    const all = await this.store.cases({ limit: 200 });
    const found = all.sort((a, b) => a.receivedAt - b.receivedAt || a.id.localeCompare(b.id))[no - 1];
    if (!found) throw new Error(`there is no case ${no}, only ${all.length}`);
    return found;
  }

  async count(): Promise<number> {
    return this.store.countCases({});
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

const attachmentOf = (file: string | Attachment): Attachment =>
  typeof file === "string" ? { kind: kindOfFile(file), name: file, sha256: hash("sha256", file) } : file;

const chatOf = (who: string, where: string | undefined): ChatRef =>
  where === "dm" ? { kind: "private", name: who } : { kind: "group", name: where ?? DUTY_GROUP };

let registry: Promise<Registry> | undefined;

/** A chat of the example county on the real router, engine and store. */
export async function openChat(options: ChatOptions = {}): Promise<Chat> {
  registry ??= discoverCommands();
  const setup = exampleSetup(options.setup);
  const clock = options.clock ?? movableClock(at(options.at ?? "11-20 09:00"));
  const platform = options.platform ?? new FakePlatform(clock);
  const store = await openStore(options.databaseUrl ?? "sqlite::memory:");
  const parts = {
    setup,
    store,
    clock,
    platforms: [platform, ...(options.others ?? [])],
    registry: await registry,
    files: options.files,
  };
  return new Chat({ store, platform, clock, boot: (onError) => createBot({ ...parts, onError }) }).starts();
}

export { at, span, textOf };
