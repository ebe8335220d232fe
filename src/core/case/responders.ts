import { decideResponsibility } from "#core/policy/responsibility.ts";
import type { Responsibility, ResponsibilityFacts } from "#core/policy/types.ts";
import type { Case } from "./case.ts";
import type { Office } from "./office.ts";

/** 第一责任主体 and 组织协调 for a case: a suggestion from the report, after 研判 what follows from the decision. */
export function respondersFor(c: Case, office: Office): Responsibility {
  const { roster } = office;
  const { triage, report } = c;
  const codes = triage?.places ?? report.places.map((p) => p.code).filter((code) => code !== null);
  const places = [...new Set(codes.length > 0 ? codes : [roster.home])];
  const units = namedUnits(c, office).map((name): NonNullable<ResponsibilityFacts["units"]>[number] => {
    const unit = roster.unit(name);
    if (!unit) return { name };
    return { name: unit.name, management: unit.management, ...(unit.superior ? { superior: unit.superior } : {}) };
  });
  return decideResponsibility(
    {
      home: roster.home,
      places,
      units,
      leadUnit: c.assignment?.lead ?? triage?.leadUnit ?? null,
      rumour: report.flags.includes("rumour"),
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
      rules: office.rulesOf(c.rules),
    },
  );
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
