import type { Kysely } from "kysely";

/** Which cases hold which content; what a question came with; what people put right, and the words learned from it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("questions").addColumn("evidence", "text").execute();
  await db.schema
    .createTable("contents")
    .addColumn("sha256", "text", (c) => c.notNull())
    .addColumn("case_id", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("contents_key", ["sha256", "case_id"])
    .execute();
  await db.schema
    .createTable("corrections")
    .addColumn("case_id", "text", (c) => c.primaryKey())
    .addColumn("unit", "text", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("corrections_at").on("corrections").column("at").execute();
  await db.schema
    .createTable("lexicon")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("word", "text", (c) => c.notNull())
    .addColumn("unit", "text", (c) => c.notNull())
    .addColumn("step", "text", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .execute();
}
