import type { Casualties, Level } from "#core/intake/types.ts";
import type { Instant } from "#core/time.ts";

/** 突发事件等级 or 舆情等级: none = 无, pending = 待定. */
export type EventLevel = Level | "none" | "pending";

export type Matter = "opinion" | "suggestion" | "complaint" | "repost" | "superior";

export type ClockKey =
  | "release.authoritative"
  | "press.conference"
  | "response.first"
  | "reply.suggestion"
  | "reply.complaint"
  | "repost.soft"
  | "repost.hard"
  | "requested"
  | "report.up"
  | "triage"
  | "sign"
  | "release.continuous"
  | "promise";

export type ClockKind = "hard" | "provisional" | "soft" | "extendable" | "advisory";

export interface Citation {
  /** Document number, "国办发〔2016〕61号". */
  docNo: string;
  article: string;
  quote: string;
}

export type StartFrom =
  | "occurredAt"
  | "surfacedAt"
  | "detectedAt"
  | "receivedAt"
  | "sourcePublishedAt"
  | "assignedAt"
  | "respondedAt";

/** One limit of one case, as far as it follows from the facts; whether it is met is the case's business. */
export interface PlannedClock {
  key: ClockKey;
  /** null when no starting time is known: then dueAt is null too and the question stands in `human`. */
  start: Instant | null;
  startFrom: StartFrom | null;
  dueAt: Instant | null;
  kind: ClockKind;
  /** Obligation id, or "param:<name>" for an internal target. */
  rule: string;
  cite: Citation | null;
  /** Obligation ids of other documents that set the same limit. */
  also: string[];
  /** Labels to show: 推定, 旧事重提, 收报时已过, 改级时已过, 建议时限，待研判, 暂定, 内部目标, 参考…. */
  note: string[];
  /** Only when the start is the start of a range: the limit if the event happened at the end of it. */
  latestDueAt?: Instant;
  /** Only for the first response, when it surfaced before the start: the limit counted from 首发, shown beside it. */
  surfacedDueAt?: Instant;
  /** Over already when a raised level (改级时已过) or newly adopted rules brought it: counts as late from then on. */
  overSince?: Instant;
}

/** The label of a limit that runs on suspicion until 研判 decides the level. */
export const AWAITS_TRIAGE = "建议时限，待研判";

/** A change of the decided 突发事件等级. */
export interface LevelChange {
  at: Instant;
  /** The level before it. */
  from: EventLevel;
}

/** A known time of the case and how sure it is. */
export interface KnownTime {
  at: Instant;
  /** Known only by day or part of day: counts from the start of the range. */
  range: boolean;
  /** End of the range, when known. */
  to?: Instant;
  /** Not stated but inferred. */
  inferred: boolean;
}

/** Everything that limits depend on. */
export interface ClockFacts {
  matter: Matter;
  /** undefined before 研判 */
  eventLevel: EventLevel | undefined;
  opinionLevel: Level | undefined;
  triaged: boolean;
  /** 突发事件等级 suggested by the facts. */
  suggestedLevel: Level | null;
  emergency: boolean;
  /** Where it came from, as the report names it: 12345热线, 抖音. Undefined when nobody said. */
  channels?: readonly string[];
  casualties: Casualties | null;
  /** 社会安全事件: has no statutory level. */
  socialSecurity: boolean;
  superiorRequired: boolean;
  sensitive: boolean;
  occurredAt?: KnownTime;
  surfacedAt?: KnownTime;
  detectedAt?: KnownTime;
  /** Always known for a case; `decide` may be asked without it. */
  receivedAt?: Instant;
  sourcePublishedAt?: Instant;
  requestedDueAt?: Instant;
  /** 改级, oldest first; `eventLevel` is the level after the last. Limits already over when raised are marked 改级时已过. */
  levelChanges?: readonly LevelChange[];
  assignedAt?: Instant;
  /** 首次回应, for release.continuous. */
  respondedAt?: Instant;
  /** Last later release, for release.continuous. */
  lastReleaseAt?: Instant;
  /** 7 → 15 working days was granted. */
  extended?: boolean;
}

/** Minutes that each step came late; null where a time is unknown. */
export interface Lateness {
  /** 首发 → 发现 */
  detection: number | null;
  /** 发现 → 收报 */
  reporting: number | null;
  /** tightest hard limit → response; null before the response or when in time is not decided */
  response: number | null;
}

export interface Leader {
  post: string;
  of: string;
  role?: string;
}

/** Answer of the first-responsible decision (第一责任主体). */
export interface Responsibility {
  firstResponsible: string[];
  coordinator: string[];
  localResponders: string[];
  leadUnit: string | null;
  leader: Leader | Leader[] | null;
  notify: string[];
  /** Obligation ids. */
  basis: string[];
  /** Questions for a person. */
  human: string[];
  by?: "analogy";
}

export interface ResponsibilityFacts {
  home: string;
  places?: string[];
  units?: { name: string; management?: "local" | "vertical" | "dual" | "enterprise"; superior?: string }[];
  ownerDept?: string;
  policyOwner?: "state-council" | "province" | "city" | "county" | "none";
  leadUnit?: string | null;
  eventLevel?: EventLevel;
  opinionLevel?: Level;
  /** Pack id of an organisation's own regime. */
  orgRegime?: string;
  misroute?: boolean;
  rumour?: boolean;
}
