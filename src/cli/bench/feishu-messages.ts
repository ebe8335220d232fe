import type { Card, Line } from "#core/message/card.ts";
import type { Address, Lane } from "#core/ports.ts";
import type { Outgoing } from "#core/store.ts";
import { HOUR } from "#core/time.ts";
import type { BenchFeishu } from "./parts.ts";

/** A Monday morning at work: nobody sleeps, nothing is held back. */
export const OPENED = Date.UTC(2026, 10, 23, 1, 0);
/** People, and groups, to whom messages go. */
export const PLACES = 100;
/** What Feishu allows in a second; no place gets so much that its own five a second matter. */
export const PER_SECOND = 50;

const KINDS = ["reply", "escalation", "notice", "digest"] as const;
const LINES: Line[] = Array.from({ length: 8 }, () => ({ kind: "text", text: "一行六十个字".repeat(6) }));

/** At the size of a full run, or a larger one, all of them. */
export const scaled = (count: number, size: number, least: number): number =>
  Math.max(least, Math.round(count * Math.min(1, size / 100_000)));

/** Queues messages to everybody in turn; resolves when that is durable. @param title of the first; a number follows */
export async function queue(feishu: BenchFeishu, lane: Lane, title: string, count: number): Promise<void> {
  const { addresses, bot } = feishu;
  const messages = Array.from({ length: count }, (_, i) => message(addresses, i, lane, title, LINES));
  await bot.store.write((tx) => tx.queue(messages, feishu.now()));
}

/** Queues that a limit ends in five hours, to one of those to whom digests go as well. @returns the title of the card */
export async function queueEscalation(feishu: BenchFeishu, title: string, i: number): Promise<string> {
  const { addresses, bot } = feishu;
  const startAt = feishu.now();
  const limit: Line = { kind: "limit", label: "首次回应", startAt, dueAt: startAt + 5 * HOUR };
  const escalation = message(addresses, i, 1, title, [limit]);
  await bot.store.write((tx) => tx.queue([escalation], startAt));
  return escalation.card.title;
}

/** How many of the bot's messages have arrived. */
export const arrived = async ({ service }: BenchFeishu): Promise<number> => (await service.sent()).arrivals.length;

function message(addresses: readonly Address[], i: number, lane: Lane, name: string, lines: Line[]): Outgoing {
  const to = addresses[i % addresses.length];
  if (!to) throw new Error("there is nobody to write to");
  const title = `${name}${i}`;
  const card: Card = { title, tone: "blue", lines, buttons: [] };
  return { key: title, lane, to, kind: KINDS[lane], card, mentions: [] };
}
