import { type Kysely, sql } from "kysely";
import type { Case } from "#core/case/case.ts";
import type { Tables } from "../schema.ts";
import { reindex } from "../search-index.ts";

/** Cases that one step of filling the index takes. */
const STEP = 500;

/**
 * An index over what may be searched of a case. It follows from the cases and keeps no text of its own but the title, so it can
 * be emptied and filled again at any time.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await sql`
    create virtual table case_search using fts5(
      terms, scope, id unindexed, brief unindexed,
      content = '', contentless_delete = 1, contentless_unindexed = 1
    )
  `.execute(db);
  await sql`create table case_links (link text not null, row_no integer not null, primary key (link, row_no)) without rowid`.execute(
    db,
  );
  await db.schema.createIndex("case_links_row").on("case_links").column("row_no").execute();
  let after = "";
  for (;;) {
    const rows = await db
      .selectFrom("cases")
      .select(["id", "data"])
      .where("id", ">", after)
      .orderBy("id")
      .limit(STEP)
      .execute();
    for (const { data } of rows) await reindex(db, null, JSON.parse(data) as Case);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
