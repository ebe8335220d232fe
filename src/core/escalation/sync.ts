import { missingGates } from "#core/case/actions/respond.ts";
import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { type Chased, chasedIn, planStages } from "./plan.ts";

const keyOf = (r: { subject: string; limit: Instant; stage?: string }): string =>
  `${r.subject}@${r.limit}@${r.stage ?? ""}`;

/**
 * Brings the stored reminders of a case in line with its clocks, in the transaction of the change: what no longer runs is
 * cancelled, what is new is added, what fired stays fired.
 */
export async function syncReminders(tx: Tx, c: Case, office: Office, now: Instant, isNew = false): Promise<void> {
  const stored = isNew ? [] : await tx.reminders(c.id);
  const byKey = new Map(stored.filter((r) => r.who === "").map((r) => [keyOf(r), r]));
  const chased: Chased[] = chasedIn(c, missingGates(c));
  const plans = new Map(chased.map((k) => [keyOf(k), planStages(k, office, now)]));
  const wanted = [...plans.values()].flatMap((p) => p.wanted);
  const cancelled = stored.filter(
    (r) => r.state === "waiting" && !plans.get(keyOf({ ...r, stage: "" }))?.valid(r.stage),
  );
  await tx.cancelReminders(cancelled.map((r) => r.id));
  const revived = wanted
    .map((w) => byKey.get(keyOf(w)))
    .filter((r) => r?.state === "cancelled")
    .map((r) => r?.id ?? 0);
  await tx.reviveReminders(revived);
  await tx.addReminders(
    c.id,
    wanted.filter((w) => !byKey.has(keyOf(w))),
  );
}
