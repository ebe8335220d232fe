import { type RuleSet, rulesForCase } from "#core/policy/resolve.ts";
import { decideResponsibility } from "#core/policy/responsibility.ts";
import type { Responsibility, ResponsibilityFacts } from "#core/policy/types.ts";
import type { Case, Triage } from "./case.ts";
import type { Office } from "./office.ts";

/**
 * The rules of a case: the set frozen at 研判, before it the present one, as it stands for the places and units that the case
 * has now. A unit or place that changes re-resolves the frozen set; nothing else does.
 * @param digest another set, to see what it would change
 */
export function rulesOfCase(c: Case, office: Office, digest: string | undefined = c.rules): RuleSet {
  const units = namedUnits(c, office).flatMap((name) => {
    const unit = office.roster.unit(name);
    return [name, ...(unit ? [unit.name, unit.superior ?? ""] : [])];
  });
  return rulesForCase(office.rulesOf(digest), { places: placesOf(c, office), units });
}

function placesOf(c: Case, { roster }: Office): string[] {
  const codes = c.triage?.places ?? c.report.places.map((p) => p.code).filter((code) => code !== null);
  return [...new Set(codes.length > 0 ? codes : [roster.home])];
}

/** 第一责任主体 and 组织协调 for a case: a suggestion from the report, after 研判 what follows from the decision. */
export function respondersFor(c: Case, office: Office): Responsibility {
  const { roster } = office;
  const { triage, report } = c;
  const rules = rulesOfCase(c, office);
  const places = placesOf(c, office);
  const regime = rules.packs.find((p) => p.scope.kind === "organisation" && p.advisory === null)?.id;
  const units = namedUnits(c, office).map((name): NonNullable<ResponsibilityFacts["units"]>[number] => {
    const unit = roster.unit(name);
    if (!unit) return { name };
    return { name: unit.name, management: unit.management, ...(unit.superior ? { superior: unit.superior } : {}) };
  });
  const byTable = decideResponsibility(
    {
      home: roster.home,
      places,
      units,
      leadUnit: c.assignment?.lead ?? triage?.leadUnit ?? null,
      rumour: report.flags.includes("rumour"),
      ...(regime === undefined ? {} : { orgRegime: regime }),
      ...(triage
        ? {
            policyOwner: triage.policyOwner,
            eventLevel: triage.eventLevel,
            ...(triage.opinionLevel ? { opinionLevel: triage.opinionLevel } : {}),
          }
        : {}),
    },
    {
      jurisdictions: Object.fromEntries(roster.file.jurisdictions.map((j) => [j.code, j.name])),
      rules,
    },
  );
  return triage?.decidedBy === undefined ? byTable : decidedByLeader(byTable, c, triage);
}

/** A named leader's decision stands above the table (领导决定); whom the table would have named is asked of nobody any more. */
function decidedByLeader(byTable: Responsibility, c: Case, { units, leadUnit }: Triage): Responsibility {
  const { by: _, ...rest } = byTable;
  const lead = c.assignment?.lead ?? leadUnit;
  return {
    ...rest,
    firstResponsible: c.parts.length > 0 ? c.parts.map((p) => p.unit) : units,
    leadUnit: lead,
    human: [],
  };
}

/** Unit names of the case: assigned, else as 研判 names them, else of the report, else suggested by the duties list. */
export function namedUnits(c: Case, office: Office): string[] {
  if (c.parts.length > 0) return c.parts.map((p) => p.unit);
  if (c.triage) return c.triage.units;
  const { units, unitIds, unitSuggested } = c.report;
  const known = [...unitIds, ...(units.length > 0 ? [] : unitSuggested)].map(
    (id) => office.roster.unit(id)?.name ?? id,
  );
  const unknown = units.filter((name) => !office.roster.unit(name) && !known.some((k) => k.includes(name)));
  return [...new Set([...known, ...unknown])];
}
