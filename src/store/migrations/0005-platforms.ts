import { type Kysely, sql } from "kysely";

/** Accounts on chat platforms, events that wait to be handled, urgent channels, and who has read what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("accounts")
    .addColumn("platform", "text", (c) => c.notNull())
    .addColumn("account", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("how", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("gone_at", "bigint")
    .addPrimaryKeyConstraint("accounts_key", ["platform", "account"])
    .execute();
  await db.schema
    .createTable("arrivals")
    .addColumn("platform", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("message_id", "text", (c) => c.notNull())
    .addColumn("body", "text")
    .addPrimaryKeyConstraint("arrivals_key", ["platform", "id"])
    .execute();
  await sql`create index arrivals_pending on arrivals (platform, at) where body is not null`.execute(db);
  await db.schema
    .createTable("receipts")
    .addColumn("message_id", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("receipts_key", ["message_id", "name"])
    .execute();
  await db.schema.alterTable("outbox").addColumn("urgent", "text").execute();
  await db.schema.alterTable("outbox").addColumn("urged", "text").execute();
  await db.schema.alterTable("outbox").addColumn("asked_at", "bigint").execute();
  await sql`create index outbox_unurged on outbox (id) where urgent is not null and urged is null`.execute(db);
  await sql`create index outbox_unread on outbox (sent_at) where state in ('sent', 'delivered')`.execute(db);
}
