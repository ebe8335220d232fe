import type { z } from "zod";
import { BotError } from "#core/errors.ts";
import type { ChatRef, Clock, PlatformContext, PlatformHandlers } from "#core/ports.ts";
import { HOUR, MINUTE, SECOND } from "#core/time.ts";
import type { Recipient } from "../api.ts";
import type { Directory } from "./directory.ts";
import * as events from "./events.ts";
import { instantOf } from "./events.ts";
import { Groups } from "./groups.ts";
import { Guests } from "./guests.ts";
import { type Lookup, soon } from "./lookup.ts";
import { menuLine } from "./menu.ts";
import { Messages, PLATFORM } from "./messages.ts";
import { once } from "./once.ts";
import { Originals } from "./originals.ts";
import { People } from "./people.ts";
import { Phones } from "./phones.ts";
import { type Presser, Presses, warned } from "./press.ts";

export interface InboundParts {
  context: PlatformContext;
  handlers: PlatformHandlers;
  directory: Directory;
  api: Lookup;
  maxFileMB: number;
  /** Sends a line of text; the same uuid, of at most 50 characters, is sent once. */
  say: (to: Recipient, text: string, uuid: string) => Promise<void>;
  /** Sends a card privately; uuid as above. */
  sendForm: (openId: string, card: object, uuid: string) => Promise<void>;
}

/** People join, leave and change numbers; what cannot be asked now is asked again soon. */
const REFRESH = 4 * HOUR;
const RETRY = MINUTE;
/** How long a start waits for the people to be found: until then nobody new can be reached. */
const START = 10 * SECOND;

/** Cards of a group that the bot has left stay there, and outsiders may see them. */
const NOT_HERE = "机器人已不在本群办事，请在与机器人的私聊中办理。如仍在用本群，请先在群里发一句话再按。";

/** What comes before the start is through or after the end: an error, and so the platform delivers it again. */
export const notOpen = (): BotError =>
  new BotError("platform", "机器人正在启动或停止，没有收下这个飞书事件，飞书会再推送。");

/** From an event of Feishu to what the bot understands. */
export class Inbound {
  readonly #handlers: PlatformHandlers;
  readonly #clock: Clock;
  readonly #directory: Directory;
  readonly #phones: Phones;
  readonly #groups: Groups;
  readonly #people: People;
  readonly #messages: Messages;
  readonly #presses: Presses;
  readonly #report: PlatformContext["report"];
  #timer: NodeJS.Timeout | undefined;
  /** The last look at people and groups did not succeed. */
  #isBehind = false;
  /** Events are taken: everybody is known, and the database is there. */
  #isOpen = false;
  #isStopped = false;

