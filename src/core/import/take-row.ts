import type { Actions } from "#core/case/actions/types.ts";
import type { Actor } from "#core/case/authority.ts";
import type { Case } from "#core/case/case.ts";
import { decide, decideReport, evolve } from "#core/case/decide.ts";
import type { CaseEvent } from "#core/case/events.ts";
import type { Office } from "#core/case/office.ts";
import { takeReport } from "#core/case/take-report.ts";
import type { Category } from "#core/intake/types.ts";
import type { Address } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import type { ImportRow } from "./read-row.ts";

export interface TakeContext {
  office: Office;
  now: Instant;
  /** 组织协调 who imports and answers for what the file says. */
  actor: Actor;
  /** Name of the file, kept with every case. */
  file: string;
  /** The group in which the cases live. */
  origin: Address;
}

/** The case that a row becomes and the events that make it, or why the work flow does not allow it. */
export type Taken = { case: Case; events: CaseEvent[] } | { refused: string };

/**
 * Runs a row through the same decisions that people's actions run through: report, 研判, 转办, 回应. Only the closing is
 * recorded as it stands in the file, marked 导入: who closed it there, and on what ground, is not for us to judge again.
 * @param id number of the case
 */
export function takeRow(row: ImportRow, id: string, context: TakeContext): Taken {
  const { office, now, actor, file, origin } = context;
  const { input, requestedDueAt } = takeReport(
    { text: row.text, at: row.receivedAt, from: row.reporter ?? actor.name, attachments: 0 },
    office,
  );
  const imported = { file, row: row.no, ...(row.source ? { no: row.source } : {}) };
  const events = decideReport(
    { ...input, id, origin, receivedAt: row.receivedAt, imported, ...(row.reporter ? { reporter: row.reporter } : {}) },
    row.dueAt ?? requestedDueAt,
    { now, actor, office },
  );
  let c = evolve(null, events, office);
  for (const step of stepsOf(row, c, context)) {
    const decision = step(c);
    if ("refused" in decision) return decision;
    events.push(...decision.events);
    c = evolve(c, decision.events, office);
  }
  if (row.closed !== undefined)
    events.push({ type: "closed", by: actor.name, at: now, tag: "导入", result: row.closed });
  // As it will be stored: folded from the first event, without limits that ran only between two steps of the import.
  return { case: evolve(null, events, office), events };
}

type Step = (c: Case) => ReturnType<typeof decide>;

function stepsOf(row: ImportRow, reported: Case, { office, now, actor, file }: TakeContext): Step[] {
  const act =
    <A extends "triage" | "assign" | "respond">(action: A, input: Actions[A]): Step =>
    (c) =>
      decide(c, action, input, { now, actor, office });
  const steps: Step[] = [];
  // What the file leaves open is left to 研判: only what it states is recorded as decided.
  const isDecided =
    row.units.length > 0 ||
    row.response !== undefined ||
    row.closed !== undefined ||
    row.eventLevel !== undefined ||
    row.opinionLevel !== undefined ||
    row.matter !== "opinion";
  if (!isDecided) return steps;
  const hints = row.categories ?? reported.report.category ?? reported.report.categoryHint;
  const categories: Category[] = hints.length > 0 ? hints : ["none"];
  const codes = reported.report.places.flatMap((p) => p.code ?? []);
  const isOpinion = row.matter === "opinion" || row.matter === "superior";
  const opinionLevel = row.opinionLevel ?? (isOpinion ? "IV" : undefined);
  steps.push(
    act("triage", {
      matter: row.matter,
      categories,
      eventLevel: row.eventLevel ?? "none",
      ...(opinionLevel ? { opinionLevel } : {}),
      policyOwner: "none",
      sensitive: false,
      places: codes.length > 0 ? [...new Set(codes)] : [office.roster.home],
      units: row.units.length > 0 ? row.units : reported.report.units,
      leadUnit: null,
      respond: true,
      reason: `按 ${file} 第 ${row.no} 行登记`,
    }),
  );
  if (row.units.length > 0) steps.push(act("assign", { units: row.units }));
  if (row.response) {
    const { at, ...response } = row.response;
    steps.push(act("respond", { ...response, units: row.units, publishedAt: at, gates: {} }));
  }
  return steps;
}
