import { type Affected, affectedCases } from "#core/case/affected.ts";
import type { Instant } from "#core/time.ts";
import { officeOf } from "./office.ts";
import { databaseUrl, sqliteFile } from "./runtime.ts";
import { loadSetup } from "./setup.ts";
import { readFile } from "./store/inspect.ts";

/**
 * What the packs as they stand in the files would change on the open cases of a database. Nothing is written.
 * @throws BotError bad-config, bad-roster, bad-rules, not-found, database
 */
export function openDiff(
  options: { config?: string | undefined; database?: string | undefined; packs?: readonly string[] },
  now: Instant,
): Promise<Affected[]> {
  const setup = loadSetup(options.config, options.packs ? { packs: [...options.packs] } : {});
  return readFile(sqliteFile(databaseUrl(options.database)), async (reader) =>
    affectedCases(
      reader,
      officeOf(setup, await reader.ruleSets(), () => now),
    ),
  );
}
