import type { Instant } from "#core/time.ts";
import type { Case } from "./case.ts";
import type { Office } from "./office.ts";

/** Who may do something, in the words of the work flow. Default deny: an action names every role that may take it. */
export type Who =
  | "任何人"
  | "通讯录人员"
  | "报送人"
  | "值班员"
  | "组织协调"
  | "宣传"
  | "发布员"
  | "督查"
  | "管理员"
  | "联络员"
  | "承办单位"
  | "单位分管"
  | "单位主要负责人"
  | "领导"
  | "主要负责同志";

/** A person who acts, as far as the roster knows them. */
export interface Actor {
  name: string;
  /** False for a member of an enrolled group who is in no roster: may report and nothing else. */
  known: boolean;
}

/** The people who hold 组织协调: as named, else the liaison officers of the coordinating office. */
export function organisersOf({ roster }: Office): string[] {
  const named = roster.withRole("组织协调");
  return named.length > 0 ? named : roster.coordinator.liaison;
}

/** The roles of a person at this moment, in general and towards one case. */
export function rolesOf(actor: Actor, c: Case | null, office: Office, now: Instant): Set<Who> {
  const roles = new Set<Who>(["任何人"]);
  const person = actor.known ? office.roster.person(actor.name) : undefined;
  if (!person) return roles;
  roles.add("通讯录人员");
  if (c?.reporter === actor.name) roles.add("报送人");
  for (const role of person.roles) if (role !== "保密审查员") roles.add(role);
  if (organisersOf(office).includes(actor.name)) roles.add("组织协调");
  if (office.roster.dutyAt(now).officer === actor.name) roles.add("值班员");
  if (office.roster.publicity?.liaison.includes(actor.name)) roles.add("宣传");
  if (office.roster.isLeader(actor.name)) roles.add("领导");
  if (person.leader?.role === "主要负责同志") roles.add("主要负责同志");
  for (const { unit, post } of person.posts) {
    if (!c?.parts.some((p) => p.unit === unit.name)) continue;
    roles.add("承办单位");
    roles.add(post === "liaison" ? "联络员" : post === "deputy" ? "单位分管" : "单位主要负责人");
  }
  return roles;
}

/** The assigned units for which a person speaks. */
export function unitsFor(actor: Actor, c: Case, office: Office): string[] {
  const posts = (actor.known ? office.roster.person(actor.name)?.posts : undefined) ?? [];
  return c.parts.map((p) => p.unit).filter((name) => posts.some((p) => p.unit.name === name));
}

/**
 * 值班员 may 代研判 and 代转办 when no 组织协调 is at work: outside weekday daytime, or when the triage window has passed
 * without one (ruling 14).
 */
export function mayActForOrganiser(c: Case, office: Office, now: Instant): boolean {
  const onDuty = office.roster.dutyAt(now).officer;
  if (!organisersOf(office).includes(onDuty)) return true;
  const window = c.clocks.find((k) => k.key === "triage")?.dueAt ?? null;
  // An organiser who decided in time did answer: the later steps of the day are theirs.
  const missed = window !== null && window <= now && (c.triage === undefined || c.triage.at > window);
  return c.triage?.acting === true || missed;
}
