import { type Kysely, type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import type { Case } from "#core/case/case.ts";
import type { CaseEvent } from "#core/case/events.ts";
import { isOpen } from "#core/case/states.ts";
import type { CaseQuery, Counts, StoredEvent, Tx } from "#core/store.ts";
import { DAY, type Day, type Instant, startOfDay } from "#core/time.ts";
import { GENESIS, linkHash, rowDigest, type SealedRow, sha256 } from "./chain.ts";
import type { NewRow, Tables } from "./schema.ts";
import { reindex } from "./search-index.ts";
import { holdsWords, linksTo } from "./search-repository.ts";

type CaseMethods = Pick<
  Tx,
  | "case"
  | "caseByNumber"
  | "cases"
  | "countCases"
  | "history"
  | "counts"
  | "nextNumber"
  | "saveCase"
  | "casesById"
  | "openCaseIds"
>;

const read = (row: { data: string }): Case => JSON.parse(row.data) as Case;

/** Cases and their event chains. */
export function caseRepository(db: Kysely<Tables>): CaseMethods {
  return {
    async case(id) {
      const row = await db.selectFrom("cases").select("data").where("id", "=", id).executeTakeFirst();
      return row && read(row);
    },

    async caseByNumber(day, no) {
      const row = await db
        .selectFrom("cases")
        .select("data")
        .where("day", "=", day)
        .where("no", "=", no)
        .executeTakeFirst();
      return row && read(row);
    },

    async cases(query) {
      const rows = await filtered(db.selectFrom("cases"), query)
        .select("data")
        .orderBy(query.byDue ? "next_due_at" : "received_at", (o) => (query.byDue ? o.asc().nullsLast() : o.desc()))
        .orderBy("id", query.byDue ? "asc" : "desc")
        .limit(query.limit ?? 50)
        .offset(query.offset ?? 0)
        .execute();
      return rows.map(read);
    },

    async countCases(query) {
      const row = await filtered(db.selectFrom("cases"), query)
        .select((e) => e.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },

    async history(caseId) {
      const rows = await db
        .selectFrom("events")
        .leftJoin("payloads", (j) =>
          j.onRef("payloads.case_id", "=", "events.case_id").onRef("payloads.seq", "=", "events.seq"),
        )
        .select(["events.seq", "events.type", "events.at", "events.actor", "payloads.body"])
        .where("events.case_id", "=", caseId)
        .orderBy("events.seq")
        .execute();
      return rows.map(
        (r): StoredEvent => ({
          seq: r.seq,
          event: { ...(JSON.parse(r.body ?? "{}") as object), type: r.type, at: r.at, by: r.actor } as CaseEvent,
        }),
      );
    },

    async counts(day, now) {
      const from = startOfDay(day);
      const count = async (build: (q: CaseSelect) => CaseSelect): Promise<number> => {
        const row = await build(db.selectFrom("cases"))
          .select((e) => e.fn.countAll<number>().as("n"))
          .executeTakeFirstOrThrow();
        return Number(row.n);
      };
      const responded = await db
        .selectFrom("events")
        .select((e) => e.fn.count<number>("case_id").distinct().as("n"))
        .where("type", "=", "responded")
        .where("at", ">=", from)
        .where("at", "<", from + DAY)
        .executeTakeFirstOrThrow();
      const counts: Counts = {
        opened: await count((q) => q.where("day", "=", day)),
        open: await count((q) => q.where("open", "=", 1)),
        responded: Number(responded.n),
        closed: await count((q) => q.where("closed_at", ">=", from).where("closed_at", "<", from + DAY)),
        overdue: await count((q) => q.where("open", "=", 1).where("next_due_at", "<=", now)),
      };
      return counts;
    },

    async nextNumber(day) {
      const row = await db
        .selectFrom("cases")
        .select((e) => e.fn.max("no").as("n"))
        .where("day", "=", day)
        .executeTakeFirst();
      return Number(row?.n ?? 0) + 1;
    },

    async saveCase(before, after, events, units, cause) {
      const prevHead = before
        ? await db.selectFrom("cases").select(["head", "version"]).where("id", "=", before.id).executeTakeFirstOrThrow()
        : { head: GENESIS, version: 0 };
      if (prevHead.version !== (before?.version ?? 0)) throw new Error(`case ${after.id} was changed meanwhile`);
      const row = caseRow(after, units);
      const { links, payloads, head } = chainOn(prevHead, events, cause ?? null, row);
      if (before === null)
        await db
          .insertInto("cases")
          .values({ ...row, head })
          .execute();
      else
        await db
          .updateTable("cases")
          .set({ ...row, head })
          .where("id", "=", after.id)
          .execute();
      await db.insertInto("events").values(links).execute();
      await db.insertInto("payloads").values(payloads).execute();
      await reindex(db, before, after);
    },

    async casesById(ids) {
      const found = new Map<string, Case>();
      for (let i = 0; i < ids.length; i += 500) {
        const rows = await db
          .selectFrom("cases")
          .select("data")
          .where("id", "in", ids.slice(i, i + 500))
          .execute();
        for (const row of rows) {
          const c = read(row);
          found.set(c.id, c);
        }
      }
      return found;
    },

    async openCaseIds() {
      // All at once: in slices by number, each would sort all open cases again.
      const rows = await db.selectFrom("cases").select("id").where("open", "=", 1).execute();
      return rows.map((r) => r.id);
    },
  };
}

type CaseSelect = SelectQueryBuilder<Tables, "cases", object>;

function filtered(query: CaseSelect, q: CaseQuery): CaseSelect {
  let found = query;
  if (q.open !== undefined) found = found.where("open", "=", q.open ? 1 : 0);
  if (q.state) found = found.where("state", "=", q.state);
  if (q.day) found = found.where("day", "=", q.day);
  if (q.from !== undefined) found = found.where("received_at", ">=", q.from);
  if (q.to !== undefined) found = found.where("received_at", "<", q.to);
  if (q.reporter !== undefined) found = found.where(reportedBy(q.reporter));
  if (q.unit) found = found.where("units", "like", like(`|${q.unit}|`));
  for (const holds of holdsWords(q.words ?? [])) found = found.where(holds);
  if (q.link !== undefined) found = found.where(linksTo(q.link));
  return found;
}

/** Not indexed: asked for the last minutes only, or beside other conditions. */
const reportedBy = (name: string) => sql<SqlBool>`data ->> 'reporter' = ${name}`;

/** The text as a LIKE pattern; "%" and "_" of the text itself match any character, which only widens a search. */
const like = (text: string): string => `%${text}%`;

function caseRow(c: Case, units: readonly string[]): SealedRow {
  const running = c.clocks.filter(
    (k) => k.stoppedAt === undefined && k.kind !== "soft" && k.kind !== "advisory" && k.dueAt !== null,
  );
  const [, , day = "", no = "0"] = c.id.split("-");
  return {
    id: c.id,
    day: dayOfNumber(day),
    no: Number(no),
    state: c.state,
    open: isOpen(c.state) ? 1 : 0,
    title: c.title,
    version: c.version,
    received_at: c.receivedAt,
    closed_at: c.closing?.at ?? null,
    next_due_at: running.length > 0 ? Math.min(...running.map((k) => k.dueAt as Instant)) : null,
    units: units.map((u) => `|${u}|`).join(""),
    data: JSON.stringify(c),
  };
}

const dayOfNumber = (digits: string): Day => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;

/** The links that events add to a chain; the last one seals the row that they lead to. */
function chainOn(
  tail: { head: string; version: number },
  events: readonly CaseEvent[],
  cause: string | null,
  row: SealedRow,
): { links: NewRow<"events">[]; payloads: NewRow<"payloads">[]; head: string } {
  const links: NewRow<"events">[] = [];
  const payloads: NewRow<"payloads">[] = [];
  let { head } = tail;
  events.forEach((event, i) => {
    const { type, at, by, ...payload } = event;
    const seq = tail.version + i + 1;
    const body = JSON.stringify(payload);
    const digest = sha256(body);
    const state = i === events.length - 1 ? rowDigest(row) : null;
    const hash = linkHash({ caseId: row.id, seq, at, type, actor: by, digest, prev: head, cause, state });
    links.push({ case_id: row.id, seq, at, type, actor: by, digest, prev: head, hash, cause, state });
    payloads.push({ case_id: row.id, seq, body });
    head = hash;
  });
  return { links, payloads, head };
}
