import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Verification } from "#core/verification.ts";
import { inspectFile, requireIntact, verifyWholeFile } from "./inspect.ts";
import { migrate } from "./migrate.ts";
import { placeFile, refuseExisting } from "./place.ts";
import { type OpenSqlite, openSqlite } from "./sqlite.ts";

/**
 * Copies a database while a bot runs on it: one consistent moment, in one file that needs no other beside it, without remains
 * of what was deleted. The copy is verified before it gets its name; a broken chain is copied as it is and told.
 * @throws BotError refused when `to` exists; not-found, database
 */
export async function backupFile(from: string, to: string): Promise<Verification> {
  refuseExisting(to, `备份文件 ${to} 已经存在,不会覆盖。请换一个文件名。`);
  return inspectFile(from, ["current"], (open) =>
    placed(
      to,
      async (temporary) => copy(open, temporary),
      () => true,
    ),
  );
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
  return inspectFile(from, ["current", "older"], async (open) => {
    requireIntact(open, from);
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    return placed(
      to,
      async (temporary) => {
        copy(open, temporary);
        await upgrade(temporary);
      },
      ({ broken }) => broken === undefined,
    );
  });
}

/** What is in the file at this moment, its write-ahead log included. */
function copy({ raw }: OpenSqlite, to: string): void {
  raw.prepare("VACUUM INTO ?").run(to);
}

async function upgrade(file: string): Promise<void> {
  const { db } = openSqlite(file);
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

async function placed(
  to: string,
  make: (temporary: string) => Promise<void>,
  accept: (verification: Verification) => boolean,
): Promise<Verification> {
  let found: Verification | undefined;
  await placeFile(to, make, async (temporary) => {
    found = await verifyWholeFile(temporary);
    return accept(found);
  });
  if (found === undefined) throw new Error("a file was placed without being verified");
  return found;
}
