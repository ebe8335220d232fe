import { missingGates } from "#core/case/actions/respond.ts";
import { type Case, type CaseClock, midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { Recipient } from "#core/escalation/audience.ts";
import type { ReminderSubject } from "#core/escalation/stages.ts";
import { AWAITS_TRIAGE } from "#core/policy/types.ts";
import { formatMoment, formatRemaining, type Instant } from "#core/time.ts";
import { askOf } from "./ask.ts";
import type { Card, Line } from "./card.ts";
import { limitLine, proposalText } from "./case-card.ts";
import { CLOCK_NAMES } from "./names.ts";
import { left, toneOfLeft } from "./tone.ts";

/** One stage that fires for one case. */
export interface FiringStage {
  subject: ReminderSubject;
  limit: Instant;
  stage: string;
}

/** The stages that one person is told of in one message: the gravest leads, the others follow as lines. */
export function reminderCard(
  c: Case,
  stages: readonly FiringStage[],
  to: Recipient,
  office: Office,
  now: Instant,
): Card {
  const ordered = latestOfEach(stages);
  const first = ordered[0];
  if (!first) throw new Error("a reminder needs a stage");
  const clock = clockOf(c, first);
  const leader = office.roster.isLeader(to.name);
  const ask = askOf(c, { subject: first.subject, stage: first.stage, to, office, now });
  const short = clock?.kind === "soft" ? "(内部目标)" : clock?.note.includes(AWAITS_TRIAGE) ? `(${AWAITS_TRIAGE})` : "";
  const lines: Line[] = [
    { kind: "text", text: `${midNo(c.id)} ${c.title}`, emphasis: "strong" },
    ...ordered.flatMap((s) => stageLines(c, s, now)),
    { kind: "text", text: situation(c, now) },
    { kind: "text", text: ask.text },
  ];
  const basis = clock?.cite ? `依据 ${clock.cite.docNo} ${clock.cite.article}` : "";
  return {
    title: leader
      ? `【请您关注】${CLOCK_NAMES[first.subject]}${timeLeft(first, clock, now)}`
      : `【${timeLeft(first, clock, now)}】${CLOCK_NAMES[first.subject]}${short}`,
    tone: clock ? (clock.dueAt !== null && clock.dueAt <= now ? "red" : toneOfLeft(left(clock, now))) : "yellow",
    lines,
    ...(basis ? { basis } : {}),
    buttons: ask.buttons,
  };
}

/**
 * One stage of each limit, the limit that ends first on top.
 * @param stages in order of time: of several stages of a limit the last one counts
 */
export const latestOfEach = <S extends FiringStage>(stages: readonly S[]): S[] =>
  [...new Map(stages.map((s) => [s.subject === "confirm" ? s.subject : `${s.subject}@${s.limit}`, s])).values()].sort(
    (a, b) => a.limit - b.limit,
  );

const clockOf = (c: Case, s: FiringStage): CaseClock | undefined =>
  c.clocks.find((k) => k.key === s.subject && k.dueAt === s.limit);

function timeLeft(s: FiringStage, clock: CaseClock | undefined, now: Instant): string {
  if (s.subject === "confirm" || s.subject === "gates") return "请办理";
  return formatRemaining(s.limit, now, { latestDueAt: clock?.latestDueAt, soft: clock?.kind === "soft" });
}

function stageLines(c: Case, s: FiringStage, now: Instant): Line[] {
  const clock = clockOf(c, s);
  if (clock) return limitLine(clock, now);
  if (s.subject === "gates") return [{ kind: "text", text: `待补登记：${missingGates(c).join("、")}` }];
  return c.proposals.map((p): Line => ({ kind: "text", text: proposalText(p) }));
}

/** Where the case stands, in one sentence: the unit and the step, never a person to blame. */
export function situation(c: Case, now: Instant): string {
  if (!c.triage) return `${formatMoment(c.receivedAt, now)} 收报，尚未研判。`;
  if (c.parts.length === 0) return `${formatMoment(c.triage.at, now)} 研判，尚未转办。`;
  const unsigned = c.parts.filter((p) => !p.acknowledged).map((p) => p.unit);
  if (unsigned.length > 0) return `已转办，${unsigned.join("、")}尚未签收。`;
  const signed = c.parts
    .map((p) => `${p.unit} ${p.acknowledged ? formatMoment(p.acknowledged.at, now).slice(-5) : ""} 签收`)
    .join("，");
  if (c.responses.length === 0) return `${signed}，尚未登记回应。`;
  const last = c.responses.at(-1);
  return `${signed}，${last ? `${formatMoment(last.publishedAt, now)} 已${last.form}` : ""}。`;
}

/** What was missed while the bot was down, once per case and person. */
export function catchUpCard(
  c: Case,
  stages: readonly FiringStage[],
  missed: readonly (FiringStage & { dueAt: Instant })[],
  outage: { from: Instant; to: Instant } | undefined,
  to: Recipient,
  office: Office,
  now: Instant,
): Card {
  const ordered = latestOfEach(stages);
  const main = reminderCard(c, ordered.slice(0, 1), to, office, now);
  const times = [...new Set(missed.map((s) => s.dueAt))].sort((a, b) => a - b).map((at) => formatMoment(at, now));
  const stopped = outage ? `机器人 ${formatMoment(outage.from, now)} 至 ${formatMoment(outage.to, now)} 停机，` : "";
  return {
    ...main,
    title: `【迟到提醒】${CLOCK_NAMES[ordered[0]?.subject ?? "triage"]}`,
    lines: [
      { kind: "text", text: `${midNo(c.id)} ${c.title}`, emphasis: "strong" },
      { kind: "text", text: `${stopped}本应于 ${times.slice(0, 8).join("、")}${times.length > 8 ? " 等" : ""} 提醒。` },
      { kind: "text", text: "现状", emphasis: "quiet" },
      ...ordered.flatMap((s) => stageLines(c, s, now)),
      ...main.lines.slice(-2),
    ],
  };
}
