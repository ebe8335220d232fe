import { nearestName } from "#core/nearest-name.ts";
import { check, type SchemaProblem } from "#core/policy/schema-problems.ts";
import { contradictions, type FactProblem } from "./decide-contradictions.ts";
import { DecideFacts, FACT_NAMES } from "./decide-facts.ts";
import { type InputObject, lineOf } from "./json-input.ts";

/**
 * Reads the facts of one object: the facts themselves, or an object with them as `facts` and more beside.
 * @param home code of the office's own jurisdiction
 * @returns the facts, or one sentence that names the line and every field that is wrong
 */
export function readFacts(object: InputObject, home: string): { facts: DecideFacts } | { wrong: string } {
  const { merged, twice } = flat(object.value);
  const checked = check(DecideFacts, merged);
  const problems: FactProblem[] = [
    ...twice.map((field) => ({ field, reason: `facts 里外都有 ${field},且不一致` })),
    ...("value" in checked ? contradictions(checked.value, home) : checked.problems.map(told)),
  ];
  if ("value" in checked && problems.length === 0) return { facts: checked.value };
  const reasons = problems.map(({ field, reason }) => {
    const line = lineOf(object, field);
    return line === object.line ? reason : `${reason}(第 ${line} 行)`;
  });
  return { wrong: `第 ${object.line} 行的事实有 ${reasons.length} 处不对:${reasons.join(";")}` };
}

/** A worked case holds its facts in `facts`; levels, times and the matter may stand beside them. */
function flat(value: Record<string, unknown>): { merged: unknown; twice: string[] } {
  const { facts, ...beside } = value;
  if (facts === undefined) return { merged: value, twice: [] };
  if (typeof facts !== "object" || facts === null || Array.isArray(facts)) return { merged: facts, twice: [] };
  const twice = Object.entries(facts).filter(
    ([field, fact]) => field in beside && JSON.stringify(beside[field]) !== JSON.stringify(fact),
  );
  return { merged: { ...beside, ...facts }, twice: twice.map(([field]) => field) };
}

function told({ path, reason }: SchemaProblem): FactProblem {
  const [field = "facts"] = path.map(String);
  const last = String(path.at(-1));
  const near = reason === `不认识的字段 ${last}` ? nearestName(last, FACT_NAMES) : undefined;
  const where = path.length > 1 ? `${path.join(".")}:` : "";
  return { field, reason: `${where}${reason}${near ? `,是不是 ${near}?` : ""}` };
}
