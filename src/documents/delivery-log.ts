import { CHANNEL_NAMES } from "#core/message/names.ts";
import type { OutboxMessage, Receipt } from "#core/store.ts";
import { dayOf, formatStamp, type Instant, timeOf } from "#core/time.ts";
import { type Content, type Html, html } from "./html.ts";
import { stamp, table } from "./page.ts";
import { printed } from "./printable.ts";

interface Log {
  deliveries: readonly OutboxMessage[];
  receipts: readonly Receipt[];
}

/** Who was told what, person by person, and what became of each message. */
export function deliveryTables({ deliveries, receipts }: Log, say: (text: string) => string, now: Instant): Html {
  const told = deliveries.filter(isTold).sort((a, b) => a.createdAt - b.createdAt || a.id - b.id);
  const byName = [...Map.groupBy(told, ({ to }) => (to.kind === "group" ? `群“${to.name}”` : to.name))];
  return table(
    ["发给", "消息", "已发", "已达", "已读"],
    byName.flatMap(([name, messages]) =>
      messages.map((m): Content[] => [
        name,
        printed(say(m.card.title)),
        sentText(m, now),
        reachedText(m),
        readText(m, receipts),
      ]),
    ),
    "没有发过提醒或通知。",
    "log",
  );
}

/** An edit of a card and an answer to the person who asked are no news to anybody. */
const isTold = ({ kind, to }: OutboxMessage): boolean =>
  kind === "reminder" || kind === "escalation" || kind === "notice" || (kind === "reply" && to.kind === "group");

function sentText({ state, sentAt, createdAt, error }: OutboxMessage, now: Instant): Content {
  if (sentAt !== undefined) return stamp(sentAt);
  if (state === "failed") return `失败：${error ?? "原因不详"}`;
  if (state === "suppressed") return "未发，届时已不需要";
  return createdAt > now ? `待发 ${formatStamp(createdAt)}` : "排队";
}

/** Of a message that arrived, the reason beside it is why a stronger channel did not. */
function reachedText({ urged, error, sentAt }: OutboxMessage): string {
  if (urged === undefined || sentAt === undefined) return "";
  const channel = urged === "none" ? "加急未成" : `加急 ${CHANNEL_NAMES[urged]}`;
  return error ? `${channel}（${error}）` : channel;
}

function readText({ messageId, state, to, sentAt }: OutboxMessage, receipts: readonly Receipt[]): Html {
  const readers = messageId === undefined ? [] : receipts.filter((r) => r.messageId === messageId);
  if (readers.length === 0) return html`${state === "read" ? "已读" : undefined}`;
  return html`${readers.map((r, i) => html`${i === 0 ? undefined : html`<br>`}${to.kind === "group" ? `${r.name} ` : undefined}${beside(r.at, sentAt)}`)}`;
}

/** The day stands beside it already when it is the same. */
const beside = (at: Instant, sentAt: Instant | undefined): Content =>
  sentAt !== undefined && dayOf(at) === dayOf(sentAt) ? timeOf(at) : stamp(at);
