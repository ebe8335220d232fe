import { type Envelope, envelope, isSeen, messageEvent } from "./events.ts";
import type { Ack, PushOptions } from "./long-connection.ts";
import { type MentionTarget, mentionIn } from "./mentions.ts";
import { type Chat, type Json, type Mention, type Message, newId, type User } from "./model.ts";
import { World } from "./world.ts";

export interface Saying extends PushOptions {
  /** Whom the text mentions; where it does not say `@名字`, the mention stands in front. */
  mention?: MentionTarget | readonly MentionTarget[];
  /** Message that is answered. */
  replyTo?: string | undefined;
  /** In a thread: that of the answered message, or a new one. */
  thread?: boolean;
  /** Milliseconds; the message then looks as old as that. */
  createTime?: number;
  /** An id that was there before delivers the same message in a new event. */
  messageId?: string;
  /** Pictures; the message is then a post. */
  attachments?: readonly Uint8Array[];
}

type Place = Chat | "p2p";

export interface Said {
  messageId: string;
  eventId: string;
  ack: Ack;
}

/** A paragraph of a post: text, or items as in the content of a post. */
export type Paragraph = string | readonly Json[];

/** A world in which people write to one another, and the bot hears of it as far as its scopes allow. */
export abstract class Talk extends World {
  protected abstract deliver(event: Envelope, options: PushOptions): Promise<Ack>;

  /** Sends a text, and waits until the bot acknowledged it. */
  async says(user: User, place: Place, words: string, saying: Saying = {}): Promise<Said> {
    const { mentions, text } = mentionIn(this, words, saying.mention);
    if (saying.attachments?.length)
      return this.saysPost(user, place, { lines: [text], pictures: saying.attachments }, saying);
    return this.sends(user, place, "text", { text }, { ...saying, mentions });
  }

  async saysPost(
    user: User,
    place: Place,
    post: { title?: string; lines: readonly Paragraph[]; pictures?: readonly Uint8Array[] },
    saying: Saying = {},
  ): Promise<Said> {
    const { mentions } = mentionIn(this, "", saying.mention);
    const id = saying.messageId ?? newId.message();
    const pictures = (post.pictures ?? []).map((bytes) => this.#keep(id, "image", "image.png", bytes));
    const lines = post.lines.map((line) =>
      typeof line === "string" ? [{ tag: "text", text: line, style: [] }] : line,
    );
    const images = pictures.map((key) => [{ tag: "img", image_key: key, width: 100, height: 100 }]);
    const content = { title: post.title ?? "", content: [...lines, ...images] };
    return this.sends(user, place, "post", content, { ...saying, messageId: id, mentions });
  }

  async sendsImage(user: User, place: Place, bytes: Uint8Array, saying: Saying = {}): Promise<Said> {
    const id = saying.messageId ?? newId.message();
    const key = this.#keep(id, "image", "image.png", bytes);
    return this.sends(user, place, "image", { image_key: key }, { ...saying, messageId: id });
  }

  /** A file; with a `duration` in milliseconds a recording, as audio or as video. */
  async sendsFile(
    user: User,
    place: Place,
    name: string,
    bytes: Uint8Array,
    saying: Saying & { audio?: number; video?: number } = {},
  ): Promise<Said> {
    const id = saying.messageId ?? newId.message();
    const file_key = this.#keep(id, "file", name, bytes);
    const given = { ...saying, messageId: id };
    if (saying.audio !== undefined)
      return this.sends(user, place, "audio", { file_key, duration: saying.audio }, given);
    if (saying.video === undefined) return this.sends(user, place, "file", { file_key, file_name: name }, given);
    const image_key = this.#keep(id, "image", "cover.png", new Uint8Array());
    return this.sends(user, place, "media", { file_key, image_key, file_name: name, duration: saying.video }, given);
  }

  /** Passes messages on as one record: the event says only that it is one, its lines must be fetched. */
  async forwards(
    user: User,
    place: Place,
    messages: readonly Pick<Message, "id">[],
    saying: Saying = {},
  ): Promise<Said> {
    const upperId = saying.messageId ?? newId.message();
    const copies = messages.flatMap(({ id }) => {
      const original = this.message(id);
      return original ? [this.post({ ...original, id: newId.message(), upperId, edits: [], reads: new Map() })] : [];
    });
    const given = { ...saying, messageId: upperId, children: copies.map(({ id }) => id) };
    return this.sends(user, place, "merge_forward", "Merged and Forwarded Message", given);
  }

  /** Any message, its content as in the event. */
  async sends(
    user: User,
    place: Place,
    type: string,
    content: unknown,
    saying: Omit<Saying, "mention"> & { mentions?: Mention[]; children?: string[] } = {},
  ): Promise<Said> {
    const chat = place === "p2p" ? this.p2p(user) : place;
    if (!chat.members.has(user.openId)) throw new Error(`${user.name} is not in ${chat.name}`);
    const parent = saying.replyTo === undefined ? undefined : this.message(saying.replyTo);
    if (saying.replyTo !== undefined && !parent) throw new Error(`no message ${saying.replyTo} to answer`);
    const known = saying.messageId === undefined ? undefined : this.message(saying.messageId);
    const message =
      known ??
      this.post({
        chatId: chat.chatId,
        sender: { kind: "user", id: user.openId },
        type,
        content,
        mentions: saying.mentions ?? [],
        children: saying.children ?? [],
        parentId: parent?.id,
        rootId: parent && (parent.rootId ?? parent.id),
        threadId: saying.thread ? (parent?.threadId ?? newId.thread()) : undefined,
        ...(saying.messageId === undefined ? {} : { id: saying.messageId }),
        ...(saying.createTime === undefined ? {} : { createdAt: saying.createTime }),
      });
    const event = envelope(this, "im.message.receive_v1", messageEvent(this, user, message));
    const ack = isSeen(this, message) ? await this.deliver(event, saying) : ({ code: "unseen", ms: 0 } as const);
    return { messageId: message.id, eventId: event.header.event_id, ack };
  }

  #keep(messageId: string, type: "image" | "file", name: string, bytes: Uint8Array): string {
    const key = type === "image" ? newId.image() : newId.file();
    this.resources.set(key, { key, type, name, bytes, messageId });
    return key;
  }
}
