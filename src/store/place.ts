import { randomUUID } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { BotError } from "#core/errors.ts";

/**
 * Makes a file under another name, checks and flushes it, and only then gives it its name. A crash leaves at most a file that
 * ends in ".partial" or, in the last instant, an empty one.
 * @param make writes the file
 * @param check looks at what was written; false: the file is removed again
 * @throws BotError refused when there is a file of this name; database
 */
export async function placeFile(
  to: string,
  make: (temporary: string) => Promise<void>,
  check: (temporary: string) => Promise<boolean>,
): Promise<void> {
  const temporary = join(dirname(to), `.${basename(to)}.${randomUUID().slice(0, 8)}.partial`);
  try {
    await make(temporary);
    flushFile(temporary);
    if (await check(temporary)) takeName(temporary, to);
  } catch (cause) {
    if (cause instanceof BotError) throw cause;
    throw new BotError("database", `写不了 ${to}:请检查目录是否存在、可写,磁盘是否已满。`, { cause });
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${temporary}${suffix}`, { force: true });
  }
}

/** @throws BotError refused */
export function refuseExisting(file: string, says: string): void {
  if (existsSync(file)) throw new BotError("refused", says);
}

/** The name is taken first, so that no file which somebody else made meanwhile is replaced. */
function takeName(temporary: string, to: string): void {
  try {
    closeSync(openSync(to, "wx"));
  } catch (cause) {
    throw new BotError("refused", `${to} 刚刚被别的程序建立,没有覆盖。请换一个文件名。`, { cause });
  }
  try {
    renameSync(temporary, to);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
  flushFolder(dirname(to));
}

/** Waits until the content is on disk. */
function flushFile(path: string): void {
  const handle = openSync(path, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Waits until the names in the folder are on disk. Windows has no such call and does it by itself. */
function flushFolder(path: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
