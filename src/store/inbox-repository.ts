import type { Kysely } from "kysely";
import type { Evidence } from "#core/case/evidence.ts";
import type { Address } from "#core/ports.ts";
import type { Question, Tx } from "#core/store.ts";
import type { Row, Tables } from "./schema.ts";

type InboxMethods = Pick<
  Tx,
  | "receive"
  | "finish"
  | "inboxOutcome"
  | "received"
  | "isRecalled"
  | "ask"
  | "addToQuestion"
  | "dueQuestions"
  | "openQuestion"
  | "openPicture"
  | "settleQuestion"
>;

/** How a group is written in the chat column; a private chat is that of the sender. */
const GROUP = "group:";

const asQuestion = (r: Row<"questions">): Question => ({
  id: r.id,
  at: r.at,
  dueAt: r.due_at,
  chat: JSON.parse(r.chat) as Question["chat"],
  sender: r.sender,
  known: r.known === 1,
  messageId: r.message_id,
  text: r.text,
  attachments: r.attachments,
  ...(r.evidence === null ? {} : { evidence: JSON.parse(r.evidence) as Evidence[] }),
});

/** Events received (each once), and texts of which it is still asked whether they are reports. */
export function inboxRepository(db: Kysely<Tables>): InboxMethods {
  const ofMessage = (messageId: string, type: string) =>
    db.selectFrom("inbox").where("message_id", "=", messageId).where("type", "=", type);
  return {
    async receive(entry) {
      const inserted = await db
        .insertInto("inbox")
        .values({
          id: entry.id,
          at: entry.at,
          type: entry.type,
          chat: entry.chat,
          sender: entry.sender,
          message_id: entry.messageId ?? null,
          case_id: entry.caseId ?? null,
          text: entry.text,
          outcome: entry.outcome,
        })
        .onConflict((o) => o.column("id").doNothing())
        .executeTakeFirst();
      return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async finish(eventId, outcome, caseId) {
      await db
        .updateTable("inbox")
        .set({ outcome, ...(caseId ? { case_id: caseId } : {}) })
        .where("id", "=", eventId)
        .execute();
    },

    async inboxOutcome(eventId) {
      const row = await db.selectFrom("inbox").select("outcome").where("id", "=", eventId).executeTakeFirst();
      return row?.outcome;
    },

    async received(messageId) {
      const row = await ofMessage(messageId, "message").select(["chat", "sender"]).executeTakeFirst();
      if (!row) return undefined;
      const isGroup = row.chat.startsWith(GROUP);
      const chat: Address = isGroup
        ? { kind: "group", name: row.chat.slice(GROUP.length) }
        : { kind: "user", name: row.sender };
      return { chat, sender: row.sender };
    },

    async isRecalled(messageId) {
      return (await ofMessage(messageId, "recall").select("id").executeTakeFirst()) !== undefined;
    },

    async ask(q) {
      await db
        .insertInto("questions")
        .values({
          at: q.at,
          due_at: q.dueAt,
          chat: JSON.stringify(q.chat),
          sender: q.sender,
          known: q.known ? 1 : 0,
          message_id: q.messageId,
          text: q.text,
          attachments: q.attachments,
          evidence: q.evidence?.length ? JSON.stringify(q.evidence) : null,
          state: "open",
        })
        .execute();
    },

    async addToQuestion(id, evidence) {
      const row = await db.selectFrom("questions").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
      const all = [...(asQuestion(row).evidence ?? []), ...evidence];
      await db
        .updateTable("questions")
        .set({ evidence: JSON.stringify(all), attachments: all.length })
        .where("id", "=", id)
        .execute();
    },

    async dueQuestions(now) {
      const rows = await db
        .selectFrom("questions")
        .selectAll()
        .where("state", "=", "open")
        .where("due_at", "<=", now)
        .orderBy("due_at")
        .limit(100)
        .execute();
      return rows.map(asQuestion);
    },

    async openQuestion(messageId) {
      const row = await db
        .selectFrom("questions")
        .selectAll()
        .where("message_id", "=", messageId)
        .where("state", "=", "open")
        .executeTakeFirst();
      return row && asQuestion(row);
    },

    async openPicture(sender, chat) {
      const row = await db
        .selectFrom("questions")
        .selectAll()
        .where("state", "=", "open")
        .where("sender", "=", sender)
        .where("chat", "=", JSON.stringify(chat))
        .where("text", "=", "")
        .where("evidence", "is not", null)
        .orderBy("id", "desc")
        .executeTakeFirst();
      return row && asQuestion(row);
    },

    async settleQuestion(id, state, caseId) {
      await db.updateTable("questions").set({ state }).where("id", "=", id).execute();
      if (caseId === undefined) return;
      const asked = db.selectFrom("questions").select("message_id").where("id", "=", id);
      await db.updateTable("inbox").set({ case_id: caseId }).where("message_id", "=", asked).execute();
    },
  };
}
