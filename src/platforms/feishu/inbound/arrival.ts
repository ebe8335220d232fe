import { z } from "zod";
import { screenAttachments } from "#core/intake/screen-attachments.ts";
import type { Attachment, MessageEvent, PlatformContext } from "#core/ports.ts";

/** A message as it is kept until it is handled: a MessageEvent without what can be fetched, and screened. */
const Stored = z.object({
  id: z.string(),
  at: z.number(),
  chat: z.object({ kind: z.enum(["group", "private"]), name: z.string() }),
  from: z.string(),
  known: z.boolean(),
  messageId: z.string(),
  text: z.string(),
  attachments: z.array(
    z.object({
      kind: z.enum(["image", "file", "video", "audio", "forward", "card"]),
      name: z.string(),
      ref: z.string().exactOptional(),
      note: z.string().exactOptional(),
      lines: z.array(z.object({ from: z.string(), text: z.string() })).exactOptional(),
    }),
  ),
  platform: z.string().exactOptional(),
  replyTo: z.string().exactOptional(),
  mentioned: z.boolean().exactOptional(),
  accounts: z.array(z.object({ written: z.string(), account: z.string() })).exactOptional(),
  withheld: z.literal(true).exactOptional(),
});

export const stored = (event: MessageEvent): string => JSON.stringify(event);

/** @throws ZodError when it was written by something else */
export const readStored = (body: string): MessageEvent => ({ type: "message", ...Stored.parse(JSON.parse(body)) });

export interface ScreenParts {
  screen: PlatformContext["screen"];
  /** Is this the name of a person of the roster? */
  isKnown: (name: string) => boolean;
}

/** What of an event may be kept: of a message with a marking, nothing but that it came. */
export function screenedEvent(event: MessageEvent, { screen, isKnown }: ScreenParts): MessageEvent {
  const take = (written: string): string | undefined => {
    const result = screen(written);
    return result.withheld ? undefined : result.text;
  };
  const text = take(event.text);
  const files = screenAttachments(event.attachments, take, isKnown);
  const { accounts: _, ...rest } = event;
  if (text === undefined || files === undefined) return { ...rest, text: "", attachments: [], withheld: true };
  return { ...event, text, attachments: files.attachments.map(withoutContent) };
}

function withoutContent(attachment: Attachment): Attachment {
  const { digest: _, content: __, ...kept } = attachment;
  return kept;
}
