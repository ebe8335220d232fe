import { onDutyNow } from "#core/escalation/audience.ts";
import { caseCard } from "#core/message/case-card.ts";
import type { Address } from "#core/ports.ts";
import type { Outgoing, Tx } from "#core/store.ts";
import { dayOf, type Instant } from "#core/time.ts";
import type { Actions } from "./actions/types.ts";
import type { Actor } from "./authority.ts";
import { type Case, caseNumber } from "./case.ts";
import { decideReport } from "./decide.ts";
import type { Office } from "./office.ts";
import { cardSlot, type RecordContext, record } from "./record.ts";
import type { Searched } from "./search-entry.ts";
import { findSimilar } from "./similar.ts";

/** Opens a case under the next free number of the day: "YQ-<区划>-<日期>-<序号>". */
export async function openCase(
  tx: Tx,
  input: Omit<Actions["report"], "id">,
  requestedDueAt: Instant | undefined,
  actor: Actor,
  context: RecordContext,
): Promise<Case> {
  const no = await tx.nextNumber(dayOf(context.now));
  const id = caseNumber(context.office.roster.home, context.now, no);
  const similar = await findSimilar(tx, asOpened({ ...input, id }, context.now), context.office);
  const report = { ...input, id, ...(similar.length > 0 ? { similar } : {}) };
  return record(tx, null, decideReport(report, requestedDueAt, { ...context, actor }), context);
}

const asOpened = ({ id, title, report, withheld }: Actions["report"], now: Instant): Searched => ({
  id,
  title,
  report,
  state: "reported",
  receivedAt: now,
  parts: [],
  ...(withheld ? { withheld } : {}),
});

/**
 * The receipt of a report: the case's card in the chat it came from and, when that is not the duty group, in the duty group
 * too, mentioning those who have to decide.
 */
export function receipts(c: Case, chat: Address, office: Office, now: Instant, replyTo?: string): Outgoing[] {
  const duty = office.roster.dutyGroup();
  const card = caseCard(c, office, now);
  const mentions = onDutyNow(office, now).filter((name) => name !== c.reporter);
  const post = (to: Address, kind: "reply" | "notice"): Outgoing => ({
    key: `${c.id}/receipt@${to.name}`,
    lane: 0,
    to,
    kind,
    card,
    mentions: to.kind === "group" ? mentions : [],
    caseId: c.id,
    slot: cardSlot(c.id, to),
    ...(kind === "reply" && replyTo ? { replyTo } : {}),
  });
  const elsewhere = duty && duty.name !== chat.name;
  return [post(chat, "reply"), ...(elsewhere ? [post({ kind: "group", name: duty.name }, "notice")] : [])];
}
