import { readFields } from "#core/intake/fields.ts";
import { normalise } from "#core/intake/normalise.ts";
import { type ReportTimes, readTimes } from "#core/intake/times/roles.ts";
import { blank } from "#core/intake/words.ts";
import type { Instant } from "#core/time.ts";

/** The times of a message, read as a report reads them. */
export function timesOf(text: string, receivedAt: Instant): ReportTimes {
  const n = normalise(text);
  const fields = readFields(n.text);
  const body = blank(
    n.text,
    fields.map((f) => ({ from: f.labelFrom, to: f.to })),
  );
  return readTimes(n, body, fields, receivedAt);
}
