import { midNo } from "#core/case/case.ts";
import { isOpen } from "#core/case/states.ts";
import type { RecallEvent } from "#core/ports.ts";
import type { Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { contentsOnlyIn } from "./contents.ts";
import { addressOf } from "./incoming.ts";
import { plainCard } from "./replies.ts";

/**
 * A report that was recalled keeps its number: what was counted cannot be uncounted by one person.
 * @returns hashes of contents that were recalled with it; the hashes themselves stay in the record
 */
export async function recalled(tx: Tx, event: RecallEvent, now: Instant): Promise<string[]> {
  const caseId = await tx.caseOfMessage(event.messageId);
  const c = caseId === undefined ? undefined : await tx.case(caseId);
  if (!c) return [];
  const contents = await contentsOnlyIn(c, event.messageId, tx);
  if (!isOpen(c.state)) return contents;
  const isNew = await tx.receive({
    id: event.id,
    at: now,
    type: event.type,
    chat: `${event.chat.kind}:${event.chat.name}`,
    sender: event.from,
    caseId: c.id,
    text: "",
    outcome: "recalled",
  });
  if (!isNew) return contents;
  const card = plainCard(`${event.from}撤回了原消息`, [
    `${midNo(c.id)} ${c.title}`,
    "已编号的案件不删除，已记入的内容保留，时限照常。",
    "写错的请回复卡片更正；属误报的请写〔误报〕和理由，由第二人确认。",
  ]);
  const to = addressOf(event);
  await tx.queue([{ key: `answer/${event.id}`, lane: 0, to, kind: "notice", card, mentions: [], caseId: c.id }], now);
  return contents;
}
