import type { Kysely } from "kysely";
import type { ReminderSubject } from "#core/escalation/stages.ts";
import type { DueReminder, Tx } from "#core/store.ts";
import type { Row, Tables } from "./schema.ts";

type ReminderMethods = Pick<
  Tx,
  | "reminders"
  | "addReminders"
  | "cancelReminders"
  | "reviveReminders"
  | "dueReminders"
  | "heldReminders"
  | "fireReminders"
  | "overdueReminders"
>;

const asDue = (r: Row<"reminders">): DueReminder => ({
  id: r.id,
  caseId: r.case_id,
  subject: r.subject as ReminderSubject,
  limit: r.limit_at,
  stage: r.stage,
  who: r.who,
  dueAt: r.due_at,
});

/** Stages that wait, fired or were cancelled; (case, subject, limit, stage, who) exists once. */
export function reminderRepository(db: Kysely<Tables>): ReminderMethods {
  const setState = async (ids: readonly number[], set: Partial<Row<"reminders">>): Promise<void> => {
    for (let i = 0; i < ids.length; i += 500)
      await db
        .updateTable("reminders")
        .set(set)
        .where("id", "in", ids.slice(i, i + 500))
        .execute();
  };
  return {
    async reminders(caseId) {
      const rows = await db
        .selectFrom("reminders")
        .select(["id", "subject", "limit_at", "stage", "who", "state"])
        .where("case_id", "=", caseId)
        .execute();
      return rows.map(({ limit_at, ...r }) => ({ ...r, limit: limit_at }));
    },

    async addReminders(caseId, wanted) {
      if (wanted.length === 0) return;
      await db
        .insertInto("reminders")
        .values(
          wanted.map((r) => ({
            case_id: caseId,
            subject: r.subject,
            limit_at: r.limit,
            stage: r.stage,
            who: r.who ?? "",
            due_at: r.dueAt,
            state: "waiting" as const,
            fired_at: null,
          })),
        )
        .onConflict((o) => o.columns(["case_id", "subject", "limit_at", "stage", "who"]).doNothing())
        .execute();
    },

    cancelReminders: (ids) => setState(ids, { state: "cancelled" }),
    reviveReminders: (ids) => setState(ids, { state: "waiting" }),
    fireReminders: (ids, at) => setState(ids, { state: "fired", fired_at: at }),

    async dueReminders(now, limit) {
      const rows = await db
        .selectFrom("reminders")
        .selectAll()
        .where("state", "=", "waiting")
        .where("due_at", "<=", now)
        .orderBy("due_at")
        .limit(limit)
        .execute();
      return rows.map(asDue);
    },

    async heldReminders(caseId, who) {
      if (who.length === 0) return [];
      const rows = await db
        .selectFrom("reminders")
        .selectAll()
        .where("case_id", "=", caseId)
        .where("state", "=", "waiting")
        .where("who", "in", who)
        .execute();
      return rows.map(asDue);
    },

    async overdueReminders(before) {
      const row = await db
        .selectFrom("reminders")
        .select((e) => e.fn.countAll<number>().as("n"))
        .where("state", "=", "waiting")
        .where("due_at", "<", before)
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },
  };
}
