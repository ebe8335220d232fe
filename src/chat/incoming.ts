import type { Office } from "#core/case/office.ts";
import { screenContextOf } from "#core/intake/intake.ts";
import { type Screened, screen } from "#core/intake/screen.ts";
import { screenAttachments } from "#core/intake/screen-attachments.ts";
import type { Address, MessageEvent, PressEvent, RecallEvent } from "#core/ports.ts";
import type { InboxEntry } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { readLine } from "./line.ts";
import { isWord, type Registry } from "./registry.ts";

/** Where an event came from, as an address to answer to. */
export const addressOf = ({ chat, from }: MessageEvent | PressEvent | RecallEvent): Address =>
  chat.kind === "group" ? { kind: "group", name: chat.name } : { kind: "user", name: from };

/** How a chat is written in the inbox. */
export const inboxChat = ({ kind, name }: Address): string => `${kind === "group" ? "group" : "private"}:${name}`;

/** A message or a press, screened: what follows never sees the original text. */
export interface Incoming {
  event: MessageEvent | PressEvent;
  /** Screened text of a message, as it is stored; "" for a press. */
  text: string;
  /** The same without invisible and control characters: what is read and shown. */
  line: string;
  /** What chat records and shared pages that came along say. */
  quoted: string;
  values: Record<string, string>;
  askSecrecy: boolean;
}

/** Undefined when the content may not be kept. */
export function screened(event: MessageEvent | PressEvent, office: Office, registry: Registry): Incoming | undefined {
  const context = screenContextOf(office.roster);
  const take = (text: string): Exclude<Screened, { verdict: "withheld" }> | undefined => {
    const result = screen(text, context);
    return result.verdict === "withheld" ? undefined : result;
  };
  if (event.type === "message") {
    if (event.withheld) return undefined;
    const result = take(event.text);
    const files = screenAttachments(
      event.attachments,
      (written) => {
        const kept = take(written);
        return kept && visible(kept.text);
      },
      context.isKnownName ?? (() => false),
    );
    // A marking at the head stands behind the command word: /舆情 上报 机密级文件……
    const command = readLine(visible(event.text), event.mentioned === true, isWord(registry));
    const behind = command ? take(command.rest) : result;
    if (!result || !behind || !files) return undefined;
    const { attachments, quoted } = files;
    const { text } = result;
    const askSecrecy = result.askSecrecy || behind.askSecrecy;
    return { event: { ...event, text, attachments }, text, line: visible(text), quoted, values: {}, askSecrecy };
  }
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(event.values)) {
    const result = take(value);
    if (!result) return undefined;
    values[key] = visible(result.text);
  }
  return { event: { ...event, values }, text: "", line: "", quoted: "", values, askSecrecy: false };
}

/** Without characters that are invisible, turn the writing direction, or are no characters at all. */
const visible = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, "")
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, " ");

/** The inbox row of an event: the screened text only; null when the content was withheld. */
export function inboxEntry(
  event: MessageEvent | PressEvent,
  incoming: Incoming | undefined,
  now: Instant,
  outcome: string,
): InboxEntry {
  return {
    id: event.id,
    at: now,
    type: event.type,
    chat: inboxChat(addressOf(event)),
    sender: event.from,
    ...(event.type === "message" ? { messageId: event.messageId } : {}),
    text: incoming ? storedText(incoming) : null,
    outcome,
  };
}

const storedText = ({ event, text, quoted, values }: Incoming): string =>
  event.type === "message" ? [text, quoted].filter(Boolean).join("\n") : JSON.stringify(values);
