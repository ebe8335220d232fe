import type { Case, CaseClock } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { addWorkingTime, shiftWorkingDays, workingTimeBetween } from "#core/clocks/working-days.ts";
import { atTime, dayOf, HOUR, type Instant } from "#core/time.ts";
import { lengthOf, offsetName, type ReminderSubject, readStage, type StageRow } from "./stages.ts";

/** One stage of one limit with its absolute time. The key (case, subject, limit, stage) fires once, ever. */
export interface PlannedReminder {
  subject: ReminderSubject;
  /** The limit that the stage belongs to: a limit that moves is another limit. */
  limit: Instant;
  stage: string;
  dueAt: Instant;
}

/** A limit or a question that reminders run for. */
export interface Chased {
  subject: ReminderSubject;
  start: Instant;
  limit: Instant;
}

/** How long a confirmation or a missing review step may rest before it is chased. */
const CHASE_AFTER = 2 * HOUR;

/** Everything in a case that is chased now: its running clocks, open confirmations, and review steps not yet recorded. */
export function chasedIn(c: Case, missingGates: readonly string[]): Chased[] {
  const clocks = c.clocks.filter(isRunning).map((k): Chased => ({ subject: k.key, start: k.start, limit: k.dueAt }));
  const asked = c.proposals.map((p): Chased => ({ subject: "confirm", start: p.at, limit: p.at + CHASE_AFTER }));
  const lastResponse = c.responses.at(-1);
  const gates: Chased[] =
    lastResponse && missingGates.length > 0
      ? [{ subject: "gates", start: lastResponse.recorded.at, limit: lastResponse.recorded.at + CHASE_AFTER }]
      : [];
  return [...clocks, ...asked, ...gates];
}

const isRunning = (k: CaseClock): k is CaseClock & { start: Instant; dueAt: Instant } =>
  k.stoppedAt === undefined && k.kind !== "advisory" && k.dueAt !== null && k.start !== null;

/** What should be waiting for one limit at `now`, and which stage names are valid for it at all. */
export interface StagePlan {
  /** The last stage that has passed, if any (it fires at once), every future fixed stage, and the next of each series. */
  wanted: PlannedReminder[];
  /** True for a stage that belongs to this limit: one that is waiting is not cancelled. */
  valid: (stage: string) => boolean;
}

/**
 * Plans the stages of one limit. Stages that had passed before the limit was known do not all fire: only the latest does,
 * at once, so that a late report is told of where it stands and not of everything it missed.
 */
export function planStages(chased: Chased, office: Office, now: Instant): StagePlan {
  const rows = office.stages[chased.subject];
  const { subject, limit } = chased;
  const fixed = rows.map(
    (row): PlannedReminder => ({ subject, limit, stage: row.at, dueAt: dueAt(row.at, chased, office) }),
  );
  const repeated = rows.flatMap((row) => around(row, limit, now).map((r) => ({ subject, limit, ...r })));
  const latest = [...fixed, ...repeated]
    .filter((r) => r.dueAt <= now)
    .reduce<PlannedReminder | undefined>(later, undefined);
  const future = [...fixed, ...repeated].filter((r) => r.dueAt > now);
  const names = new Set(rows.map((r) => r.at));
  return {
    wanted: latest ? [latest, ...future] : future,
    valid: (stage) => names.has(stage) || rows.some((row) => isRepeat(row, stage)),
  };
}

const later = (a: PlannedReminder | undefined, b: PlannedReminder): PlannedReminder => (a && a.dueAt > b.dueAt ? a : b);

/** The absolute time of a stage. Shares of a sign-in window are shares of working time where the window is. */
function dueAt(stage: string, { subject, start, limit }: Chased, office: Office): Instant {
  const s = readStage(stage);
  switch (s.kind) {
    case "offset":
      return limit + s.ms;
    case "workingDays":
      // A limit at 24:00 belongs to the day that it ends.
      return atTime(shiftWorkingDays(dayOf(limit - 1), s.days), s.time);
    case "share":
      if (subject === "sign") {
        const working = workingTimeBetween(start, limit, office.config.workingHours);
        // A window in working time is longer than its working minutes on the wall clock.
        if (working > 0 && working < limit - start)
          return addWorkingTime(start, working * s.share, office.config.workingHours);
      }
      return start + Math.round((limit - start) * s.share);
  }
}

/** Of a repeating row: the last repeat that has passed and the next one to come. The row's own stage is planned as fixed. */
function around(row: StageRow, limit: Instant, now: Instant): { stage: string; dueAt: Instant }[] {
  if (row.every === undefined || row.until === undefined) return [];
  const first = lengthOf(row.at.slice(2));
  const every = lengthOf(row.every);
  const last = Math.floor((lengthOf(row.until) - first) / every);
  const passed = Math.min(Math.floor((now - limit - first) / every), last);
  return [passed, passed + 1]
    .filter((n) => n >= 1 && n <= last && passed >= 0)
    .map((n) => ({ stage: offsetName(first + n * every), dueAt: limit + first + n * every }));
}

/** The row of a stage: its own, or the one whose repeats it belongs to; none when the office's table no longer has it. */
export const rowOf = (rows: readonly StageRow[], stage: string): StageRow | undefined =>
  rows.findLast((row) => row.at === stage) ?? rows.find((row) => isRepeat(row, stage));

function isRepeat(row: StageRow, stage: string): boolean {
  if (row.every === undefined || !stage.startsWith("T+")) return false;
  const beyond = lengthOf(stage.slice(2)) - lengthOf(row.at.slice(2));
  return beyond > 0 && beyond % lengthOf(row.every) === 0;
}
