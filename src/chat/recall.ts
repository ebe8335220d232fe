import { midNo } from "#core/case/case.ts";
import { isOpen } from "#core/case/states.ts";
import type { RecallEvent } from "#core/ports.ts";
import type { Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { contentsOnlyIn } from "./contents.ts";
import { inboxChat } from "./incoming.ts";
import { plainCard } from "./replies.ts";

/**
 * A report that was recalled keeps its number: what was counted cannot be uncounted by one person. What was not handled yet is
 * dropped: that it was recalled is remembered, and nothing else of it, so that a later delivery is not taken up.
 * @returns hashes of contents that were recalled with it; the hashes themselves stay in the record
 */
export async function recalled(tx: Tx, event: RecallEvent, now: Instant): Promise<string[]> {
  const { id, type, messageId } = event;
  const received = await tx.received(messageId);
  const caseId = received && (await tx.caseOfMessage(messageId));
  const isNew = await tx.receive({
    id,
    at: now,
    type,
    messageId,
    chat: received ? inboxChat(received.chat) : "",
    sender: received?.sender ?? "",
    ...(caseId ? { caseId } : {}),
    text: "",
    outcome: "recalled",
  });
  const question = await tx.openQuestion(messageId);
  if (question) await tx.settleQuestion(question.id, "answered");
  const c = caseId === undefined ? undefined : await tx.case(caseId);
  if (!c || !received) return [];
  const contents = await contentsOnlyIn(c, messageId, tx);
  if (!isNew || !isOpen(c.state)) return contents;
  const card = plainCard(`${received.sender}撤回了原消息`, [
    `${midNo(c.id)} ${c.title}`,
    "已编号的案件不删除，已记入的内容保留，时限照常。",
    "写错的请回复卡片更正；属误报的请写〔误报〕和理由，由第二人确认。",
  ]);
  const answer = { key: `answer/${id}`, lane: 0 as const, to: received.chat, kind: "notice" as const, card };
  await tx.queue([{ ...answer, mentions: [], caseId: c.id }], now);
  return contents;
}
