import { planClocks } from "#core/clocks/plan.ts";
import { overOnlyByRange } from "#core/clocks/range.ts";
import { isSocialSecurity } from "#core/intake/flags.ts";
import type { TimeValue } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import type { ClockFacts, ClockKey, KnownTime, PlannedClock } from "#core/policy/types.ts";
import type { Instant } from "#core/time.ts";
import type { Case, CaseClock, Response, ResponseForm } from "./case.ts";
import type { Office } from "./office.ts";
import { rulesOfCase } from "./responders.ts";
import { isOpen } from "./states.ts";

/**
 * The clocks of a case as they stand: planned from its facts, then stopped by evidence alone (rulings 2 and 12). A response
 * counts by its time of publication; evidence entered after the limit counts from its entry until a second person confirms.
 */
export function settleClocks(c: Case, office: Office): CaseClock[] {
  const planned = planClocks(clockFacts(c), rulesOfCase(c, office), office.config);
  const live = planned.map((clock) => overAtMerge(c, overAtAdoption(c, settle(c, clock))));
  // A clock that once ran and is planned no longer (研判 gave III/IV, no response due) is kept as ended. Only 研判 ends a
  // provisional one: a correction of the casualties alone does not (ruling 2).
  const undecided = c.triage === undefined || c.triage.eventLevel === "pending";
  const gone = c.clocks
    .filter((old) => !planned.some((p) => p.key === old.key))
    .map((old): CaseClock => {
      if (old.stoppedAt !== undefined) return old;
      return old.kind === "provisional" && undecided
        ? settle(c, asPlannedNow(old, c, office))
        : end(old, lastChange(c));
    });
  return [...live, ...gone];
}

/** A provisional limit that outlives its ground follows the times as they are now: a corrected time moves it like any other. */
function asPlannedNow(old: CaseClock, c: Case, office: Office): CaseClock {
  const planned = planClocks({ ...clockFacts(c), suggestedLevel: "II" }, rulesOfCase(c, office), office.config);
  return planned.find((p) => p.key === old.key && p.kind === "provisional") ?? old;
}

/** A limit that other rules brought or tightened, and that was over when they were adopted, counts as late from then on. */
function overAtAdoption(c: Case, clock: CaseClock): CaseClock {
  const { key, dueAt, kind } = clock;
  if (dueAt === null || (kind !== "hard" && kind !== "extendable")) return clock;
  const adoption = c.adoptions?.find(
    (a) => dueAt <= a.at && a.moved.some((m) => m.key === key && (m.before === null || m.before > dueAt)),
  );
  if (!adoption) return clock;
  return { ...clock, note: [...clock.note, "换规则时已过"], overSince: Math.max(adoption.at, clock.overSince ?? 0) };
}

/** A limit that was over as soon as an earlier report joined the case counts as late from the merge on. */
function overAtMerge(c: Case, clock: CaseClock): CaseClock {
  const { key, dueAt } = clock;
  const merge = c.absorbed?.find((a) => dueAt !== null && dueAt <= a.at && a.overdue.includes(key));
  if (!merge) return clock;
  return { ...clock, note: [...clock.note, "并案时已过"], overSince: Math.max(merge.at, clock.overSince ?? 0) };
}

/** Everything the limits of a case depend on. */
export function clockFacts(c: Case): ClockFacts {
  const { report, triage } = c;
  const firstAnswer = earliest(c.responses.filter((r) => r.form !== "持续发布").map(countedAt));
  const lastRelease = latest(c.responses.map(countedAt));
  const occurredAt = known(report.occurredAt);
  const surfacedAt = known(report.surfacedAt);
  const detectedAt = known(report.detectedAt);
  return {
    matter: triage?.matter ?? (report.flags.includes("superior-required") ? "superior" : "opinion"),
    eventLevel: triage?.eventLevel,
    opinionLevel: triage?.opinionLevel,
    triaged: triage !== undefined,
    suggestedLevel: report.eventLevelHint,
    emergency: report.flags.includes("emergency"),
    ...(report.platforms.length > 0 ? { channels: report.platforms } : {}),
    casualties: report.casualties,
    socialSecurity: isSocialSecurity(report),
    superiorRequired: report.flags.includes("superior-required") || c.requestedDueAt !== undefined,
    sensitive: triage?.sensitive ?? false,
    ...(occurredAt ? { occurredAt } : {}),
    ...(surfacedAt ? { surfacedAt } : {}),
    ...(detectedAt ? { detectedAt } : {}),
    receivedAt: c.receivedAt,
    // Until 转载 has a command of its own, the source was published when it first appeared, else when it was reported.
    ...(triage?.matter === "repost" ? { sourcePublishedAt: surfacedAt?.at ?? c.receivedAt } : {}),
    ...(c.requestedDueAt === undefined ? {} : { requestedDueAt: c.requestedDueAt }),
    ...(c.levelChanges ? { levelChanges: c.levelChanges } : {}),
    ...(c.assignment ? { assignedAt: c.assignment.at } : {}),
    ...(firstAnswer === undefined ? {} : { respondedAt: firstAnswer }),
    ...(lastRelease === undefined ? {} : { lastReleaseAt: lastRelease }),
  };
}

