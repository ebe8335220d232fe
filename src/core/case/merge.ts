import type { Tx } from "#core/store.ts";
import { decideMerge } from "./actions/merge.ts";
import type { Actor } from "./authority.ts";
import type { Case } from "./case.ts";
import { type RecordContext, record } from "./record.ts";

/** Both cases as they are after a merge, or why there was none. */
export type Merged = { source: Case; target: Case } | { refused: string };

/** 并案: both cases change in the one transaction of the caller, each on its own chain; either both do or neither. */
export async function mergeCases(
  tx: Tx,
  cases: { source: Case; target: Case },
  reason: string,
  actor: Actor,
  context: RecordContext,
): Promise<Merged> {
  const decision = decideMerge(cases.source, cases.target, reason, { ...context, actor });
  if ("refused" in decision) return decision;
  const source = await record(tx, cases.source, decision.source, context);
  const target = await record(tx, cases.target, decision.target, context);
  return { source, target };
}
