import { DAY, HOUR, MINUTE, SECOND } from "#core/time.ts";

const UNITS = { d: DAY, h: HOUR, m: MINUTE, s: SECOND } as const;
const WRITTEN = /^\+?(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/u;

/** "+1h30m", "90m", "+2d" in milliseconds; undefined for anything else. */
export function readDuration(text: string): number | undefined {
  const match = WRITTEN.exec(text.trim());
  if (!match) return undefined;
  const [, d = "0", h = "0", m = "0", s = "0"] = match;
  return Number(d) * UNITS.d + Number(h) * UNITS.h + Number(m) * UNITS.m + Number(s) * UNITS.s;
}
