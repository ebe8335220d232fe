import { formatMoment } from "#core/time.ts";
import { type Case, midNo } from "../case.ts";
import { isOpen, STATES } from "../states.ts";
import { type Decision, refuse } from "./types.ts";

/** What to do instead when the state itself does not allow an action any more. */
const INSTEAD: Record<string, string> = {
  研判: "等级或单位有变化，请用〔补充〕写明，由组织协调处理",
  转办: "请先办完现在这一步",
  签收: "请看〔状态〕里的当前环节",
  退回: "请与组织协调联系",
  按误报处理: "内容不实的请发布澄清，用〔回应〕登记后〔办结〕",
  仅备案: "请由承办单位〔回应〕后〔办结〕，不属其职责的〔退回〕",
  登记回应: "请看〔状态〕里的当前环节",
  办结: "请先〔回应〕登记发布凭证",
  并案: "已转办的件不再并入他件，请在两件中用〔补充〕互相写明，由承办单位一并办理",
};

/** Steps that need a decision, or a unit, before they make sense. */
const AFTER_TRIAGE = new Set(["转办", "签收", "退回", "登记回应", "办结"]);
const AFTER_ASSIGNMENT = new Set(["签收", "退回"]);

/** Why an action is not possible in the present state: who did what and when, and what to do instead. */
export function closedRefusal(c: Case, what: string): Decision {
  const no = midNo(c.id);
  if (c.mergedInto) {
    const { at, id, title } = c.mergedInto;
    return refuse(`${no} 已于 ${formatMoment(at)} 并入 ${midNo(id)} ${title}，请在该件办理。`);
  }
  if (!isOpen(c.state)) {
    const who = c.closing ? `于 ${formatMoment(c.closing.at)} 由${c.closing.by}` : "";
    return refuse(
      `${no} 已${who}${c.closing?.tag === "仅备案" ? "登记为仅备案" : STATES[c.state].zh.replace("已", "")}，不能再${what}。有新情况请重新〔上报〕，并写明与本件有关。`,
    );
  }
  if (c.triage === undefined && AFTER_TRIAGE.has(what)) return refuse(`${no} 尚未研判，请先〔研判〕再${what}。`);
  if (c.parts.length === 0 && AFTER_ASSIGNMENT.has(what)) return refuse(`${no} 尚未转办，请先〔转办〕再${what}。`);
  const instead = INSTEAD[what] ?? "请看〔状态〕";
  return refuse(`${no} 现在是“${STATES[c.state].zh}”，不能${what};${instead}。`);
}
