import type { Rule } from "#core/policy/resolve.ts";
import type { Responsibility } from "#core/policy/types.ts";

/** Who answers, coordinates and leads, by their labels; the first responsible body comes first, also when it is open. */
export function responsibilityRows(r: Responsibility): { label: string; value: string }[] {
  const leaders = [r.leader ?? []].flat();
  const rows: [string, readonly string[]][] = [
    ["第一责任主体", r.firstResponsible.length > 0 ? r.firstResponsible : ["待核"]],
    ["牵头", r.leadUnit ? [r.leadUnit] : []],
    ["组织协调", r.coordinator],
    ["属地回应", r.localResponders],
    ["领导责任", leaders.map(({ of, post, role }) => `${of}${post}${role ? `(${role})` : ""}`)],
    ["告知", r.notify],
  ];
  return rows
    .filter(([, names]) => names.length > 0)
    .map(([label, names]) => ({ label, value: wide(names.join("、")) }));
}

/** What a person still has to decide. */
export const questionsOf = (r: Responsibility): string[] =>
  r.human.map((text) => `${text.startsWith("请") ? "" : "请人确认："}${wide(text)}`);

/** The basis, document by document: several sentences of one article stand below it together. */
export function basisOf(r: Responsibility, rules: readonly Rule[]): { where: string; quotes: string[] }[] {
  const cites = r.basis.flatMap((id) => rules.find((rule) => rule.id === id)?.cite ?? []);
  const byPlace = Map.groupBy(cites, ({ docNo, article }) => `${docNo} ${article}`);
  return [...byPlace].map(([where, found]) => ({ where, quotes: found.map(({ quote }) => quote) }));
}

/** Punctuation of the rule packs and of the core as chat writes it; a colon within a time stays. */
export const wide = (text: string): string =>
  text.replace(/[,;:](?!\d)/gu, (sign) => ({ ",": "，", ";": "；", ":": "：" })[sign] ?? sign);
