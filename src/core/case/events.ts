import type { Report } from "#core/intake/types.ts";
import type { EventLevel } from "#core/policy/types.ts";
import type { Address } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import type { Assignment, Case, Gate, Mark, Part, Proposal, Response, Triage } from "./case.ts";

/** What happened to a case. Events are only ever added; the case is their fold. */
export type CaseEvent = Mark &
  (
    | {
        type: "reported";
        /** Case number. */
        id: string;
        report: Report;
        title: string;
        receivedAt: Instant;
        origin: Address;
        withheld?: true;
        requestedDueAt?: Instant;
      }
    | { type: "supplemented"; text: string; patch: Partial<Report> }
    | { type: "triaged"; triage: Triage; rules: string; requestedDueAt?: Instant; raisedFrom?: EventLevel }
    | { type: "assigned"; assignment: Assignment; units: string[] }
    | { type: "acknowledged"; unit: string }
    | { type: "returned"; unit: string; reason: string; suggestion: string }
    | { type: "responded"; response: Response }
    | { type: "gated"; gate: Gate; note?: string }
    | { type: "reportedUp"; target: "本级党委政府" | "上级"; suggestion?: string }
    | { type: "proposed"; proposal: Proposal }
    | { type: "confirmed"; proposal: number }
    | { type: "declined"; proposal: number; proposer: string; reason?: string }
    | { type: "seen" }
    | { type: "urged"; target: string; content?: string }
    | { type: "closed"; tag: string; result: string }
    | { type: "falseAlarmed"; reason: string }
    | { type: "filedOnly"; reason: string }
  );

export type EventType = CaseEvent["type"];

/** The name of each event in the field's words, for histories and refusals. */
export const EVENT_NAMES: Record<EventType, string> = {
  reported: "上报",
  supplemented: "补充",
  triaged: "研判",
  assigned: "转办",
  acknowledged: "签收",
  returned: "退回",
  responded: "回应登记",
  gated: "审核登记",
  reportedUp: "报送",
  proposed: "提请确认",
  confirmed: "确认",
  declined: "不同意",
  seen: "已知悉",
  urged: "催办",
  closed: "办结",
  falseAlarmed: "误报",
  filedOnly: "仅备案",
};

