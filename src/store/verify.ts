import type { Kysely } from "kysely";
import type { EventType } from "#core/case/events.ts";
import type { Break, Verification } from "#core/verification.ts";
import { AnchorWalk } from "./anchor-walk.ts";
import { GENESIS, linkHash, rowDigest, ruleSetDigest, sha256 } from "./chain.ts";
import type { Row, Tables } from "./schema.ts";

/** Rows read in one step. */
const STEP = 1_000;

/** Where a case's chain stands after the events seen so far. */
export interface Tail {
  seq: number;
  head: string;
  /** Digest of the row that the last event sealed. */
  state: string | null;
  type: string;
  at: number;
}

export type EventRow = Omit<Row<"events">, "id"> & { id: number; has_payload: number | null; body: string | null };

/**
 * Verifies everything that was recorded: all events in the order in which they were appended, then the cases that they led to,
 * the anchors over them, and the frozen rule sets. Reads one snapshot, in steps; memory grows with the number of cases, not of
 * events.
 * @param issued the highest number the database ever gave to an event, when it numbers them without holes
 */
export function verifyLedger(db: Kysely<Tables>, issued?: number): Promise<Verification> {
  return db.transaction().execute(async (tx) => {
    const tails = new Map<string, Tail>();
    const anchors = await AnchorWalk.over(tx);
    const count = { cases: 0, events: 0, erased: 0, anchors: anchors.list() };
    const frozen = new Map<string, string>();
    const { wrong, hole } = await walkEvents(tx, tails, anchors, count, issued);
    // What names its own case comes before what only shows that something is gone.
    const broken =
      wrong ??
      (await strayPayload(tx)) ??
      (await checkCases(tx, tails, count, frozen)) ??
      hole ??
      anchors.broken ??
      (await checkRuleSets(tx, frozen));
    return broken ? { ...count, broken } : count;
  });
}

async function walkEvents(
  db: Kysely<Tables>,
  tails: Map<string, Tail>,
  anchors: AnchorWalk,
  count: { events: number; erased: number },
  issued: number | undefined,
): Promise<{ wrong?: Break; hole?: Break }> {
  let hole: Break | undefined;
  let after = 0;
  for (;;) {
    const rows = await eventsAfter(db, after);
    if (rows.length === 0) break;
    for (const row of rows) {
      anchors.before(row.id);
      const wrong = checkEvent(row, tails.get(row.case_id));
      if (wrong) return { wrong };
      if (issued !== undefined && row.id !== after + 1) hole ??= { ...placeOf(row), fault: "hole" };
      after = row.id;
      const { seq, hash, state, type, at } = row;
      tails.set(row.case_id, { seq, head: hash, state, type, at });
      anchors.append(row);
      count.events++;
      if (row.body === null) count.erased++;
    }
  }
  anchors.finish();
  if (issued !== undefined && after < issued) hole ??= { fault: "hole" };
  return hole ? { hole } : {};
}

const eventsAfter = (db: Kysely<Tables>, id: number): Promise<EventRow[]> =>
  readEvents(db, (events) => events.where("events.id", ">", id).orderBy("events.id").limit(STEP));

const withPayloads = (db: Kysely<Tables>) =>
  db
    .selectFrom("events")
    .leftJoin("payloads", (j) =>
      j.onRef("payloads.case_id", "=", "events.case_id").onRef("payloads.seq", "=", "events.seq"),
    )
    .selectAll("events")
    .select(["payloads.seq as has_payload", "payloads.body"]);

/** Events with what tells whether they are as they were recorded. */
export async function readEvents(
  db: Kysely<Tables>,
  which: (events: ReturnType<typeof withPayloads>) => ReturnType<typeof withPayloads>,
): Promise<EventRow[]> {
  const rows = await which(withPayloads(db)).execute();
  return rows.map((r) => ({ ...r, id: Number(r.id), at: Number(r.at) }));
}

/** What is wrong with an event that follows `tail`. */
export function checkEvent(row: EventRow, tail: Tail | undefined): Break | undefined {
  const wrong = (fault: Break["fault"]): Break => ({ ...placeOf(row), fault });
  const { case_id: caseId, actor, hash, ...link } = row;
  if (linkHash({ ...link, caseId, actor }) !== hash) return wrong("link");
  if (row.seq > (tail?.seq ?? 0) + 1) return wrong("gap");
  if (row.seq !== (tail?.seq ?? 0) + 1 || row.prev !== (tail?.head ?? GENESIS)) return wrong("broken-off");
  if (row.has_payload === null) return wrong("payload-missing");
  if (row.body !== null && sha256(row.body) !== row.digest) return wrong("payload");
  return undefined;
}

