import { dayOf, formatMoment } from "#core/time.ts";
import { mayActForOrganiser, rolesOf, unitsFor } from "../authority.ts";
import { type Case, type CaseClock, midNo, type Part, shortNo } from "../case.ts";
import type { CaseEvent } from "../events.ts";
import { allowedIn } from "../states.ts";
import { closedRefusal } from "./refusals.ts";
import { actingRefusal, propose } from "./triage.ts";
import { type ActionContext, type Decider, type Decision, refuse } from "./types.ts";

/** 转办: names the units that answer, and the lead among several. Clocks run on; the sign-in window starts. */
export const assign: Decider<"assign"> = (c, input, context) => {
  const { now, actor, office } = context;
  if (!allowedIn("assign", c.state)) return closedRefusal(c, "转办");
  const units = input.units.length > 0 ? input.units : (c.triage?.units ?? []);
  if (units.length === 0) return refuse("请写明承办单位，例如：单位=县水务局。");
  const lead = input.lead ?? (units.length > 1 ? (c.triage?.leadUnit ?? null) : null);
  if (lead !== null && !units.includes(lead)) return refuse(`牵头单位“${lead}”不在承办单位(${units.join("、")})之中。`);
  const same = c.parts.length === units.length && units.every((u) => c.parts.some((p) => p.unit === u && !p.returned));
  if (same && c.assignment && (c.assignment.lead ?? null) === lead)
    return refuse(
      `${midNo(c.id)} 已于 ${formatMoment(c.assignment.at, now)} 由${c.assignment.by}转办${units.join("、")}。改派请写明新的承办单位。`,
    );
  if (c.state === "responded" && !c.clocks.some(awaitsAnswer))
    return refuse(`${midNo(c.id)} 已回应，没有未完成的回应时限，不再转办；请〔办结〕。`);
  const acting = !rolesOf(actor, c, office, now).has("组织协调");
  if (acting && !mayActForOrganiser(c, office, now)) return actingRefusal(c, "代转办", context);
  const times = c.assignment ? Number(/-(\d+)$/.exec(c.assignment.no)?.[1] ?? 1) + 1 : 1;
  const assignment = {
    by: actor.name,
    at: now,
    no: `转办〔${dayOf(c.receivedAt).slice(0, 4)}〕${dayOf(c.receivedAt).slice(5).replace("-", "")}-${shortNo(c.id)}-${times}`,
    lead,
    acting,
    ...(input.demand ? { demand: input.demand } : {}),
  };
  const events: CaseEvent[] = [{ type: "assigned", by: actor.name, at: now, assignment, units }];
  if (acting)
    events.push(propose(context, { id: c.version + 2, kind: "actingAssign", reason: `代转办${units.join("、")}` }));
  return { events };
};

/** A limit that some unit still has to answer. */
const awaitsAnswer = (k: CaseClock): boolean =>
  k.stoppedAt === undefined && k.dueAt !== null && k.kind !== "advisory" && k.kind !== "soft" && k.key !== "requested";

/** 签收: the unit has it. Stops the sign-in window and no limit of law; from now on the one who signed is chased. */
export const acknowledge: Decider<"acknowledge"> = (c, input, context) => {
  if (!allowedIn("acknowledge", c.state)) return closedRefusal(c, "签收");
  const found = ownPart(c, input.unit, context, (p) => !isSigned(p));
  if ("refused" in found) return found;
  const { acknowledged } = found;
  if (acknowledged && isSigned(found))
    return refuse(`${midNo(c.id)} 已于 ${formatMoment(acknowledged.at, context.now)} 由${acknowledged.by}签收。`);
  return { events: [{ type: "acknowledged", by: context.actor.name, at: context.now, unit: found.unit }] };
};

/** A unit that gave the case back may still take it. */
const isSigned = (p: Part): boolean => p.acknowledged !== undefined && p.returned === undefined;

/** 退回: with a reason and a better owner; takes effect with the deputy's consent. No clock stops. */
export const returnCase: Decider<"return"> = (c, input, context) => {
  const { now, actor, office } = context;
  if (!allowedIn("return", c.state)) return closedRefusal(c, "退回");
  const found = ownPart(c, input.unit, context, (p) => p.returned === undefined);
  if ("refused" in found) return found;
  if (found.returned)
    return refuse(`${midNo(c.id)} 已于 ${formatMoment(found.returned.at, now)} 由${found.returned.by}退回。`);
  if (c.responses.some((r) => r.units.includes(found.unit)))
    return refuse(`${found.unit}已登记回应，不能再退回；情况有变化请用〔补充〕写明。`);
  const asked = c.proposals.find((p) => p.kind === "return" && p.unit === found.unit);
  const deputy = office.roster.unit(found.unit)?.deputy;
  if (asked)
    return refuse(`${asked.by}已于 ${formatMoment(asked.at, now)} 提出退回，等待${deputy ?? "分管领导"}同意。`);
  if (rolesOf(actor, c, office, now).has("单位分管") || rolesOf(actor, c, office, now).has("单位主要负责人"))
    return { events: [{ type: "returned", by: actor.name, at: now, ...input, unit: found.unit }] };
  return {
    events: [
      propose(context, {
        id: c.version + 1,
        kind: "return",
        reason: input.reason,
        unit: found.unit,
        suggestion: input.suggestion,
      }),
    ],
  };
};

/** The part for which the actor speaks; of several the named one, else the first that is still to do. */
function ownPart(
  c: Case,
  named: string | undefined,
  { actor, office }: ActionContext,
  toDo: (p: Part) => boolean,
): Part | Extract<Decision, { refused: string }> {
  const mine = c.parts.filter((p) => unitsFor(actor, c, office).includes(p.unit));
  if (mine.length === 0)
    return { refused: `请 ${midNo(c.id)} 的承办单位(${c.parts.map((p) => p.unit).join("、")})办理。` };
  const part = named ? mine.find((p) => p.unit === named) : (mine.find(toDo) ?? mine[0]);
  return part ?? { refused: `您不是“${named}”的联络员；您可代表 ${mine.map((p) => p.unit).join("、")}。` };
}
