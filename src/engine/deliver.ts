import type { Office } from "#core/case/office.ts";
import { isOpen } from "#core/case/states.ts";
import { proposalAsked } from "#core/message/ask.ts";
import type { Card } from "#core/message/card.ts";
import { caseCard } from "#core/message/case-card.ts";
import { type Clock, DeliveryError, type Platform } from "#core/ports.ts";
import type { OutboxMessage, Store } from "#core/store.ts";
import { type Instant, MINUTE } from "#core/time.ts";
import { redraw } from "./reminder-message.ts";

export interface DeliverDeps {
  store: Store;
  office: Office;
  clock: Clock;
  platforms: readonly Platform[];
}

/** A message older than this is drawn anew before it is sent: its remaining times are no longer true. */
const STALE = MINUTE;

/** A message as it goes out now. */
export interface Ready {
  platform: Platform;
  /** The message that is edited. */
  edits?: string;
  /** Resolves with the platform's message id. @throws DeliveryError */
  send(): Promise<string>;
}

/**
 * Decides on the platform, and on what the message says by now.
 * @returns undefined when there is nothing to send any more
 * @throws DeliveryError when no platform reaches the address
 */
export async function prepare(message: OutboxMessage, deps: DeliverDeps): Promise<Ready | undefined> {
  const { store, clock } = deps;
  if (message.kind === "update") {
    const { slot = "", card } = message;
    const target = slot.startsWith("message:")
      ? slot.slice("message:".length)
      : await store.write((tx) => tx.slotMessage(slot));
    if (target === undefined) return undefined;
    const platform = platformFor(message, target, deps);
    return { platform, edits: target, send: () => platform.update(target, card).then(() => target) };
  }
  const platform = platformFor(message, message.replyTo, deps);
  const card = await current(message, deps, clock.now());
  if (card === undefined) return undefined;
  const { key, createdAt: queuedAt, to, mentions, kind, lane, replyTo } = message;
  const delivery = { key, queuedAt, to, card, mentions, kind, lane, ...(replyTo ? { replyTo } : {}) };
  return { platform, send: async () => (await platform.send(delivery)).messageId };
}

/** The platform on which a message is answered or edited, if it reaches the address; else the first that does. */
function platformFor({ to }: OutboxMessage, related: string | undefined, { platforms }: DeliverDeps): Platform {
  const reaching = platforms.filter((p) => p.reaches(to));
  const platform = (related === undefined ? undefined : reaching.find((p) => p.owns(related))) ?? reaching[0];
  if (!platform) throw new DeliveryError(`没有平台能送达${to.name}。`, { retry: false, unreachable: true });
  return platform;
}

/** The card as it should be now: a delayed reminder is drawn anew, one that nobody needs any more is dropped. */
async function current(
  message: OutboxMessage,
  { store, office }: DeliverDeps,
  now: Instant,
): Promise<Card | undefined> {
  const { meta, slot, caseId, card, attempts, createdAt } = message;
  if (caseId !== undefined && meta === undefined && proposalAsked(card) !== undefined) {
    // Held back over the night, and answered meanwhile.
    const asked = await store.case(caseId);
    return asked?.proposals.some((p) => p.id === proposalAsked(card)) ? card : undefined;
  }
  // Of a message that was tried before, an edit may have come when there was nothing to edit yet.
  const isFresh = now - createdAt < STALE && (slot === undefined || attempts === 0);
  const isDrawnOnce = slot === undefined && (meta?.stages.length ?? 0) === 0;
  if (caseId === undefined || isDrawnOnce || isFresh) return card;
  const c = await store.case(caseId);
  // The case's own card: edits that came while it waited had nothing to edit.
  if (c && meta === undefined) return caseCard(c, office, now);
  if (!c || !isOpen(c.state) || meta === undefined) return undefined;
  return redraw(c, meta, message.to.name, office, now);
}
