import { organisersOf } from "#core/case/authority.ts";
import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { isUrgent, rankOf } from "#core/case/rank.ts";
import { confirmersOf } from "#core/case/second-person.ts";
import type { Unit } from "#core/roster/schema.ts";
import type { Instant } from "#core/time.ts";
import type { AudienceWord, Entry, ReminderSubject } from "./stages.ts";

export interface Recipient {
  name: string;
  /** The post in which the person is told. */
  as: AudienceWord;
  /** Units for which the person is told. */
  units: string[];
}

/** A post that nobody fills or nobody can be reached in: the next person is told at once, and the office of the gap. */
export interface Gap {
  /** "县水务局分管领导" */
  post: string;
  insteadOf: AudienceWord;
  told: string | null;
  /** What the platform says of it, when that is known. */
  why?: string;
}

export interface Audience {
  recipients: Recipient[];
  gaps: Gap[];
}

interface Context {
  c: Case;
  subject: ReminderSubject;
  office: Office;
  now: Instant;
  reaches: (name: string) => boolean;
}

/** Who is told at this moment: resolved when a reminder fires, because duty and signatures change. Each person once. */
export function resolveAudience(entries: readonly Entry[], context: Context): Audience {
  const found = new Map<string, Recipient>();
  const gaps: Gap[] = [];
  for (const entry of entries) {
    const word = typeof entry === "string" ? entry : entry.who;
    if (typeof entry !== "string" && !holds(entry.when, context.c)) continue;
    for (const post of postsFor(word, context)) {
      const told = post.candidates.filter((name) => context.reaches(name)).slice(0, post.all ? undefined : 1);
      if (told.length === 0) {
        const next = post.next.find((name) => context.reaches(name)) ?? null;
        if (next) told.push(next);
        gaps.push({ post: post.title, insteadOf: word, told: next });
      }
      for (const name of told) {
        const known = found.get(name);
        if (known) known.units = [...new Set([...known.units, ...post.units])];
        else found.set(name, { name, as: word, units: post.units });
      }
    }
  }
  return { recipients: [...found.values()], gaps };
}

const named = (names: readonly (string | undefined)[]): string[] =>
  names.filter((n) => n !== undefined && n !== "") as string[];

const holds = (when: "I" | "urgent", c: Case): boolean => (when === "I" ? rankOf(c) === "I" : isUrgent(c));

/** A post to fill: its holders in order, whether all are told, and who follows when none can be reached. */
interface Filling {
  title: string;
  units: string[];
  candidates: string[];
  all: boolean;
  next: string[];
}

function postsFor(word: AudienceWord, context: Context): Filling[] {
  const { c, office, now } = context;
  const { roster } = office;
  const own = roster.coordinator;
  const leaders = [own.deputy, own.head].filter((n) => n !== undefined);
  const duty = roster.dutyAt(now);
  const single = (
    title: string,
    candidates: (string | undefined)[],
    next: (string | undefined)[] = leaders,
  ): Filling => ({
    title,
    units: [],
    candidates: named(candidates),
    all: false,
    next: named(next),
  });
  switch (word) {
    case "承办":
    case "联络员":
    case "单位分管":
    case "单位主要负责人":
      return unitPosts(word, context);
    case "府办":
      return [
        { ...single(`${own.name}组织协调`, organisers(office)), all: true },
        single(`${own.name}分管领导`, [own.deputy], [own.head]),
      ];
    case "府办主任":
      return [single(`${own.name}主任`, [own.head], [own.deputy])];
    case "宣传":
      return roster.publicity
        ? [single(`${roster.publicity.name}联络员`, roster.publicity.liaison, [roster.publicity.deputy, ...leaders])]
        : [];
    case "值班员":
      return [single("值班员", [duty.officer], organisers(office))];
    case "值班领导":
      return [single("值班领导", [duty.leader])];
    case "研判人":
      return onDutyOrganisers(office, now).length > 0
        ? [{ ...single("组织协调", onDutyOrganisers(office, now), [duty.officer, ...leaders]), all: true }]
        : [single("值班员", [duty.officer], organisers(office))];
    case "提请人":
      return c.proposals.map((p) => single("第二确认人", confirmersOf(p, office, now)));
    case "政府分管": {
      const names = unitsOf(c, office).map((u) => roster.leaderOf(u)?.name);
      const fallback = roster.file.leaders.find((l) => l.executive)?.name ?? roster.headOfGovernment?.name;
      return [...new Set(names.length > 0 ? names : [fallback])].map((n) =>
        single("政府分管领导", [n], [roster.headOfGovernment?.name, ...leaders]),
      );
    }
    case "政府主要负责同志":
      return [single("政府主要负责同志", [roster.headOfGovernment?.name])];
  }
}

