import type { Office } from "#core/case/office.ts";
import { openCase, receipts } from "#core/case/open.ts";
import { takeReport } from "#core/case/take-report.ts";
import { learnedWords } from "#core/learning/lexicon.ts";
import type { Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";

/** "Is this a report?" that nobody answered in time: numbered, because waiting costs the office its limit (ruling 18). */
export async function numberUnanswered(tx: Tx, office: Office, now: Instant): Promise<number> {
  const due = await tx.dueQuestions(now);
  const learned = due.length > 0 ? learnedWords(await tx.lexicon()) : [];
  for (const q of due) {
    const taken = takeReport({ ...q, from: q.sender }, office, learned);
    const actor = { name: q.sender, known: q.known };
    const c = await openCase(tx, { ...taken.input, origin: q.chat }, taken.requestedDueAt, actor, { office, now });
    await tx.settleQuestion(q.id, "numbered", c.id);
    await tx.queue(receipts(c, q.chat, office, now, q.messageId), now);
  }
  return due.length;
}
