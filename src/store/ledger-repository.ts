import type { Kysely } from "kysely";
import type { Tx } from "#core/store.ts";
import { DAY, startOfDay } from "#core/time.ts";
import { headsHash } from "./chain.ts";
import type { Tables } from "./schema.ts";

type LedgerMethods = Pick<Tx, "setting" | "set" | "ruleSets" | "keepRuleSet" | "anchor" | "nextDue" | "nextReminder">;

/** Settings, frozen rule sets, anchors over all chains, and what is due next. */
export function ledgerRepository(db: Kysely<Tables>): LedgerMethods {
  return {
    async setting(key) {
      const row = await db.selectFrom("settings").select("value").where("key", "=", key).executeTakeFirst();
      return row?.value;
    },

    async set(key, value) {
      await db
        .insertInto("settings")
        .values({ key, value })
        .onConflict((o) => o.column("key").doUpdateSet({ value }))
        .execute();
    },

    ruleSets: () => db.selectFrom("rulesets").selectAll().execute(),

    async keepRuleSet(digest, body) {
      await db
        .insertInto("rulesets")
        .values({ digest, body })
        .onConflict((o) => o.column("digest").doNothing())
        .execute();
    },

    async anchor(day, at) {
      const last = await db
        .selectFrom("events")
        .select((e) => e.fn.max("id").as("id"))
        .executeTakeFirst();
      const heads = await db.selectFrom("cases").select(["id", "head"]).execute();
      // Sorted here: databases differ in how they order text.
      heads.sort((a, b) => (a.id < b.id ? -1 : 1));
      const from = startOfDay(day);
      const events = await db
        .selectFrom("events")
        .select((e) => e.fn.countAll<number>().as("n"))
        .where("at", ">=", from)
        .where("at", "<", from + DAY)
        .executeTakeFirstOrThrow();
      const anchor = { day, at, hash: headsHash(heads), events: Number(events.n) };
      await db
        .insertInto("anchors")
        .values({ ...anchor, last_event: Number(last?.id ?? 0) })
        .onConflict((o) => o.doNothing())
        .execute();
      return anchor;
    },

    async nextReminder() {
      const row = await db
        .selectFrom("reminders")
        .select((e) => e.fn.min("due_at").as("at"))
        .where("state", "=", "waiting")
        .executeTakeFirst();
      return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
    },

    async nextDue() {
      const earliest = await Promise.all([
        db
          .selectFrom("reminders")
          .select((e) => e.fn.min("due_at").as("at"))
          .where("state", "=", "waiting")
          .executeTakeFirst(),
        db
          .selectFrom("questions")
          .select((e) => e.fn.min("due_at").as("at"))
          .where("state", "=", "open")
          .executeTakeFirst(),
        db
          .selectFrom("outbox")
          .select((e) => e.fn.min("next_at").as("at"))
          .where("state", "=", "queued")
          .executeTakeFirst(),
      ]);
      const times = earliest
        .map((r) => r?.at)
        .filter((at) => at !== null && at !== undefined)
        .map(Number);
      return times.length > 0 ? Math.min(...times) : undefined;
    },
  };
}
