import { midNo } from "../case.ts";
import { rulesDiff } from "../rules-diff.ts";
import { allowedIn } from "../states.ts";
import { closedRefusal } from "./refusals.ts";
import { type Decider, refuse } from "./types.ts";

/**
 * 应用新规则: the rules in force now take the place of those frozen at 研判. All limits are planned anew from their original
 * starts; the event says which moved, so that nobody has to trust a later calculation.
 */
export const adoptRules: Decider<"adoptRules"> = (c, { reason, to }, { actor, now, office }) => {
  const no = midNo(c.id);
  if (!allowedIn("adoptRules", c.state)) return closedRefusal(c, "应用新规则");
  if (c.rules === undefined) return refuse(`${no} 尚未研判，一直按现行规则计时，请直接〔研判〕。`);
  if (c.rules === office.rulesDigest) return refuse(`${no} 已按现行规则办理，可用〔规则〕逐条查看。`);
  if (to !== undefined && to !== office.rulesDigest)
    return refuse(`规则在您查看之后又有变化，请重新发送 /舆情 应用新规则 ${no} 查看。`);
  if (reason.trim() === "") return refuse("请写应用新规则的理由，例如：理由=县政府新规定自今日起施行。");
  const { from, moved } = rulesDiff(c, office);
  return {
    events: [
      {
        type: "rulesAdopted",
        by: actor.name,
        at: now,
        reason: reason.trim(),
        ...(from === undefined ? {} : { from }),
        to: office.rulesDigest,
        moved,
      },
    ],
  };
};
