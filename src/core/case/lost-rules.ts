import type { Reader } from "#core/store.ts";
import { midNo } from "./case.ts";

/** Cases looked at in one step. */
const STEP = 200;

/** Numbers of the open cases that froze a rule set which the database does not hold any more. */
export async function casesWithoutRules(reader: Pick<Reader, "cases" | "ruleSets">): Promise<string[]> {
  const kept = new Set((await reader.ruleSets()).map(({ digest }) => digest));
  const lost: string[] = [];
  for (let offset = 0; ; offset += STEP) {
    const cases = await reader.cases({ open: true, limit: STEP, offset });
    lost.push(...cases.filter((c) => c.rules !== undefined && !kept.has(c.rules)).map((c) => midNo(c.id)));
    if (cases.length < STEP) return lost;
  }
}
