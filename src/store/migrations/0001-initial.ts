import { type Kysely, sql } from "kysely";

/** First schema. Migrations are numbered and never changed after a release. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("cases")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("day", "text", (c) => c.notNull())
    .addColumn("no", "integer", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("open", "integer", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("received_at", "bigint", (c) => c.notNull())
    .addColumn("closed_at", "bigint")
    .addColumn("next_due_at", "bigint")
    .addColumn("units", "text", (c) => c.notNull())
    .addColumn("head", "text", (c) => c.notNull())
    .addColumn("data", "text", (c) => c.notNull())
    .addUniqueConstraint("cases_day_no", ["day", "no"])
    .execute();
  await db.schema.createIndex("cases_open_due").on("cases").columns(["open", "next_due_at"]).execute();
  await db.schema.createIndex("cases_received").on("cases").column("received_at").execute();
  await db.schema
    .createTable("events")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("case_id", "text", (c) => c.notNull().references("cases.id"))
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("digest", "text", (c) => c.notNull())
    .addColumn("prev", "text", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("cause", "text")
    .addUniqueConstraint("events_case_seq", ["case_id", "seq"])
    .execute();
  await db.schema.createIndex("events_at").on("events").column("at").execute();
  await db.schema
    .createTable("payloads")
    .addColumn("case_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("body", "text")
    .addPrimaryKeyConstraint("payloads_key", ["case_id", "seq"])
    .execute();
  await db.schema
    .createTable("reminders")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("case_id", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("limit_at", "bigint", (c) => c.notNull())
    .addColumn("stage", "text", (c) => c.notNull())
    .addColumn("who", "text", (c) => c.notNull())
    .addColumn("due_at", "bigint", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("fired_at", "bigint")
    .addUniqueConstraint("reminders_key", ["case_id", "subject", "limit_at", "stage", "who"])
    .execute();
  await sql`create index reminders_waiting on reminders (due_at) where state = 'waiting'`.execute(db);
  await db.schema
    .createTable("outbox")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("key", "text", (c) => c.notNull().unique())
    .addColumn("lane", "integer", (c) => c.notNull())
    .addColumn("to_kind", "text", (c) => c.notNull())
    .addColumn("to_name", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("case_id", "text")
    .addColumn("subject", "text")
    .addColumn("stage", "text")
    .addColumn("limit_at", "bigint")
    .addColumn("late_by", "integer")
    .addColumn("card", "text", (c) => c.notNull())
    .addColumn("mentions", "text", (c) => c.notNull())
    .addColumn("reply_to", "text")
    .addColumn("slot", "text")
    .addColumn("meta", "text")
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("next_at", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("sent_at", "bigint")
    .addColumn("message_id", "text")
    .addColumn("error", "text")
    .execute();
  await sql`create index outbox_queued on outbox (lane, id) where state = 'queued'`.execute(db);
  await sql`create index outbox_case on outbox (case_id, to_name, created_at) where case_id is not null`.execute(db);
  await sql`create index outbox_message on outbox (message_id) where message_id is not null`.execute(db);
  await sql`create index outbox_slot on outbox (slot) where slot is not null`.execute(db);
  await db.schema
    .createTable("inbox")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("chat", "text", (c) => c.notNull())
    .addColumn("sender", "text", (c) => c.notNull())
    .addColumn("message_id", "text")
    .addColumn("case_id", "text")
    .addColumn("text", "text")
    .addColumn("outcome", "text", (c) => c.notNull())
    .execute();
  await sql`create index inbox_message on inbox (message_id) where message_id is not null`.execute(db);
  await db.schema
    .createTable("questions")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("due_at", "bigint", (c) => c.notNull())
    .addColumn("chat", "text", (c) => c.notNull())
    .addColumn("sender", "text", (c) => c.notNull())
    .addColumn("known", "integer", (c) => c.notNull())
    .addColumn("message_id", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("attachments", "integer", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .execute();
  await sql`create index questions_open on questions (due_at) where state = 'open'`.execute(db);
  await db.schema
    .createTable("anchors")
    .addColumn("day", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("last_event", "bigint", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("events", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("anchors_key", ["day", "at"])
    .execute();
  await db.schema
    .createTable("rulesets")
    .addColumn("digest", "text", (c) => c.primaryKey())
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("settings")
    .addColumn("key", "text", (c) => c.primaryKey())
    .addColumn("value", "text", (c) => c.notNull())
    .execute();
}
