import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { Kysely, type SqliteDatabase, SqliteDialect } from "kysely";
import { BotError } from "#core/errors.ts";
import type { Tables } from "./schema.ts";

export interface OpenSqlite {
  db: Kysely<Tables>;
  raw: Database.Database;
}

const kyselyOver = (raw: Database.Database): OpenSqlite => ({
  db: new Kysely<Tables>({ dialect: new SqliteDialect({ database: preparingOnce(raw) }) }),
  raw,
});

/** Prepared statements that are kept. */
const STATEMENTS = 200;

/** The database with each text prepared once: preparing costs more than most of our statements take to run. */
function preparingOnce(raw: Database.Database): SqliteDatabase {
  const statements = new Map<string, Database.Statement>();
  return {
    close: () => raw.close(),
    prepare(sql) {
      const statement = statements.get(sql) ?? raw.prepare(sql);
      // The least recently used one comes first.
      statements.delete(sql);
      statements.set(sql, statement);
      const [oldest] = statements.keys();
      if (statements.size > STATEMENTS && oldest !== undefined) statements.delete(oldest);
      return statement;
    },
  };
}

/**
 * Opens an SQLite file (or ":memory:") for durable use: WAL, and a flush at every commit, so that what was answered is on
 * disk when the answer is sent.
 * @throws BotError database
 */
export function openSqlite(file: string): OpenSqlite {
  try {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    const raw = new Database(file, { timeout: 5000 });
    raw.pragma("journal_mode = WAL");
    raw.pragma("synchronous = FULL");
    raw.pragma("foreign_keys = ON");
    raw.pragma("cache_size = -8000");
    return kyselyOver(raw);
  } catch (cause) {
    throw new BotError("database", `打不开数据库 ${file}:请检查目录是否存在、可写,磁盘是否已满。`, { cause });
  }
}

/**
 * Opens an existing SQLite file to look at it; nothing in it is changed, and a bot may run on it meanwhile.
 * @throws BotError not-found, database
 */
export function openSqliteToRead(file: string): OpenSqlite {
  if (!existsSync(file)) throw new BotError("not-found", `没有数据库文件 ${file},请检查地址;机器人启动过才有数据库。`);
  let raw: Database.Database | undefined;
  try {
    raw = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 });
    // The first read: a file that is no database is found out here.
    raw.pragma("schema_version");
    return kyselyOver(raw);
  } catch (cause) {
    raw?.close();
    const says =
      cause instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(cause.code)
        ? "它不是数据库文件,或文件已损坏。请用备份恢复。"
        : "请检查文件权限,以及有没有别的程序占用。";
    throw new BotError("database", `打不开数据库 ${file}:${says}`, { cause });
  }
}
