import { type Kysely, sql } from "kysely";
import type { Tx } from "#core/store.ts";
import { MINUTE } from "#core/time.ts";
import { chunks } from "./chunks.ts";
import { asMessage } from "./outbox-repository.ts";
import type { Tables } from "./schema.ts";

type ReceiptMethods = Pick<Tx, "receipts" | "markRead" | "unurged" | "markUrged" | "unread" | "markAsked">;

/** Rows that one statement takes. */
const ROWS = 200;

/** Proof of contact: urgent channels that were pressed, and who has read what. Never scored against a person (ruling 17). */
export function receiptRepository(db: Kysely<Tables>): ReceiptMethods {
  return {
    async receipts(caseId) {
      const rows = await db
        .selectFrom("receipts")
        .selectAll()
        .where((e) =>
          e.exists(
            e
              .selectFrom("outbox")
              .select("outbox.id")
              .whereRef("outbox.message_id", "=", "receipts.message_id")
              .where("outbox.case_id", "=", caseId),
          ),
        )
        .orderBy("at")
        .execute();
      return rows.map((r) => ({ messageId: r.message_id, name: r.name, at: r.at }));
    },

    async markRead(messageIds, name, at) {
      for (const some of chunks([...new Set(messageIds)], ROWS)) {
        // Only of messages that the bot sent: a platform also tells of others.
        const own = db.selectFrom("outbox").select("message_id").where("message_id", "in", some);
        const sent = (await own.where("kind", "!=", "update").execute()).flatMap((r) => r.message_id ?? []);
        if (sent.length === 0) continue;
        await db
          .insertInto("receipts")
          .values([...new Set(sent)].map((message_id) => ({ message_id, name, at })))
          .onConflict((o) => o.columns(["message_id", "name"]).doNothing())
          .execute();
        await db
          .updateTable("outbox")
          .set({ state: "read" })
          .where("message_id", "in", sent)
          .where("to_kind", "=", "user")
          .where("to_name", "=", name)
          .where("state", "in", ["sent", "delivered"])
          .execute();
      }
    },

    async unurged(limit) {
      const rows = await db
        .selectFrom("outbox")
        .selectAll()
        .where("urgent", "is not", null)
        .where("urged", "is", null)
        .where("state", "in", ["sent", "delivered"])
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(asMessage);
    },

    async markUrged(id, channel, error) {
      const row = db.updateTable("outbox").where("id", "=", id);
      await row.set({ urged: channel ?? "none", ...(error === undefined ? {} : { error }) }).execute();
      if (channel) await row.set({ state: "delivered" }).where("state", "=", "sent").execute();
    },

    async unread(now, since, limit) {
      const rows = await db
        .selectFrom("outbox")
        .selectAll()
        // Written out, because the index holds these rows only.
        .where(sql<boolean>`state in ('sent', 'delivered')`)
        .where("sent_at", ">", since)
        .where("sent_at", "<=", now - MINUTE)
        .where("kind", "!=", "update")
        // The longer it waits, the more seldom it is asked: after a minute, then each time it has waited twice as long.
        .where((e) => e.or([e("asked_at", "is", null), e(sql`2 * asked_at - sent_at`, "<=", now)]))
        .where((e) =>
          e.exists(
            e
              .selectFrom("cases")
              .select("cases.id")
              .whereRef("cases.id", "=", "outbox.case_id")
              .where("cases.open", "=", 1),
          ),
        )
        .orderBy("sent_at", "desc")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(asMessage);
    },

    async markAsked(ids, at) {
      for (const some of chunks(ids, ROWS))
        await db.updateTable("outbox").set({ asked_at: at }).where("id", "in", some).execute();
    },
  };
}
