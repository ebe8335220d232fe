import { z } from "zod";
import type { Urgency } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import type { MessageItem } from "./answers.ts";
import * as answers from "./answers.ts";
import { type Credentials, FeishuCalls, type Timeouts } from "./calls.ts";
import { type Resource, resource } from "./download.ts";
import { FeishuError } from "./errors.ts";
import { isOpenId, mustChatId, mustMessageId, mustOpenId } from "./ids.ts";
import type { FeishuOptions } from "./options.ts";

/** A message to send; `content` is JSON text, `uuid` at most 50 characters, and sent at most once within an hour. */
export interface Outgoing {
  msgType: "interactive" | "text";
  content: string;
  uuid: string;
}

/** A group by its id, or a person, with whom a private chat need not exist yet. */
export interface Recipient {
  type: "chat_id" | "open_id";
  id: string;
}

export interface SentMessage {
  messageId: string;
  chatId: string;
}

export interface ChatInfo {
  chatId: string;
  name: string;
  /** With people of other organisations. */
  external: boolean;
}

const MOBILES_AT_ONCE = 50;
const LONGEST_LIST = 50;
const Nothing = z.unknown();

/** What the bot asks of the open platform. Every call throws FeishuError, or DeliveryError for an id in a wrong shape. */
export class FeishuApi {
  readonly #calls: FeishuCalls;

  private constructor(calls: FeishuCalls) {
    this.#calls = calls;
  }

  static create(options: FeishuOptions, timeouts?: Timeouts): FeishuApi {
    return new FeishuApi(new FeishuCalls(options, timeouts));
  }

  /** Fetches the access token, so that wrong credentials show at the start. */
  async warm(): Promise<void> {
    await this.#calls.token.get();
  }

