import { envelopeEnd } from "./envelope.ts";
import { type Field, fieldOf } from "./fields.ts";

/** How chat platforms and forwarded text stand for a file. */
const FILE_MARK = /\[(?:文件|图片|视频|附件|语音|聊天记录)\]/g;
const FILE_NAME = /[^\s，,；;、:：[\]]{1,80}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|mp4|zip|wps|ofd)\b/gi;
const COUNT = /(\d{1,2})\s?(?:张|份|个|段)/;

/** The number of files that the text speaks of. */
export function countAttachments(text: string, fields: readonly Field[]): number {
  const stated = fieldOf(fields, "attachments")?.value ?? "";
  const marks = text.slice(envelopeEnd(text)).match(FILE_MARK)?.length ?? 0;
  const names = stated.match(FILE_NAME)?.length ?? 0;
  return Math.max(marks, names, Number(COUNT.exec(stated)?.[1] ?? 0));
}
