import type { Category, Level, Report } from "#core/intake/types.ts";
import type { SuggestedUnit } from "#core/learning/suggested-units.ts";
import type { ClockKey, EventLevel, LevelChange, Matter, PlannedClock, Responsibility } from "#core/policy/types.ts";
import type { Address } from "#core/ports.ts";
import { dayOf, type Instant } from "#core/time.ts";
import type { Evidence } from "./evidence.ts";
import type { StateId } from "./states.ts";

/** Forms of a response that rulings know; 持续发布 is a later release. */
export const RESPONSE_FORMS = [
  "权威信息",
  "新闻发布会",
  "吹风会",
  "媒体采访",
  "专家解读",
  "首次回应",
  "持续发布",
  "答复",
] as const;
export type ResponseForm = (typeof RESPONSE_FORMS)[number];

/** Steps of the review before publication; what was not recorded is listed as 待补 and chased. */
export const GATES = ["业务审核", "关联单位", "保密审查", "个人信息", "签发"] as const;
export type Gate = (typeof GATES)[number];

export const CLOSING_TAGS = ["反应迟缓", "被动应对", "回应不到位", "效果不理想", "良好"] as const;

/** Who did something, and when it was recorded. */
export interface Mark {
  by: string;
  at: Instant;
}

export interface Triage extends Mark {
  matter: Matter;
  categories: Category[];
  eventLevel: EventLevel;
  /** Unset for a suggestion or complaint that has not become 舆情. */
  opinionLevel?: Level;
  policyOwner: "state-council" | "province" | "city" | "county" | "none";
  sensitive: boolean;
  publicReaction?: string;
  media?: string;
  /** GB/T 2260 codes. */
  places: string[];
  /** Names as in the roster where it knows them. */
  units: string[];
  leadUnit: string | null;
  respond: boolean;
  reason?: string;
  /** The leader whose decision the units and the lead are, whatever the table says; the reason is theirs. */
  decidedBy?: string;
  /** Done by the duty officer in place of 组织协调, who confirms afterwards. */
  acting: boolean;
}

/** The part of one unit in a case. */
export interface Part {
  unit: string;
  acknowledged?: Mark;
  /** Given back, with the deputy's consent; the part stays until the case is assigned anew. */
  returned?: Mark & { reason: string };
}

export interface Assignment extends Mark {
  /** 转办单编号 */
  no: string;
  lead: string | null;
  demand?: string;
  acting: boolean;
}

export interface Response {
  id: number;
  form: ResponseForm;
  units: string[];
  channel?: string;
  link?: string;
  docNo?: string;
  /** Reply's record number, minutes, photo: whatever proves it besides link and document number. */
  proof?: string;
  publisher?: string;
  /** When it was published; counts for the limits. */
  publishedAt: Instant;
  /** When it was entered here, and by whom. */
  recorded: Mark;
  /** Entered after a limit for a time before it, and not yet confirmed by a second person: counts from `recorded.at`. */
  unconfirmed?: true;
}

export type ProposalKind =
  | "falseAlarm"
  | "fileOnly"
  | "noResponse"
  | "lateEvidence"
  | "return"
  | "retime"
  | "actingTriage"
  | "actingAssign";

/** Times of a report that limits depend on: after 研判 they change with a second person only. */
export type ReportTimes = Partial<Pick<Report, "occurredAt" | "surfacedAt" | "detectedAt">>;

/** Something that takes effect only when a second person confirms it (what was done in another's place stays asked). */
export interface Proposal extends Mark {
  id: number;
  kind: ProposalKind;
  reason: string;
  /** Unit whose deputy has to agree, for a return. */
  unit?: string;
  suggestion?: string;
  /** Response concerned, for late evidence. */
  response?: number;
  /** The times as they would be, for a correction of times. */
  times?: ReportTimes;
}

/** One limit that other rules moved: the due time that bound before and the one that binds after; null: none. */
export interface MovedClock {
  key: ClockKey;
  before: Instant | null;
  after: Instant | null;
}

/** Other rules were taken over for a case: by a person for one whose rules were frozen, by the bot before 研判. */
export interface Adoption extends Mark {
  reason: string;
  /** Digests of the sets; `from` is unknown when an older program wrote the case. */
  from?: string;
  to: string;
  moved: MovedClock[];
}

