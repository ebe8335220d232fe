import type { MessageEvent, PressEvent } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Outgoing, Tx } from "#core/store.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import { addressOf, type Incoming, inboxEntry } from "./incoming.ts";
import { plainCard, refusalCard } from "./replies.ts";

/** Our own failure: the screened text is kept, the sender is told, the administrators are told. */
export async function apologise(
  tx: Tx,
  event: MessageEvent | PressEvent,
  incoming: Incoming | undefined,
  now: Instant,
  roster: Roster,
): Promise<void> {
  await tx.receive(inboxEntry(event, incoming, now, "failed"));
  const to = addressOf(event);
  const sorry = refusalCard("处理出错，原文已留存，管理员已收到通知。请稍后重试；紧急情况请直接电话联系值班员。");
  const alarm = plainCard("【自检】有一条消息处理失败", [
    `${formatMoment(now)} ${event.from} 在“${event.chat.name}”，记录号 ${event.id}。请查看日志。`,
  ]);
  await tx.queue(
    [
      { key: `answer/${event.id}`, lane: 0, to, kind: "refusal", card: sorry, mentions: [] },
      ...roster.withRole("管理员").map(
        (name): Outgoing => ({
          key: `failed/${event.id}/${name}`,
          lane: 2,
          to: { kind: "user", name },
          kind: "notice",
          card: alarm,
          mentions: [],
        }),
      ),
    ],
    now,
  );
}