/**
 * The units that act: the assigned ones that still owe something; before assignment those that the report or 研判 names, and
 * then 组织协调 (at night the duty officer) besides, because assigning is what has to be done.
 */
function unitPosts(word: AudienceWord, context: Context): Filling[] {
  const { c, office, subject } = context;
  const { roster } = office;
  const units =
    subject === "gates"
      ? answeredBy(c, office)
      : unitsOf(c, office).filter((u) => subject !== "sign" || !isSigned(c, u.name));
  const assigners = c.parts.length === 0 && (word === "承办" || units.length === 0) ? postsFor("研判人", context) : [];
  const own = [roster.coordinator.deputy, roster.coordinator.head];
  const fillings = units.map((unit): Filling => {
    const part = c.parts.find((p) => p.unit === unit.name);
    const [a, b] = unit.liaison;
    const chain = [unit.deputy, unit.head, ...own].filter((n) => n !== undefined);
    switch (word) {
      case "承办":
        return {
          title: `${unit.name}承办人`,
          units: [unit.name],
          candidates: part?.acknowledged
            ? [part.acknowledged.by, ...unit.liaison]
            : [a, b].filter((n) => n !== undefined),
          all: false,
          next: chain,
        };
      case "联络员":
        return { title: `${unit.name}联络员`, units: [unit.name], candidates: unit.liaison, all: true, next: chain };
      case "单位分管":
        return {
          title: `${unit.name}分管领导`,
          units: [unit.name],
          candidates: unit.deputy ? [unit.deputy] : [],
          all: false,
          next: chain,
        };
      default:
        return {
          title: `${unit.name}主要负责人`,
          units: [unit.name],
          candidates: unit.head ? [unit.head] : [],
          all: false,
          next: [roster.leaderOf(unit)?.name, ...own].filter((n) => n !== undefined),
        };
    }
  });
  return [...fillings, ...assigners];
}

/** Units whose review steps may be missing: those that have answered. */
const answeredBy = (c: Case, office: Office): Unit[] =>
  [...new Set(c.responses.flatMap((r) => r.units))]
    .map((name) => office.roster.unit(name))
    .filter((u) => u !== undefined);

const isSigned = (c: Case, unit: string): boolean =>
  c.parts.some((p) => p.unit === unit && p.acknowledged !== undefined);

/** Units of the roster that are concerned and have not yet answered; before assignment the named ones. */
export function unitsOf(c: Case, office: Office): Unit[] {
  const known = (names: string[]): Unit[] => names.map((n) => office.roster.unit(n)).filter((u) => u !== undefined);
  if (c.parts.length > 0) {
    const open = c.parts.filter((p) => !p.returned && !c.responses.some((r) => r.units.includes(p.unit)));
    return known((open.length > 0 ? open : c.parts).map((p) => p.unit));
  }
  if (c.triage) return known(c.triage.units);
  return known(c.report.unitIds.length > 0 ? c.report.unitIds : c.report.unitSuggested);
}

/** People of the coordinating office who hold 组织协调. */
export const organisers = organisersOf;

/** 组织协调 is at work when the duty of this moment is theirs (weekday daytime). */
function onDutyOrganisers(office: Office, now: Instant): string[] {
  const duty = office.roster.dutyAt(now);
  return organisers(office).includes(duty.officer) ? organisers(office) : [];
}

/** Who decides on a new report at this moment: 组织协调 at work, else the officer on duty. */
export function onDutyNow(office: Office, now: Instant): string[] {
  const organising = onDutyOrganisers(office, now);
  return organising.length > 0 ? organising : [office.roster.dutyAt(now).officer].filter((n) => n !== "");
}
