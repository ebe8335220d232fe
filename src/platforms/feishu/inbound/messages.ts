import type { Arrival, Arrivals, ChatRef, Clock, MessageEvent, PlatformHandlers } from "#core/ports.ts";
import { readStored, type ScreenParts, screenedEvent, stored } from "./arrival.ts";
import { ArrivalQueue } from "./arrival-queue.ts";
import { readContent } from "./content.ts";
import { instantOf, type MessageRecalled, type MessageReceived } from "./events.ts";
import type { Groups } from "./groups.ts";
import { type Lookup, soon } from "./lookup.ts";
import { nameMentions } from "./mentions.ts";
import type { Originals } from "./originals.ts";
import type { People } from "./people.ts";

export interface MessagesParts extends ScreenParts {
  handlers: Pick<PlatformHandlers, "onEvent">;
  api: Pick<Lookup, "bot">;
  people: People;
  groups: Groups;
  originals: Originals;
  arrivals: Arrivals;
  clock: Clock;
  report: (error: unknown, doing: string) => void;
}

/** Name under which accounts of this platform are kept. */
export const PLATFORM = "feishu";

/** Messages that people send, and take back. */
export class Messages {
  readonly queue: ArrivalQueue;
  readonly #parts: MessagesParts;
  #bot: string | undefined;

  constructor(parts: MessagesParts) {
    this.#parts = parts;
    this.queue = new ArrivalQueue({
      arrivals: parts.arrivals,
      report: parts.report,
      chatOf: (arrival) => chatIn(arrival),
      handle: (arrival, patient) => this.#handle(arrival, patient),
    });
  }

  /** Resolves when the message is handled or durable: only then may it be acknowledged. */
  async received({ tenant_key, sender, message }: MessageReceived): Promise<void> {
    const { handlers, people, clock } = this.#parts;
    const openId = sender.sender_id?.open_id;
    if (sender.sender_type !== "user" || openId === undefined) return;
    // People of another organisation meet the bot only in groups that are refused.
    const isForeign = tenant_key !== undefined && sender.tenant_key !== undefined && sender.tenant_key !== tenant_key;
    const inGroup = message.chat_type !== "p2p";
    const group = inGroup ? await this.#parts.groups.meet({ chatId: message.chat_id }) : undefined;
    if (isForeign || (inGroup && group === undefined)) return;
    const who = await people.who(openId, inGroup);
    if (!who) return people.turnAway(openId);
    const event = await this.#eventOf(message, who, group);
    if (!event) return;
    const waits = event.attachments.length > 0 || this.queue.isBusy(keyOf(event.chat));
    if (!waits) return void (await handlers.onEvent(event));
    const kept = screenedEvent(event, this.#parts);
    await this.queue.take({ id: event.id, at: clock.now(), messageId: event.messageId, body: stored(kept) });
  }

  async #eventOf(
    message: MessageReceived["message"],
    who: { name: string; known: boolean },
    group: string | undefined,
  ): Promise<MessageEvent | undefined> {
    const content = readContent(message.message_type, message.content, message.message_id);
    if (!content) return undefined;
    const mentions = message.mentions ?? [];
    const { text, mentioned, accounts } = nameMentions(content.text, mentions, await this.#botId(mentions.length > 0));
    const chat: ChatRef = group === undefined ? { kind: "private", name: who.name } : { kind: "group", name: group };
    return {
      type: "message",
      // The platform may deliver one message in several events.
      id: message.message_id,
      messageId: message.message_id,
      at: instantOf(message.create_time, this.#parts.clock.now()),
      chat,
      from: who.name,
      known: who.known,
      platform: PLATFORM,
      text,
      attachments: content.attachments,
      ...(message.parent_id === undefined ? {} : { replyTo: message.parent_id }),
      ...(mentioned ? { mentioned } : {}),
      ...(accounts.length > 0 ? { accounts } : {}),
    };
  }

  async #botId(isNeeded: boolean): Promise<string | undefined> {
    if (isNeeded) this.#bot ??= (await soon(this.#parts.api.bot()))?.openId;
    return this.#bot;
  }

  /** A message that was taken back before it was handled leaves nothing behind. */
  async recalled({ event_id, message_id, chat_id, create_time }: MessageRecalled): Promise<void> {
    const { handlers, groups, clock } = this.#parts;
    await this.queue.forget(message_id);
    const group = groups.nameOf(chat_id);
    await handlers.onEvent({
      type: "recall",
      id: event_id,
      at: instantOf(create_time, clock.now()),
      messageId: message_id,
      // Who it was, the platform does not say; what was received of the message does.
      chat: group === undefined ? { kind: "private", name: "" } : { kind: "group", name: group },
      from: "",
      known: true,
    });
  }

  async #handle({ id, body }: Arrival, patient: boolean): Promise<void> {
    const { handlers, originals, report } = this.#parts;
    let event: MessageEvent;
    try {
      event = readStored(body);
    } catch (error) {
      // Written by another version: trying again would not help, and others wait behind it.
      return report(error, `arrival ${id}`);
    }
    const attachments = await originals.within(event.attachments, event.messageId, patient);
    await handlers.onEvent({ ...event, attachments });
  }
}

const keyOf = ({ kind, name }: ChatRef): string => `${kind}:${name}`;

function chatIn({ id, body }: Arrival): string {
  try {
    return keyOf(readStored(body).chat);
  } catch {
    return id;
  }
}
