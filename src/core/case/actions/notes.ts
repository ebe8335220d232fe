import { formatMoment } from "#core/time.ts";
import { allowedIn } from "../states.ts";
import { closedRefusal } from "./refusals.ts";
import { gateEvents } from "./respond.ts";
import { type Decider, refuse } from "./types.ts";

/** 补充: adds to the report, or records a review step. What it changes in the times moves the limits at once. */
export const supplement: Decider<"supplement"> = (c, input, context) => {
  if (!allowedIn("supplement", c.state)) return closedRefusal(c, "补充");
  const gates = gateEvents(input.gates, context);
  const hasText = input.text !== "" || Object.keys(input.patch).length > 0;
  if (!hasText && gates.length === 0) return refuse("请写要补充的内容,例如:/舆情 补充 伤者3人,均为轻伤。");
  const mark = { by: context.actor.name, at: context.now };
  return {
    events: [
      ...(hasText ? [{ type: "supplemented" as const, ...mark, text: input.text, patch: input.patch }] : []),
      ...gates,
    ],
  };
};

/** 报送: the report upward has been made; stops report.up, and to the superior also the superior's own limit. */
export const reportUp: Decider<"reportUp"> = (c, input, { actor, now }) =>
  allowedIn("reportUp", c.state)
    ? { events: [{ type: "reportedUp", by: actor.name, at: now, ...input }] }
    : closedRefusal(c, "报送");

/** 已知悉: proves contact; never scored, stops nothing. */
export const see: Decider<"see"> = (c, _input, { actor, now }) => {
  if (!allowedIn("note", c.state)) return closedRefusal(c, "办理");
  const before = c.seenBy.find((m) => m.by === actor.name);
  // The same leader may be told again at a later stage; a double click within a minute is one press.
  if (before && now - before.at < 60_000) return refuse(`您已于 ${formatMoment(before.at, now)} 知悉。`);
  return { events: [{ type: "seen", by: actor.name, at: now }] };
};

/** 催办: a leader or 组织协调 presses the unit that has to act. */
export const urge: Decider<"urge"> = (c, input, { actor, now }) => {
  if (!allowedIn("urge", c.state)) return closedRefusal(c, "催办");
  const last = c.urged.findLast((u) => u.by === actor.name);
  if (last && now - last.at < 10 * 60_000)
    return refuse(`您已于 ${formatMoment(last.at, now)} 催办,10分钟内不重复发送。`);
  const target = c.parts.length > 0 ? c.parts.map((p) => p.unit).join("、") : "组织协调";
  return {
    events: [{ type: "urged", by: actor.name, at: now, target, ...(input.content ? { content: input.content } : {}) }],
  };
};
