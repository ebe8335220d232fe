import type { Kysely } from "kysely";
import type { Account, Arrival } from "#core/ports.ts";
import type { Tx } from "#core/store.ts";
import type { Row, Tables } from "./schema.ts";

type PlatformMethods = Pick<
  Tx,
  "accounts" | "putAccount" | "arrivals" | "takeArrival" | "finishArrival" | "pruneArrivals"
>;

/** Ids of what is said to a person or in a group once and never again. */
const ONCE_FOR_EVER = ["greeted:%", "external:%"];

const asAccount = (r: Row<"accounts">): Account => ({
  kind: r.kind,
  name: r.name,
  account: r.account,
  how: r.how,
  at: r.at,
  ...(r.gone_at === null ? {} : { gone: r.gone_at }),
});

/** Accounts on chat platforms, and events that were acknowledged before they could be handled. */
export function platformRepository(db: Kysely<Tables>): PlatformMethods {
  return {
    async accounts(platform) {
      const rows = await db
        .selectFrom("accounts")
        .selectAll()
        .where("platform", "=", platform)
        .orderBy("at")
        .orderBy("account")
        .execute();
      return rows.map(asAccount);
    },

    async putAccount(platform, { kind, name, account, how, at, gone }) {
      const ofName = db.deleteFrom("accounts").where("platform", "=", platform).where("kind", "=", kind);
      await ofName.where("name", "=", name).where("account", "!=", account).execute();
      const row = { kind, name, how, at, gone_at: gone ?? null };
      await db
        .insertInto("accounts")
        .values({ platform, account, ...row })
        .onConflict((o) => o.columns(["platform", "account"]).doUpdateSet(row))
        .execute();
    },

    async arrivals(platform) {
      const rows = await db
        .selectFrom("arrivals")
        .selectAll()
        .where("platform", "=", platform)
        .where("body", "is not", null)
        .orderBy("at")
        .execute();
      return rows.map((r): Arrival => ({ id: r.id, at: r.at, messageId: r.message_id, body: r.body ?? "" }));
    },

    async takeArrival(platform, { id, at, messageId, body }) {
      const inserted = await db
        .insertInto("arrivals")
        .values({ platform, id, at, message_id: messageId, body })
        .onConflict((o) => o.columns(["platform", "id"]).doNothing())
        .executeTakeFirst();
      return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async finishArrival(platform, id) {
      await db
        .updateTable("arrivals")
        .set({ body: null })
        .where("platform", "=", platform)
        .where("id", "=", id)
        .execute();
    },

    async pruneArrivals(before) {
      let finished = db.deleteFrom("arrivals").where("body", "is", null).where("at", "<", before);
      for (const pattern of ONCE_FOR_EVER) finished = finished.where("id", "not like", pattern);
      await finished.execute();
    },
  };
}
