import type { Condition } from "./condition.ts";
import { type ClockRule, type NumericLimit, numericLimit } from "./limit.ts";
import { clocksOf } from "./pack.ts";
import { authorityOf, type Rule, type RuleSet } from "./resolve.ts";

/** How an obligation stands in a rule set: what `规则` shows clause by clause. */
export interface Standing {
  rule: Rule;
  /**
   * in-force: counts; tightened: a stricter number of the same or a lower level counts in its place; loosening: a higher
   * document is stricter, so that its own number has no effect (放宽无效); advisory: its pack does not bind.
   */
  standing: "in-force" | "tightened" | "loosening" | "advisory";
  /** Ids of the stricter obligations that count instead. */
  by: string[];
  /** Ids of obligations in force with the same condition and limit. */
  same: string[];
}

/**
 * Obligations with the same key compete by their number wherever both hold; the strictest that binds counts, equal ones are
 * named together. A lower document can tighten or add, never loosen. Obligations without a number all stand side by side.
 */
export function explainRules(set: RuleSet): Standing[] {
  const authority = new Map(set.packs.map((pack) => [pack.id, authorityOf(pack)]));
  const isHigher = (a: Rule, b: Rule): boolean => (authority.get(a.pack) ?? 0) < (authority.get(b.pack) ?? 0);
  return set.rules.map((rule): Standing => {
    if (rule.advisory !== null) return { rule, standing: "advisory", by: [], same: [] };
    const rivals = set.rules.filter((r) => r !== rule && r.advisory === null && competes(r, rule));
    // One that holds in fewer cases takes nothing away from this one in the others.
    const stricter = rivals.filter((r) => holdsWherever(r, rule) && compare(r, rule) < 0);
    const same = rivals.filter((r) => holdsWherever(r, rule) && holdsWherever(rule, r) && compare(r, rule) === 0);
    const higher = stricter.filter((r) => isHigher(r, rule));
    const by = (higher.length > 0 ? higher : stricter).map((r) => r.id);
    const standing = higher.length > 0 ? "loosening" : by.length > 0 ? "tightened" : "in-force";
    return { rule, standing, by, same: same.map((r) => r.id) };
  });
}

/** A target and a limit of one key do not compete. */
function competes(a: Rule, b: Rule): boolean {
  return a.key === b.key && softness(a) === softness(b);
}

const softness = (rule: Rule): string =>
  clocksOf(rule)
    .map((c) => c.kind === "soft")
    .join();

/** Limits of reply and reposting hold by the matter that 研判 names: their further conditions are words for people. */
const BY_MATTER = /^(?:reply\.|repost$)/;

/** Does `a` hold in every case in which `b` holds? */
function holdsWherever(a: Rule, b: Rule): boolean {
  return Object.entries(a.when).every(([field, value]) => {
    if (field === "default" || (BY_MATTER.test(a.key) && !field.endsWith("Level"))) return true;
    const asked: unknown = b.when[field as keyof Condition];
    const alternatives: unknown[] = [value].flat();
    return asked !== undefined && [asked].flat().every((v: unknown) => alternatives.includes(v));
  });
}

const HOURS = { naturalHour: 1, day: 24, workingDay: 24 } as const;

/** Length of a limit in hours, a working day as its shortest: the order of limits while no start is known. */
export function nominalHours(limit: NumericLimit): number {
  return limit.value * HOURS[limit.unit];
}

/** Negative when a is stricter; NaN, and so neither, when one of them has no number. */
function compare(a: Rule, b: Rule): number {
  return shortest(clocksOf(a)) - shortest(clocksOf(b));
}

function shortest(clocks: readonly ClockRule[]): number {
  const numbers = clocks.flatMap((c) => numericLimit(c) ?? []).map(nominalHours);
  return numbers.length > 0 ? Math.min(...numbers) : Number.NaN;
}
