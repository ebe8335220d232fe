import type { Kysely } from "kysely";
import type { Tx } from "#core/store.ts";
import type { Tables } from "./schema.ts";

/** What people put right, and the words learned from it. Steps of a word are only added. */
export function learningRepository(
  db: Kysely<Tables>,
): Pick<Tx, "corrections" | "setCorrection" | "lexicon" | "noteWord"> {
  return {
    async corrections(limit) {
      const rows = await db
        .selectFrom("corrections")
        .selectAll()
        .orderBy("at", "desc")
        .orderBy("case_id", "desc")
        .limit(limit)
        .execute();
      return rows.map((r) => ({ caseId: r.case_id, unit: r.unit, by: r.actor, at: r.at }));
    },

    async setCorrection(caseId, correction) {
      await db.deleteFrom("corrections").where("case_id", "=", caseId).execute();
      if (correction === null) return;
      const { unit, by, at } = correction;
      await db.insertInto("corrections").values({ case_id: caseId, unit, actor: by, at }).execute();
    },

    async lexicon() {
      const rows = await db.selectFrom("lexicon").selectAll().orderBy("id").execute();
      return rows.map(({ word, unit, step, actor, at }) => ({ word, unit, step, by: actor, at }));
    },

    async noteWord({ word, unit, step, by, at }) {
      await db.insertInto("lexicon").values({ word, unit, step, actor: by, at }).execute();
    },
  };
}
