import { type Case, midNo } from "./case.ts";
import type { CaseEvent } from "./events.ts";
import { newEvidence } from "./evidence.ts";
import { joinReports } from "./join-reports.ts";

/** The case with another one in it: the earlier of each start, and the other report and its attachments beside the own. */
export function absorb(c: Case, event: Extract<CaseEvent, { type: "absorbed" }>): Case {
  const { type: _, from, receivedAt, requestedDueAt, ...rest } = event;
  const heading = `并入 ${midNo(from)}(报送人 ${event.reporter})：`;
  const limits = [c.requestedDueAt, requestedDueAt].filter((at) => at !== undefined);
  return {
    ...c,
    report: joinReports(c.report, event.report, heading),
    ...(event.evidence ? { evidence: [...(c.evidence ?? []), ...newEvidence(c, event.evidence)] } : {}),
    receivedAt: Math.min(c.receivedAt, receivedAt),
    ...(limits.length > 0 ? { requestedDueAt: Math.min(...limits) } : {}),
    similar: (c.similar ?? []).filter((s) => s.id !== from),
    absorbed: [...(c.absorbed ?? []), { ...rest, id: from }],
  };
}
