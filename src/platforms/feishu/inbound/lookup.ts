import type { Readable } from "node:stream";
import type { MessageItem } from "../answers.ts";

/** What the inbound side asks of the platform: a part of FeishuApi. Everything rejects with FeishuError. */
export interface Lookup {
  bot(): Promise<{ openId: string; name: string }>;
  openIdsByMobile(mobiles: readonly string[]): Promise<Map<string, string>>;
  user(openId: string): Promise<{ name: string } | undefined>;
  chat(chatId: string): Promise<{ name: string; external: boolean } | undefined>;
  chats(): Promise<{ chatId: string; name: string; external: boolean }[]>;
  /** The message itself and, of a forwarded chat record, the messages in it. */
  message(messageId: string): Promise<readonly MessageItem[]>;
  resource(
    messageId: string,
    fileKey: string,
    type: "image" | "file",
  ): Promise<{ stream: Readable; name?: string; size?: number }>;
}

/** How long an event may wait for something that is only nice to know: the platform waits three seconds for the whole. */
const PATIENCE = 1_500;

/** The answer, or undefined when it takes too long or cannot be had. */
export async function soon<T>(asked: Promise<T>, patience = PATIENCE): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patience, undefined);
  });
  try {
    return await Promise.race([asked.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A name that somebody gave themselves or a group, in one line and without characters that cannot be seen. */
export const plainName = (name: string, length = 30): string =>
  Array.from(
    name
      .toWellFormed()
      .normalize("NFKC")
      .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}]/gu, "")
      .replace(/\s+/gu, " ")
      .trim(),
  )
    .slice(0, length)
    .join("");
