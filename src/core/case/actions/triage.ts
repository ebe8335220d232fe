import { formatMoment } from "#core/time.ts";
import { mayActForOrganiser, organisersOf, rolesOf } from "../authority.ts";
import { midNo, type Proposal } from "../case.ts";
import type { CaseEvent } from "../events.ts";
import { allowedIn } from "../states.ts";
import { closedRefusal } from "./refusals.ts";
import { type ActionContext, type Decider, refuse } from "./types.ts";

/** 研判: category, levels, places, units and whether to respond. From here the rule set is frozen on the case. */
export const triage: Decider<"triage"> = (c, input, context) => {
  const { now, actor, office } = context;
  if (!allowedIn("triage", c.state)) return closedRefusal(c, "研判");
  if (c.triage && !c.triage.acting)
    return refuse(
      `${midNo(c.id)} 已于 ${formatMoment(c.triage.at, now)} 由${c.triage.by}研判。等级或单位有变化，请用〔补充〕写明，由组织协调改级或改派。`,
    );
  if (!input.respond && input.categories.some((k) => k !== "none"))
    return refuse("五类重点回应事项不得选“不回应”(国办发〔2016〕61号二)。请改为回应=是。");
  if (!input.respond && !input.reason) return refuse("选择不回应须写理由，例如：理由=重复反映，已于上周答复。");
  if (input.categories.includes("none") && !input.reason)
    return refuse("判定为非重点须写理由，例如：理由=影响面小，转 12345 办理。");
  if (input.decidedBy !== undefined) {
    if (office.roster.person(input.decidedBy)?.leader === undefined)
      return refuse(`“${input.decidedBy}”不是通讯录里的政府领导，不能记为领导决定。`);
    if (!input.reason || input.units.length === 0) return refuse("登记领导决定须写明单位和理由。");
  }
  const acting = !rolesOf(actor, c, office, now).has("组织协调");
  if (acting && c.triage) return refuse(`${midNo(c.id)} 已代研判，等待组织协调确认。`);
  if (acting && !mayActForOrganiser(c, office, now)) return actingRefusal(c, "代研判", context);
  const { requestedDueAt, ...fields } = input;
  const events: CaseEvent[] = [
    {
      type: "triaged",
      by: actor.name,
      at: now,
      triage: { ...fields, by: actor.name, at: now, acting },
      // 研判 after 代研判 keeps what was frozen then: other rules come in by 应用新规则 alone.
      rules: c.rules ?? office.rulesDigest,
      ...(requestedDueAt === undefined ? {} : { requestedDueAt }),
    },
  ];
  if (acting)
    events.push(propose(context, { id: c.version + 2, kind: "actingTriage", reason: "代研判，请组织协调确认" }));
  if (!input.respond)
    events.push(
      propose(context, { id: c.version + events.length + 1, kind: "noResponse", reason: input.reason ?? "" }),
    );
  return { events };
};

export function propose(context: ActionContext, proposal: Omit<Proposal, "by" | "at">): CaseEvent {
  const mark = { by: context.actor.name, at: context.now };
  return { type: "proposed", ...mark, proposal: { ...proposal, ...mark } };
}

export function actingRefusal(c: Parameters<typeof mayActForOrganiser>[0], what: string, { office }: ActionContext) {
  const window = c.clocks.find((k) => k.key === "triage")?.dueAt;
  const who = organisersOf(office).join("、");
  const then = window ? `${formatMoment(window)} 仍无人研判时您可以${what}` : `夜间和休息日由值班员${what}`;
  return refuse(`现在由组织协调(${who})办理，${then}。`);
}
