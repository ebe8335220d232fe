import type { Report } from "#core/intake/types.ts";
import type { SuggestedUnit } from "#core/learning/suggested-units.ts";
import type { Address } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import { absorb } from "./absorb.ts";
import type {
  Absorbed,
  Adoption,
  Assignment,
  Case,
  Gate,
  Imported,
  Mark,
  Part,
  Proposal,
  Response,
  Similar,
  Triage,
} from "./case.ts";
import type { Evidence } from "./evidence.ts";

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
        /** Who reported it, when somebody else enters it. */
        reporter?: string;
        imported?: Imported;
        origin: Address;
        withheld?: true;
        requestedDueAt?: Instant;
        similar?: Similar[];
        suggested?: SuggestedUnit[];
        evidence?: Evidence[];
      }
    | { type: "supplemented"; text: string; patch: Partial<Report>; similar?: Similar[]; suggested?: SuggestedUnit[] }
    | { type: "attached"; evidence: Evidence[] }
    | { type: "triaged"; triage: Triage; rules: string; requestedDueAt?: Instant }
    | ({ type: "rulesAdopted" } & Omit<Adoption, keyof Mark>)
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
    /** This case went into another one. */
    | { type: "merged"; into: string; title: string; reason: string }
    /** Another case went into this one. */
    | ({ type: "absorbed"; from: string; receivedAt: Instant; requestedDueAt?: Instant } & Omit<
        Absorbed,
        keyof Mark | "id"
      >)
    | { type: "distinguished"; other: string }
  );

export type EventType = CaseEvent["type"];

/** The name of each event in the field's words, for histories and refusals. */
export const EVENT_NAMES: Record<EventType, string> = {
  reported: "上报",
  supplemented: "补充",
  attached: "附件登记",
  triaged: "研判",
  rulesAdopted: "应用新规则",
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
  merged: "并案",
  absorbed: "并入他件",
  distinguished: "标记不是同一件",
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
      if (event.similar) c.similar = event.similar;
      if (event.suggested) c.suggested = event.suggested;
      break;
    case "attached":
      c.evidence = [...(c.evidence ?? []), ...event.evidence];
      break;
    case "triaged":
      if (c.triage && c.triage.eventLevel !== event.triage.eventLevel)
        c.levelChanges = [...(c.levelChanges ?? []), { at: event.at, from: c.triage.eventLevel }];
      c.triage = event.triage;
      c.rules = event.rules;
      if (event.requestedDueAt !== undefined) c.requestedDueAt = event.requestedDueAt;
      if (c.parts.length === 0) c.state = "triaged";
      // A new decision stands in place of the one that was asked about.
      c.proposals = c.proposals.filter((p) => p.kind !== "actingTriage" && p.kind !== "noResponse");
      if (event.triage.respond) delete c.noResponse;
      break;
    case "rulesAdopted": {
      const { type: _, ...adoption } = event;
      c.adoptions = [...(c.adoptions ?? []), adoption];
      // Before 研判 a case has no set of its own: it goes by the present one.
      if (c.rules !== undefined) c.rules = event.to;
      break;
    }
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
    case "merged":
      c.mergedInto = { ...mark, id: event.into, title: event.title, reason: event.reason };
      c.state = "merged";
      c.proposals = [];
      break;
    case "absorbed":
      return absorb(c, event);
    case "distinguished":
      c.distinct = [...(c.distinct ?? []), event.other];
      c.similar = (c.similar ?? []).filter((s) => s.id !== event.other);
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
    reporter: event.reporter ?? event.by,
    origin: event.origin,
    ...(event.imported ? { imported: event.imported } : {}),
    ...(event.withheld ? { withheld: true as const } : {}),
    ...(event.requestedDueAt === undefined ? {} : { requestedDueAt: event.requestedDueAt }),
    ...(event.similar ? { similar: event.similar } : {}),
    ...(event.suggested ? { suggested: event.suggested } : {}),
    ...(event.evidence ? { evidence: event.evidence } : {}),
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
