import { type Kysely, sql } from "kysely";

/** What failed for good is counted without reading all that was ever sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index outbox_failed on outbox (created_at) where state = 'failed'`.execute(db);
}
