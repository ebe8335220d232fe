import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { isUrgent } from "#core/case/rank.ts";
import type { OfficeConfig } from "#core/config.ts";
import { addDays, atTime, dayOf, type Instant, timeOf } from "#core/time.ts";
import { unitsOf } from "./audience.ts";

/**
 * Is this the night for this case, in which only the person on duty and 承办 are reached? Never for rank I/II, which reaches
 * everyone.
 */
export const isQuiet = (c: Case, office: Office, now: Instant): boolean => isNight(office.config, now) && !isUrgent(c);

/** Those who are reached at night too: the person on duty, and 承办 (who signed; before that the liaison officers). */
export function awakeAtNight(c: Case, office: Office, now: Instant): Set<string> {
  const acting = unitsOf(c, office).flatMap((unit) => {
    const signed = c.parts.find((p) => p.unit === unit.name)?.acknowledged;
    return signed ? [signed.by] : unit.liaison;
  });
  return new Set([office.roster.dutyAt(now).officer, ...acting]);
}

/** True inside the office's quiet hours (⚙ quietHours, Asia/Shanghai). */
export function isNight(config: OfficeConfig, at: Instant): boolean {
  const [from = "", to = ""] = config.quietHours.split("-");
  const time = timeOf(at);
  return from > to ? time >= from || time < to : time >= from && time < to;
}

/** The end of the quiet hours that hold at `at`: when people who were not woken are told. */
export function morningAfter(config: OfficeConfig, at: Instant): Instant {
  const to = config.quietHours.split("-")[1] ?? "";
  const today = atTime(dayOf(at), to);
  return today > at ? today : atTime(addDays(dayOf(at), 1), to);
}