function known(value: TimeValue | null): KnownTime | undefined {
  const at = value ? fromIso(value.value) : undefined;
  if (value === null || at === undefined) return undefined;
  const to = value.to ? fromIso(value.to) : undefined;
  return {
    at,
    range: value.precision === "day" || value.precision === "range",
    inferred: value.inferred === true,
    ...(to === undefined ? {} : { to }),
  };
}

function settle(c: Case, clock: PlannedClock): CaseClock {
  if (clock.dueAt === null) return clock;
  if (c.noResponse && clock.key !== "requested" && clock.key !== "report.up" && clock.key !== "triage")
    return end(clock, c.noResponse.at);
  const met = metAt(c, clock);
  if (met !== undefined)
    return { ...clock, stoppedAt: met, outcome: met <= clock.dueAt || overOnlyByRange(clock, met) ? "met" : "late" };
  if (!isOpen(c.state)) return end(clock, lastChange(c));
  return clock;
}

/** Does a response of this form prove what the limit asks for? (ruling 12) */
export function proves(key: ClockKey, form: ResponseForm): boolean {
  switch (key) {
    case "release.authoritative":
      return form === "权威信息" || form === "新闻发布会";
    case "press.conference":
      return form === "新闻发布会";
    case "response.first":
      return form !== "持续发布";
    case "reply.suggestion":
    case "reply.complaint":
      return form === "答复";
    case "repost.soft":
    case "repost.hard":
      return true;
    default:
      return false;
  }
}

/** When the evidence that stops this clock took effect; undefined while there is none. */
function metAt(c: Case, clock: PlannedClock): Instant | undefined {
  switch (clock.key) {
    case "triage":
      return c.triage?.at;
    case "sign":
      return allParts(c, (unit) => takenAt(c, unit));
    case "report.up":
      return earliest(c.reportedUp.map((m) => m.at));
    case "requested":
      return earliest(c.reportedUp.filter((m) => m.target === "上级").map((m) => m.at));
    default:
      return answered(c, (r) => proves(clock.key, r.form));
  }
}

/** When a unit took the case: by signing, or by answering without having signed. */
function takenAt(c: Case, unit: string): Instant | undefined {
  const signed = c.parts.find((p) => p.unit === unit)?.acknowledged?.at;
  return signed ?? earliest(c.responses.filter((r) => r.units.includes(unit)).map((r) => r.recorded.at));
}

/**
 * With a lead unit its response stops the clock and the others' parts stay as tasks; without one, the clock stops when every
 * unit has answered or is named in a joint answer (ruling 13). Before assignment any response counts.
 */
function answered(c: Case, counts: (r: Response) => boolean): Instant | undefined {
  const proofs = c.responses.filter(counts);
  const lead = c.assignment?.lead;
  if (lead) return earliest(proofs.filter((r) => r.units.includes(lead)).map(countedAt));
  if (c.parts.length === 0) return earliest(proofs.map(countedAt));
  return allParts(c, (unit) => earliest(proofs.filter((r) => r.units.includes(unit)).map(countedAt)));
}

/** The last of the units' instants, once each has one. */
function allParts(c: Case, at: (unit: string) => Instant | undefined): Instant | undefined {
  const times = c.parts.map((p) => at(p.unit));
  return times.length > 0 && times.every((t) => t !== undefined) ? latest(times) : undefined;
}

export const countedAt = (r: Response): Instant => (r.unconfirmed ? r.recorded.at : r.publishedAt);

const earliest = (times: (Instant | undefined)[]): Instant | undefined => {
  const known = times.filter((t) => t !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};
const latest = (times: (Instant | undefined)[]): Instant | undefined => {
  const known = times.filter((t) => t !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
};

const end = (clock: PlannedClock, at: Instant): CaseClock => ({ ...clock, stoppedAt: at, outcome: "ended" });

/** The last recorded change: when a clock ends because the case needs it no longer. */
function lastChange(c: Case): Instant {
  return c.closing?.at ?? c.mergedInto?.at ?? c.triage?.at ?? c.receivedAt;
}
