import type { Case, CaseClock } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { isUrgent, rankOf } from "#core/case/rank.ts";
import type { Level } from "#core/intake/types.ts";
import { URGENCIES, type Urgency } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import type { Recipient } from "./audience.ts";
import { awakeAtNight, isQuiet } from "./night.ts";
import { rowOf } from "./plan.ts";
import type { ReminderSubject } from "./stages.ts";

/** From which share of a limit on a reminder before its end counts as pressing. */
const PRESSING = 2 / 3;

/** One stage that a person is told of. */
interface Stage {
  subject: ReminderSubject;
  limit: Instant;
  stage: string;
}

/**
 * The urgent channel (⚙ urgent) for a message about these stages: the strongest that any of them calls for. An internal
 * target never goes beyond the app, and nobody is roused whom the night rule lets sleep.
 */
export function urgencyOf(
  c: Case,
  stages: readonly Stage[],
  to: Recipient,
  office: Office,
  now: Instant,
): Urgency | undefined {
  if (isQuiet(c, office, now) && to.as !== "承办" && !awakeAtNight(c, office, now).has(to.name)) return undefined;
  const channels = stages.map((s) => channelOf(c, s, office, now));
  return URGENCIES.findLast((channel) => channels.includes(channel));
}

/** The urgent channel for the first notice of a suspected major emergency. */
export const alarmUrgency = ({ config }: Office): Urgency | undefined => chosen(config.params.urgent.alarm);

function channelOf(c: Case, stage: Stage, office: Office, now: Instant): Urgency | undefined {
  if (stage.subject === "promise") return undefined;
  // Confirmations and missing review steps are no limits, and have no clock.
  const clock = c.clocks.find((k) => k.key === stage.subject && k.dueAt === stage.limit);
  if (!clock) return undefined;
  const [before, at, after] = office.config.params.urgent[urgentRank(c)];
  const channel =
    stage.stage === "T" ? at : stage.stage.startsWith("T+") ? after : isPressing(clock, now) ? before : "none";
  // Whoever was called once is not called every hour: that helps nobody and uses up what the office paid for.
  const isRepeat = rowOf(office.stages[stage.subject], stage.stage)?.at !== stage.stage;
  return (clock.kind === "soft" || isRepeat) && channel !== "none" ? "app" : chosen(channel);
}

/** While the facts suggest I/II and nobody has decided, a case counts as II. */
function urgentRank(c: Case): Level {
  const rank = rankOf(c);
  return rank !== "I" && isUrgent(c) ? "II" : rank;
}

function isPressing({ start, dueAt }: CaseClock, now: Instant): boolean {
  return start !== null && dueAt !== null && now - start >= (dueAt - start) * PRESSING;
}

const chosen = (channel: Urgency | "none"): Urgency | undefined => (channel === "none" ? undefined : channel);
