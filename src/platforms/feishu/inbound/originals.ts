import { createHash } from "node:crypto";
import type { Attachment, ForwardedLine } from "#core/ports.ts";
import { deliveryError } from "../errors.ts";
import { lineOf } from "./content.ts";
import type { Lookup } from "./lookup.ts";

export interface OriginalsParts {
  api: Pick<Lookup, "resource" | "message">;
  maxBytes: number;
  /** The office keeps contents; otherwise nothing but size and hash is taken. */
  keepsFiles: boolean;
  nameOf: (openId: string) => string | undefined;
}

/** More of a chat record is cut off: the original stays in the chat. */
const MOST_LINES = 200;

/** Gives attachments what must be fetched, when it is asked for. */
export class Originals {
  readonly #parts: OriginalsParts;

  constructor(parts: OriginalsParts) {
    this.#parts = parts;
  }

  /**
   * The same attachments with their contents within reach, and the lines of chat records.
   * @param patient the caller tries again later: what fails for now rejects; otherwise it becomes a note
   */
  async within(attachments: readonly Attachment[], messageId: string, patient: boolean): Promise<Attachment[]> {
    const reached: Attachment[] = [];
    for (const a of attachments) {
      if (a.ref === undefined) reached.push(a);
      else if (a.kind === "forward") reached.push(a.lines ? a : { ...a, ...(await this.#record(messageId, patient)) });
      else reached.push(this.#file(a, a.ref, messageId, patient));
    }
    return reached;
  }

  #file(a: Attachment, key: string, messageId: string, patient: boolean): Attachment {
    const digest = async (): Promise<Pick<Attachment, "size" | "sha256" | "note">> => {
      const hash = createHash("sha256");
      const tried = await this.#attempt(patient, () => this.#read(messageId, key, (part) => void hash.update(part)));
      return "note" in tried ? tried : { size: tried.got, sha256: hash.digest("hex") };
    };
    if (!this.#parts.keepsFiles) return { ...a, digest };
    const content = async (): Promise<Uint8Array> => {
      const all: Buffer[] = [];
      await this.#read(messageId, key, (part) => void all.push(part));
      return Buffer.concat(all);
    };
    return { ...a, digest, content };
  }

  /** Streams a content. @returns its length in bytes */
  async #read(messageId: string, key: string, take: (part: Buffer) => void): Promise<number> {
    const { api, maxBytes } = this.#parts;
    const { stream, size = 0 } = await api.resource(messageId, key, key.startsWith("img_") ? "image" : "file");
    try {
      if (size > maxBytes) throw new TooLarge();
      let length = 0;
      for await (const part of stream as AsyncIterable<Buffer>) {
        length += part.length;
        if (length > maxBytes) throw new TooLarge();
        take(part);
      }
      return length;
    } finally {
      stream.destroy();
    }
  }

  async #record(messageId: string, patient: boolean): Promise<Pick<Attachment, "lines" | "note">> {
    const tried = await this.#attempt(patient, () => this.#parts.api.message(messageId));
    if ("note" in tried) return tried;
    const lines = tried.got
      .filter((item) => item.message_id !== messageId)
      .slice(0, MOST_LINES)
      .map((item): ForwardedLine => {
        const from = this.#parts.nameOf(item.sender?.id ?? "") ?? "群成员";
        return { from, text: lineOf(item.msg_type, item.body?.content ?? "") };
      })
      .filter((line) => line.text !== "");
    return lines.length > 0 ? { lines } : { note: "聊天记录中没有文字" };
  }

  async #attempt<T>(patient: boolean, run: () => Promise<T>): Promise<{ got: T } | { note: string }> {
    try {
      return { got: await run() };
    } catch (error) {
      if (error instanceof TooLarge)
        return { note: `超过 ${Math.floor(this.#parts.maxBytes / 1024 / 1024)} MB，未取校验值，原件在飞书` };
      const failure = deliveryError(error);
      // What is refused for a reason that nobody knows is not worth a report that waits.
      if (failure.retry && failure.tries === undefined && patient) throw failure;
      return { note: "原件未能取得，未取校验值" };
    }
  }
}

class TooLarge extends Error {}
