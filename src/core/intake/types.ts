/** The shapes that `parse` returns; field names are those of the command-line contract. */

export type Level = "I" | "II" | "III" | "IV";

export type Category =
  | "policy-misread"
  | "vital-interest"
  | "moral-bottom-line"
  | "emergency-disaster"
  | "superior-required"
  | "none";

export interface TimeValue {
  /** As written by the sender; null when inferred. */
  text: string | null;
  /** ISO 8601 +08:00; the exact time, or the START of the range (an earlier start means an earlier limit: the safe side). */
  value: string;
  from?: string;
  to?: string;
  precision: "minute" | "hour" | "day" | "range";
  approx: boolean;
  /** Not stated: taken from the time of receipt. */
  inferred?: true;
  /** "本周一开始": has gone on since. */
  since?: true;
  /** Could be morning or afternoon: to be asked. */
  ambiguous?: true;
}

export interface Amount {
  value: number;
  op: "=" | ">=" | "≈";
}

export interface Heat {
  views?: Amount;
  likes?: Amount;
  comments?: Amount;
  shares?: Amount;
  recommends?: Amount;
  liveViewers?: Amount;
  calls?: Amount;
  rank?: { scope: string; pos: number };
  byPlatform?: Record<string, Record<string, number>>;
  /** When the numbers were read, ISO 8601 +08:00. */
  snapshotAt?: string;
}

export interface Casualties {
  /** stated; unverified ("没听说有伤亡"); unknown ("人数不详"). null is never zero. */
  status: "stated" | "unverified" | "unknown";
  dead: number | null;
  injured: number | null;
  severe?: number;
  missing?: number;
  note?: string;
}

export interface Place {
  text: string;
  /** GB/T 2260; null when the place is not in the roster's table. */
  code: string | null;
}

export interface Reporter {
  name: string;
  unit: string | null;
  phone?: string;
  inferred?: true;
}

export interface RequestedLimit {
  value: number;
  unit: "naturalHour" | "workingDay" | "day";
  from?: string;
}

export type Flag =
  | "emergency"
  | "rumour"
  | "minor-context"
  | "superior-required"
  | "multi-place"
  | "gathering-risk"
  | "sensitive-personal"
  | "health"
  | "old-footage"
  | `policy-owner:${string}`;

export interface PiiHit {
  type: "phone" | "idcard" | "bank" | "address" | "plate" | "name";
  /** What stands in the stored text instead. */
  masked: string;
}

export interface Report {
  kind: "report";
  title: string | null;
  platforms: string[];
  account: string | null;
  urls: string[];
  detectedAt: TimeValue;
  surfacedAt: TimeValue | null;
  occurredAt: TimeValue | null;
  places: Place[];
  /** As written. */
  units: string[];
  /** Ids of those the roster knows. */
  unitIds: string[];
  /** Units are only named on the way (县教育局已派工作组): no label or word makes them the party. A supplement then adds nothing. */
  unitsInPassing?: true;
  /** Units found by the duties list when none was written: a suggestion, never a decision. */
  unitSuggested: string[];
  category: Category[] | null;
  categoryHint: Category[];
  /** 舆情等级 as stated by the sender. */
  level: Level | null;
  /** 突发事件等级 that the facts suggest; a person decides. */
  eventLevelHint: Level | null;
  heat: Heat;
  casualties: Casualties | null;
  /** null when neither the text nor the envelope names anyone. */
  reporter: Reporter | null;
  attachments: number;
  /** The text of the report without link and field labels, masked. */
  summary: string;
  suggestion?: string;
  requestedLimit?: RequestedLimit;
  /** A limit named by date or clock: 明天12点前反馈. */
  requestedDueAt?: TimeValue;
  /** Future times ("号召周四…"). */
  plannedAt?: TimeValue;
  missing: string[];
  needsConfirm: string[];
  assumed: string[];
  pii: PiiHit[];
  flags: Flag[];
  /** True when it is unclear whether the text is a report at all (a bare link): ask first, number after 10 minutes. */
  unclear?: true;
}

export interface Update {
  kind: "update";
  /** The number or card that is answered, when known. */
  ref: string | null;
  action: "supplement" | "correct" | "propose-false-alarm";
  /** What the action needs before it takes effect. */
  requires?: string;
  /** What the text adds, as far as it was understood. */
  patch: Partial<Report>;
  summary: string;
  pii: PiiHit[];
}

export interface Query {
  kind: "query";
  text: string;
  /** The number or card that is asked about, when known. */
  ref?: string;
}

export interface Refuse {
  kind: "refuse";
  reason: "secret-marker" | "profiling-individual" | "out-of-scope";
  store: boolean;
  reply: string;
}

export interface NotReport {
  kind: "not-report";
}

export type Parsed = Report | Update | Query | Refuse | NotReport;

export interface ParseInput {
  text: string;
  /** ISO 8601 with offset. */
  receivedAt: string;
  sender?: { name: string; unit?: string | null; jurisdiction?: string | null };
  /** What the message answers: a case number or the id of a report. */
  replyTo?: string;
  /** Files that came with the message. */
  attachments?: number;
  /** What screening masked; without it, the placeholders in the text speak for themselves. */
  pii?: PiiHit[];
  /** The text was handed in as a report (/舆情 上报): it is never read as chatter, a question or an update. */
  asReport?: boolean;
}
