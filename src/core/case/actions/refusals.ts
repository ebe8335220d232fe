import { formatMoment } from "#core/time.ts";
import { type Case, midNo } from "../case.ts";
import { isOpen, STATES } from "../states.ts";
import { type Decision, refuse } from "./types.ts";

/** Why an action is not possible in the present state: who did what and when, and what to do instead. */
export function closedRefusal(c: Case, what: string): Decision {
  const no = midNo(c.id);
  if (!isOpen(c.state)) {
    const who = c.closing ? `于 ${formatMoment(c.closing.at)} 由${c.closing.by}` : "";
    return refuse(
      `${no} 已${who}${c.closing?.tag === "仅备案" ? "登记为仅备案" : STATES[c.state].zh.replace("已", "")},不能再${what}。`,
    );
  }
  if (c.triage === undefined) return refuse(`${no} 尚未研判,请先〔研判〕再${what}。`);
  if (c.parts.length === 0) return refuse(`${no} 尚未转办,请先〔转办〕再${what}。`);
  return refuse(`${no} 现在是“${STATES[c.state].zh}”,不能${what}。`);
}
