import { OfficeConfigSchema } from "#core/config.ts";
import { check } from "#core/policy/schema-problems.ts";
import type { Instant } from "#core/time.ts";
import { readYamlPlaces } from "#core/yaml-places.ts";
import { rosterGaps } from "./gaps.ts";
import { type Remark, rosterProblems } from "./problems.ts";
import { Roster } from "./roster.ts";
import { RosterSchema } from "./schema.ts";
import type { Finding } from "./sheets/draft.ts";

/** A roster with what is wrong in it and what somebody should know; undefined when something keeps it from being used. */
export interface Examined {
  roster?: Roster;
  findings: Finding[];
}

export interface ExamineContext {
  /** Code of the office's own jurisdiction; undefined: the one that the content names. */
  home: string | undefined;
  workingHours: readonly string[];
  now: Instant;
}

type PlaceOf = (path: readonly PropertyKey[]) => Finding["place"] | undefined;

/** Settings of the office may stand in the configuration instead, so none is asked for here. */
const Settings = OfficeConfigSchema.partial();

/** Looks at the content of a roster, everything at once. @param at where the value at a path stands in the file */
export function examineRoster(content: unknown, at: PlaceOf, context: ExamineContext): Examined {
  const findings = (kind: Finding["kind"], remarks: readonly Remark[]): Finding[] =>
    remarks.map(({ path, reason }) => {
      const place = at(path);
      return { kind, text: reason, ...(place ? { place } : {}) };
    });
  const form = check(RosterSchema, content);
  if ("problems" in form) return { findings: findings("error", form.problems) };
  const settings = check(Settings, form.value.office ?? {});
  const inOffice = "problems" in settings ? settings.problems : [];
  const home = context.home ?? ("value" in settings ? settings.value.jurisdiction : undefined);
  const problems = [
    ...inOffice.map(({ path, reason }) => ({ path: ["office", ...path], reason })),
    ...(home === undefined
      ? [{ path: ["office"], reason: "没有写 office.jurisdiction(本级区划代码)" }]
      : rosterProblems(form.value, home)),
  ];
  if (problems.length > 0 || home === undefined) return { findings: findings("error", problems) };
  const roster = new Roster(form.value, { jurisdiction: home });
  const workingHours = ("value" in settings && settings.value.workingHours) || [...context.workingHours];
  return { roster, findings: findings("note", rosterGaps(roster, { workingHours }, context.now)) };
}

/** Reads a roster file and looks at it; places are lines and columns. */
export function examineYaml(text: string, context: ExamineContext): Examined {
  const yaml = readYamlPlaces(text);
  if ("syntax" in yaml) {
    const { line, column, reason } = yaml.syntax;
    return { findings: [{ kind: "error", text: reason, place: { row: line, column } }] };
  }
  const placeOf: PlaceOf = (path) => {
    const { line, column } = yaml.at(path);
    return { row: line, column };
  };
  const content = yaml.document.toJS() as { office?: { jurisdiction?: unknown } } | null;
  const own = content?.office?.jurisdiction;
  const home = typeof own === "string" ? own : context.home;
  return examineRoster(content ?? {}, placeOf, { ...context, home });
}
