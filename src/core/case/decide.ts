import { adoptRules } from "./actions/adopt-rules.ts";
import { acknowledge, assign, returnCase } from "./actions/assign.ts";
import { close, confirm, falseAlarm, fileOnly } from "./actions/close.ts";
import { distinguish } from "./actions/merge.ts";
import { reportUp, see, supplement, urge } from "./actions/notes.ts";
import { respond } from "./actions/respond.ts";
import { propose, triage } from "./actions/triage.ts";
import type { ActionContext, ActionName, Actions, Decider, Decision } from "./actions/types.ts";
import type { Case } from "./case.ts";
import { apply, type CaseEvent } from "./events.ts";
import { newEvidence } from "./evidence.ts";
import type { Office } from "./office.ts";
import { respondersFor } from "./responders.ts";
import { settleClocks } from "./settle.ts";

const DECIDERS: { [A in Exclude<ActionName, "report">]: Decider<A> } = {
  supplement,
  triage,
  assign,
  acknowledge,
  return: returnCase,
  respond,
  reportUp,
  close,
  falseAlarm,
  fileOnly,
  confirm,
  adoptRules,
  distinguish,
  see,
  urge,
};

/** Turns (case, action, now) into events, or into a refusal. Pure: the only place where a case's change is decided. */
export function decide<A extends Exclude<ActionName, "report">>(
  c: Case,
  action: A,
  input: Actions[A],
  context: ActionContext,
): Decision {
  const decision = DECIDERS[action](c, input, context);
  if ("refused" in decision) return decision;
  const evidence = newEvidence(c, context.evidence ?? []);
  const attached: CaseEvent = { type: "attached", by: context.actor.name, at: context.now, evidence };
  return evidence.length > 0 ? { events: [...decision.events, attached] } : decision;
}

/** 上报: opens a numbered case. Never refused: a report is numbered at once, what is missing is asked for (ruling 18). */
export function decideReport(
  input: Actions["report"],
  requestedDueAt: number | undefined,
  context: ActionContext,
): CaseEvent[] {
  const { actor, now } = context;
  const { fileOnly: reason, ...facts } = input;
  const events: CaseEvent[] = [
    {
      type: "reported",
      by: actor.name,
      at: now,
      receivedAt: now,
      ...facts,
      ...(requestedDueAt === undefined ? {} : { requestedDueAt }),
    },
  ];
  if (reason !== undefined) events.push(propose(context, { id: 2, kind: "fileOnly", reason }));
  return events;
}

/** Folds events into the case and derives what follows from the whole: who is responsible, and the clocks. */
export function evolve(before: Case | null, events: readonly CaseEvent[], office: Office): Case {
  let c = before;
  for (const event of events) c = apply(c, event);
  if (c === null) throw new Error("a case needs at least one event");
  c.responsibility = respondersFor(c, office);
  c.clocks = settleClocks(c, office);
  return c;
}
