import type { Casualties, Level } from "#core/intake/types.ts";
import type { EventLevel } from "./types.ts";

const GRAVEST_FIRST: readonly Level[] = ["I", "II", "III", "IV"];

const GRAVEST_EVENT_FIRST: readonly EventLevel[] = [...GRAVEST_FIRST, "none", "pending"];

/** Of two levels of an emergency, is the first the graver? 待定 is the least: nothing is decided yet. */
export const isGraver = (a: EventLevel, b: EventLevel): boolean =>
  GRAVEST_EVENT_FIRST.indexOf(a) < GRAVEST_EVENT_FIRST.indexOf(b);

/** I or II: 特别重大, 重大. */
export function isMajor(level: EventLevel | null | undefined): boolean {
  return level === "I" || level === "II";
}

/**
 * The graver of 突发事件等级 and 舆情等级; unset, 无 and 待定 count as IV. Sign-in windows, the night rule, review gates and
 * weights follow it; the 5 h, 24 h and 48 h clocks never do.
 */
export function rank(eventLevel: EventLevel | undefined, opinionLevel: EventLevel | undefined): Level {
  return GRAVEST_FIRST.find((level) => level === eventLevel || level === opinionLevel) ?? "IV";
}

/**
 * 事故等级 that stated casualties suggest (国务院令第493号 第三条: 死亡 30/10/3, 重伤 100/50/10 and more; "以上" includes the
 * number). A missing person is not counted as dead. null when no number is stated: a person decides in any case.
 */
export function suggestedByCasualties(casualties: Casualties | null): Level | null {
  if (casualties?.status !== "stated") return null;
  const dead = casualties.dead ?? 0;
  const severe = casualties.severe ?? 0;
  if (dead >= 30 || severe >= 100) return "I";
  if (dead >= 10 || severe >= 50) return "II";
  if (dead >= 3 || severe >= 10) return "III";
  return "IV";
}
