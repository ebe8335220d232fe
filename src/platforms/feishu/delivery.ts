import { hash } from "node:crypto";
import type { Card } from "#core/message/card.ts";
import { type Address, type Clock, type Delivery, DeliveryError, type Urgency } from "#core/ports.ts";
import type { FeishuApi, Outgoing } from "./api.ts";
import { renderCard } from "./card/card.ts";
import { renderText } from "./card/fallback.ts";
import { deliveryError, isCardRefused, isMentionRefused, isMessageGone } from "./errors.ts";
import { isMessageId } from "./ids.ts";
import type { Directory } from "./inbound/directory.ts";
import type { Limiter } from "./limiter.ts";

export interface DeliveryParts {
  api: FeishuApi;
  directory: Directory;
  limiter: Limiter;
  clock: Clock;
}

/** How a message is sent; each refusal leads to a simpler way, so that something readable arrives. */
interface Way {
  mentions: readonly string[];
  /** Message of the chat that is answered. */
  replyTo: string | undefined;
  asText: boolean;
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
      asText: false,
    };
    for (;;) {
      try {
        return await this.#sendIn(way, delivery, account);
      } catch (error) {
        const simpler = simplerWay(way, error);
        if (!simpler) throw await this.#failure(error, account);
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

  async #sendIn({ mentions, replyTo, asText }: Way, delivery: Delivery, account: string) {
    const { api, limiter, clock } = this.#parts;
    const now = clock.now();
    const message: Outgoing = {
      msgType: asText ? "text" : "interactive",
      content: JSON.stringify(
        asText ? { text: renderText(delivery.card, now) } : renderCard(delivery.card, { now, mentions }),
      ),
      uuid: uuidOf(delivery.key),
    };
    limiter.take({ chat: account });
    if (replyTo !== undefined) return api.reply({ ...message, messageId: replyTo });
    return api.send({ ...message, to: { type: delivery.to.kind === "group" ? "chat_id" : "open_id", id: account } });
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
  return !way.asText && isCardRefused(error) ? { ...way, asText: true } : undefined;
}

/** Feishu sends the same uuid once within an hour; 43 of the 50 characters that it takes. */
export const uuidOf = (key: string): string => hash("sha256", key, "base64url");
