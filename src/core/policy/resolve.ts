import type { Day } from "#core/time.ts";
import type { Obligation, Pack } from "./pack.ts";
import { chainOf, NATION } from "./region.ts";
import type { Citation } from "./types.ts";

/** Statutes: always apply, nothing lowers them. */
export const LAW = "cn.law";

/** Why a pack does not bind; its numbers are targets to look at, never limits. */
export type AdvisoryReason = "已过有效期" | "尚未生效" | "效力待核" | "解读材料" | "不在本级链条";

/** A pack as it stands for one jurisdiction on one day. */
export interface PackStanding extends Omit<Pack, "obligations"> {
  /** null: binds. */
  advisory: AdvisoryReason | null;
}

/** An obligation with what its pack adds to it. */
export interface Rule extends Omit<Obligation, "cite"> {
  pack: string;
  cite: Citation & { via?: string };
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
    return { pack: { ...pack, advisory }, rules: obligations.map((o) => asRule(o, pack, advisory)) };
  });
  return {
    on: options.on,
    jurisdiction: options.jurisdiction,
    packs: stood.map(({ pack }) => pack),
    rules: stood.flatMap(({ rules }) => rules),
  };
}

function standing(pack: Omit<Pack, "obligations">, chain: string[], options: ResolveOptions): AdvisoryReason | null {
  if (pack.status === "explanatory" || pack.scope.kind === "explanatory") return "解读材料";
  if (pack.status === "expired-by-own-terms") return "已过有效期";
  if (pack.status === "unknown") return "效力待核";
  if (pack.id === LAW) return null;
  if (options.on < pack.validFrom) return "尚未生效";
  if (pack.validUntil !== null && options.on > pack.validUntil) return "已过有效期";
  const seat = pack.scope.kind === "jurisdiction" ? pack.scope.code : pack.scope.jurisdiction;
  return options.ignoreScope || chain.includes(seat) ? null : "不在本级链条";
}

function asRule(obligation: Obligation, pack: Pick<Pack, "id" | "docNo">, advisory: AdvisoryReason | null): Rule {
  const { cite, ...rest } = obligation;
  const { article, quote, via } = cite;
  return {
    ...rest,
    pack: pack.id,
    cite: { docNo: cite.docNo ?? pack.docNo, article, quote, ...(via ? { via } : {}) },
    advisory,
  };
}

/** Law first, then from the nation down; of the same level the older document first. */
function byAuthority(a: Pack, b: Pack): number {
  return depth(a) - depth(b) || a.date.localeCompare(b.date) || a.id.localeCompare(b.id);
}

function depth(pack: Pack): number {
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
