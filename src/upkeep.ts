import { resolve } from "node:path";
import { BotError } from "#core/errors.ts";
import type { Verification } from "#core/verification.ts";
import { databaseUrl, sqliteFile } from "./runtime.ts";
import { backupFile, restoreFile } from "./store/backup.ts";
import { verifyFile } from "./store/inspect.ts";

/** Verifies the database at an address. @throws BotError bad-config, not-found, database */
export const verifyDatabase = (url: string | undefined): Promise<Verification> => verifyFile(databaseFile(url));

/** Copies the database at an address into a new file. @throws BotError bad-config, refused, not-found, database */
export async function backupDatabase(url: string | undefined, to: string): Promise<Verification> {
  return backupFile(databaseFile(url), resolve(to));
}

/** Makes a database from a backup. @throws BotError bad-config, refused, not-found, database */
export async function restoreDatabase(
  from: string,
  url: string | undefined,
): Promise<{ file: string; found: Verification }> {
  const file = databaseFile(url);
  return { file, found: await restoreFile(resolve(from), file) };
}

/** The file of a database that outlives the process. */
function databaseFile(url: string | undefined): string {
  const file = sqliteFile(databaseUrl(url));
  if (file === ":memory:")
    throw new BotError("bad-config", "内存数据库不落盘,请写数据库文件,例如 sqlite:data/huiying.db。");
  return file;
}
