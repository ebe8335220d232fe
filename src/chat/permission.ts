import { organisersOf, rolesOf, type Who } from "#core/case/authority.ts";
import { type Case, midNo } from "#core/case/case.ts";
import type { Answer, CommandSpec } from "./command.ts";
import type { Turn } from "./turn-state.ts";

/** Posts that exist on a case once it is assigned. */
const OF_THE_UNIT: readonly Who[] = ["联络员", "承办单位", "单位分管", "单位主要负责人"];

/** Default deny: a command names the roles that may. @returns who may instead, or undefined when this person may */
export function denied(spec: CommandSpec, c: Case | null, { actor, office, now }: Turn): Answer | undefined {
  const roles = rolesOf(actor, c, office, now);
  if (spec.who.some((who) => roles.has(who))) return undefined;
  if (!actor.known)
    return { kind: "refusal", text: "您不在通讯录中，可以上报舆情；其他操作请联系管理员把您加入通讯录。" };
  // At night a name helps, and a post does not.
  const organisers = organisersOf(office);
  const units = c?.parts.map((p) => p.unit) ?? [];
  const holders: Partial<Record<Who, readonly string[]>> = {
    组织协调: organisers,
    值班员: [office.roster.dutyAt(now).officer].filter((name) => !organisers.includes(name)),
    联络员: units,
    承办单位: units,
  };
  const isVacant = (w: Who): boolean => c !== null && units.length === 0 && OF_THE_UNIT.includes(w);
  const who = spec.who
    .filter((w) => w !== "报送人" && !isVacant(w))
    .map((w) => `${w}${holders[w]?.length ? `(${holders[w].join("、")})` : ""}`)
    .join("、");
  if (c && spec.who.every(isVacant))
    return { kind: "refusal", text: `${midNo(c.id)} 还没有转办；转办后由承办单位${spec.word}。` };
  const text = c
    ? `请 ${midNo(c.id)} 的${who}${verbOf(spec.word)}；您可以用〔状态〕查看进展。`
    : `〔${spec.word}〕由${who}使用；您能用的请看 /舆情 帮助。`;
  return { kind: "refusal", text };
}

/** Some action words name what a case is, and not what somebody does. */
const verbOf = (word: string): string => (["误报", "仅备案"].includes(word) ? `提请按${word}处理` : word);