const placeOf = (row: EventRow): Omit<Break, "fault"> => ({
  caseId: row.case_id,
  seq: row.seq,
  type: row.type as EventType,
  at: row.at,
});

/** A payload without its event: the event was taken out. */
async function strayPayload(db: Kysely<Tables>): Promise<Break | undefined> {
  const stray = await db
    .selectFrom("payloads")
    .leftJoin("events", (j) =>
      j.onRef("events.case_id", "=", "payloads.case_id").onRef("events.seq", "=", "payloads.seq"),
    )
    .select(["payloads.case_id", "payloads.seq"])
    .where("events.seq", "is", null)
    .orderBy("payloads.case_id")
    .orderBy("payloads.seq")
    .limit(1)
    .executeTakeFirst();
  return stray && { fault: "cut-off", caseId: stray.case_id, seq: stray.seq - 1 };
}

/**
 * The cases against the ends of their chains, and the numbers of each day without holes: no case is ever deleted.
 * @param frozen is told the rule sets that cases froze: digest → the first such case
 */
async function checkCases(
  db: Kysely<Tables>,
  tails: Map<string, Tail>,
  count: { cases: number },
  frozen: Map<string, string>,
): Promise<Break | undefined> {
  const left = new Set(tails.keys());
  let day = "";
  let no = 0;
  for (;;) {
    const rows = await casesAfter(db, day, no);
    if (rows.length === 0) break;
    for (const row of rows) {
      if (row.day !== day) no = 0;
      const broken = checkCase(row, tails.get(row.id)) ?? checkNumber(row, no);
      if (broken) return broken;
      const { rules } = JSON.parse(row.data) as { rules?: string };
      if (rules !== undefined && !frozen.has(rules)) frozen.set(rules, row.id);
      ({ day, no } = row);
      left.delete(row.id);
      count.cases++;
    }
  }
  const [orphan] = left;
  return orphan === undefined ? undefined : { fault: "case-missing", caseId: orphan, ...lastOf(tails.get(orphan)) };
}

function casesAfter(db: Kysely<Tables>, day: string, no: number): Promise<Row<"cases">[]> {
  return db
    .selectFrom("cases")
    .selectAll()
    .where((e) => e.or([e("day", ">", day), e.and([e("day", "=", day), e("no", ">", no)])]))
    .orderBy("day")
    .orderBy("no")
    .limit(STEP)
    .execute();
}

/** What is wrong with the row of a case whose chain ends in `tail`. */
export function checkCase(row: Row<"cases">, tail: Tail | undefined): Break | undefined {
  const wrong = (fault: Break["fault"]): Break => ({ fault, caseId: row.id, ...lastOf(tail) });
  if (tail === undefined) return { fault: "cut-off", caseId: row.id, seq: 0 };
  if (tail.head === row.head && tail.seq === row.version)
    return tail.state === rowDigest(row) ? undefined : wrong("row");
  if (tail.seq < row.version) return wrong("cut-off");
  return wrong(tail.seq > row.version ? "surplus" : "row");
}

function checkNumber({ id, no }: Row<"cases">, before: number): Break | undefined {
  if (no === before + 1) return undefined;
  const digits = /\d+$/.exec(id)?.[0] ?? "";
  const missing = String(before + 1).padStart(3, "0");
  return { fault: "number", caseId: `${id.slice(0, id.length - digits.length)}${missing}` };
}

const lastOf = (tail: Tail | undefined): Partial<Break> =>
  tail ? { seq: tail.seq, type: tail.type as EventType, at: tail.at } : {};

/** Every set says what its digest says, and every set that a case froze is there. */
async function checkRuleSets(db: Kysely<Tables>, frozen: ReadonlyMap<string, string>): Promise<Break | undefined> {
  const sets = await db.selectFrom("rulesets").selectAll().execute();
  const changed = sets.find(({ digest, body }) => digestOfText(body) !== digest);
  if (changed) return { fault: "rules", rules: changed.digest };
  const kept = new Set(sets.map(({ digest }) => digest));
  const lost = [...frozen].find(([digest]) => !kept.has(digest));
  return lost && { fault: "rules-missing", rules: lost[0], caseId: lost[1] };
}

/** Undefined for what is no rule set at all. */
function digestOfText(body: string): string | undefined {
  try {
    return ruleSetDigest(JSON.parse(body) as object);
  } catch {
    return undefined;
  }
}
