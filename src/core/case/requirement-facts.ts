import { isHarmed } from "#core/clocks/targets.ts";
import type { RequirementFacts } from "#core/policy/requirements.ts";
import type { Case } from "./case.ts";
import { clockFacts } from "./settle.ts";
import { isOpen } from "./states.ts";

/** What the requirements of a case depend on, as the case stands: decided at 研判, before that as the report says. */
export function requirementFacts(c: Case): RequirementFacts {
  const { report, triage } = c;
  const { matter, eventLevel, opinionLevel, triaged, suggestedLevel, emergency, casualties, ...limits } = clockFacts(c);
  const units = named(c);
  const places = new Set(triage?.places ?? report.places.flatMap((p) => p.code ?? []));
  const others = units.size > 1 || places.size > 1;
  return {
    ...{ matter, eventLevel, opinionLevel, triaged, suggestedLevel, emergency },
    superiorRequired: limits.superiorRequired,
    sensitive: limits.sensitive,
    harmed: isHarmed(casualties),
    categories: triage?.categories ?? report.category ?? [],
    policyOwner: triage?.policyOwner,
    rumour: report.flags.includes("rumour"),
    places: Math.max(places.size, 1),
    units: units.size,
    // The draft may name somebody whom the case does not: only its author can say no.
    otherOrgs: others || undefined,
    notOwnDuty: c.parts.some((p) => p.returned !== undefined) ? undefined : false,
    forms: c.responses.map((r) => r.form),
    overdue: c.clocks.some((k) => k.kind === "hard" && k.outcome === "late"),
    respond: c.noResponse === undefined,
    withheld: c.withheld === true,
    closed: !isOpen(c.state),
  };
}

/** Units that answer, or that the report and 研判 name. */
function named(c: Case): Set<string> {
  if (c.parts.length > 0) return new Set(c.parts.map((p) => p.unit));
  return new Set(c.triage?.units ?? c.report.units);
}