export interface CaseClock extends PlannedClock {
  /** Set when the clock no longer runs. */
  stoppedAt?: Instant;
  /** met in time, met late, or ended because the case no longer needs it. */
  outcome?: "met" | "late" | "ended";
}

/** Where an imported case stood before. */
export interface Imported {
  file: string;
  /** Row of the sheet, from 1. */
  row: number;
  /** Number in the system it came from, so that a reply stays possible. */
  no?: string;
}

/** An open case that may be about the same event. */
export interface Similar {
  id: string;
  title: string;
  /** What speaks for it: "同一链接". */
  why: string;
}

/** Another case that went into this one (并案); its report is kept as it was. */
export interface Absorbed extends Mark {
  id: string;
  title: string;
  reporter: string;
  report: Report;
  evidence?: Evidence[];
  reason: string;
  /** Limits that the earlier starts made end earlier. */
  moved: MovedClock[];
  /** Those of them that were over at once, though over in neither case before. */
  overdue: ClockKey[];
}

/** A response case (舆情件), rebuilt from its events. Serialisable: instants are numbers, nothing is undefined-only. */
export interface Case {
  /** "YQ-990121-20261120-001" */
  id: string;
  /** Number of events; grows with every change. */
  version: number;
  state: StateId;
  report: Report;
  /** Short title for lists and cards. */
  title: string;
  receivedAt: Instant;
  /** Person of the roster, or the platform's name of a guest. */
  reporter: string;
  /** Where the report came in. */
  origin: Address;
  /** Taken over from a list kept elsewhere: when it was entered is not when it was received. */
  imported?: Imported;
  /** Content is handled offline because of a secrecy marking. */
  withheld?: true;
  requestedDueAt?: Instant;
  triage?: Triage;
  triageConfirmed?: Mark;
  /** Suggestion before 研判, frozen with it. */
  responsibility: Responsibility;
  /** Digest of the rule set frozen at 研判. */
  rules?: string;
  /** Other rules taken over since the case was opened, oldest first. */
  adoptions?: Adoption[];
  /** A second person agreed that no response is due. */
  noResponse?: Mark;
  /** Every change of 突发事件等级 after the first decision. */
  levelChanges?: LevelChange[];
  assignment?: Assignment;
  parts: Part[];
  responses: Response[];
  /** What came with messages about the case, oldest first, by reference. */
  evidence?: Evidence[];
  /** Units that the topic suggests, best first, with the reason for each; set when the report names no unit. */
  suggested?: SuggestedUnit[];
  gates: Partial<Record<Gate, Mark & { note?: string }>>;
  reportedUp: (Mark & { target: "本级党委政府" | "上级"; suggestion?: string })[];
  proposals: Proposal[];
  /** People who pressed 已知悉. */
  seenBy: Mark[];
  urged: (Mark & { target: string; content?: string })[];
  closing?: Mark & { tag: string; result: string };
  /** Likely the same, best first, as found when the report or a link came in. */
  similar?: Similar[];
  /** Cases of which a person said that they are about something else. */
  distinct?: string[];
  /** The case into which this one went. */
  mergedInto?: Mark & { id: string; title: string; reason: string };
  absorbed?: Absorbed[];
  clocks: CaseClock[];
}

/** "YQ-990121-20261120-001": a case belongs to the day on which it was received, not to that on which it was entered. */
export const caseNumber = (home: string, receivedAt: Instant, no: number): string =>
  `YQ-${home}-${dayOf(receivedAt).replaceAll("-", "")}-${String(no).padStart(3, "0")}`;

/** "001" of YQ-990121-20261120-001 */
export const shortNo = (id: string): string => id.slice(id.lastIndexOf("-") + 1);

/** "20261120-001", the form people type. */
export const midNo = (id: string): string => id.split("-").slice(2).join("-");

/** Has the unit taken the case: signed for it, or answered it already? */
export const hasTaken = (c: Case, part: Part): boolean =>
  part.acknowledged !== undefined || c.responses.some((r) => r.units.includes(part.unit));

export const runningClocks = (c: Case): CaseClock[] =>
  c.clocks.filter((k) => k.stoppedAt === undefined && k.dueAt !== null);
