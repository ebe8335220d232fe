import type { OfficeConfig } from "#core/config.ts";
import { addDays, atTime, dayOf, type Instant, timeOf } from "#core/time.ts";

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
