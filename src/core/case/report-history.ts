import type { Report } from "#core/intake/types.ts";
import type { CaseEvent } from "./events.ts";

/** What one event changed in the report: the report as it was, and the fields that took new values. */
export interface ReportChange {
  event: CaseEvent;
  before: Report;
  patch: Partial<Report>;
}

/** Folds the events of a case and keeps, for each that changed the report, what stood there before. */
export function reportHistory(events: readonly CaseEvent[]): ReportChange[] {
  const changes: ReportChange[] = [];
  const asked = new Map<number, Partial<Report>>();
  let report: Report | undefined;
  for (const event of events) {
    if (event.type === "reported") report = event.report;
    if (event.type === "proposed" && event.proposal.times) asked.set(event.proposal.id, event.proposal.times);
    const patch =
      event.type === "supplemented" ? event.patch : event.type === "confirmed" ? asked.get(event.proposal) : undefined;
    if (patch === undefined || report === undefined) continue;
    changes.push({ event, before: report, patch });
    report = { ...report, ...patch };
  }
  return changes;
}
