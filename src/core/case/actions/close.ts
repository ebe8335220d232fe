import { formatMoment } from "#core/time.ts";
import { rolesOf } from "../authority.ts";
import { type Case, midNo, type Proposal } from "../case.ts";
import type { CaseEvent } from "../events.ts";
import { rankOf } from "../rank.ts";
import { mayConfirm } from "../second-person.ts";
import { allowedIn, isOpen, STATES } from "../states.ts";
import { closedRefusal } from "./refusals.ts";
import { propose } from "./triage.ts";
import { type ActionContext, type Decider, type Decision, refuse } from "./types.ts";

const KEY_CATEGORY = "五类重点回应事项不得仅备案(国办发〔2016〕61号二)";

/** 办结: with an evaluation and a result; not before the response that is due. Rank I/II: 主要负责同志 closes. */
export const close: Decider<"close"> = (c, input, context) => {
  const { now, actor, office } = context;
  if (!allowedIn("close", c.state)) return closedRefusal(c, "办结");
  const rank = rankOf(c);
  if ((rank === "I" || rank === "II") && !rolesOf(actor, c, office, now).has("主要负责同志"))
    return refuse(
      `${rank === "I" ? "特别重大" : "重大"}舆情由政府主要负责同志办结；请把办结建议报${office.roster.headOfGovernment?.name ?? "主要负责同志"}。`,
    );
  const due = c.clocks.filter(
    (k) => k.stoppedAt === undefined && (k.kind === "hard" || k.kind === "extendable") && k.key !== "requested",
  );
  if (due.length > 0 && !c.noResponse)
    return refuse(`${midNo(c.id)} 还有未完成的回应时限，请先〔回应〕登记发布凭证，再办结。`);
  if (c.proposals.length > 0) return refuse(`${midNo(c.id)} 还有待第二人确认的事项，请先〔确认〕。`);
  return { events: [{ type: "closed", by: actor.name, at: now, ...input }] };
};

/** 误报: not real, not ours to answer, wrong capture. False information that must be clarified is not 误报 (ruling 11). */
export const falseAlarm: Decider<"falseAlarm"> = (c, input, context) => {
  if (!allowedIn("falseAlarm", c.state)) return closedRefusal(c, "按误报处理");
  return ask(c, context, "falseAlarm", input.reason);
};

/** 仅备案: recorded without a response; a second person, and never for the five key categories. */
export const fileOnly: Decider<"fileOnly"> = (c, input, context) => {
  if (!allowedIn("fileOnly", c.state)) return closedRefusal(c, "仅备案");
  if (isKey(c)) return refuse(`${KEY_CATEGORY}。请按正常流程研判、回应。`);
  return ask(c, context, "fileOnly", input.reason);
};

/** One of the five key categories: as 研判 decided, before that as the sender stated. */
const isKey = (c: Case): boolean => (c.triage?.categories ?? c.report.category ?? []).some((k) => k !== "none");

function ask(c: Case, context: ActionContext, kind: "falseAlarm" | "fileOnly", reason: string): Decision {
  const asked = c.proposals.find((p) => p.kind === kind);
  if (asked) return refuse(`${asked.by}已于 ${formatMoment(asked.at, context.now)} 提出，等待第二人确认。`);
  return { events: [propose(context, { id: c.version + 1, kind, reason })] };
}

/** 确认: the second person. Never the one who proposed. */
export const confirm: Decider<"confirm"> = (c, input, context) => {
  const { now, actor, office } = context;
  const no = midNo(c.id);
  if (!isOpen(c.state)) return closedRefusal(c, "确认");
  if (c.proposals.length === 0) return refuse(`${no} 没有待确认的事项。`);
  const allowed = (p: Proposal): boolean => actor.known && mayConfirm(p, actor.name, office, now);
  const mine = c.proposals.filter(allowed);
  const proposal = input.proposal === undefined ? mine[0] : c.proposals.find((p) => p.id === input.proposal);
  if (!proposal && input.proposal !== undefined) return refuse(`这一事项已经办过了，${no} 没有待确认的该事项。`);
  if (!proposal || !allowed(proposal)) {
    const asked = proposal ?? c.proposals[0];
    return refuse(
      asked?.by === actor.name
        ? `须由第二人确认，您是提出人。请${confirmerTitle(asked)}确认。`
        : `请${asked ? confirmerTitle(asked) : "组织协调"}确认。`,
    );
  }
  const mark = { by: actor.name, at: now };
  if (!input.agree)
    return {
      events: [
        {
          type: "declined",
          ...mark,
          proposal: proposal.id,
          proposer: proposal.by,
          ...(input.reason ? { reason: input.reason } : {}),
        },
      ],
    };
  // 代研判 and 代转办 stand on the card together, and one press means both.
  const together = input.proposal === undefined && isActing(proposal) ? mine.filter(isActing) : [proposal];
  return (
    outdated(c, proposal) ?? {
      events: together.flatMap((p) => [{ type: "confirmed" as const, ...mark, proposal: p.id }, ...effect(p, mark)]),
    }
  );
};

const isActing = ({ kind }: Proposal): boolean => kind === "actingTriage" || kind === "actingAssign";

/** What was proposed may no longer be possible: the case has moved on meanwhile. */
function outdated(c: Case, p: Proposal): Decision | undefined {
  const instead = "请选“不同意”并写明理由";
  if (p.kind === "falseAlarm" && !allowedIn("falseAlarm", c.state))
    return refuse(`${midNo(c.id)} 已是“${STATES[c.state].zh}”，不能再按误报处理；${instead}。`);
  if (p.kind === "fileOnly" && !allowedIn("fileOnly", c.state))
    return refuse(`${midNo(c.id)} 已是“${STATES[c.state].zh}”，不能再仅备案；${instead}。`);
  if (p.kind === "fileOnly" && isKey(c)) return refuse(`${KEY_CATEGORY}；${instead}。`);
  return undefined;
}

function effect(p: Proposal, mark: { by: string; at: number }): CaseEvent[] {
  switch (p.kind) {
    case "falseAlarm":
      return [{ type: "falseAlarmed", ...mark, reason: p.reason }];
    case "fileOnly":
      return [{ type: "filedOnly", ...mark, reason: p.reason }];
    case "return":
      return [{ type: "returned", ...mark, unit: p.unit ?? "", reason: p.reason, suggestion: p.suggestion ?? "" }];
    default:
      return [];
  }
}

const confirmerTitle = (p: Proposal): string =>
  p.kind === "return" ? `${p.unit ?? ""}分管领导` : "另一位组织协调或值班领导";
