import type { Report } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { CLOCK_NAMES } from "#core/message/names.ts";
import { formatMoment } from "#core/time.ts";
import type { Case, ReportTimes } from "../case.ts";
import type { CaseEvent } from "../events.ts";
import { newEvidence } from "../evidence.ts";
import { settleClocks } from "../settle.ts";
import { allowedIn } from "../states.ts";
import { closedRefusal } from "./refusals.ts";
import { gateEvents } from "./respond.ts";
import { propose } from "./triage.ts";
import { type ActionContext, type Decider, refuse } from "./types.ts";

/**
 * 补充: adds to the report, or records a review step. Before 研判 what it changes in the times moves the limits at once; after
 * it, times that limits depend on change with a second person only, and the limits are shown before and after.
 */
export const supplement: Decider<"supplement"> = (c, input, context) => {
  if (!allowedIn("supplement", c.state)) return closedRefusal(c, "补充");
  const gates = gateEvents(input.gates, context);
  const hasText = input.text !== "" || Object.keys(input.patch).length > 0;
  const evidence = newEvidence(c, context.evidence ?? []);
  if (!hasText && gates.length === 0 && evidence.length === 0)
    return refuse("请写要补充的内容，例如：/舆情 补充 伤者3人，均为轻伤。");
  const mark = { by: context.actor.name, at: context.now };
  const { now, later } = splitTimes(c, input.patch);
  const events: CaseEvent[] = [
    ...(hasText
      ? [
          {
            type: "supplemented" as const,
            ...mark,
            text: input.text,
            patch: now,
            ...(input.similar ? { similar: input.similar } : {}),
            ...(input.suggested ? { suggested: input.suggested } : {}),
          },
        ]
      : []),
    ...gates,
  ];
  if (Object.keys(later).length > 0)
    events.push(
      propose(context, {
        id: c.version + events.length + 1,
        kind: "retime",
        reason: retiming(c, later, context),
        times: later,
      }),
    );
  return { events };
};

const TIME_NAMES = { occurredAt: "发生时间", surfacedAt: "首发时间", detectedAt: "发现时间" } as const;
const TIMES = Object.keys(TIME_NAMES) as (keyof typeof TIME_NAMES)[];

/** What of a patch holds at once, and which times wait for a second person. */
function splitTimes(c: Case, patch: Partial<Report>): { now: Partial<Report>; later: ReportTimes } {
  if (!c.triage) return { now: patch, later: {} };
  const { occurredAt, surfacedAt, detectedAt, ...rest } = patch;
  const given: ReportTimes = {
    ...(occurredAt ? { occurredAt } : {}),
    ...(surfacedAt ? { surfacedAt } : {}),
    ...(detectedAt ? { detectedAt } : {}),
  };
  const changed = TIMES.filter((key) => given[key] && given[key].value !== c.report[key]?.value);
  return { now: rest, later: Object.fromEntries(changed.map((key) => [key, given[key]])) };
}

/** "发生时间 11月20日 08:30 → 10:00；权威信息时限 13:30 → 15:00" */
function retiming(c: Case, times: ReportTimes, { office, now }: ActionContext): string {
  const show = (iso: string | undefined): string => {
    const at = iso === undefined ? undefined : fromIso(iso);
    return at === undefined ? "未知" : formatMoment(at, now);
  };
  const stated = TIMES.filter((key) => times[key]).map(
    (key) => `${TIME_NAMES[key]} ${show(c.report[key]?.value)} → ${show(times[key]?.value)}`,
  );
  const after = settleClocks({ ...c, report: { ...c.report, ...times } }, office);
  const moved = c.clocks.flatMap((k) => {
    const then = after.find((a) => a.key === k.key && a.kind === k.kind)?.dueAt ?? null;
    if (k.dueAt === null || then === null || then === k.dueAt || k.kind === "soft") return [];
    return [`${CLOCK_NAMES[k.key]}时限 ${formatMoment(k.dueAt, now)} → ${formatMoment(then, now)}`];
  });
  return [...stated, ...moved].join("；");
}

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
    return refuse(`您已于 ${formatMoment(last.at, now)} 催办，10分钟内不重复发送。`);
  const target = c.parts.length > 0 ? c.parts.map((p) => p.unit).join("、") : "组织协调";
  return {
    events: [{ type: "urged", by: actor.name, at: now, target, ...(input.content ? { content: input.content } : {}) }],
  };
};
