import type { Kysely } from "kysely";
import type { ReminderSubject } from "#core/escalation/stages.ts";
import type { MessageKind } from "#core/message/announce.ts";
import type { Card } from "#core/message/card.ts";
import type { OutboxMessage, Outgoing, ReminderMeta, Tx, WaitingMessage } from "#core/store.ts";
import { chunks } from "./chunks.ts";
import type { Row, Tables } from "./schema.ts";

type OutboxMethods = Pick<
  Tx,
  | "queue"
  | "lastTold"
  | "waitingMessages"
  | "queuedMessages"
  | "failures"
  | "slotMessage"
  | "markSent"
  | "markRetry"
  | "hasten"
  | "markState"
  | "stuckMessages"
  | "caseOfMessage"
  | "deliveries"
  | "sentCard"
>;

export const asMessage = (r: Row<"outbox">): OutboxMessage => ({
  id: r.id,
  key: r.key,
  lane: r.lane as OutboxMessage["lane"],
  to: { kind: r.to_kind, name: r.to_name },
  kind: r.kind as MessageKind,
  card: JSON.parse(r.card) as Card,
  mentions: JSON.parse(r.mentions) as string[],
  attempts: r.attempts,
  createdAt: r.created_at,
  state: r.state,
  ...(r.case_id === null ? {} : { caseId: r.case_id }),
  ...(r.subject === null ? {} : { subject: r.subject as ReminderSubject }),
  ...(r.stage === null ? {} : { stage: r.stage }),
  ...(r.limit_at === null ? {} : { limit: r.limit_at }),
  ...(r.late_by === null ? {} : { lateBy: r.late_by }),
  ...(r.reply_to === null ? {} : { replyTo: r.reply_to }),
  ...(r.slot === null ? {} : { slot: r.slot }),
  ...(r.meta === null ? {} : { meta: JSON.parse(r.meta) as ReminderMeta }),
  ...(r.message_id === null ? {} : { messageId: r.message_id }),
  ...(r.sent_at === null ? {} : { sentAt: r.sent_at }),
  ...(r.urgent === null ? {} : { urgent: r.urgent }),
  ...(r.error === null ? {} : { error: r.error }),
  ...(r.urged === null ? {} : { urged: r.urged }),
});

/** Ids or rows that one statement takes. */
const IDS = 500;
const ROWS = 50;

