import type { FieldValue } from "./card-form.ts";
import { envelope, idsOf } from "./events.ts";
import type { Ack, PushOptions } from "./long-connection.ts";
import type { Chat, Json, Message, User } from "./model.ts";
import {
  buttonAction,
  callbackEvent,
  cardFor,
  choiceAction,
  findOne,
  type Pressed,
  settle,
  type Which,
} from "./press.ts";
import { Talk } from "./talk.ts";

/** What people do besides writing: press, read, react, recall, come and go. */
export abstract class People extends Talk {
  /** Whether a press that submits a form brings the value of the button too; documents do not say. */
  submitSendsValue = false;

  /** Presses a button of the card as it is now, wherever it stands on it. @throws Error when a person could not */
  async presses(
    user: User,
    messageId: string,
    which: Which,
    form?: Record<string, FieldValue>,
    options: PushOptions = {},
  ): Promise<Pressed> {
    const { message, card } = cardFor(this, user, messageId);
    const button = findOne(card, ["button"], which);
    return this.#calls(
      user,
      message,
      buttonAction({ card, message, world: this }, button, form, this.submitSendsValue),
      options,
    );
  }

  /** Chooses from a select or a menu that stands outside a form. @throws Error when a person could not */
  async chooses(user: User, messageId: string, which: Which, option: string): Promise<Pressed> {
    const { message, card } = cardFor(this, user, messageId);
    const node = findOne(card, ["select_static", "select_person", "overflow"], which);
    if (node.parents.some(({ tag }) => tag === "form")) throw new Error("a field of a form is sent with the form");
    return this.#calls(user, message, choiceAction(node, option, [...(this.chat(message.chatId)?.members ?? [])]), {});
  }

  async recalls(user: User, messageId: string): Promise<Ack> {
    const message = this.#own(messageId);
    if (message.sender.id !== user.openId) throw new Error(`${user.name} did not write this`);
    message.recalled = true;
    const time = { recall_time: String(this.now()), recall_type: "message_owner" };
    return this.#tells("im.message.recalled_v1", { message_id: message.id, chat_id: message.chatId, ...time });
  }

  async reacts(user: User, messageId: string, emoji: string, removed = false): Promise<Ack> {
    const message = this.#own(messageId);
    if (!removed) message.reactions.push({ emoji, by: user.openId });
    const who = { operator_type: "user", user_id: idsOf(this, user), action_time: String(this.now()) };
    const event = { message_id: message.id, reaction_type: { emoji_type: emoji }, ...who };
    return this.#tells(`im.message.reaction.${removed ? "deleted" : "created"}_v1`, event);
  }

  /** Reads a message of the bot. Only in a private chat does the bot hear of it by itself. */
  async reads(user: User, messageId: string): Promise<Ack> {
    const message = this.#own(messageId);
    message.reads.set(user.openId, this.now());
    this.changed();
    if (this.chat(message.chatId)?.mode !== "p2p") return { code: "unseen", ms: 0 };
    const reader = { reader_id: idsOf(this, user), read_time: String(this.now()), tenant_key: user.tenantKey };
    return this.#tells("im.message.message_read_v1", { reader, message_id_list: [message.id] });
  }

  async addsBot(user: User, chat: Chat): Promise<Ack> {
    chat.botIn = true;
    return this.#tells("im.chat.member.bot.added_v1", this.#inChat(user, chat));
  }

  async removesBot(user: User, chat: Chat): Promise<Ack> {
    chat.botIn = false;
    return this.#tells("im.chat.member.bot.deleted_v1", this.#inChat(user, chat));
  }

  async disbands(user: User, chat: Chat): Promise<Ack> {
    chat.disbanded = true;
    return this.#tells("im.chat.disbanded_v1", this.#inChat(user, chat));
  }

  async leaves(user: User, chat: Chat): Promise<Ack> {
    chat.members.delete(user.openId);
    return this.#tells("im.chat.member.user.deleted_v1", { ...this.#inChat(user, chat), users: [this.#member(user)] });
  }

  async joins(user: User, chat: Chat): Promise<Ack> {
    chat.members.add(user.openId);
    return this.#tells("im.chat.member.user.added_v1", { ...this.#inChat(user, chat), users: [this.#member(user)] });
  }

  async entersP2p(user: User): Promise<Ack> {
    const chat = this.p2p(user);
    const last = this.messages.findLast((message) => message.chatId === chat.chatId);
    const event = { chat_id: chat.chatId, operator_id: idsOf(this, user), last_message_id: last?.id ?? "" };
    return this.#tells("im.chat.access_event.bot_p2p_chat_entered_v1", event);
  }

  async menu(user: User, eventKey: string): Promise<Ack> {
    const operator = { operator_name: user.name, operator_id: idsOf(this, user) };
    const timestamp = Math.floor(this.now() / 1000);
    return this.#tells("application.bot.menu_v6", { operator, event_key: eventKey, timestamp });
  }

  async #calls(user: User, message: Message, action: Json, options: PushOptions): Promise<Pressed> {
    const event = envelope(this, "card.action.trigger", callbackEvent(this, user, message, action));
    return settle(this, message, await this.deliver(event, options));
  }

  #tells(eventType: string, event: Json): Promise<Ack> {
    this.changed();
    return this.deliver(envelope(this, eventType, event), {});
  }

  #own(messageId: string): Message {
    const message = this.message(messageId);
    if (!message) throw new Error(`no message ${messageId}`);
    return message;
  }

  #inChat(user: User, chat: Chat): Json {
    const operator = { operator_id: idsOf(this, user), operator_tenant_key: user.tenantKey };
    return { chat_id: chat.chatId, name: chat.name, external: chat.external, ...operator };
  }

  #member(user: User): Json {
    return { name: user.name, tenant_key: user.tenantKey, user_id: idsOf(this, user) };
  }
}
