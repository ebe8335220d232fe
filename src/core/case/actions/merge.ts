import { isGraver } from "#core/policy/rank.ts";
import { formatMoment } from "#core/time.ts";
import { type Case, type CaseClock, midNo } from "../case.ts";
import { apply, type CaseEvent } from "../events.ts";
import { settleClocks } from "../settle.ts";
import { allowedIn, isOpen, STATES } from "../states.ts";
import { closedRefusal } from "./refusals.ts";
import { type ActionContext, type Decider, refuse } from "./types.ts";

type Absorption = Extract<CaseEvent, { type: "absorbed" }>;

/** What a merge does to both cases: all of it, or nothing. */
export type MergeDecision = { source: CaseEvent[]; target: CaseEvent[] } | { refused: string };

/**
 * 并案 (T05): the source goes into the target. Its number stays and leads there; the target takes the earlier of each start, so
 * that a limit may be over at once, and the source's report beside its own.
 */
export function decideMerge(source: Case, target: Case, reason: string, context: ActionContext): MergeDecision {
  const { now, actor } = context;
  const why = whyNot(source, target, now);
  if (why) return why;
  const mark = { by: actor.name, at: now };
  const absorbed: Absorption = {
    type: "absorbed",
    ...mark,
    from: source.id,
    title: source.title,
    reporter: source.reporter,
    report: source.report,
    ...(source.evidence ? { evidence: source.evidence } : {}),
    receivedAt: source.receivedAt,
    ...(source.requestedDueAt === undefined ? {} : { requestedDueAt: source.requestedDueAt }),
    reason,
    moved: [],
    overdue: [],
  };
  return {
    source: [{ type: "merged", ...mark, into: target.id, title: target.title, reason }],
    target: [{ ...absorbed, ...shifted(absorbed, source, target, context) }],
  };
}

function whyNot(source: Case, target: Case, now: number): { refused: string } | undefined {
  const no = midNo(source.id);
  const to = midNo(target.id);
  const not = (refused: string): { refused: string } => ({ refused });
  if (source.id === target.id) return not(`${no} 不能并入自身，请写另一件的编号。`);
  if (!allowedIn("merge", source.state)) return closedRefusal(source, "并案") as { refused: string };
  if (target.mergedInto)
    return not(
      `${to} 已于 ${formatMoment(target.mergedInto.at, now)} 并入 ${midNo(target.mergedInto.id)}，请并入该件。`,
    );
  if (!isOpen(target.state))
    return not(`${to} 是“${STATES[target.state].zh}”，不能再并入；请单独办理 ${no}，并用〔补充〕写明与 ${to} 有关。`);
  if ((source.withheld ?? false) !== (target.withheld ?? false))
    return not("内容线下办理的案件不与一般案件并案，请分别办理。");
  return source.triage ? againstTriage(source, target) : undefined;
}

/** What 研判 decided for the source must not get lost in a case that demands less. */
function againstTriage(source: Case, target: Case): { refused: string } | undefined {
  const no = midNo(source.id);
  const to = midNo(target.id);
  const { triage } = source;
  if (!triage) return undefined;
  const around = `反过来并案：/舆情 并案 ${to} 到=${no}`;
  if (!target.triage) return { refused: `${no} 已研判，${to} 尚未研判；请先研判 ${to}，或${around}。` };
  if (triage.matter !== target.triage.matter)
    return { refused: `${no} 与 ${to} 的事项类别不同，答复对象和时限不同，请分别办理。` };
  if (
    isGraver(triage.eventLevel, target.triage.eventLevel) ||
    isGraver(triage.opinionLevel ?? "none", target.triage.opinionLevel ?? "none")
  )
    return {
      refused: `${no} 的等级高于 ${to}，并入后时限会放宽；请${allowedIn("merge", target.state) ? around : `先提高 ${to} 的等级`}。`,
    };
  if (triage.respond && !target.triage.respond)
    return { refused: `${no} 须回应，${to} 已定为不回应；请分别办理，或${around}。` };
  return undefined;
}

/** Which limits of the target end earlier, and which of them are over now although they were over in neither case before. */
function shifted(
  event: Absorption,
  source: Case,
  target: Case,
  { office, now }: ActionContext,
): Pick<Absorption, "moved" | "overdue"> {
  const after = settleClocks(apply(target, event), office).filter((k) => k.kind !== "soft" && k.kind !== "advisory");
  const due = (c: Case, { key, kind }: CaseClock): number | null =>
    c.clocks.find((k) => k.key === key && k.kind === kind)?.dueAt ?? null;
  const earlier = after.filter((k) => k.dueAt !== null && k.dueAt < (due(target, k) ?? 0));
  const overIn = (c: Case, k: CaseClock): boolean => (due(c, k) ?? now + 1) <= now;
  return {
    moved: earlier.map((k) => ({ key: k.key, before: due(target, k), after: k.dueAt })),
    overdue: earlier
      .filter((k) => (k.dueAt ?? now + 1) <= now && !overIn(target, k) && !overIn(source, k))
      .map((k) => k.key),
  };
}

/** 不是同一件: the hint for this pair goes, and does not come back. */
export const distinguish: Decider<"distinguish"> = (c, { other }, { actor, now }) => {
  if (!allowedIn("distinguish", c.state)) return closedRefusal(c, "标记");
  if (c.distinct?.includes(other)) return refuse(`已记录过：${midNo(c.id)} 与 ${midNo(other)} 不是同一件。`);
  return { events: [{ type: "distinguished", by: actor.name, at: now, other }] };
};
