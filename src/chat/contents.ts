import type { Case } from "#core/case/case.ts";
import type { AttachmentFiles, MessageEvent } from "#core/ports.ts";
import type { Reader } from "#core/store.ts";

/** Keeps the contents of a message that was recorded. After the commit: what was recorded is the hash, whatever becomes of this. */
export async function keepContents(event: MessageEvent, files: AttachmentFiles): Promise<void> {
  for (const { sha256, content } of event.attachments)
    if (sha256 !== undefined && content !== undefined) await files.keep(sha256, await content());
}

/** Hashes of the contents that came with a message and with no other one: who takes the message back takes them back. */
export async function contentsOnlyIn(c: Case, messageId: string, store: Reader): Promise<string[]> {
  const all = c.evidence ?? [];
  const own = all.flatMap((e) => (e.messageId === messageId && e.sha256 ? [e.sha256] : []));
  const elsewhere = (await store.casesWithContent(own)).filter((k) => k.caseId !== c.id);
  return own.filter(
    (sha256) =>
      !all.some((e) => e.messageId !== messageId && e.sha256 === sha256) && !elsewhere.some((k) => k.sha256 === sha256),
  );
}
