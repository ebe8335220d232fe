import { hash } from "node:crypto";
import type { Card } from "#core/message/card.ts";
import { type Address, type Clock, type Delivery, DeliveryError, type Urgency } from "#core/ports.ts";
import type { FeishuApi, Outgoing } from "./api.ts";
import { renderCard } from "./card/card.ts";
import { renderNumber, renderText } from "./card/fallback.ts";
import {
  deliveryError,
  type FeishuError,
  isCardRefused,
  isContentRefused,
  isMentionRefused,
  isMessageGone,
  needsMending,
} from "./errors.ts";
import { isMessageId } from "./ids.ts";
import type { Directory } from "./inbound/directory.ts";
import type { Limiter } from "./limiter.ts";

export interface DeliveryParts {
  api: FeishuApi;
  directory: Directory;
  limiter: Limiter;
  clock: Clock;
  /** Tells the administrators what they have to mend; the same key is told once a day. */
  tell: (key: string, text: string) => Promise<void>;
}

/** How a message is sent; each refusal leads to a simpler way, so that something readable arrives. */
interface Way {
  mentions: readonly string[];
  /** Message of the chat that is answered. */
  replyTo: string | undefined;
  form: "card" | "text" | "number";
}

/** What the outbox asks of Feishu, in Feishu's words. */
export class FeishuDelivery {
  readonly #parts: DeliveryParts;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** @throws DeliveryError */
  async send(delivery: Delivery): Promise<{ messageId: string }> {
    const { directory } = this.#parts;
    const account = this.accountOf(delivery.to);
    if (account === undefined) throw new DeliveryError(`“${delivery.to.name}”没有绑定飞书账号。`, UNREACHABLE);
    const inGroup = delivery.to.kind === "group";
    let way: Way = {
      mentions: inGroup ? delivery.mentions.flatMap((name) => directory.openIdOf(name) ?? []) : [],
      replyTo: delivery.replyTo !== undefined && isMessageId(delivery.replyTo) ? delivery.replyTo : undefined,
      form: "card",
    };
    for (;;) {
      try {
        return await this.#sendIn(way, delivery, account);
      } catch (error) {
        const simpler = simplerWay(way, error);
        if (!simpler) {
          if (needsMending(error)) await this.#tell(error, delivery.to);
          throw await this.#failure(error, account);
        }
        if (isContentRefused(error)) await this.#tellOfHolding(error, delivery.to);
        way = simpler;
      }
    }
  }

  /** @throws DeliveryError */
  async update(messageId: string, card: Card): Promise<void> {
    const { api, limiter, clock } = this.#parts;
    limiter.take({ edits: messageId });
    try {
      await api.patch(messageId, JSON.stringify(renderCard(card, { now: clock.now() })));
    } catch (error) {
      throw await this.#failure(error, messageId);
    }
  }

  /** @throws DeliveryError */
  async urge(messageId: string, name: string, channel: Urgency): Promise<void> {
    const { api, directory } = this.#parts;
    const openId = directory.openIdOf(name);
    if (openId === undefined) throw new DeliveryError(`“${name}”没有绑定飞书账号。`, UNREACHABLE);
    const { invalid } = await api.urge(channel, messageId, [openId]).catch((error: unknown) => {
      throw deliveryError(error, "urge");
    });
    if (invalid.includes(openId)) throw new DeliveryError(`飞书加急(${channel})没有送达 ${name}。`, UNREACHABLE);
  }

  /** @throws DeliveryError */
  async readers(messageId: string): Promise<string[]> {
    const { api, directory } = this.#parts;
    const readers = await api.readUsers(messageId).catch((error: unknown) => {
      throw deliveryError(error);
    });
    return readers.flatMap(({ openId }) => directory.nameOf(openId) ?? []);
  }

  /** The account behind an address. */
  accountOf(to: Address): string | undefined {
    const { directory } = this.#parts;
    return to.kind === "group" ? directory.chatIdOf(to.name) : directory.openIdOf(to.name);
  }

  async #sendIn({ mentions, replyTo, form }: Way, delivery: Delivery, account: string) {
    const { api, limiter, clock } = this.#parts;
    const now = clock.now();
    const message: Outgoing = {
      msgType: form === "card" ? "interactive" : "text",
      content: JSON.stringify(
        form === "card"
          ? renderCard(delivery.card, { now, mentions })
          : { text: form === "text" ? renderText(delivery.card, now) : renderNumber(delivery.card) },
      ),
      uuid: uuidOf(delivery),
    };
    limiter.take({ chat: account });
    if (replyTo !== undefined) return api.reply({ ...message, messageId: replyTo });
    return api.send({ ...message, to: { type: delivery.to.kind === "group" ? "chat_id" : "open_id", id: account } });
  }

  /** The message waits until it is mended; those who could mend it would not learn of it. */
  async #tell(error: FeishuError, { kind, name }: Address): Promise<void> {
    const [key, whom] = kind === "group" ? [`/${name}`, `群“${name}”`] : ["", name];
    const text = `发给${whom}的消息暂时发不出，处理好后会补发：${deliveryError(error).message}`;
    await this.#parts.tell(`send/${error.code}${key}`, text);
  }

  /** Only the number of the case arrived. */
  async #tellOfHolding(error: unknown, { name }: Address): Promise<void> {
    const why = deliveryError(error).message;
    await this.#parts.tell(`held/${name}`, `发给${name}的消息被拦下，只送到了编号：${why}`);
  }

  /** What the outbox is told; the rates that Feishu named hold for everything that follows. */
  async #failure(error: unknown, account: string): Promise<DeliveryError> {
    const { directory, limiter } = this.#parts;
    const failure = deliveryError(error);
    limiter.refused(error, account);
    if (failure.unreachable) await directory.lost(account, failure.message);
    return failure;
  }
}

const UNREACHABLE = { retry: false, unreachable: true } as const;

function simplerWay(way: Way, error: unknown): Way | undefined {
  // The message that is answered was recalled: the answer stands alone.
  if (way.replyTo !== undefined && isMessageGone(error)) return { ...way, replyTo: undefined };
  if (way.mentions.length > 0 && isMentionRefused(error)) return { ...way, mentions: [] };
  // Of what may not be said at all, at least the number is told.
  if (way.form !== "number" && isContentRefused(error)) return { ...way, form: "number" };
  return way.form === "card" && isCardRefused(error) ? { ...way, form: "text" } : undefined;
}

/** Feishu sends the same uuid once within an hour; 43 of the 50 characters that it takes. */
export const uuidOf = ({ key, queuedAt }: Pick<Delivery, "key" | "queuedAt">): string =>
  hash("sha256", `${queuedAt ?? ""} ${key}`, "base64url");
