import type { TimeMention } from "./mention.ts";

/**
 * The hours, counted from midnight of the named day, that a clock time can mean. Evening hours after midnight belong to
 * the next day (昨晚12点, 昨夜1点); without a part of the day, 3点 is 03:00 or 15:00.
 */
export function hoursMeant({ clock, part }: Pick<TimeMention, "clock" | "part">): number[] {
  const written = clock?.hour ?? 0;
  const isLate = part?.kind === "evening" || part?.kind === "night";
  // 昨晚零点 is the midnight at its end.
  const hour = written === 0 && isLate ? 12 : written;
  if (hour > 12 || hour === 0) return [hour];
  switch (part?.kind) {
    case undefined:
      return clock?.official ? [hour] : hour === 12 ? [12] : [hour, hour + 12];
    case "dawn":
      return [hour % 12];
    case "morning":
      return [hour];
    case "noon":
      return [hour < 10 ? hour + 12 : hour];
    case "afternoon":
      return [hour === 12 ? 12 : hour + 12];
    case "evening":
      if (hour === 12) return [24];
      return hour < 5 ? [hour, hour + 24] : [hour + 12];
    case "night":
      // 今天半夜12点 said in the morning is the midnight that has passed.
      if (hour === 12) return [0, 24];
      return hour < 5 ? [hour, hour + 24] : [hour + 12];
  }
}
