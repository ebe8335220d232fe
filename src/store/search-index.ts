import { type Kysely, sql } from "kysely";
import type { Case } from "#core/case/case.ts";
import { areasOf, searchEntry } from "#core/case/search-entry.ts";
import { termsOf } from "#core/search-terms.ts";
import type { Likeness } from "#core/similar/likeness.ts";
import type { Tables } from "./schema.ts";

/** What the index holds of a case; undefined: nothing, its content is withheld. */
interface IndexRow {
  /** Terms by which people search, in order. */
  terms: string;
  /** Terms by which cases are compared: state, places, spots, happenings, and what else is said of the event. */
  scope: string;
  /** What is shown and compared without reading the case: a SimilarCandidate without its `sameLink`, as JSON. */
  brief: string;
  links: string[];
}

/** Rows of the index are numbered by the case's number, so that the newest come first and a day is a range. */
function rowNo(caseId: string): number {
  const [, , day, no] = caseId.split("-");
  return rowsFrom(day ?? "") + Number(no);
}

/** The first row number of a day, as "20261120" or "2026-11-20". */
export const rowsFrom = (day: string): number => Number(day.replaceAll("-", "")) * 1_000_000;

/** A term of the scope: letters and digits only, so that the index takes it for one word. */
export const scopeTerm = (kind: "place" | "within" | "spot" | "happening" | "said", value: string): string =>
  `${kind}${value.replace(/[^\p{L}\p{N}]/gu, "")}`;

/** Pairs that follow one another, as three characters: two alone are in too many reports to be looked up by. */
export const threesOf = ({ topic }: Likeness): string[] =>
  topic.slice(1).flatMap((pair, i) => (topic[i]?.at(-1) === pair[0] ? [`${topic[i]}${pair[1]}`] : []));

function indexRow(c: Case): IndexRow | undefined {
  const entry = searchEntry(c);
  if (!entry) return undefined;
  const { text, links, ...brief } = entry;
  const { open, codes, likeness } = brief;
  return {
    terms: termsOf(text).join(" "),
    scope: [
      open ? "open" : "ended",
      ...codes.map((code) => scopeTerm("place", code)),
      ...areasOf(codes).map((code) => scopeTerm("within", code)),
      ...likeness.spots.map((spot) => scopeTerm("spot", spot)),
      ...likeness.happenings.map((h) => scopeTerm("happening", h)),
      ...threesOf(likeness).map((three) => scopeTerm("said", three)),
    ].join(" "),
    brief: JSON.stringify(brief),
    links,
  };
}

/** Brings the index in line with a case, in the transaction of its change; most changes touch nothing that is searched. */
export async function reindex(db: Kysely<Tables>, before: Case | null, after: Case): Promise<void> {
  const old = before ? indexRow(before) : undefined;
  const row = indexRow(after);
  if (JSON.stringify(old) === JSON.stringify(row)) return;
  const no = rowNo(after.id);
  if (old) await sql`delete from case_search where rowid = ${no}`.execute(db);
  if (row)
    await sql`
      insert into case_search (rowid, terms, scope, id, brief)
      values (${no}, ${row.terms}, ${row.scope}, ${after.id}, ${row.brief})
    `.execute(db);
  if (JSON.stringify(old?.links ?? []) === JSON.stringify(row?.links ?? [])) return;
  if (old) await db.deleteFrom("case_links").where("row_no", "=", no).execute();
  if (row && row.links.length > 0)
    await db
      .insertInto("case_links")
      .values(row.links.map((link) => ({ link, row_no: no })))
      .execute();
}
