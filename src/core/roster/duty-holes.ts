import { isWorkingDay } from "#core/clocks/working-days.ts";
import type { OfficeConfig } from "#core/config.ts";
import { atTime, dayOf, type Instant, MINUTE } from "#core/time.ts";
import type { Roster } from "./roster.ts";

export type Span = [from: Instant, to: Instant];

/** The times of a span in which nobody is on duty by the roster and the coordinating office is not at work either. */
export function dutyHoles(
  roster: Roster,
  hours: Pick<OfficeConfig, "workingHours">,
  from: Instant,
  until: Instant,
): Span[] {
  const holes: Span[] = [];
  for (let at = from; at < until; ) {
    // A time that no entry covers is handed out day by day.
    const to = Math.max(Math.min(roster.dutyAt(at).to, until), at + MINUTE);
    if (!roster.scheduledDuty(at))
      for (const part of outsideOffice([at, to], hours)) {
        const last = holes.at(-1);
        if (last?.[1] === part[0]) last[1] = part[1];
        else holes.push(part);
      }
    at = to;
  }
  return holes;
}

/** What of a span within one day is not between the first and the last office hour of a working day. */
function outsideOffice([from, to]: Span, { workingHours }: Pick<OfficeConfig, "workingHours">): Span[] {
  const day = dayOf(from);
  if (!isWorkingDay(day)) return [[from, to]];
  const opens = atTime(day, workingHours[0]?.slice(0, 5) ?? "24:00");
  const closes = atTime(day, workingHours.at(-1)?.slice(6) ?? "24:00");
  const parts: Span[] = [
    [from, Math.min(to, opens)],
    [Math.max(from, closes), to],
  ];
  return parts.filter(([start, end]) => start < end);
}
