import { BotError } from "#core/errors.ts";
import { addDays, atTime, dayOf, type Instant, localParts } from "#core/time.ts";
import { isCoordinator, rosterProblems } from "./problems.ts";
import type { DutyEntry, Group, Jurisdiction, Leader, RoleName, RosterFile, Unit } from "./schema.ts";

/** A post that a person holds in a unit. `order` 0 is liaison officer A, 1 is B. */
export interface Post {
  unit: Unit;
  post: "liaison" | "deputy" | "head";
  order: number;
}

export interface Person {
  name: string;
  posts: Post[];
  roles: RoleName[];
  leader?: Leader;
  phone?: string;
}

/** Who is on duty, and until when. */
export interface DutyShift {
  officer: string;
  leader: string;
  from: Instant;
  to: Instant;
}

export interface RosterOptions {
  jurisdiction: string;
}

/** The people, units, places and groups of one office, with the look-ups that the rest of the program needs. */
export class Roster {
  readonly file: RosterFile;
  /** GB/T 2260 code of the office's own jurisdiction. */
  readonly home: string;
  readonly units: readonly Unit[];
  readonly people: ReadonlyMap<string, Person>;
  readonly coordinator: Unit;
  readonly publicity: Unit | undefined;
  readonly cyberspace: Unit | undefined;
  readonly #unitByName = new Map<string, Unit>();
  readonly #jurisdictionByCode = new Map<string, Jurisdiction>();
  #duty: { at: Instant; shift: DutyShift } | undefined;

  /** @throws BotError bad-roster, listing every problem at once */
  constructor(file: RosterFile, options: RosterOptions) {
    this.file = file;
    this.home = options.jurisdiction;
    this.units = file.units;
    const problems = rosterProblems(file, this.home).map(({ reason }) => reason);
    if (problems.length > 0)
      throw new BotError("bad-roster", `通讯录有 ${problems.length} 处问题:\n${problems.join("\n")}`);
    for (const j of file.jurisdictions) this.#jurisdictionByCode.set(j.code, j);
    for (const unit of file.units)
      for (const key of [unit.id, unit.name, ...unit.aliases]) this.#unitByName.set(key, unit);
    this.people = collectPeople(file);
    this.coordinator = file.units.find((u) => isCoordinator(u, this.home)) as Unit;
    this.publicity = file.units.find((u) => u.role === "publicity" && u.jurisdiction === this.home);
    this.cyberspace = file.units.find((u) => u.role === "cyberspace" && u.jurisdiction === this.home);
  }

  person(name: string): Person | undefined {
    return this.people.get(name);
  }

  /** The unit with this id, name or alias, exactly as written. */
  unit(nameOrAlias: string): Unit | undefined {
    return this.#unitByName.get(nameOrAlias);
  }

