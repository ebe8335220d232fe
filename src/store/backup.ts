import { randomUUID } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { BotError } from "#core/errors.ts";
import type { Instant } from "#core/time.ts";
import type { Verification } from "#core/verification.ts";
import type { Vitals } from "#core/vitals.ts";
import { migrate, type SchemaAge, schemaAge } from "./migrate.ts";
import { type OpenSqlite, openSqlite, openSqliteToRead } from "./sqlite.ts";
import { verifyLedger } from "./verify.ts";
import { readVitals } from "./vitals.ts";

/**
 * Verifies the database in a file.
 * @throws BotError not-found, database: the file is no intact database of this version
 */
export async function verifyFile(file: string): Promise<Verification> {
  const open = openSqliteToRead(file);
  try {
    await requireOwnSchema(open, file);
    return await verifyLedger(open.db, numbersGiven(open));
  } finally {
    await open.db.destroy();
  }
}

/**
 * The signs of life in a database, with a quick look at its pages.
 * @param before what was due before this instant should be done by now
 * @throws BotError not-found, database
 */
export async function vitalsOf(file: string, before: Instant): Promise<Vitals> {
  const open = openSqliteToRead(file);
  try {
    await requireOwnSchema(open, file);
    const intact = open.raw.pragma("quick_check", { simple: true }) === "ok";
    return { intact, ...(await readVitals(open.db, before)) };
  } finally {
    await open.db.destroy();
  }
}

/**
 * Copies a database while a bot runs on it: one consistent moment, in one file that needs no other beside it, without remains
 * of what was deleted. The copy is verified before it gets its name; a broken chain is copied as it is and told.
 * @throws BotError refused when `to` exists; not-found, database
 */
export async function backupFile(from: string, to: string): Promise<Verification> {
  refuseExisting(to, `备份文件 ${to} 已经存在,不会覆盖。请换一个文件名。`);
  const open = openSqliteToRead(from);
  try {
    await requireOwnSchema(open, from);
    return await placed(to, async (temporary) => copy(open, temporary));
  } finally {
    await open.db.destroy();
  }
}

/**
 * Puts a backup in the place of a database that does not exist, and brings it to the newest schema. A backup whose records were
 * changed is not used; the verification says what is broken.
 * @throws BotError refused when there is a database; not-found, database
 */
export async function restoreFile(from: string, to: string): Promise<Verification> {
  for (const existing of [to, `${to}-wal`, `${to}-shm`])
    refuseExisting(
      existing,
      `${existing} 已经存在,恢复不会覆盖已有数据库。请先停止机器人,把 ${to} 以及同名的 -wal、-shm 文件移到别处,再恢复。`,
    );
  const open = openSqliteToRead(from);
  try {
    await requireOwnSchema(open, from, ["current", "older"]);
    requireIntact(open, from);
    mkdirSync(dirname(to), { recursive: true });
    const make = async (temporary: string): Promise<void> => {
      copy(open, temporary);
      const { db } = openSqlite(temporary);
      try {
        await migrate(db);
      } finally {
        await db.destroy();
      }
    };
    return await placed(to, make, (verification) => verification.broken === undefined);
  } finally {
    await open.db.destroy();
  }
}

/** What is in the file at this moment, its write-ahead log included. */
const copy = ({ raw }: OpenSqlite, to: string): void => {
  raw.prepare("VACUUM INTO ?").run(to);
};

/**
 * Makes a file under another name, verifies it, flushes it, and only then gives it its name. A crash leaves at most a file
 * that ends in ".partial".
 * @param accept whether the file may be placed; false: it is removed, and the caller is told by the verification
 */
async function placed(
  to: string,
  make: (temporary: string) => Promise<void>,
  accept: (verification: Verification) => boolean = () => true,
): Promise<Verification> {
  const temporary = join(dirname(to), `.${basename(to)}.${randomUUID().slice(0, 8)}.partial`);
  try {
    await make(temporary);
    flush(temporary);
    const verification = await verifyWhole(temporary);
    if (!accept(verification)) return verification;
    reserve(to);
    renameSync(temporary, to);
    flush(dirname(to));
    return verification;
  } catch (cause) {
    if (cause instanceof BotError) throw cause;
    throw new BotError("database", `写不了 ${to}:请检查目录是否存在、可写,磁盘是否已满,来源文件是否完好。`, { cause });
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${temporary}${suffix}`, { force: true });
  }
}

/** Takes the name for itself, so that no other file of this name is replaced by the renaming that follows. */
function reserve(file: string): void {
  try {
    closeSync(openSync(file, "wx"));
  } catch (cause) {
    throw new BotError("refused", `${file} 刚刚被别的程序建立,没有覆盖。请换一个文件名。`, { cause });
  }
}

async function verifyWhole(file: string): Promise<Verification> {
  const open = openSqliteToRead(file);
  try {
    requireIntact(open, file);
    return await verifyLedger(open.db, numbersGiven(open));
  } finally {
    await open.db.destroy();
  }
}

function requireIntact({ raw }: OpenSqlite, file: string): void {
  if (raw.pragma("integrity_check", { simple: true }) !== "ok")
    throw new BotError("database", `数据库 ${file} 已损坏(完整性检查未通过),不能使用。请改用更早的备份。`);
}

const SCHEMA_PROBLEMS: Record<Exclude<SchemaAge, "current">, string> = {
  foreign: "不是回应的数据库,请检查文件名。",
  newer: "由更新版本的程序写成,请先升级程序。",
  older: "是旧版本的结构。请先用它启动一次机器人,结构会自动升级,然后再试。",
};

async function requireOwnSchema(
  { db }: OpenSqlite,
  file: string,
  wanted: readonly SchemaAge[] = ["current"],
): Promise<void> {
  const age = await schemaAge(db);
  if (age !== "current" && !wanted.includes(age)) throw new BotError("database", `${file} ${SCHEMA_PROBLEMS[age]}`);
}

/** SQLite numbers the events without holes, also when an append is rolled back. */
function numbersGiven({ raw }: OpenSqlite): number {
  const given = raw.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'events'").pluck().get();
  return given ?? 0;
}

function refuseExisting(file: string, says: string): void {
  if (existsSync(file)) throw new BotError("refused", says);
}

/** Waits until the file, or the entry in the folder, is on disk. */
function flush(path: string): void {
  let handle: number;
  try {
    handle = openSync(path, "r");
  } catch (error) {
    // A folder cannot be opened on Windows, where the entry is flushed with the file.
    if ((error as NodeJS.ErrnoException).code === "EISDIR" || (error as NodeJS.ErrnoException).code === "EPERM") return;
    throw error;
  }
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