  async send({ to, ...message }: Outgoing & { to: Recipient }): Promise<SentMessage> {
    const receive_id = to.type === "chat_id" ? mustChatId(to.id) : mustOpenId(to.id);
    return this.#sent((as) =>
      this.#im.message.create({ params: { receive_id_type: to.type }, data: { receive_id, ...body(message) } }, as),
    );
  }

  async reply(message: Outgoing & { messageId: string }): Promise<SentMessage> {
    const path = { message_id: mustMessageId(message.messageId) };
    return this.#sent((as) => this.#im.message.reply({ path, data: body(message) }, as));
  }

  /** Replaces the card of a message. */
  async patch(messageId: string, content: string): Promise<void> {
    const path = { message_id: mustMessageId(messageId) };
    await this.#calls.data(Nothing, (as) => this.#im.message.patch({ path, data: { content } }, as));
  }

  /** @returns the people whom this channel does not reach */
  async urge(channel: Urgency, messageId: string, openIds: readonly string[]): Promise<{ invalid: string[] }> {
    const { message } = this.#im;
    const payload = {
      path: { message_id: mustMessageId(messageId) },
      params: { user_id_type: "open_id" as const },
      data: { user_id_list: openIds.map(mustOpenId) },
    };
    const answer = await this.#calls.data(answers.Urged, (as) => {
      if (channel === "app") return message.urgentApp(payload, as);
      return channel === "sms" ? message.urgentSms(payload, as) : message.urgentPhone(payload, as);
    });
    return { invalid: answer.invalid_user_id_list ?? [] };
  }

  /** Who has read a message of the bot that is less than seven days old. */
  async readUsers(messageId: string): Promise<{ openId: string; at: Instant }[]> {
    const path = { message_id: mustMessageId(messageId) };
    const items = await this.#pages(answers.Readers, (paging, as) =>
      this.#im.message.readUsers({ path, params: { user_id_type: "open_id", ...paging } }, as),
    );
    return items.map(({ user_id, timestamp }) => ({ openId: user_id, at: timestamp }));
  }

  /** A message as it was sent; of a forwarded record its parts too. */
  async message(messageId: string): Promise<MessageItem[]> {
    const path = { message_id: mustMessageId(messageId) };
    const answer = await this.#calls.data(answers.Messages, (as) =>
      this.#im.message.get({ path, params: { user_id_type: "open_id" } }, as),
    );
    return answer.items ?? [];
  }

  /** The content of a picture or file; the caller reads the stream or destroys it. */
  async resource(messageId: string, fileKey: string, type: "image" | "file"): Promise<Resource> {
    return resource(this.#calls, { messageId, fileKey, type });
  }

  /** Accounts of the people with these telephone numbers, by number as given; nothing for those who are not found. */
  async openIdsByMobile(mobiles: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const asked = [...new Set(mobiles)].filter((mobile) => /^\+?\d{6,15}$/.test(mobile));
    for (let i = 0; i < asked.length; i += MOBILES_AT_ONCE) {
      const data = { mobiles: asked.slice(i, i + MOBILES_AT_ONCE) };
      const answer = await this.#calls.data(answers.Found, (as) =>
        this.#calls.client.contact.v3.user.batchGetId({ params: { user_id_type: "open_id" }, data }, as),
      );
      for (const { mobile, user_id } of answer.user_list ?? []) {
        if (mobile && user_id && isOpenId(user_id)) found.set(mobile, user_id);
      }
    }
    return found;
  }

  /** Undefined for somebody whom the app may not see. */
  async user(openId: string): Promise<{ name: string } | undefined> {
    const path = { user_id: mustOpenId(openId) };
    const answer = await unlessRefused(
      this.#calls.data(answers.User, (as) =>
        this.#calls.client.contact.v3.user.get({ path, params: { user_id_type: "open_id" } }, as),
      ),
    );
    return answer?.user;
  }

  /** Undefined for a group that is gone or that the bot is not in. */
  async chat(chatId: string): Promise<{ name: string; external: boolean } | undefined> {
    const path = { chat_id: mustChatId(chatId) };
    return unlessRefused(this.#calls.data(answers.Chat, (as) => this.#im.chat.get({ path }, as)));
  }

  /** All groups that the bot is in. */
  async chats(): Promise<ChatInfo[]> {
    const items = await this.#pages(answers.Chats, (params, as) => this.#im.chat.list({ params }, as));
    return items.map(({ chat_id, name, external }) => ({ chatId: chat_id, name, external }));
  }

  /** The bot itself. @returns active: it is in use in this organisation */
  async bot(): Promise<{ openId: string; name: string; active: boolean }> {
    const { bot } = await this.#calls.answer(answers.Bot, (as) =>
      this.#calls.client.request({ method: "GET", url: "/open-apis/bot/v3/info" }, as),
    );
    return { openId: bot.open_id, name: bot.app_name, active: (bot.activate_status ?? 2) === 2 };
  }

  /** Scopes that were granted; undefined where the platform does not tell. */
  async scopes(): Promise<string[] | undefined> {
    const url = "/open-apis/application/v6/scopes";
    const answer = await unlessRefused(
      this.#calls.data(answers.Scopes, (as) => this.#calls.client.request({ method: "GET", url }, as)),
    );
    return answer?.scopes?.filter((s) => s.grant_status === 1).map((s) => s.scope_name);
  }

  get #im() {
    return this.#calls.client.im.v1;
  }

  async #sent(run: (as: Credentials) => Promise<unknown>): Promise<SentMessage> {
    const { message_id, chat_id } = await this.#calls.data(answers.Sent, run);
    return { messageId: message_id, chatId: chat_id };
  }

  async #pages<T>(
    shape: z.ZodType<{
      items?: T[] | null | undefined;
      has_more?: boolean | undefined;
      page_token?: string | undefined;
    }>,
    run: (paging: { page_size: number; page_token?: string }, as: Credentials) => Promise<unknown>,
  ): Promise<T[]> {
    const all: T[] = [];
    let token: string | undefined;
    for (let i = 0; i < LONGEST_LIST; i++) {
      const paging = { page_size: 100, ...(token ? { page_token: token } : {}) };
      const { items, has_more, page_token } = await this.#calls.data(shape, (as) => run(paging, as));
      all.push(...(items ?? []));
      token = page_token;
      if (!has_more || !token) break;
    }
    return all;
  }
}

const body = ({ msgType, content, uuid }: Outgoing) => ({ msg_type: msgType, content, uuid });

/** An answer that refuses says "unknown" here; that there was none, that it comes too often or is not granted, is an error. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const answered = error instanceof FeishuError && error.code !== undefined && (error.status ?? 200) < 429;
    if (!answered || MATTERS.has(error.code ?? 0)) throw error;
    return undefined;
  }
}

/** Credentials, token, rate, quota, scope: not an answer about the person or group that was asked for. */
const MATTERS: ReadonlySet<number> = new Set([10003, 10014, 99991663, 99991400, 99991403, 99991672]);
