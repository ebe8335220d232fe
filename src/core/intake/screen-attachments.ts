import { surnameOf } from "#core/intake/pii/names.ts";
import type { Attachment } from "#core/ports.ts";

/** Screens one text; undefined when it may not be kept. */
type Take = (text: string) => string | undefined;

export interface ScreenedAttachments {
  attachments: Attachment[];
  /** What chat records and shared pages say: read as part of the message, and never as a command or a field of one. */
  quoted: string;
}

/**
 * Names, shared pages and chat records say as much as a line of text, and are screened like one. Undefined when any of it may
 * not be kept.
 * @param isKnown is this the name of a person of the roster?
 */
export function screenAttachments(
  attachments: readonly Attachment[],
  take: Take,
  isKnown: (name: string) => boolean,
): ScreenedAttachments | undefined {
  const kept: Attachment[] = [];
  const quoted: string[] = [];
  for (const attachment of attachments) {
    const texts = [attachment.name, attachment.source, attachment.url].map((t) => (t === undefined ? t : take(t)));
    const [name, source, url] = texts;
    if (name === undefined || (attachment.source && source === undefined) || (attachment.url && url === undefined))
      return undefined;
    const next: Attachment = { ...attachment, name, ...(source ? { source } : {}), ...(url ? { url } : {}) };
    if (attachment.lines) {
      // A marking may stand at the head of any one message of the record.
      if (attachment.lines.some((l) => take(l.text) === undefined)) return undefined;
      const said = attachment.lines.map((l) => `${speaker(l.from, isKnown)}：${l.text}`);
      const record = take(said.join("\n"));
      if (record === undefined) return undefined;
      next.lines = attachment.lines.map((l) => ({ from: speaker(l.from, isKnown), text: take(l.text) ?? "" }));
      quoted.push(record);
    }
    if (attachment.kind === "card") quoted.push([name, source && `来源：${source}`, url].filter(Boolean).join("\n"));
    kept.push(next);
  }
  return { attachments: kept, quoted: quoted.join("\n") };
}

/** Who wrote a line of a chat record: colleagues by name, private persons as 姓+某, and nicknames not at all. */
function speaker(name: string, isKnown: (name: string) => boolean): string {
  if (isKnown(name)) return name;
  const surname = surnameOf(name);
  return surname ? `${surname}某` : "群成员";
}
