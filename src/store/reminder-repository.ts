import type { Kysely } from "kysely";
import type { ReminderSubject } from "#core/escalation/stages.ts";
import type { DueReminder, Tx } from "#core/store.ts";
import { MINUTE } from "#core/time.ts";
import { chunks } from "./chunks.ts";
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

/** Ids or rows that one statement takes. */
const IDS = 500;
const ROWS = 100;

/** Stages that wait, fired or were cancelled; (case, subject, limit, stage, who) exists once. */
export function reminderRepository(db: Kysely<Tables>): ReminderMethods {
  const setState = async (ids: readonly number[], set: Partial<Row<"reminders">>): Promise<void> => {
    for (const some of chunks(ids, IDS)) await db.updateTable("reminders").set(set).where("id", "in", some).execute();
  };
  return {
    async reminders(caseIds) {
      const found: Row<"reminders">[] = [];
      for (const some of chunks(caseIds, IDS))
        found.push(...(await db.selectFrom("reminders").selectAll().where("case_id", "in", some).execute()));
      return found.map((r) => ({ ...asDue(r), state: r.state }));
    },

    async addReminders(wanted) {
      for (const some of chunks(wanted, ROWS))
        await db
          .insertInto("reminders")
          .values(
            some.map((r) => ({
              case_id: r.caseId,
              subject: r.subject,
              limit_at: r.limit,
              stage: r.stage,
              who: r.who ?? "",
              due_at: r.dueAt,
              state: "waiting" as const,
              fired_at: null,
            })),
          )
          // What is held back for one person may be held back again; a stage itself is never planned twice.
          .onConflict((o) =>
            o
              .columns(["case_id", "subject", "limit_at", "stage", "who"])
              .doUpdateSet((e) => ({ state: "waiting", due_at: e.ref("excluded.due_at"), fired_at: null }))
              .where("reminders.who", "!=", ""),
          )
          .execute();
    },

    cancelReminders: (ids) => setState(ids, { state: "cancelled" }),
    reviveReminders: (ids) => setState(ids, { state: "waiting" }),
    fireReminders: (ids, at) => setState(ids, { state: "fired", fired_at: at }),

    async dueReminders(now, limit) {
      const due = () =>
        db
          .selectFrom("reminders")
          .selectAll()
          .where("state", "=", "waiting")
          .where("due_at", "<=", now)
          // One that waits although it was claimed could not be told.
          .where((e) => e.or([e("fired_at", "is", null), e("fired_at", "<=", now - MINUTE)]))
          .orderBy("due_at")
          .orderBy("id");
      const first = await due().limit(limit).execute();
      if (first.length < limit) return first.map(asDue);
      // A case is told of as a whole: what else is due for it does not wait for the next round.
      const known = new Set(first.map((r) => r.id));
      const rest: Row<"reminders">[] = [];
      for (const some of chunks([...new Set(first.map((r) => r.case_id))], IDS))
        rest.push(...(await due().where("case_id", "in", some).execute()).filter((r) => !known.has(r.id)));
      return [...first, ...rest].map(asDue);
    },

    async heldReminders(caseIds) {
      const found: Row<"reminders">[] = [];
      for (const some of chunks(caseIds, IDS))
        found.push(
          ...(await db
            .selectFrom("reminders")
            .selectAll()
            .where("case_id", "in", some)
            .where("state", "=", "waiting")
            .where("who", "!=", "")
            .execute()),
        );
      return found.map(asDue);
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
