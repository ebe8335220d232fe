import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import pino from "pino";
import { BotError } from "#core/errors.ts";
import type { Store } from "#core/store.ts";
import { migrate } from "./store/migrate.ts";
import { openSqlite } from "./store/sqlite.ts";
import { kyselyStore } from "./store/store.ts";

/** Folder of the database, the local chat's history and the log (HUIYING_DATA, default ./data). */
export function dataFolder(env = process.env): string {
  const folder = resolve(env["HUIYING_DATA"] || "data");
  // What is in it is nobody's business but the bot's.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The database to use: --database, HUIYING_DATABASE_URL, else a file in the data folder. */
export function databaseUrl(given: string | undefined, env = process.env): string {
  return given ?? (env["HUIYING_DATABASE_URL"] || `sqlite:${join(dataFolder(env), "huiying.db")}`);
}

/** The file of an "sqlite:FILE" address. @throws BotError bad-config for any other address */
export function sqliteFile(url: string): string {
  const file = /^sqlite:(.+)$/u.exec(url)?.[1];
  if (!file)
    throw new BotError("bad-config", `数据库地址应写作 sqlite:文件名,例如 sqlite:data/huiying.db;现在是“${url}”。`);
  return file === ":memory:" ? file : resolve(file);
}

/** Opens a database and brings it to the newest schema. @throws BotError bad-config, database */
export async function openStore(url: string): Promise<Store> {
  const { db } = openSqlite(sqliteFile(url));
  await migrate(db);
  return kyselyStore(db);
}

export type Log = Pick<pino.Logger, "info" | "warn" | "error">;

/** The log file: what happened and to which record, never the text of a message. */
export function openLog(folder: string): Log {
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: join(folder, "huiying.log"), sync: true }),
  );
}
