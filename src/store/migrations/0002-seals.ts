import { type Kysely, sql } from "kysely";

/**
 * The chain vouches for the row of the case too. Anchors are known by what they cover, so that two at the same instant are both
 * kept and one asked for twice is kept once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("events").addColumn("state", "text").execute();
  await db.schema.alterTable("anchors").renameTo("anchors_by_time").execute();
  await db.schema
    .createTable("anchors")
    .addColumn("day", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("last_event", "bigint", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("events", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("anchors_cover", ["last_event", "day"])
    .execute();
  await sql`
    insert into anchors (day, at, last_event, hash, events)
    select day, min(at), last_event, min(hash), min(events) from anchors_by_time group by day, last_event
  `.execute(db);
  await db.schema.dropTable("anchors_by_time").execute();
}
