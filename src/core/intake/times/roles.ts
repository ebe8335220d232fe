import type { Instant } from "#core/time.ts";
import type { Field } from "../fields.ts";
import type { FieldKey } from "../lexicon.ts";
import { type Normalised, verbatim } from "../normalise.ts";
import type { TimeValue } from "../types.ts";
import { type Role, type RoleFound, roleOf, type TimeField } from "./cues.ts";
import type { TimeMention } from "./mention.ts";
import { type Resolved, resolveTime } from "./resolve.ts";
import { scanTimes } from "./scan.ts";

/** The times of a report. Four times are told apart and never merged; what is not stated stays null. */
export interface ReportTimes {
  occurredAt: TimeValue | null;
  surfacedAt: TimeValue | null;
  detectedAt: TimeValue | null;
  plannedAt: TimeValue | null;
  /** When the figures were read. */
  snapshotAt: string | null;
  /** A stated limit: 明天12点前反馈. */
  deadlineAt: TimeValue | null;
  /** Fields whose time is unclear, impossible, or could belong to another field. */
  doubtful: TimeField[];
}

const LABELLED: Partial<Record<FieldKey, Role>> = {
  occurredAt: "occurredAt",
  surfacedAt: "surfacedAt",
  detectedAt: "detectedAt",
  snapshotAt: "snapshot",
};

/** Reads all times of a message. `body` is the text with labelled fields and links blanked, offsets unchanged. */
export function readTimes(n: Normalised, body: string, fields: readonly Field[], receivedAt: Instant): ReportTimes {
  const reader = new TimeReader(n, receivedAt);
  for (const field of fields) {
    const role = field.key === "time" ? roleOfNote(field) : LABELLED[field.key];
    if (role) reader.readField(field, role);
    if (field.key === "time" && role === "detectedAt" && !/发现|监测/.test(field.note + field.value))
      reader.doubt(role);
  }
  for (const field of fields) {
    if (field.key === "limit") reader.readBody(field.value, field.from, true);
    if (field.key === "summary" || field.key === "title" || field.key === "heat")
      reader.readBody(field.value, field.from, false);
  }
  reader.readBody(body, 0, false);
  return reader.times;
}

/** 时间：11/17 16:40（发现） says in brackets which time it is; without a word it is taken as the detection and asked. */
function roleOfNote(field: Field): Role {
  const text = `${field.note}${field.value}`;
  if (/发布|首发|发帖/.test(text)) return "surfacedAt";
  if (/事发|发生/.test(text)) return "occurredAt";
  return "detectedAt";
}

class TimeReader {
  readonly times: ReportTimes = {
    occurredAt: null,
    surfacedAt: null,
    detectedAt: null,
    plannedAt: null,
    snapshotAt: null,
    deadlineAt: null,
    doubtful: [],
  };
  readonly #n: Normalised;
  readonly #receivedAt: Instant;

  constructor(n: Normalised, receivedAt: Instant) {
    this.#n = n;
    this.#receivedAt = receivedAt;
  }

  doubt(field: TimeField): void {
    if (!this.times.doubtful.includes(field)) this.times.doubtful.push(field);
  }

  readField(field: Field, role: Role): void {
    // 2026-11-19 alone is a date only where a time is expected.
    const mentions = scanTimes(field.value);
    const [first] = mentions;
    if (!first) {
      if (isTimeField(role) && /\d/.test(field.value)) this.doubt(role);
      return;
    }
    this.#assign(shifted(first, field.from), role, undefined);
    for (const later of mentions.slice(1)) {
      const before = field.value.slice(0, later.from);
      if (/截[至止]到?$/.test(before)) this.#assign(shifted(later, field.from), "snapshot", undefined);
    }
  }

  readBody(text: string, offset: number, limitsOnly: boolean): void {
    const mentions = scanTimes(text);
    let anchor: Instant | undefined;
    mentions.forEach((mention, index) => {
      const before = text.slice(Math.max(0, mention.from - 16), mention.from);
      const after = text.slice(mention.to, Math.min(mention.to + 80, mentions[index + 1]?.from ?? text.length));
      const role: RoleFound = isInHeading(text, mention)
        ? { role: "detectedAt", unlabelled: true }
        : roleOf(before, after);
      if (limitsOnly && role.role !== "deadline") return;
      const resolved = this.#assign(shifted(mention, offset), role.role, anchor);
      if (resolved && role.shared && this.times.occurredAt === null) this.doubt("occurredAt");
      if (resolved && role.unlabelled) this.doubt("detectedAt");
      anchor = resolved?.at ?? anchor;
    });
  }

  #assign(mention: TimeMention, role: Role, after: Instant | undefined): Resolved | undefined {
    const past = {
      receivedAt: this.#receivedAt,
      direction: "past" as const,
      ...(after === undefined ? {} : { after }),
    };
    const future = { receivedAt: this.#receivedAt, direction: "future" as const };
    if (role === "deadline" || role === "planned") {
      const resolved = resolveTime(mention, future);
      if (resolved && role === "deadline") this.times.deadlineAt ??= this.#value(mention, resolved);
      if (resolved && role === "planned") this.times.plannedAt ??= this.#value(mention, resolved);
      return undefined;
    }
    const resolved = resolveTime(mention, past);
    if (!resolved) {
      if (isTimeField(role)) {
        const ahead = isRelativeFuture(mention) ? resolveTime(mention, future) : undefined;
        if (ahead && role === "occurredAt") this.times.plannedAt ??= this.#value(mention, ahead);
        else if (this.times[role] === null) this.doubt(role);
      }
      return undefined;
    }
    if (role === "snapshot") this.times.snapshotAt ??= resolved.time.value;
    if (isTimeField(role) && this.times[role] === null) {
      this.times[role] = this.#value(mention, resolved);
      if (resolved.time.ambiguous) this.doubt(role);
      if (role === "occurredAt" && resolved.time.precision === "range" && resolved.time.approx) this.doubt(role);
    }
    return resolved;
  }

  #value(mention: TimeMention, { time }: Resolved): TimeValue {
    return { text: verbatim(this.#n, mention.from, mention.to), ...time };
  }
}

function isTimeField(role: Role): role is TimeField {
  return role === "occurredAt" || role === "surfacedAt" || role === "detectedAt";
}

/** 明天, 下周一, 今晚 said at noon: meant as the future, not a slip of the pen. */
function isRelativeFuture({ day }: TimeMention): boolean {
  if (!day) return false;
  return (day.kind === "offset" && day.days >= 0) || (day.kind === "weekday" && (day.week === null || day.week >= 0));
}

function shifted(mention: TimeMention, by: number): TimeMention {
  return by === 0 ? mention : { ...mention, from: mention.from + by, to: mention.to + by };
}

/** 舆情|11.20 17:30|小红书: a cell of a heading line. */
function isInHeading(text: string, { from, to }: TimeMention): boolean {
  return /[|｜]\s?$/.test(text.slice(Math.max(0, from - 2), from)) && /^\s?(?:[|｜\n]|$)/.test(text.slice(to, to + 2));
}
