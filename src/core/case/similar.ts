import type { Report } from "#core/intake/types.ts";
import { ALIKE, compare } from "#core/similar/likeness.ts";
import { linkKeys } from "#core/similar/link-key.ts";
import { spotName } from "#core/similar/spots.ts";
import type { Reader, SimilarCandidate } from "#core/store.ts";
import { formatSpan, HOUR } from "#core/time.ts";
import type { Case, Similar } from "./case.ts";
import type { Office } from "./office.ts";
import { areasOf, type SearchEntry, type Searched, searchEntry } from "./search-entry.ts";

/** Hints on one card: more would not be read. */
const SHOWN = 2;
/** Cases that are looked at for each thing two reports may share: the newest ones. */
const COMPARED = 8;

/**
 * Open cases that are likely about the same event: the same page, or the same place and a similar text within
 * `duplicateHours` (72 ⚙). A hint for a person; nothing is merged by itself.
 * @param c the case as it will be
 */
export async function findSimilar(reader: Reader, c: Searched, office: Office): Promise<Similar[]> {
  const entry = searchEntry(c);
  if (!entry) return [];
  const within = office.config.params.duplicateHours * HOUR;
  const { links, likeness, codes, receivedAt } = entry;
  const candidates = await reader.similarCandidates({
    links,
    likeness,
    codes,
    since: receivedAt - within,
    limit: COMPARED,
  });
  return mostSimilar(entry, candidates, within, office);
}

/** The hints anew when what is added brings a link; nothing otherwise, so that a hint that was taken away stays away. */
export async function similarByLink(
  reader: Reader,
  c: Case,
  patch: Partial<Report>,
  office: Office,
): Promise<{ similar?: Similar[] }> {
  const known = linkKeys(c.report.urls);
  const isNew = linkKeys(patch.urls ?? []).some((key) => !known.includes(key));
  return isNew ? { similar: await findSimilar(reader, { ...c, report: { ...c.report, ...patch } }, office) } : {};
}

/** The best candidates with what speaks for each; of equals the one with the same page, then the one that
 * came first, into which the others belong. */
export function mostSimilar(
  entry: SearchEntry,
  candidates: readonly SimilarCandidate[],
  within: number,
  office: Office,
): Similar[] {
  return candidates
    .filter((c) => c.id !== entry.id && !entry.distinct.includes(c.id) && !c.distinct.includes(entry.id))
    .map((c) => ({ ...likely(entry, c, within, office), c }))
    .filter(({ score }) => score >= ALIKE)
    .sort(
      (a, b) =>
        b.score - a.score ||
        Number(b.c.sameLink) - Number(a.c.sameLink) ||
        a.c.receivedAt - b.c.receivedAt ||
        (a.c.id < b.c.id ? -1 : 1),
    )
    .slice(0, SHOWN)
    .map(({ c, why }) => ({ id: c.id, title: c.title, why }));
}

function likely(
  a: SearchEntry,
  b: SimilarCandidate,
  within: number,
  { roster }: Office,
): { score: number; why: string } {
  const apart = Math.abs(a.receivedAt - b.receivedAt);
  if (b.sameLink) return { score: 1, why: "同一链接" };
  const place = commonPlace(a.codes, b.codes);
  const none = { score: 0, why: "" };
  if (place === undefined || apart > within) return none;
  const { score, shared } = compare(a.likeness, b.likeness);
  const where = sharedSpot(a, b, roster) ?? roster.jurisdiction(place)?.name ?? place;
  return { score, why: `同在${where}，提到 ${shared.slice(0, 3).join("、")}；相隔 ${formatSpan(apart)}` };
}

/** A spot that both name, as the roster writes it, else as the report does. */
function sharedSpot(a: SearchEntry, b: SimilarCandidate, roster: Office["roster"]): string | undefined {
  const spot = a.likeness.spots.find((s) => b.likeness.spots.includes(s));
  const written = spot && spotName(a.text, spot);
  const known = roster.file.jurisdictions.flatMap((j) => j.places);
  return written && (known.find((name) => name.endsWith(written)) ?? written);
}

/** The smaller of two places when one lies in the other, or both are one. */
function commonPlace(a: readonly string[], b: readonly string[]): string | undefined {
  const inB = a.find((code) => b.some((other) => areasOf([code]).includes(other)));
  return inB ?? b.find((code) => a.some((other) => areasOf([code]).includes(other)));
}