  /** Every name by which a unit may be written, longest first. */
  unitNames(): [string, Unit][] {
    return [...this.#unitByName].filter(([key, unit]) => key !== unit.id).sort((a, b) => b[0].length - a[0].length);
  }

  jurisdiction(code: string): Jurisdiction | undefined {
    return this.#jurisdictionByCode.get(code);
  }

  /** The county leader whose list holds the unit; none: the executive deputy, else the head of the government. */
  leaderOf(unit: Unit): Leader | undefined {
    const { leaders } = this.file;
    return leaders.find((l) => l.units.includes(unit.id)) ?? leaders.find((l) => l.executive) ?? this.headOfGovernment;
  }

  /** 政府主要负责同志 */
  get headOfGovernment(): Leader | undefined {
    return this.file.leaders.find((l) => l.role === "主要负责同志");
  }

  withRole(role: RoleName): string[] {
    return this.file.roles[role] ?? [];
  }

  /** The unit a person belongs to: as liaison officer, deputy or head, in this order. */
  unitOf(name: string): Unit | undefined {
    const posts = this.people.get(name)?.posts ?? [];
    return (["liaison", "deputy", "head"] as const).map((p) => posts.find((x) => x.post === p)?.unit).find(Boolean);
  }

  /** True for people who are addressed as leaders: heads and deputies of units, and the leaders of the government. */
  isLeader(name: string): boolean {
    const person = this.people.get(name);
    return person !== undefined && (person.leader !== undefined || person.posts.some((p) => p.post !== "liaison"));
  }

  group(name: string): Group | undefined {
    return this.file.groups.find((g) => g.name === name);
  }

  dutyGroup(): Group | undefined {
    return this.file.groups.find((g) => g.purpose === "duty");
  }

  members(group: Group): string[] {
    const names = new Set<string>();
    const addUnit = (u: Unit): void => {
      for (const n of u.liaison) names.add(n);
    };
    if (group.members === "all-liaisons") {
      this.units.forEach(addUnit);
      for (const n of [this.coordinator.deputy, this.coordinator.head]) if (n) names.add(n);
      for (const n of [...this.withRole("组织协调"), ...this.withRole("值班员")]) names.add(n);
    } else for (const n of group.members ?? []) names.add(n);
    for (const id of group.units) {
      const u = this.unit(id);
      if (u) addUnit(u);
    }
    return [...names];
  }

  /**
   * Who is on duty at an instant. A dated entry stands above the weekly one. Weekday daytime, when no entry covers it, is
   * the coordinating office's 组织协调 under its deputy.
   */
  dutyAt(at: Instant): DutyShift {
    // Asked for the same instant for every case and every person of a batch.
    if (this.#duty?.at !== at) this.#duty = { at, shift: this.scheduledDuty(at) ?? this.#ordinaryDuty(at) };
    return this.#duty.shift;
  }

  #ordinaryDuty(at: Instant): DutyShift {
    return {
      officer: this.withRole("组织协调")[0] ?? this.coordinator.liaison[0] ?? "",
      leader: this.coordinator.deputy ?? this.coordinator.head ?? "",
      from: this.#lastShiftEnd(at),
      to: this.#nextShiftStart(at),
    };
  }

  /** The duty entry that covers an instant; undefined when none is written. */
  scheduledDuty(at: Instant): DutyShift | undefined {
    const today = dayOf(at);
    for (const dated of [true, false]) {
      for (const day of [today, addDays(today, -1)]) {
        for (const entry of this.file.duty) {
          if ((entry.dates !== undefined) !== dated || !covers(entry, day)) continue;
          const [from, to] = span(entry, day);
          if (from <= at && at < to) return { officer: entry.officer, leader: entry.leader, from, to };
        }
      }
    }
    return undefined;
  }

  #nextShiftStart(at: Instant): Instant {
    const day = dayOf(at);
    const starts = [0, 1, 2].flatMap((n) => {
      const d = addDays(day, n);
      return this.file.duty.filter((e) => covers(e, d)).map((e) => span(e, d)[0]);
    });
    return Math.min(...starts.filter((s) => s > at), atTime(addDays(day, 1), "00:00"));
  }

  #lastShiftEnd(at: Instant): Instant {
    const day = dayOf(at);
    const ends = [0, -1, -2].flatMap((n) => {
      const d = addDays(day, n);
      return this.file.duty.filter((e) => covers(e, d)).map((e) => span(e, d)[1]);
    });
    return Math.max(...ends.filter((e) => e <= at), atTime(day, "00:00"));
  }
}

function covers(entry: DutyEntry, day: string): boolean {
  if (entry.dates) return entry.dates.includes(day);
  return entry.weekdays?.includes(localParts(atTime(day, "12:00")).weekday) ?? false;
}

/** A shift that ends at or before its start ends on the next day. */
function span(entry: DutyEntry, day: string): [Instant, Instant] {
  const from = atTime(day, entry.from);
  const to = atTime(entry.to > entry.from ? day : addDays(day, 1), entry.to);
  return [from, to];
}

function collectPeople(file: RosterFile): Map<string, Person> {
  const people = new Map<string, Person>();
  const get = (name: string): Person => {
    const known = people.get(name);
    if (known) return known;
    const phone = file.phones[name];
    const person: Person = { name, posts: [], roles: [], ...(phone ? { phone } : {}) };
    people.set(name, person);
    return person;
  };
  for (const unit of file.units) {
    unit.liaison.forEach((name, order) => {
      get(name).posts.push({ unit, post: "liaison", order });
    });
    if (unit.deputy) get(unit.deputy).posts.push({ unit, post: "deputy", order: 0 });
    if (unit.head) get(unit.head).posts.push({ unit, post: "head", order: 0 });
  }
  for (const leader of file.leaders) get(leader.name).leader = leader;
  for (const [role, names] of Object.entries(file.roles))
    for (const n of names ?? []) get(n).roles.push(role as RoleName);
  return people;
}
