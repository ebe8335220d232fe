import { missingGates } from "#core/case/actions/respond.ts";
import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { NewReminder, StoredReminder, Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { chasedIn, planStages } from "./plan.ts";

const keyOf = (r: { subject: string; limit: Instant; stage?: string }): string =>
  `${r.subject}@${r.limit}@${r.stage ?? ""}`;

/**
 * Brings the stored reminders of cases in line with their clocks, in the transaction of the change: what no longer runs is
 * cancelled, what is new is added, what fired stays fired.
 */
export async function syncReminders(
  tx: Tx,
  cases: readonly Case[],
  office: Office,
  now: Instant,
  areNew = false,
): Promise<void> {
  const rows = areNew ? [] : await tx.reminders(cases.map((c) => c.id));
  const stored = Map.groupBy(rows, (r) => r.caseId);
  const changes = cases.map((c) => changesOf(c, stored.get(c.id) ?? [], office, now));
  await tx.cancelReminders(changes.flatMap((x) => x.cancelled));
  await tx.reviveReminders(changes.flatMap((x) => x.revived));
  await tx.addReminders(changes.flatMap((x) => x.added));
}

/** What has to change in the reminders of one case. */
function changesOf(
  c: Case,
  stored: readonly StoredReminder[],
  office: Office,
  now: Instant,
): { cancelled: number[]; revived: number[]; added: NewReminder[] } {
  const byKey = new Map(stored.filter((r) => r.who === "").map((r) => [keyOf(r), r]));
  const plans = new Map(chasedIn(c, missingGates(c)).map((k) => [keyOf(k), planStages(k, office, now)]));
  const wanted = [...plans.values()].flatMap((p) => p.wanted);
  const invalid = stored.filter((r) => r.state === "waiting" && !plans.get(keyOf({ ...r, stage: "" }))?.valid(r.stage));
  const again = wanted.map((w) => byKey.get(keyOf(w))).filter((r) => r?.state === "cancelled");
  return {
    cancelled: invalid.map((r) => r.id),
    revived: again.flatMap((r) => (r ? [r.id] : [])),
    added: wanted.filter((w) => !byKey.has(keyOf(w))).map((w) => ({ ...w, caseId: c.id })),
  };
}
