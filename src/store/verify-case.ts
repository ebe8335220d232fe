import type { Kysely } from "kysely";
import type { Break, CaseVerification } from "#core/verification.ts";
import { GENESIS } from "./chain.ts";
import type { Tables } from "./schema.ts";
import { checkCase, checkEvent, readEvents, type Tail } from "./verify.ts";

/**
 * Verifies the records of one case: its chain, its contents, and the row that they led to. What only the whole ledger can show
 * (numbers, anchors, events of other cases) is left to `verifyLedger`.
 */
export async function verifyCase(db: Kysely<Tables>, caseId: string): Promise<CaseVerification> {
  const rows = await readEvents(db, (e) => e.where("events.case_id", "=", caseId).orderBy("events.id"));
  const found: CaseVerification = { events: rows.length, erased: 0, head: rows.at(-1)?.hash ?? GENESIS };
  let tail: Tail | undefined;
  for (const row of rows) {
    const broken = checkEvent(row, tail);
    if (broken) return { ...found, broken };
    if (row.body === null) found.erased++;
    tail = { seq: row.seq, head: row.hash, state: row.state, type: row.type, at: row.at };
  }
  const broken = (await surplusPayload(db, caseId, rows.length)) ?? (await checkRow(db, caseId, tail));
  return broken ? { ...found, broken } : found;
}

/** A content after the last event: events were cut off. */
async function surplusPayload(db: Kysely<Tables>, caseId: string, events: number): Promise<Break | undefined> {
  const surplus = await db
    .selectFrom("payloads")
    .select("seq")
    .where("case_id", "=", caseId)
    .where("seq", ">", events)
    .limit(1)
    .executeTakeFirst();
  return surplus && { fault: "cut-off", caseId, seq: events };
}

async function checkRow(db: Kysely<Tables>, caseId: string, tail: Tail | undefined): Promise<Break | undefined> {
  const row = await db.selectFrom("cases").selectAll().where("id", "=", caseId).executeTakeFirst();
  return row ? checkCase(row, tail) : { fault: "case-missing", caseId };
}
