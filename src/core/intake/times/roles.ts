import { DAY, type Instant, toIso } from "#core/time.ts";
import type { Field } from "../fields.ts";
import type { FieldKey } from "../lexicon.ts";
import { type Normalised, verbatim } from "../normalise.ts";
import { findPlatforms } from "../platforms.ts";
import type { TimeValue } from "../types.ts";
import { blank } from "../words.ts";
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
    if (field.key === "limit") {
      if (isOnlyTime(field.value)) reader.readField(field, "deadline");
      else reader.readBody(field.value, field.from, true);
    }
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

/** Characters before and after a time that may say whose it is. */
const LOOK_BACK = 40;
const LOOK_AHEAD = 80;
/** A date without a year lies at most this far ahead. */
const FARTHEST = 183 * DAY;
/** Figures older than this are no figures of the present: 截止 then means a limit. */
const STALE = 30 * DAY;

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
  /** What the words of a time have been resolved to: somebody who writes 明天 a thousand times costs as much as one who writes it once. */
  readonly #known = new Map<string, Resolved | undefined>();

  constructor(n: Normalised, receivedAt: Instant) {
    this.#n = n;
    this.#receivedAt = receivedAt;
  }

  doubt(field: TimeField): void {
    if (!this.times.doubtful.includes(field)) this.times.doubtful.push(field);
  }

  readField(field: Field, role: Role): void {
    const mentions = scanTimes(field.value, "field");
    const [first] = mentions;
    if (!first) {
      if (isTimeField(role) && /\d/.test(field.value)) this.doubt(role);
      return;
    }
    if (role === "deadline") {
      this.#assignAhead(shifted(first, field.from), { role, demanded: true });
      return;
    }
    this.#assign(shifted(first, field.from), role, undefined, true);
    for (const later of mentions.slice(1)) {
      const before = field.value.slice(0, later.from);
      if (/截[至止]到?$/.test(before)) this.#assign(shifted(later, field.from), "snapshot", undefined);
    }
  }

  readBody(text: string, offset: number, limitsOnly: boolean): void {
    const mentions = scanTimes(text);
    this.#readMentions(mentions, text, offset, limitsOnly, isExact);
    // 10月起频繁停水，昨晚8点又停: the month is the time of the event only where nothing closer is named.
    this.#readMentions(mentions, text, offset, limitsOnly, (mention) => !isExact(mention));
  }

  #readMentions(
    mentions: readonly TimeMention[],
    text: string,
    offset: number,
    limitsOnly: boolean,
    isMeant: (mention: TimeMention) => boolean,
  ): void {
    let anchor: Instant | undefined;
    mentions.forEach((mention, index) => {
      if (!isMeant(mention)) return;
      const before = text.slice(Math.max(0, mention.from - LOOK_BACK), mention.from);
      const after = text.slice(mention.to, Math.min(mention.to + LOOK_AHEAD, mentions[index + 1]?.from ?? text.length));
      const found: RoleFound = isInHeading(text, mention)
        ? { role: "detectedAt", unlabelled: true }
        : roleOf(before, after);
      if (limitsOnly && found.role !== "deadline") return;
      const ahead = found.role === "deadline" || found.role === "planned";
      if (ahead && this.#assignAhead(shifted(mention, offset), found)) return;
      const role = ahead ? roleOf(before, after, false) : found;
      const resolved = this.#assign(shifted(mention, offset), role.role, anchor);
      if (resolved && role.shared && this.times.occurredAt === null) this.doubt("occurredAt");
      if (resolved && role.unlabelled) this.doubt("detectedAt");
      anchor = resolved?.at ?? anchor;
    });
  }

  /** A limit or a plan; false when the words can only mean a time that has passed (一男子将老人打伤 is no plan). */
  #assignAhead(mention: TimeMention, { role, demanded }: RoleFound): boolean {
    // 年底前 that nobody asked for limits nothing, and is no time of the event either.
    if (role === "deadline" && mention.day?.kind === "end-of" && !demanded) return true;
    const ahead = this.#resolveAhead(mention);
    if (role === "planned") {
      if (ahead) this.times.plannedAt ??= this.#value(mention, ahead);
      return ahead !== undefined;
    }
    // 11月17日前反馈 received on the 20th: the limit is over, not a year away.
    const limit = ahead ?? (demanded ? this.#resolve(mention, "past") : undefined);
    if (limit) this.times.deadlineAt ??= this.#value(mention, this.#dueOf(limit));
    return limit !== undefined;
  }

  /** 今天内反馈: a day that has begun falls due at its end, any other at its start. */
  #dueOf(limit: Resolved): Resolved {
    const { at, end, time } = limit;
    if (end === null || at > this.#receivedAt || end <= this.#receivedAt) return limit;
    return { at: end, end: null, time: { value: toIso(end), precision: "minute", approx: time.approx } };
  }

  /** The words decide, with what stands directly around them, and the time that a bare clock time goes on from. */
  #resolve(mention: TimeMention, direction: "past" | "future", after?: Instant): Resolved | undefined {
    const words = this.#n.text.slice(mention.from, mention.to);
    const key = `${words} ${mention.fuzzy} ${mention.since} ${direction} ${after}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const reference = { receivedAt: this.#receivedAt, direction, ...(after === undefined ? {} : { after }) };
    const resolved = resolveTime(mention, reference);
    this.#known.set(key, resolved);
    return resolved;
  }

  /** The time as one that lies ahead; a date without a year is not put off for half a year. */
  #resolveAhead(mention: TimeMention): Resolved | undefined {
    const resolved = this.#resolve(mention, "future");
    if (!resolved || (resolved.end ?? resolved.at) <= this.#receivedAt) return undefined;
    return resolved.at - this.#receivedAt > FARTHEST && !namesYear(mention) ? undefined : resolved;
  }

  /** @param isLabelled 事发时间：2099年1月1日 is a slip of the pen; in running words such a date is a plan */
  #assign(mention: TimeMention, role: Role, after: Instant | undefined, isLabelled = false): Resolved | undefined {
    const resolved = this.#resolve(mention, "past", after);
    if (role === "snapshot") {
      if (resolved && this.#receivedAt - resolved.at < STALE) this.times.snapshotAt ??= resolved.time.value;
      else this.#assignAhead(mention, { role: "deadline" });
      return resolved;
    }
    if (!isTimeField(role)) return resolved;
    if (!resolved) {
      if (mention.day?.kind === "from-last" || mention.day?.kind === "end-of") return undefined;
      const mayBePlan = isRelativeFuture(mention) || (!isLabelled && namesYear(mention));
      const ahead = mayBePlan ? this.#resolveAhead(mention) : undefined;
      if (ahead && role === "occurredAt") this.times.plannedAt ??= this.#value(mention, ahead);
      else if (this.times[role] === null) this.doubt(role);
      return undefined;
    }
    if (this.times[role] === null) {
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

/** 办理时限：11月25日17时前 holds nothing else. */
function isOnlyTime(value: string): boolean {
  const [first] = scanTimes(value, "field");
  return (
    first !== undefined &&
    first.from === 0 &&
    /^(?:[之以]?[前内])?(?:反馈|报送|回复|办结)?$/.test(value.slice(first.to))
  );
}

function namesYear({ day }: TimeMention): boolean {
  return day?.kind === "end-of" || (day?.kind === "date" && (day.year !== null || day.yearsBack !== null));
}

/** Closer than a month. */
function isExact({ day }: TimeMention): boolean {
  return day?.kind !== "month" && day?.kind !== "months-back";
}

/** 明天, 下周一, 今晚 said at noon: meant as the future, not a slip of the pen. */
function isRelativeFuture({ day }: TimeMention): boolean {
  if (!day) return false;
  return (day.kind === "offset" && day.days >= 0) || (day.kind === "weekday" && (day.week === null || day.week >= 0));
}

function shifted(mention: TimeMention, by: number): TimeMention {
  return by === 0 ? mention : { ...mention, from: mention.from + by, to: mention.to + by };
}

/** 舆情|11.20 17:30|小红书: a cell of a heading line, or 🚨12月12日 21:05 抖音: a first line of nothing but time and platform. */
function isInHeading(text: string, { from, to }: TimeMention): boolean {
  if (/^(?:\s|\p{Extended_Pictographic}|\ufe0f)*$/u.test(text.slice(Math.max(0, from - 8), from)) && from <= 8) {
    const rest = /^ ([^\n]{1,30})\n/.exec(text.slice(to, to + 32))?.[1] ?? "";
    if (/^[\s、,/|]*$/.test(blank(rest, findPlatforms(rest))) && rest.trim() !== "") return true;
  }
  return /[|｜]\s?$/.test(text.slice(Math.max(0, from - 2), from)) && /^\s?(?:[|｜\n]|$)/.test(text.slice(to, to + 2));
}