/** Folds one event into the case. Clocks and responsibility are derived afterwards, from the whole. */
export function apply(before: Case | null, event: CaseEvent): Case {
  if (event.type === "reported") return opened(before, event);
  if (before === null) throw new Error(`the first event of a case must be "reported", not "${event.type}"`);
  const c: Case = { ...before, version: before.version + 1 };
  const mark: Mark = { by: event.by, at: event.at };
  switch (event.type) {
    case "supplemented":
      c.report = { ...c.report, ...event.patch };
      c.title = c.report.title ?? c.title;
      break;
    case "triaged":
      c.triage = event.triage;
      c.rules = event.rules;
      if (event.requestedDueAt !== undefined) c.requestedDueAt = event.requestedDueAt;
      if (event.raisedFrom !== undefined) c.raised = { at: event.at, from: event.raisedFrom };
      if (c.parts.length === 0) c.state = "triaged";
      // A new decision stands in place of the one that was asked about.
      c.proposals = c.proposals.filter((p) => p.kind !== "actingTriage" && p.kind !== "noResponse");
      if (event.triage.respond) delete c.noResponse;
      break;
    case "assigned":
      c.assignment = event.assignment;
      // A unit that had given the case back starts anew when it is kept.
      c.parts = event.units.map((unit) => c.parts.find((p) => p.unit === unit && !p.returned) ?? { unit });
      c.proposals = c.proposals.filter((p) => p.kind !== "return" && p.kind !== "actingAssign");
      if (c.state !== "responded") c.state = c.parts.every((p) => p.acknowledged) ? "handling" : "assigned";
      break;
    case "acknowledged":
      c.parts = mapPart(c.parts, event.unit, taken(mark));
      if (c.state === "assigned" || c.state === "returned")
        c.state = c.parts.every((p) => p.acknowledged) ? "handling" : "assigned";
      break;
    case "returned":
      c.parts = mapPart(c.parts, event.unit, (p) => ({ ...p, returned: { ...mark, reason: event.reason } }));
      c.proposals = c.proposals.filter((p) => !(p.kind === "return" && p.unit === event.unit));
      if (c.parts.every((p) => p.returned)) c.state = "returned";
      break;
    case "responded":
      c.responses = [...c.responses, event.response];
      c.state = "responded";
      break;
    case "gated":
      c.gates = { ...c.gates, [event.gate]: { ...mark, ...(event.note ? { note: event.note } : {}) } };
      break;
    case "reportedUp":
      c.reportedUp = [
        ...c.reportedUp,
        { ...mark, target: event.target, ...(event.suggestion ? { suggestion: event.suggestion } : {}) },
      ];
      break;
    case "proposed":
      c.proposals = [...c.proposals, event.proposal];
      break;
    case "confirmed":
      return confirmed(c, event.proposal, mark);
    case "declined":
      c.proposals = c.proposals.filter((p) => p.id !== event.proposal);
      break;
    case "seen":
      c.seenBy = [...c.seenBy.filter((m) => m.by !== mark.by), mark];
      break;
    case "urged":
      c.urged = [...c.urged, { ...mark, target: event.target, ...(event.content ? { content: event.content } : {}) }];
      break;
    case "closed":
      c.closing = { ...mark, tag: event.tag, result: event.result };
      c.state = "closed";
      c.proposals = [];
      break;
    case "falseAlarmed":
      c.closing = { ...mark, tag: "误报", result: event.reason };
      c.state = "falseAlarm";
      c.proposals = [];
      break;
    case "filedOnly":
      c.closing = { ...mark, tag: "仅备案", result: event.reason };
      c.state = "closed";
      c.proposals = [];
      break;
  }
  return c;
}

function opened(before: Case | null, event: Extract<CaseEvent, { type: "reported" }>): Case {
  if (before !== null) throw new Error(`case ${before.id} is open already`);
  return {
    id: event.id,
    version: 1,
    state: "reported",
    report: event.report,
    title: event.title,
    receivedAt: event.receivedAt,
    reporter: event.by,
    origin: event.origin,
    ...(event.withheld ? { withheld: true as const } : {}),
    ...(event.requestedDueAt === undefined ? {} : { requestedDueAt: event.requestedDueAt }),
    responsibility: {
      firstResponsible: [],
      coordinator: [],
      localResponders: [],
      leadUnit: null,
      leader: null,
      notify: [],
      basis: [],
      human: [],
    },
    parts: [],
    responses: [],
    gates: {},
    reportedUp: [],
    proposals: [],
    seenBy: [],
    urged: [],
    clocks: [],
  };
}

/** A unit that signs for what it had given back has taken it after all. */
const taken =
  (mark: Mark) =>
  (part: Part): Part => {
    const next: Part = { ...part, acknowledged: mark };
    delete next.returned;
    return next;
  };

const mapPart = (parts: Part[], unit: string, change: (p: Part) => Part): Part[] =>
  parts.map((p) => (p.unit === unit ? change(p) : p));

/** The effect of a confirmation on the proposal's own subject; state changes come as events of their own. */
function confirmed(c: Case, id: number, mark: Mark): Case {
  const proposal = c.proposals.find((p) => p.id === id);
  const next: Case = { ...c, proposals: c.proposals.filter((p) => p.id !== id) };
  if (proposal?.kind === "actingTriage") next.triageConfirmed = mark;
  if (proposal?.kind === "noResponse") next.noResponse = mark;
  if (proposal?.kind === "retime") next.report = { ...c.report, ...proposal.times };
  if (proposal?.kind === "lateEvidence")
    next.responses = c.responses.map((r) => {
      if (r.id !== proposal.response) return r;
      const { unconfirmed: _, ...rest } = r;
      return rest;
    });
  return next;
}
