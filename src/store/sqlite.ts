import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { BotError } from "#core/errors.ts";
import type { Tables } from "./schema.ts";

/**
 * Opens an SQLite file (or ":memory:") for durable use: WAL, and a flush at every commit, so that what was answered is on
 * disk when the answer is sent.
 * @throws BotError database
 */
export function openSqlite(file: string): { db: Kysely<Tables>; raw: Database.Database } {
  try {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    const raw = new Database(file, { timeout: 5000 });
    raw.pragma("journal_mode = WAL");
    raw.pragma("synchronous = FULL");
    raw.pragma("foreign_keys = ON");
    raw.pragma("cache_size = -16000");
    return { db: new Kysely<Tables>({ dialect: new SqliteDialect({ database: raw }) }), raw };
  } catch (cause) {
    throw new BotError("database", `打不开数据库 ${file}:请检查目录是否存在、可写,磁盘是否已满。`, { cause });
  }
}
