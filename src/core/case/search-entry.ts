import { chainOf, NATION } from "#core/policy/region.ts";
import { type Likeness, likenessOf } from "#core/similar/likeness.ts";
import { linkKeys } from "#core/similar/link-key.ts";
import type { Instant } from "#core/time.ts";
import type { Case } from "./case.ts";
import { isOpen } from "./states.ts";

/** What the search index knows of a case: enough to find it, and to tell whether another report is about the same event. */
export interface SearchEntry {
  id: string;
  open: boolean;
  title: string;
  receivedAt: Instant;
  /** Everything that may be searched, as text. */
  text: string;
  /** Pages that the report links to. */
  links: string[];
  /** GB/T 2260 codes of its places; the office's own when the report names none. */
  codes: string[];
  likeness: Likeness;
  /** Cases of which a person said that they are about something else. */
  distinct: string[];
}

/** Of a case, what the index depends on; a report has it before it has a number's worth of history. */
export type Searched = Pick<
  Case,
  "id" | "state" | "title" | "report" | "receivedAt" | "parts" | "withheld" | "triage" | "distinct"
>;

/**
 * Undefined for a case whose content is withheld: nothing of it is searched. The text is screened already; of it the accounts
 * go, because private ones may not be searched and nothing tells them apart from others for sure (ruling 21).
 */
export function searchEntry(c: Searched): SearchEntry | undefined {
  if (c.withheld) return undefined;
  const { report, triage } = c;
  const codes = triage?.places ?? report.places.map((p) => p.code).filter((code) => code !== null);
  const said = withoutAccounts(`${c.title}\n${report.summary}`, report.account);
  const named = [
    ...report.platforms,
    ...report.places.map((p) => p.text),
    ...report.units,
    ...c.parts.map((p) => p.unit),
  ];
  return {
    id: c.id,
    open: isOpen(c.state),
    title: c.title,
    receivedAt: c.receivedAt,
    text: [said, ...named, ...(triage?.units ?? [])].join("\n"),
    links: linkKeys(report.urls),
    codes: codes.length > 0 ? [...new Set(codes)] : [homeOf(c.id)],
    // Nothing has been said yet; the title that stands in its place is the same for every such report.
    likeness: likenessOf(report.missing.includes("summary") ? "" : said),
    distinct: c.distinct ?? [],
  };
}

/** The office's own jurisdiction stands in the number. */
const homeOf = (id: string): string => id.split("-")[1] ?? NATION;

/** The text with something else in place of every account. */
export const withoutAccounts = (text: string, account: string | null, instead = " "): string =>
  (account ? text.replaceAll(account, instead) : text).replace(/@[\p{Script=Han}\w·-]{2,30}/gu, instead);

/** The governments of places and all above them, the nation aside: two cases are near when one's place lies in the other's. */
export const areasOf = (codes: readonly string[]): string[] => [
  ...new Set(codes.flatMap(chainOf).filter((code) => code !== NATION)),
];
