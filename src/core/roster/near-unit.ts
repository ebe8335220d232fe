import type { Roster } from "./roster.ts";

/** Shorter names differ from one another by one character anyway. */
const SHORTEST = 3;

/**
 * The unit that somebody probably meant who wrote a name that is in no roster: 水利局 → 县水务局. One character is written
 * differently, left out, or added.
 * @returns the short name of the unit
 */
export function nearUnit(written: string, roster: Roster): string | undefined {
  if (written.length < SHORTEST) return undefined;
  const unit = roster.units.find((u) => [u.name, ...u.aliases].some((name) => isOneApart(written, name)));
  return unit && (unit.aliases[0] ?? unit.name);
}

function isOneApart(a: string, b: string): boolean {
  if (a === b || b.length < SHORTEST || Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return Math.max(a.length, b.length) - head - tail <= 1;
}
