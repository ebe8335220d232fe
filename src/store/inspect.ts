import Database from "better-sqlite3";
import { BotError } from "#core/errors.ts";
import type { Reader } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import type { CaseVerification, Verification } from "#core/verification.ts";
import type { Vitals } from "#core/vitals.ts";
import { type SchemaAge, schemaAge } from "./migrate.ts";
import { type OpenSqlite, openSqliteToRead } from "./sqlite.ts";
import { kyselyStore } from "./store.ts";
import { verifyLedger } from "./verify.ts";
import { verifyCase } from "./verify-case.ts";
import { readVitals } from "./vitals.ts";

/**
 * Verifies the database in a file.
 * @throws BotError not-found, database: the file is no readable database of this version
 */
export const verifyFile = (file: string): Promise<Verification> => inspectFile(file, ["current"], verifyOpen);

/**
 * Checks the pages of a database, then verifies it.
 * @throws BotError not-found, database: damaged, or no database of this version
 */
export const verifyWholeFile = (file: string): Promise<Verification> =>
  inspectFile(file, ["current"], async (open) => {
    requireIntact(open, file);
    return verifyOpen(open);
  });

/**
 * The signs of life in a database, with a quick look at its pages.
 * @param before what was due before this instant should be done by now
 * @throws BotError not-found, database
 */
export const vitalsOf = (file: string, before: Instant): Promise<Vitals> =>
  inspectFile(file, ["current"], async ({ db, raw }) => ({
    intact: raw.pragma("quick_check", { simple: true }) === "ok",
    ...(await readVitals(db, before)),
  }));

/**
 * Looks at the cases in a database; nothing is written, and a bot may run on it meanwhile.
 * @throws BotError not-found, database
 */
export const readFile = <T>(file: string, look: (reader: Reader) => Promise<T>): Promise<T> =>
  inspectFile(file, ["current"], ({ db }) => look(kyselyStore(db)));

/**
 * Like `readFile`, with everything as it stood at one moment, and with the check of single cases.
 * @throws BotError not-found, database
 */
export const readSnapshot = <T>(
  file: string,
  look: (reader: Reader, verify: (caseId: string) => Promise<CaseVerification>) => Promise<T>,
): Promise<T> =>
  inspectFile(file, ["current"], ({ db }) =>
    db.transaction().execute((tx) => look(kyselyStore(tx), (caseId) => verifyCase(tx, caseId))),
  );

const SCHEMA_PROBLEMS: Record<SchemaAge, string> = {
  foreign: "不是回应的数据库,请检查文件名。",
  newer: "由更新版本的程序写成,请先升级程序。",
  older: "是旧版本的结构。请先用它启动一次机器人,结构会自动升级,然后再试。",
  current: "已是最新结构。",
};

/**
 * Opens a file to look at it, and closes it again. A bot may run on it meanwhile.
 * @param ages what its schema may be
 * @throws BotError not-found, database
 */
export async function inspectFile<T>(
  file: string,
  ages: readonly SchemaAge[],
  look: (open: OpenSqlite) => Promise<T>,
): Promise<T> {
  const open = openSqliteToRead(file);
  try {
    const age = await schemaAge(open.db);
    if (!ages.includes(age)) throw new BotError("database", `${file} ${SCHEMA_PROBLEMS[age]}`);
    return await look(open);
  } catch (cause) {
    if (cause instanceof Database.SqliteError)
      throw new BotError("database", `读不了数据库 ${file}:文件可能已损坏。请另存这份文件,再用最近的备份恢复。`, {
        cause,
      });
    throw cause;
  } finally {
    await open.db.destroy();
  }
}

/** @throws BotError database */
export function requireIntact({ raw }: OpenSqlite, file: string): void {
  if (raw.pragma("integrity_check", { simple: true }) !== "ok")
    throw new BotError("database", `数据库 ${file} 已损坏(完整性检查未通过),不能使用。请改用更早的备份。`);
}

/** SQLite numbers the events without holes, also when an append is rolled back: what it ever gave must all be there. */
function verifyOpen({ db, raw }: OpenSqlite): Promise<Verification> {
  const given = raw.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'events'").pluck().get();
  return verifyLedger(db, given ?? 0);
}
