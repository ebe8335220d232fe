import type { Attachment } from "#core/ports.ts";
import type { Incoming } from "./incoming.ts";

/**
 * Size and hash of what came with a message. Outside the transaction, because it may take a download; and only when the
 * message concerns the bot, so that ordinary pictures of a group are never fetched.
 * @throws what a platform reports when a content is worth another try later
 */
export async function withDigests(
  incoming: Incoming,
  concerns: (incoming: Incoming) => Promise<boolean>,
): Promise<Incoming> {
  const { event } = incoming;
  if (event.type !== "message" || !event.attachments.some((a) => a.digest)) return incoming;
  if (!(await concerns(incoming))) return incoming;
  const attachments: Attachment[] = [];
  for (const a of event.attachments) attachments.push(a.digest ? { ...a, ...(await a.digest()) } : a);
  return { ...incoming, event: { ...event, attachments } };
}
