import type { Arrivals } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";

/** True the first time that this id is asked for, ever; also after a restart. */
export async function once(arrivals: Arrivals, id: string, at: Instant): Promise<boolean> {
  const isFirst = await arrivals.take({ id, at, messageId: "", body: "" });
  if (isFirst) await arrivals.finish(id);
  return isFirst;
}
