import type { OfficeConfig } from "#core/config.ts";
import type { RequestedLimit } from "#core/intake/types.ts";
import type { NumericLimit } from "#core/policy/limit.ts";
import { addDays, atTime, dayOf, HOUR, type Instant } from "#core/time.ts";
import { shiftWorkingDays } from "./working-days.ts";

type Deadline = Pick<OfficeConfig, "deadlineTime">;

/**
 * When a limit ends. Hours are natural: nights, weekends and holidays count. Days and working days do not count the day of the
 * start and end at the office's `deadlineTime` (18:00 ⚙) of the last one, Asia/Shanghai.
 */
export function dueAfter(start: Instant, limit: NumericLimit, config: Deadline): Instant {
  switch (limit.unit) {
    case "naturalHour":
      return start + limit.value * HOUR;
    case "day":
      return atTime(addDays(dayOf(start), limit.value), config.deadlineTime);
    case "workingDay":
      return atTime(shiftWorkingDays(dayOf(start), limit.value), config.deadlineTime);
  }
}

/**
 * When a limit that the superior set in words ends. "5日" without 工作 means natural days.
 * @param startedAt start of the limit: the time the demand names, else the receipt
 */
export function requestedDue(limit: Omit<RequestedLimit, "from">, startedAt: Instant, config: Deadline): Instant {
  return dueAfter(startedAt, { value: limit.value, unit: limit.unit }, config);
}
