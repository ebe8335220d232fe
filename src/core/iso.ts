import { parseISO } from "date-fns/parseISO";
import type { Instant } from "./time.ts";

/**
 * Reads ISO 8601; a text without an offset is Asia/Shanghai. Returns undefined for anything that is not an instant, a day
 * that does not exist (2月30日) included.
 */
export function fromIso(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return undefined;
  const full = text.length === 10 ? `${text}T00:00` : text;
  const at = parseISO(/(Z|[+-]\d{2}:?\d{2})$/.test(full.slice(10)) ? full : `${full}+08:00`).getTime();
  return Number.isNaN(at) ? undefined : at;
}
