import { fromIso } from "#core/iso.ts";
import { HOUR, type Instant, MINUTE, SECOND } from "#core/time.ts";

/** An instant as people write it: "11-20 09:00" of 2026, in Asia/Shanghai. */
export function at(text: string): Instant {
  const [day, time] = text.split(" ");
  const instant = fromIso(`2026-${day}T${time}:00+08:00`);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
}

/** "3h", "1h30m", "90s" in milliseconds. */
export function span(text: string): number {
  const [all, h = "0", m = "0", s = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  if (!all) throw new Error(`no span: ${text}`);
  return Number(h) * HOUR + Number(m) * MINUTE + Number(s) * SECOND;
}
