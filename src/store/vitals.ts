import type { Kysely } from "kysely";
import type { Instant } from "#core/time.ts";
import type { Vitals } from "#core/vitals.ts";
import type { Tables } from "./schema.ts";

/** Reads the signs of life. @param before what was due before this instant should be done by now */
export async function readVitals(db: Kysely<Tables>, before: Instant): Promise<Omit<Vitals, "intact">> {
  const open = await db
    .selectFrom("cases")
    .select((e) => e.fn.countAll().as("n"))
    .where("open", "=", 1)
    .executeTakeFirstOrThrow();
  const late = await db
    .selectFrom("reminders")
    .select((e) => e.fn.countAll().as("n"))
    .where("state", "=", "waiting")
    .where("due_at", "<", before)
    .executeTakeFirstOrThrow();
  const stuck = await db
    .selectFrom("outbox")
    .select((e) => e.fn.countAll().as("n"))
    .where("state", "=", "queued")
    .where("created_at", "<", before)
    .executeTakeFirstOrThrow();
  const event = await db
    .selectFrom("events")
    .select((e) => e.fn.max("at").as("at"))
    .executeTakeFirst();
  const anchor = await db
    .selectFrom("anchors")
    .select((e) => e.fn.max("at").as("at"))
    .executeTakeFirst();
  const settings = new Map(
    (await db.selectFrom("settings").selectAll().execute()).map((s) => [s.key, Number(s.value)]),
  );
  const known = {
    newestEvent: instant(event?.at),
    lastAnchor: instant(anchor?.at),
    heartbeat: instant(settings.get("heartbeat")),
    nextDigest: instant(settings.get("digest.next")),
  };
  return {
    openCases: Number(open.n),
    lateReminders: Number(late.n),
    stuckMessages: Number(stuck.n),
    ...Object.fromEntries(Object.entries(known).filter(([, at]) => at !== undefined)),
  };
}

const instant = (value: number | null | undefined): Instant | undefined =>
  value === null || value === undefined ? undefined : Number(value);
