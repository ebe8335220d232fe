import { z } from "zod";
import type { Card } from "#core/message/card.ts";
import type { Attachment } from "#core/ports.ts";
import type { MessageRow } from "./chat-log.ts";
import type { MessageView, QuoteView } from "./views.ts";

/** Stands for a message that was not taken in: nothing of it is known but its time and sender. */
const WITHHELD = "(内容未接收)";
const RECALLED = "(已撤回)";
/** Characters of a message that is quoted by an answer. */
const QUOTE_LENGTH = 80;

const Names = z.array(z.string());
/** Rows of earlier versions know the name and the hash only. */
const Attachments = z.array(
  z.object({
    kind: z.enum(["image", "file", "video", "audio", "forward", "card"]).default("file"),
    name: z.string(),
    size: z.number().optional(),
    sha256: z.string().optional(),
  }),
);

/** A stored message as the browser shows it; the same for everybody who sees the chat. */
export function present(row: MessageRow, find: (id: string) => MessageRow | undefined): MessageView {
  const answered = row.reply_to === null ? undefined : find(row.reply_to);
  const text = row.state === "withheld" ? WITHHELD : row.card === null ? row.text : null;
  return {
    id: row.id,
    seq: row.seq,
    rev: row.rev,
    chat: row.chat,
    at: row.at,
    state: row.state,
    mentions: Names.parse(JSON.parse(row.mentions)),
    attachments: attachmentsOf(row),
    ...(row.author === null ? {} : { from: row.author }),
    ...(text === null ? {} : { text }),
    // Stored by this platform from a typed card, and handed on unread.
    ...(row.card === null ? {} : { card: JSON.parse(row.card) as Card }),
    ...(row.kind === null ? {} : { kind: row.kind }),
    ...(row.urgent === 1 ? { urgent: true as const } : {}),
    ...(answered ? { replyTo: quote(answered) } : {}),
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    ...(row.client_key === null ? {} : { clientKey: row.client_key }),
  };
}

export function attachmentsOf(row: MessageRow): Attachment[] {
  return Attachments.parse(JSON.parse(row.attachments)).map(({ kind, name, size, sha256 }) => ({
    kind,
    name,
    ...(size === undefined ? {} : { size }),
    ...(sha256 === undefined ? {} : { sha256 }),
  }));
}

function quote(row: MessageRow): QuoteView {
  const text = row.state === "withheld" ? WITHHELD : row.state === "recalled" ? RECALLED : (row.text ?? "");
  return {
    id: row.id,
    text: Array.from(text).slice(0, QUOTE_LENGTH).join(""),
    ...(row.author === null ? {} : { from: row.author }),
  };
}
