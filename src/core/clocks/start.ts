import type { Params } from "#core/config.ts";
import type { ClockRule } from "#core/policy/limit.ts";
import type { ClockFacts, KnownTime, StartFrom } from "#core/policy/types.ts";
import { HOUR, type Instant } from "#core/time.ts";

/** Where a clock starts, and how sure that is. */
export interface Start {
  at: Instant;
  from: StartFrom;
  /** 推定, 旧事重提 */
  note: string[];
  /** The start if the event happened at the end of the range that is known of it. */
  latest?: Instant;
}

type StartField = ClockRule["start"][number];
type Settings = Pick<Params, "oldMatterHours">;

/**
 * The start of a clock: the earliest known of its instants. A missing time of detection is the receipt, labelled 推定. An event
 * that lies more than `oldMatterHours` (72 ⚙) before its detection is an old matter that surfaces again: the clock starts at
 * the detection, labelled 旧事重提. undefined when none of the instants is known.
 */
export function startOf(fields: readonly StartField[], facts: ClockFacts, settings: Settings): Start | undefined {
  const candidates = fields.flatMap((field) => candidate(field, facts) ?? []);
  const detected = candidates.find((c) => c.from === "detectedAt" || c.from === "receivedAt");
  const occurred = candidates.find((c) => c.from === "occurredAt");
  if (detected && occurred && (occurred.latest ?? occurred.at) < detected.at - settings.oldMatterHours * HOUR)
    return { ...detected, note: [...detected.note, "旧事重提"] };
  const first = candidates.reduce<Start | undefined>((a, c) => (a && a.at <= c.at ? a : c), undefined);
  if (first?.latest === undefined) return first;
  const { latest: _, ...sure } = first;
  // Whatever the range turns out to be, the clock starts no later than the others of its instants.
  const latest = Math.min(...candidates.map((c) => c.latest ?? c.at));
  return latest > first.at ? { ...sure, latest } : sure;
}

function candidate(field: StartField, facts: ClockFacts): Start | undefined {
  switch (field) {
    case "occurredAt":
      return facts.occurredAt && known(facts.occurredAt, field, latestDetection(facts));
    case "surfacedAt":
      return facts.surfacedAt && known(facts.surfacedAt, field, latestDetection(facts));
    case "detectedAt":
      return detection(facts);
    case "receivedAt":
    case "assignedAt":
    case "respondedAt":
    case "sourcePublishedAt": {
      const at = facts[field];
      return at === undefined ? undefined : { at, from: field, note: [] };
    }
    case "learnedAt":
    case "investigationApprovedAt":
      return undefined; // known to nobody here: the duties that start from them are the reporting unit's own
  }
}

function detection(facts: ClockFacts): Start | undefined {
  const { detectedAt, receivedAt } = facts;
  const assumed =
    receivedAt === undefined ? undefined : ({ at: receivedAt, from: "receivedAt", note: ["推定"] } as const);
  if (detectedAt === undefined || (detectedAt.inferred && detectedAt.at === receivedAt))
    return assumed && { ...assumed, note: [...assumed.note] };
  return known(detectedAt, "detectedAt", receivedAt);
}

/** Nothing happened or surfaced after it was detected, as far as a range is concerned. */
function latestDetection(facts: ClockFacts): Instant | undefined {
  const detected = detection(facts);
  return detected?.latest ?? detected?.at;
}

/** @param by an instant before which it must have been: bounds a range whose end is not known */
function known(time: KnownTime, from: StartFrom, by: Instant | undefined): Start {
  const start: Start = { at: time.at, from, note: time.range || time.inferred ? ["推定"] : [] };
  if (!time.range) return start;
  const latest = Math.min(time.to ?? Number.POSITIVE_INFINITY, by ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(latest) && latest > time.at ? { ...start, latest } : start;
}