  constructor({ context, handlers, directory, api, maxFileMB, say, sendForm }: InboundParts) {
    const { roster, clock, arrivals, report, screen, keepsFiles, sentCard } = context;
    const news: PlatformHandlers["onNews"] = (what) => handlers.onNews(what);
    const tell = (openId: string, text: string, uuid: string): Promise<void> =>
      say({ type: "open_id", id: openId }, text, uuid).catch((error: unknown) => report(error, "feishu say"));
    const nameOf = (openId: string): string | undefined => directory.nameOf(openId);
    const shared = { directory, roster, api, clock, news, report };
    this.#handlers = handlers;
    this.#clock = clock;
    this.#directory = directory;
    this.#report = report;
    this.#phones = new Phones(shared);
    this.#groups = new Groups({
      ...shared,
      say: async (chatId, text, key) => {
        if (await once(arrivals, key, clock.now()))
          await say({ type: "chat_id", id: chatId }, text, key.slice(0, 50)).catch((e: unknown) =>
            report(e, "feishu say"),
          );
      },
    });
    this.#people = new People({
      ...shared,
      phones: this.#phones,
      guests: new Guests(shared),
      arrivals,
      say: tell,
    });
    this.#messages = new Messages({
      ...shared,
      handlers,
      people: this.#people,
      groups: this.#groups,
      originals: new Originals({ api, maxBytes: maxFileMB * 1024 * 1024, keepsFiles, nameOf }),
      arrivals,
      screen,
      isKnown: (name) => roster.person(name) !== undefined,
    });
    const openIdOf = (name: string): string | undefined => directory.openIdOf(name);
    this.#presses = new Presses({ handlers, clock, nameOf, openIdOf, sentCard, sendForm, tell, report });
  }

  /**
   * Finds people and groups, as far as the platform answers in time, goes on with what was taken before, and takes events from
   * then on. The directory is loaded already.
   */
  async start(): Promise<void> {
    await soon(this.#refresh(), START);
    await this.#messages.queue.start();
    this.#isOpen = !this.#isStopped;
  }

  async stop(): Promise<void> {
    this.#isOpen = false;
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#messages.queue.stop();
  }

  /** Resolves when everything that was acknowledged is handled. */
  idle(): Promise<void> {
    return this.#messages.queue.idle();
  }

  async #refresh(): Promise<void> {
    clearTimeout(this.#timer);
    const failed = (error: unknown): false => {
      this.#report(error, "feishu refresh");
      return false;
    };
    // People first: what there is to tell of the groups is told to people.
    const done = [await this.#phones.refresh(), await this.#groups.refresh().then(() => true, failed)];
    this.#isBehind = done.includes(false);
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#refresh(), this.#isBehind ? RETRY : REFRESH).unref();
  }

  /** The connection stands: what could not be asked before is asked at once. */
  async reconnected(): Promise<void> {
    if (this.#isBehind) await this.#refresh();
  }

  /**
   * Takes one event; resolves, with the answer to a press, when it may be acknowledged.
   * @throws what kept it from becoming durable: the platform then delivers it again
   */
  async onEvent(type: string, data: unknown): Promise<unknown> {
    if (!this.#isOpen) throw notOpen();
    switch (type) {
      case "im.message.receive_v1":
        return this.#take(events.MessageReceived, type, data, (e) => this.#messages.received(e));
      case "card.action.trigger":
        return this.#take(events.CardPressed, type, data, (e) => this.#pressed(e, data));
      case "im.message.recalled_v1":
        return this.#take(events.MessageRecalled, type, data, (e) => this.#messages.recalled(e));
      case "im.message.message_read_v1":
        return this.#take(events.MessageRead, type, data, ({ reader, message_id_list }) =>
          this.#read(reader.reader_id.open_id, message_id_list, reader.read_time),
        );
      case "im.message.reaction.created_v1":
        return this.#take(events.ReactionAdded, type, data, ({ user_id, message_id, action_time }) =>
          this.#read(user_id?.open_id ?? "", [message_id], action_time),
        );
      case "im.chat.member.bot.added_v1":
        return this.#take(events.BotInGroup, type, data, async (e) => {
          await this.#groups.meet({ ...this.#meeting(e), name: e.name, external: e.external });
        });
      case "im.chat.member.bot.deleted_v1":
      case "im.chat.disbanded_v1":
        return this.#take(events.BotInGroup, type, data, (e) => this.#groups.left(this.#meeting(e)));
      case "im.chat.updated_v1":
        return this.#take(events.GroupChanged, type, data, ({ chat_id, after_change }) =>
          this.#groups.renamed(chat_id, after_change?.name ?? ""),
        );
      case "im.chat.access_event.bot_p2p_chat_entered_v1":
        return this.#take(events.ChatEntered, type, data, ({ operator_id: { open_id } }) =>
          // The same id again and again: somebody is greeted once.
          this.#says(open_id, `greeted:${open_id}`, "/舆情 帮助", undefined),
        );
      case "application.bot.menu_v6":
        return this.#take(events.MenuPressed, type, data, ({ operator, event_key, event_id, create_time }) =>
          this.#says(operator.operator_id.open_id, event_id, menuLine(event_key), create_time),
        );
      // Taking a reaction back takes no reading back, and who leaves a group has not left the office.
      default:
        return undefined;
    }
  }

  /** An event in another shape is reported without its content, and acknowledged: it would not be different next time. */
  async #take<T>(
    shape: z.ZodType<T>,
    type: string,
    data: unknown,
    handle: (event: T) => Promise<unknown>,
  ): Promise<unknown> {
    const read = shape.safeParse(data);
    if (read.success) return handle(read.data);
    const where = read.error.issues.map((i) => i.path.join(".")).join("、");
    this.#report(new BotError("platform", `飞书事件 ${type} 的格式与预期不同：${where}。`), "feishu event");
    return undefined;
  }

  async #pressed(
    { event_id: id, create_time, operator, context }: events.CardPressed,
    data: unknown,
  ): Promise<unknown> {
    const { open_message_id: messageId, open_chat_id: chatId } = context;
    if (this.#groups.isClosed(chatId)) return warned(NOT_HERE);
    const openId = operator.open_id;
    const group = this.#groups.nameOf(chatId);
    const at = instantOf(create_time, this.#clock.now());
    const presser = this.#people.who(openId, group !== undefined).then((who): Presser | undefined => {
      if (!who) return undefined;
      const chat: ChatRef = group === undefined ? { kind: "private", name: who.name } : { kind: "group", name: group };
      return { id, at, openId, messageId, chat, from: who.name, known: who.known };
    });
    return this.#presses.answer({ id, openId }, presser, data);
  }

  /** Proof of contact; of people of the roster only. */
  async #read(openId: string, messageIds: string[], time: string | undefined): Promise<void> {
    const from = this.#directory.nameOf(openId);
    if (from === undefined || messageIds.length === 0) return;
    await this.#handlers.onEvent({ type: "read", at: instantOf(time, this.#clock.now()), from, messageIds });
  }

  #meeting({ chat_id, event_id, create_time, operator_id }: events.BotInGroup) {
    const by = this.#directory.nameOf(operator_id?.open_id ?? "");
    return { chatId: chat_id, id: event_id, at: instantOf(create_time, this.#clock.now()), by };
  }

  /** Somebody chose what to say instead of writing it. */
  async #says(openId: string, id: string, text: string, time: string | undefined): Promise<void> {
    const who = await this.#people.who(openId, false);
    if (!who) return this.#people.turnAway(openId);
    await this.#handlers.onEvent({
      type: "message",
      id,
      messageId: `menu:${id}`,
      at: instantOf(time, this.#clock.now()),
      chat: { kind: "private", name: who.name },
      from: who.name,
      known: who.known,
      platform: PLATFORM,
      text,
      attachments: [],
    });
  }
}
