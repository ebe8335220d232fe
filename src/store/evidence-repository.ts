import type { Kysely } from "kysely";
import type { Tx } from "#core/store.ts";
import type { Tables } from "./schema.ts";

/** Which cases hold which content, by its hash. */
export function evidenceRepository(db: Kysely<Tables>): Pick<Tx, "casesWithContent" | "noteContents"> {
  return {
    async casesWithContent(hashes) {
      if (hashes.length === 0) return [];
      const rows = await db
        .selectFrom("contents")
        .selectAll()
        .where("sha256", "in", [...hashes])
        .orderBy("case_id")
        .execute();
      return rows.map((r) => ({ sha256: r.sha256, caseId: r.case_id }));
    },

    async noteContents(caseId, hashes) {
      if (hashes.length === 0) return;
      await db
        .insertInto("contents")
        .values([...new Set(hashes)].map((sha256) => ({ sha256, case_id: caseId })))
        .onConflict((o) => o.doNothing())
        .execute();
    },
  };
}
