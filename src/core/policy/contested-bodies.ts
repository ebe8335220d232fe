import type { RuleSet } from "./resolve.ts";

/**
 * Documents that name another first responsible body for the same case. The table goes by 属地 and 谁主管谁负责 as the highest
 * document words it; the others are no basis of its answer, and a person is asked.
 * @param basis ids of the obligations that the table would cite, in order of authority
 */
export function contestedBodies(basis: readonly string[], { rules }: RuleSet): { basis: string[]; human: string[] } {
  const naming = rules.filter(
    (rule) => basis.includes(rule.id) && rule.key === "responsible" && rule.effect.firstResponsible !== undefined,
  );
  const others = naming.filter((rule) => {
    const highest = naming.find((r) => JSON.stringify(r.when) === JSON.stringify(rule.when));
    return highest?.effect.firstResponsible !== rule.effect.firstResponsible;
  });
  return {
    basis: basis.filter((id) => others.every((rule) => rule.id !== id)),
    human: others.map(
      ({ cite, effect }) =>
        `${cite.docNo} ${cite.article}规定由${effect.firstResponsible}负责,与上级文件不一致:已按属地管理判断,请组织协调确定`,
    ),
  };
}
