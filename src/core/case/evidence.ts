import type { Attachment, AttachmentKind } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import type { Case, Mark } from "./case.ts";
import { isOpen } from "./states.ts";

/** Something that came with a message about the case: who sent it and when, and how the original is found and proved. */
export interface Evidence extends Mark, Omit<Attachment, "lines" | "content" | "digest"> {
  /** The message it came with; with its place among that message's attachments it is recorded once. */
  messageId: string;
  index: number;
}

/** The attachments of one message, as they are recorded. What a chat record said stands in the report. */
export function evidenceOf(attachments: readonly Attachment[], message: Mark & { messageId: string }): Evidence[] {
  const { by, at, messageId } = message;
  return attachments.map(({ kind, name, size, sha256, note, ref, url, source, lines }, index) => ({
    kind,
    name,
    ...(size === undefined ? {} : { size }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(note === undefined ? {} : { note }),
    ...(ref === undefined ? {} : { ref }),
    ...(url === undefined ? {} : { url }),
    ...(source === undefined ? {} : { source }),
    ...(lines ? { name: `${name || "聊天记录"}(${lines.length}条)` } : {}),
    by,
    at,
    messageId,
    index,
  }));
}

/** Those that the case does not hold yet. */
export const newEvidence = (c: Pick<Case, "evidence">, evidence: readonly Evidence[]): Evidence[] =>
  evidence.filter((e) => !c.evidence?.some((k) => k.messageId === e.messageId && k.index === e.index));

/** The first of a list with the same content; undefined when there is none, or when the content is unknown. */
export const sameContent = <E extends { sha256?: string }>(
  list: readonly E[],
  e: { sha256?: string },
): E | undefined => (e.sha256 === undefined ? undefined : list.find((k) => k.sha256 === e.sha256));

/** Each content once. */
export const distinctEvidence = (c: Case): Evidence[] =>
  (c.evidence ?? []).filter((e, i, all) => {
    const first = sameContent(all, e);
    return first === undefined || all.indexOf(first) === i;
  });

/** Nothing was said but a picture or a file: the reporter is asked for one line of text, which gives the title. */
export const awaitsSentence = (c: Case): boolean =>
  isOpen(c.state) && !c.withheld && (c.evidence ?? []).length > 0 && c.report.missing.includes("summary");

/** Does what this person says next in this chat belong to the case? Only for as long as they would still know what was asked. */
export const isAwaited = (c: Case, by: string, chat: { kind: string; name: string }, since: Instant): boolean =>
  awaitsSentence(c) &&
  c.reporter === by &&
  c.origin.kind === chat.kind &&
  c.origin.name === chat.name &&
  c.receivedAt >= since;

const EXTENSIONS: readonly [RegExp, AttachmentKind][] = [
  [/\.(?:jpe?g|png|gif|webp|bmp|heic|avif)$/iu, "image"],
  [/\.(?:mp4|mov|avi|mkv|webm|wmv|3gp)$/iu, "video"],
  [/\.(?:mp3|m4a|wav|amr|ogg|opus|aac)$/iu, "audio"],
];

/** What a file is, by the end of its name. */
export const kindOfFile = (name: string): AttachmentKind => EXTENSIONS.find(([end]) => end.test(name))?.[1] ?? "file";
