import type { Condition } from "./condition.ts";
import type { Rule, RuleSet } from "./resolve.ts";

/** Ids of obligations that may be cited as basis: those that bind, in order of authority. */
export class Basis {
  readonly #binding: Rule[];
  /** Pack id → name of the organisation whose own regime it is. */
  readonly #organisations: ReadonlyMap<string, string>;

  constructor(rules: RuleSet) {
    this.#binding = rules.rules.filter((rule) => rule.advisory === null);
    this.#organisations = new Map(
      rules.packs.flatMap((p) => (p.scope.kind === "organisation" ? [[p.id, p.scope.id] as const] : [])),
    );
  }

  /** Obligations of governments with this key whose condition says exactly this; an organisation's own rules are not these. */
  of(key: string, condition: Condition): string[] {
    return this.#binding
      .filter((r) => r.key === key && !this.#organisations.has(r.pack) && covers(r.when, condition))
      .map((r) => r.id);
  }

  /** Name of the organisation whose regime a pack is. */
  organisation(pack: string): string {
    return this.#organisations.get(pack) ?? pack;
  }

  /** The rules of one organisation's own regime with this key. */
  ofOrganisation(pack: string, key: string): Rule[] {
    return this.#organisations.has(pack) ? this.#binding.filter((r) => r.pack === pack && r.key === key) : [];
  }
}

/** Each value asked for is among the rule's alternatives. */
function covers(when: Condition, asked: Condition): boolean {
  return Object.entries(asked).every(([field, value]) => {
    const alternatives: unknown[] = [when[field as keyof Condition]].flat();
    return [value].flat().every((v: unknown) => alternatives.includes(v));
  });
}
