import { type Case, midNo } from "#core/case/case.ts";
import type { OutboxMessage, Receipt } from "#core/store.ts";
import { dayOf, formatMoment, type Instant, timeOf } from "#core/time.ts";
import type { Card, Line } from "./card.ts";
import { CHANNEL_NAMES } from "./names.ts";
import { toneOf } from "./tone.ts";

/** Messages on one card; each lists everybody whom it went to. */
const PAGE = 5;

/**
 * What became of the bot's messages about a case, newest first: the same words to several people are one message.
 * @param messages of the case, answers and edits included: they are left out
 * @param wanted the page, from 1; the last one when there are fewer
 */
export function deliveryCard(
  c: Case,
  messages: readonly OutboxMessage[],
  receipts: readonly Receipt[],
  wanted: number,
  now: Instant,
): Card {
  const told = messages.filter(isTold).sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  const groups = [...Map.groupBy(told, (m) => `${m.createdAt} ${m.card.title}`).values()];
  const pages = Math.max(1, Math.ceil(groups.length / PAGE));
  const page = Math.min(wanted, pages);
  const lines = groups.slice((page - 1) * PAGE, page * PAGE).flatMap((group) => messageLines(c, group, receipts, now));
  const more = { action: "送达", label: "下一页", values: { 编号: c.id, 页: String(page + 1) } };
  return {
    title: `送达情况 ${midNo(c.id)}${pages > 1 ? `(${page}/${pages})` : ""}`,
    tone: toneOf(c, now),
    lines: [
      { kind: "text", text: c.title },
      ...(lines.length > 0 ? lines : [{ kind: "text" as const, text: "还没有发过提醒或通知。" }]),
    ],
    buttons: page < pages ? [more] : [],
  };
}

/** Reminders, escalations, notices, and the case's own card in a group; an answer to a person is no news to that person. */
const isTold = ({ kind, to }: OutboxMessage): boolean =>
  kind === "reminder" || kind === "escalation" || kind === "notice" || (kind === "reply" && to.kind === "group");

function messageLines(c: Case, group: OutboxMessage[], receipts: readonly Receipt[], now: Instant): Line[] {
  const [first] = group;
  if (!first) return [];
  return [
    { kind: "text", text: `${formatMoment(first.createdAt, now)} ${first.card.title}`, emphasis: "strong" },
    ...group.toReversed().map((m): Line => {
      const readBy = receipts.filter((r) => r.messageId === m.messageId);
      return m.to.kind === "group"
        ? { kind: "field", label: `群“${m.to.name}”`, value: inGroup(m, readBy, now) }
        : { kind: "field", label: m.to.name, value: [inPrivate(c, m, readBy, now), ...urging(m)].join(" · ") };
    }),
  ];
}

function inGroup(message: OutboxMessage, readBy: readonly Receipt[], now: Instant): string {
  if (readBy.length === 0) return stateText(message, now);
  return `已读 ${readBy.length} 人：${readBy.map((r) => r.name).join("、")}`;
}

function inPrivate(c: Case, message: OutboxMessage, readBy: readonly Receipt[], now: Instant): string {
  const signed = signedAt(c, message);
  if (signed !== undefined) return `已签收 ${timeBeside(signed, message)}`;
  const read = readBy.find((r) => r.name === message.to.name);
  if (message.state === "read") return `已读${read ? ` ${timeBeside(read.at, message)}` : ""}`;
  return stateText(message, now);
}

function stateText(message: OutboxMessage, now: Instant): string {
  const { state, sentAt, createdAt, error } = message;
  const at = timeBeside(sentAt ?? createdAt, message);
  if (state === "queued") return createdAt > now ? `${at} 发出` : `排队${error ? `：${error}` : ""}`;
  if (state === "failed") return `失败：${error ?? "原因不详"}`;
  if (state === "suppressed") return "未发，届时已不需要";
  return `${state === "delivered" ? "已达" : "已发"} ${at}`;
}

/** The day stands in the heading already. */
const timeBeside = (at: Instant, { createdAt }: OutboxMessage): string =>
  dayOf(at) === dayOf(createdAt) ? timeOf(at) : formatMoment(at, createdAt);

/** When the person signed what this message asked to sign. */
function signedAt(c: Case, { meta, to, sentAt = 0 }: OutboxMessage): Instant | undefined {
  const asks = meta !== undefined && (meta.stages.length === 0 || meta.stages.some((s) => s.subject === "sign"));
  const mark = asks
    ? c.parts.find((p) => meta.units.includes(p.unit) && p.acknowledged?.by === to.name)?.acknowledged
    : undefined;
  return mark && mark.at >= sentAt ? mark.at : undefined;
}

/** Of a message that arrived, the reason beside it is why a stronger channel did not. */
function urging({ urged, error, state }: OutboxMessage): string[] {
  const reason = error && (state === "delivered" || state === "sent" || state === "read") ? [error] : [];
  return [...(urged && urged !== "none" ? [`加急 ${CHANNEL_NAMES[urged]}`] : []), ...(urged ? reason : [])];
}
