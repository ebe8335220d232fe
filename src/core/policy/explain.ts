import type { Condition } from "./condition.ts";
import { type ClockRule, type NumericLimit, numericLimit } from "./limit.ts";
import { clocksOf } from "./pack.ts";
import type { Rule, RuleSet } from "./resolve.ts";

/** How an obligation stands in a rule set: what `规则` shows clause by clause. */
export interface Standing {
  rule: Rule;
  /** in-force: counts; tightened: a stricter number counts in its place; advisory: its pack does not bind. */
  standing: "in-force" | "tightened" | "advisory";
  /** Ids of the stricter obligations that count instead. */
  by: string[];
  /** Ids of obligations in force with the same condition and limit. */
  same: string[];
}

/**
 * Obligations with the same key and condition compete by their number; the strictest that binds counts, equal ones are named
 * together. A lower document can tighten or add, never loosen. Obligations without a number all stand side by side.
 */
export function explainRules(set: RuleSet): Standing[] {
  return set.rules.map((rule): Standing => {
    if (rule.advisory !== null) return { rule, standing: "advisory", by: [], same: [] };
    const rivals = set.rules.filter((r) => r !== rule && r.advisory === null && contested(r) === contested(rule));
    const by = rivals.filter((r) => compare(r, rule) < 0).map((r) => r.id);
    const same = rivals.filter((r) => compare(r, rule) === 0).map((r) => r.id);
    return { rule, standing: by.length > 0 ? "tightened" : "in-force", by, same };
  });
}

/** What two obligations must share to compete. */
function contested(rule: Rule): string {
  return `${rule.key} ${canonical(rule.when)} ${clocksOf(rule)
    .map((c) => c.kind === "soft")
    .join()}`;
}

function canonical(when: Condition): string {
  const fields = Object.entries(when).map(([key, value]) => `${key}=${[value].flat().map(String).sort().join("|")}`);
  return fields.sort().join("&");
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
