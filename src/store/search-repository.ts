import { type Expression, type Kysely, type SqlBool, sql } from "kysely";
import { areasOf } from "#core/case/search-entry.ts";
import { phrasesOf } from "#core/search-terms.ts";
import { linkKey } from "#core/similar/link-key.ts";
import type { SimilarCandidate, Tx } from "#core/store.ts";
import { dayOf } from "#core/time.ts";
import type { Tables } from "./schema.ts";
import { rowsFrom, scopeTerm, threesOf } from "./search-index.ts";

/** Links of a report that are looked up at most. */
const LINKS = 20;
/** Runs of three characters that one comparison asks for at most. */
const THREES = 12;

/** Looks up cases by what the index knows of them. */
export function searchRepository(db: Kysely<Tables>): Pick<Tx, "similarCandidates"> {
  return {
    async similarCandidates({ links, likeness, codes, since, limit }) {
      const byLink = await candidatesByLink(db, links.slice(0, LINKS), limit);
      const found = new Map(byLink.map((c) => [c.id, c]));
      for (const c of await candidatesByText(db, { likeness, codes, since, limit }))
        if (!found.has(c.id)) found.set(c.id, c);
      return [...found.values()];
    },
  };
}

type Brief = Omit<SimilarCandidate, "sameLink"> & { open: boolean };
type Asked = Parameters<Tx["similarCandidates"]>[0];

/** Newest first, whatever their age: one post is one matter. */
async function candidatesByLink(
  db: Kysely<Tables>,
  links: readonly string[],
  limit: number,
): Promise<SimilarCandidate[]> {
  if (links.length === 0) return [];
  const { rows } = await sql<{ brief: string }>`
    select brief from case_links cross join case_search on case_search.rowid = row_no
    where link in (${sql.join(links)}) order by row_no desc limit ${limit}
  `.execute(db);
  return rows
    .map(({ brief }) => JSON.parse(brief) as Brief)
    .filter((c) => c.open)
    .map((c) => ({ ...c, sameLink: true }));
}

/**
 * Open cases of the same place, or of one above or below it, that share a spot, and those that share a happening or three
 * characters in a row: the newest ones of each, because the index hands them out in that order without looking at the rest.
 */
async function candidatesByText(db: Kysely<Tables>, asked: Omit<Asked, "links">): Promise<SimilarCandidate[]> {
  const { likeness, codes, since } = asked;
  const spots = likeness.spots.map((spot) => scopeTerm("spot", spot));
  const happenings = likeness.happenings.map((h) => scopeTerm("happening", h));
  const said = threesOf(likeness)
    .slice(0, THREES)
    .map((three) => scopeTerm("said", three));
  const near = [
    ...areasOf(codes).map((code) => scopeTerm("place", code)),
    ...codes.map((code) => scopeTerm("within", code)),
  ];
  const shared = [
    ...(spots.length > 0 ? [spots] : []),
    ...(happenings.length + said.length > 0 ? [[...happenings, ...said]] : []),
  ];
  const found: SimilarCandidate[] = [];
  for (const signs of near.length > 0 ? shared : []) {
    const match = `scope : (open AND (${anyOf(near)}) AND (${anyOf(signs)}))`;
    const { rows } = await sql<{ brief: string }>`
      select brief from case_search
      where case_search match ${match} and rowid >= ${rowsFrom(dayOf(since))}
      order by rowid desc limit ${asked.limit}
    `.execute(db);
    found.push(...rows.map(({ brief }) => ({ ...(JSON.parse(brief) as Brief), sameLink: false })));
  }
  return found.filter((c) => c.receivedAt >= since);
}

const anyOf = (terms: readonly string[]): string => terms.map(quoted).join(" OR ");
const quoted = (term: string): string => `"${term.replaceAll('"', '""')}"`;

/** The condition that a case holds all words: for numbers their digits, for everything else what the index knows. */
export function holdsWords(words: readonly string[]): Expression<SqlBool>[] {
  const numbers = words.filter(isNumber);
  const phrases = words.filter((w) => !isNumber(w)).map(phrasesOf);
  const conditions: Expression<SqlBool>[] = numbers.map((n) => sql<SqlBool>`cases.id like ${`%${n}%`}`);
  if (phrases.some((p) => p.length === 0)) return [sql<SqlBool>`0`];
  if (phrases.length > 0) {
    // The last term of a phrase may be the beginning of a longer one.
    const match = phrases.flat().map((terms) => `terms : "${terms.join(" ")}" *`);
    conditions.push(
      sql<SqlBool>`cases.id in (select id from case_search where case_search match ${match.join(" AND ")})`,
    );
  }
  return conditions;
}

/** The condition that a case's report links to this page; none does to what is no page of its own. */
export function linksTo(url: string): Expression<SqlBool> {
  const rows = sql`select row_no from case_links where link = ${linkKey(url) ?? ""}`;
  return sql<SqlBool>`cases.id in (select id from case_search where rowid in (${rows}))`;
}

/** Part of a case number: "YQ-990121-20261120-001", "20261120-001", "-001". */
const isNumber = (word: string): boolean => /^(?:YQ)?[\d-]*-[\d-]*$/iu.test(word);
