import { rolesOf } from "#core/case/authority.ts";
import { type Case, midNo } from "#core/case/case.ts";
import type { Answer, CommandSpec } from "./command.ts";
import type { Turn } from "./turn-state.ts";

/** Default deny: a command names the roles that may. @returns who may instead, or undefined when this person may */
export function denied(spec: CommandSpec, c: Case | null, { actor, office, now }: Turn): Answer | undefined {
  const roles = rolesOf(actor, c, office, now);
  if (spec.who.some((who) => roles.has(who))) return undefined;
  if (!actor.known)
    return { kind: "refusal", text: "您不在通讯录中，可以上报舆情；其他操作请联系管理员把您加入通讯录。" };
  const units = c && c.parts.length > 0 ? `(${c.parts.map((p) => p.unit).join("、")})` : "";
  const who = spec.who
    .filter((w) => w !== "报送人")
    .map((w) => (w === "联络员" || w === "承办单位" ? `${w}${units}` : w))
    .join("、");
  const text = c
    ? `请 ${midNo(c.id)} 的${who}${spec.word}；您可以用〔状态〕查看进展。`
    : `〔${spec.word}〕由${who}使用；您能用的请看 /舆情 帮助。`;
  return { kind: "refusal", text };
}
