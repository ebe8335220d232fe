import type { Day } from "#core/time.ts";
import type { Obligation, Pack } from "./pack.ts";
import { chainOf, NATION } from "./region.ts";
import type { Citation } from "./types.ts";

/** Statutes: always apply, nothing lowers them. */
export const LAW = "cn.law";

/** Why a pack does not bind; its numbers are targets to look at, never limits. */
export type AdvisoryReason = "已过有效期" | "尚未生效" | "效力待核" | "解读材料" | "不在本级链条" | "非本单位制度";

/** What of a pack counts: its notes and where its text is kept are for readers, and stay out of what cases freeze. */
type Document = Pick<
  Pack,
  "id" | "name" | "docNo" | "issuer" | "date" | "validFrom" | "validUntil" | "status" | "scope"
>;

/** A pack as it stands for one jurisdiction on one day. */
export interface PackStanding extends Document {
  /** null: binds. */
  advisory: AdvisoryReason | null;
}

/**
 * What binds of an obligation, with what its pack adds to it. How the program describes what it does, and through whom the
 * words are known, is left out: the set that a case froze must not differ by a better sentence.
 */
export interface Rule extends Pick<Obligation, "id" | "key" | "treat" | "when" | "effect"> {
  pack: string;
  cite: Citation;
  /** null: binds. */
  advisory: AdvisoryReason | null;
}

/**
 * The rules for one jurisdiction on one day, in order of authority: law, nation, province … organisation, older documents
 * first. Plain JSON: a case keeps it as it was at 研判.
 */
export interface RuleSet {
  on: Day;
  jurisdiction: string;
  packs: PackStanding[];
  rules: Rule[];
}

export interface ResolveOptions {
  /** Ids of the packs that the office works by; cn.law is always added. Ids that were not loaded are left out. */
  use: readonly string[];
  /** GB/T 2260 code of the place whose chain counts. */
  jurisdiction: string;
  on: Day;
  /** Packs were chosen for one question: they count wherever they come from. What is only advisory stays so. */
  ignoreScope?: boolean;
}

/**
 * Which of the loaded packs apply, and whether they bind.
 *
 * A pack binds when its scope is on the jurisdiction chain, its status is in-force or presumed-in-force, and the day lies
 * within its validity. Everything else is kept as advisory: shown, never a limit.
 */
export function resolveRules(loaded: readonly Pack[], options: ResolveOptions): RuleSet {
  const chain = chainOf(options.jurisdiction);
  const wanted = new Set([LAW, ...options.use]);
  const used = loaded.filter((pack) => wanted.has(pack.id)).sort(byAuthority);
  const stood = used.map(({ obligations, ...pack }) => {
    const advisory = standing(pack, chain, options);
    const { id, name, docNo, issuer, date, validFrom, validUntil, status, scope } = pack;
    return {
      pack: { id, name, docNo, issuer, date, validFrom, validUntil, status, scope, advisory },
      rules: obligations.map((o) => asRule(o, pack, advisory)),
    };
  });
  return {
    on: options.on,
    jurisdiction: options.jurisdiction,
    packs: stood.map(({ pack }) => pack),
    rules: stood.flatMap(({ rules }) => rules),
  };
}

/** Where a case is: what decides whose documents are on its chain. */
export interface CaseSeat {
  /** GB/T 2260 codes of the places concerned. */
  places: readonly string[];
  /** Names of the units concerned, and of the bodies that they belong to. */
  units: readonly string[];
}

/**
 * The same set as it stands for one case: unit → county → city → province → nation. A document of one place below the office
 * counts for cases of that place alone, an organisation's own rules for cases of that organisation. Only the scope is judged
 * anew: whether a document was in force was settled on the day of the set.
 */
export function rulesForCase(set: RuleSet, { places, units }: CaseSeat): RuleSet {
  const [place, ...others] = places;
  const local =
    place !== undefined && others.length === 0 && chainOf(place).includes(set.jurisdiction) ? place : undefined;
  const chain = chainOf(local ?? set.jurisdiction);
  const packs = set.packs.map((pack) => ({ ...pack, advisory: standingForCase(pack, chain, units) }));
  if (packs.every((pack, i) => pack.advisory === set.packs[i]?.advisory)) return set;
  const advisory = new Map(packs.map((pack) => [pack.id, pack.advisory]));
  return { ...set, packs, rules: set.rules.map((r) => ({ ...r, advisory: advisory.get(r.pack) ?? null })) };
}

function standingForCase(pack: PackStanding, chain: string[], units: readonly string[]): AdvisoryReason | null {
  const { scope, advisory } = pack;
  if (scope.kind === "organisation" && advisory === null)
    return units.some((unit) => unit.startsWith(scope.id)) ? null : "非本单位制度";
  if (scope.kind === "jurisdiction" && advisory === "不在本级链条") return chain.includes(scope.code) ? null : advisory;
  return advisory;
}

/** How high a document stands: law above all, then from the nation down, an organisation's own rules last. */
export function authorityOf(pack: Pick<Pack, "id" | "scope">): number {
  if (pack.id === LAW) return -1;
  switch (pack.scope.kind) {
    case "jurisdiction":
      return /^\d/.test(pack.scope.code) ? chainOf(pack.scope.code).length - chainOf(NATION).length : 8;
    case "organisation":
      return 9;
    case "explanatory":
      return 10;
  }
}

function standing(pack: Document, chain: string[], options: ResolveOptions): AdvisoryReason | null {
  if (pack.status === "explanatory" || pack.scope.kind === "explanatory") return "解读材料";
  if (pack.status === "expired-by-own-terms") return "已过有效期";
  if (pack.status === "unknown") return "效力待核";
  if (pack.id === LAW) return null;
  if (options.on < pack.validFrom) return "尚未生效";
  if (pack.validUntil !== null && options.on > pack.validUntil) return "已过有效期";
  const seat = pack.scope.kind === "jurisdiction" ? pack.scope.code : pack.scope.jurisdiction;
  return options.ignoreScope || chain.includes(seat) ? null : "不在本级链条";
}

function asRule(obligation: Obligation, pack: Document, advisory: AdvisoryReason | null): Rule {
  const { id, key, treat, when, effect, cite } = obligation;
  const { article, quote } = cite;
  return {
    id,
    key,
    treat,
    when,
    effect,
    pack: pack.id,
    cite: { docNo: cite.docNo ?? pack.docNo, article, quote },
    advisory,
  };
}

/** Law first, then from the nation down; of the same level the older document first. */
function byAuthority(a: Pack, b: Pack): number {
  return authorityOf(a) - authorityOf(b) || a.date.localeCompare(b.date) || a.id.localeCompare(b.id);
}