/** Messages to send and what became of them. A key stands for one message for ever. */
export function outboxRepository(db: Kysely<Tables>): OutboxMethods {
  return {
    async queue(messages, now) {
      for (const some of chunks(messages, ROWS))
        await db
          .insertInto("outbox")
          .values(
            some.map((m) => ({
              key: m.key,
              lane: m.lane,
              to_kind: m.to.kind,
              to_name: m.to.name,
              kind: m.kind,
              case_id: m.caseId ?? null,
              subject: m.subject ?? null,
              stage: m.stage ?? null,
              limit_at: m.limit ?? null,
              late_by: m.lateBy ?? null,
              card: JSON.stringify(m.card),
              mentions: JSON.stringify(m.mentions),
              reply_to: m.replyTo ?? null,
              slot: m.slot ?? null,
              meta: m.meta ? JSON.stringify(m.meta) : null,
              state: "queued" as const,
              attempts: 0,
              next_at: now,
              created_at: now,
              sent_at: null,
              message_id: null,
              error: null,
              urgent: m.urgent ?? null,
              urged: null,
              asked_at: null,
            })),
          )
          .onConflict((o) => o.column("key").doNothing())
          .execute();
      await dropOlderEdits(db, messages);
    },

    async lastTold(caseIds, since) {
      const found: { caseId: string; name: string; at: number }[] = [];
      for (const some of chunks(caseIds, IDS))
        found.push(
          ...(await db
            .selectFrom("outbox")
            .select((e) => ["case_id as caseId", "to_name as name", e.fn.max("created_at").as("at")])
            .where("case_id", "in", some)
            .where("created_at", ">", since)
            .where("to_kind", "=", "user")
            .where("kind", "in", ["reminder", "escalation", "notice"])
            .groupBy(["case_id", "to_name"])
            .$narrowType<{ caseId: string }>()
            .execute()),
        );
      return found;
    },

    async waitingMessages(above) {
      const queued = db
        .selectFrom("outbox")
        .select(["id", "lane", "to_kind", "to_name", "next_at"])
        .where("state", "=", "queued");
      // From the start the index of what is queued serves; later what is new are the last rows of the table.
      const rows = await (above === 0
        ? queued.orderBy("lane").orderBy("id")
        : queued.where("id", ">", above).orderBy("id")
      ).execute();
      return rows.map((r) => ({
        id: r.id,
        lane: r.lane as WaitingMessage["lane"],
        to: { kind: r.to_kind, name: r.to_name },
        nextAt: r.next_at,
      }));
    },

    async queuedMessages(ids) {
      const rows = await db
        .selectFrom("outbox")
        .selectAll()
        .where("id", "in", ids)
        .where("state", "=", "queued")
        .execute();
      return rows.map(asMessage);
    },

    async failures(since) {
      const rows = await db
        .selectFrom("outbox")
        .select((e) => ["error", e.fn.countAll<number>().as("count")])
        .where("state", "=", "failed")
        .where("kind", "!=", "update")
        .where("case_id", "is not", null)
        .where("created_at", ">", since)
        .groupBy("error")
        .orderBy("count", "desc")
        .execute();
      return rows.map((r) => ({ error: r.error ?? "", count: Number(r.count) }));
    },

    async slotMessage(slot) {
      const row = await db
        .selectFrom("outbox")
        .select("message_id")
        .where("slot", "=", slot)
        .where("kind", "!=", "update")
        .where("message_id", "is not", null)
        .orderBy("id", "desc")
        .executeTakeFirst();
      return row?.message_id ?? undefined;
    },

    async markSent(id, messageId, at) {
      await db
        .updateTable("outbox")
        .set({ state: "sent", message_id: messageId, sent_at: at })
        .where("id", "=", id)
        .execute();
    },

    async markRetry(id, nextAt, error) {
      await db
        .updateTable("outbox")
        .set((e) => ({ attempts: e("attempts", "+", 1), next_at: nextAt, error }))
        .where("id", "=", id)
        .execute();
    },

    async hasten(now) {
      await db
        .updateTable("outbox")
        .set({ next_at: now })
        .where("state", "=", "queued")
        .where("attempts", ">", 0)
        .where("next_at", ">", now)
        .execute();
    },

    async markState(id, state, error) {
      await db
        .updateTable("outbox")
        .set({ state, error: error ?? null })
        .where("id", "=", id)
        .execute();
    },

    async stuckMessages(before) {
      const row = await db
        .selectFrom("outbox")
        .select((e) => e.fn.countAll<number>().as("n"))
        .where("state", "=", "queued")
        .where("created_at", "<", before)
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },

    async caseOfMessage(messageId) {
      const sent = await db
        .selectFrom("outbox")
        .select("case_id")
        .where("message_id", "=", messageId)
        .where("case_id", "is not", null)
        .executeTakeFirst();
      if (sent?.case_id) return sent.case_id;
      const received = await db
        .selectFrom("inbox")
        .select("case_id")
        .where("message_id", "=", messageId)
        .where("case_id", "is not", null)
        .executeTakeFirst();
      return received?.case_id ?? undefined;
    },

    async sentCard(messageId) {
      const shown = await db
        .selectFrom("outbox")
        .select(["card", "kind"])
        .where("message_id", "=", messageId)
        .orderBy("id", "desc")
        .executeTakeFirst();
      return shown && (JSON.parse(shown.card) as Card);
    },

    async deliveries(caseId) {
      const all = db.selectFrom("outbox").selectAll().orderBy("id");
      const rows = await (caseId === undefined ? all : all.where("case_id", "=", caseId)).execute();
      return rows.map(asMessage);
    },
  };
}

/** Of several edits of one message that wait, the last one counts: an older one that is tried again must not come after it. */
async function dropOlderEdits(db: Kysely<Tables>, messages: readonly Outgoing[]): Promise<void> {
  const edits = messages.filter((m) => m.kind === "update" && m.slot !== undefined);
  for (const some of chunks(edits, IDS))
    await db
      .updateTable("outbox")
      .set({ state: "suppressed" })
      .where(
        "slot",
        "in",
        some.flatMap((m) => m.slot ?? []),
      )
      .where("kind", "=", "update")
      .where("state", "=", "queued")
      .where(
        "key",
        "not in",
        some.map((m) => m.key),
      )
      .execute();
}
