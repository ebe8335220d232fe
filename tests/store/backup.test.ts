import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type Migration, Migrator } from "kysely/migration";
import { afterAll, describe, expect, it } from "vitest";
import { BotError } from "#core/errors.ts";
import { openStore } from "#src/runtime.ts";
import { backupFile, restoreFile } from "#src/store/backup.ts";
import { headsHash } from "#src/store/chain.ts";
import { verifyFile } from "#src/store/inspect.ts";
import { up as firstSchema } from "#src/store/migrations/0001-initial.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { addCase, DAY_ONE, DAY_TWO, folder, ledger, removeFolders, tamper } from "./ledger.ts";

afterAll(removeFolders);

async function refused(work: Promise<unknown>): Promise<BotError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof BotError) return error;
  throw new Error("was not refused", { cause: error });
}

describe("backup", () => {
  it("copies one consistent moment while a bot goes on writing, into one file", async () => {
    const from = await ledger();
    const store = await openStore(`sqlite:${from}`);
    const to = join(folder(), "backup.db");
    const writing = (async () => {
      for (let no = 2; no < 40; no++) await addCase(store, DAY_TWO, no);
    })();
    const found = await backupFile(from, to);
    await writing;
    await store.close();
    expect(found.broken).toBeUndefined();
    expect(found.cases).toBeGreaterThanOrEqual(3);
    expect(await verifyFile(to)).toEqual(found);
    expect(readdirSync(join(to, ".."))).toEqual(["backup.db"]);
  });

  it("takes along what stands only in the write-ahead log", async () => {
    const from = await ledger();
    const store = await openStore(`sqlite:${from}`);
    await addCase(store, DAY_TWO, 2);
    expect(existsSync(`${from}-wal`)).toBe(true);
    expect(await backupFile(from, join(folder(), "b.db"))).toMatchObject({ cases: 4 });
    await store.close();
  });

  it("leaves nothing of erased content in the copy", async () => {
    const from = await ledger();
    tamper(from, "update payloads set body = null where seq = 1");
    tamper(from, "update cases set data = '{}'");
    const to = join(folder(), "b.db");
    await backupFile(from, to);
    expect(readFileSync(to).includes(Buffer.from('"summary":"第1件"'))).toBe(false);
  });

  it("never overwrites, and leaves the existing file as it is", async () => {
    const to = join(folder(), "b.db");
    writeFileSync(to, "keep");
    const error = await refused(backupFile(await ledger(), to));
    expect(error.message).toContain("不会覆盖");
    expect(readFileSync(to, "utf8")).toBe("keep");
  });

  it("copies a broken ledger as it is, and tells", async () => {
    const from = await ledger();
    tamper(from, "update events set actor = 'x' where seq = 2");
    const to = join(folder(), "b.db");
    expect((await backupFile(from, to)).broken).toMatchObject({ fault: "link" });
    expect((await verifyFile(to)).broken).toMatchObject({ fault: "link" });
  });

  it("says what is wrong with the source or the target", async () => {
    const to = join(folder(), "b.db");
    expect((await refused(backupFile(join(folder(), "none.db"), to))).message).toContain("没有数据库文件");
    const text = join(folder(), "text.db");
    writeFileSync(text, "这不是数据库".repeat(200));
    expect((await refused(backupFile(text, to))).message).toContain("不是数据库文件");
    const other = join(folder(), "other.db");
    new Database(other).exec("create table t (x)").close();
    expect((await refused(backupFile(other, to))).message).toContain("不是回应的数据库");
    expect((await refused(backupFile(await ledger(), join(folder(), "no/such/folder.db")))).message).toContain("目录");
    expect(existsSync(to)).toBe(false);
  });
});

describe("restore", () => {
  async function backup(): Promise<string> {
    const to = join(folder(), "backup.db");
    await backupFile(await ledger(), to);
    return to;
  }

  it("makes a database a bot can go on with", async () => {
    const to = join(folder(), "data/huiying.db");
    expect(await restoreFile(await backup(), to)).toMatchObject({ cases: 3, events: 9 });
    expect(readdirSync(join(to, ".."))).toEqual(["huiying.db"]);
    const store = await openStore(`sqlite:${to}`);
    await addCase(store, DAY_TWO, 2);
    expect(await store.write((tx) => tx.nextNumber(DAY_ONE))).toBe(3);
    await store.close();
    const found = await verifyFile(to);
    expect(found.broken).toBeUndefined();
    expect(found.cases).toBe(4);
  });

  it.each(["", "-wal", "-shm"])("never overwrites a database or what belongs to one (%s)", async (suffix) => {
    const to = join(folder(), "huiying.db");
    writeFileSync(`${to}${suffix}`, "keep");
    const error = await refused(restoreFile(await backup(), to));
    expect(error.code).toBe("refused");
    expect(error.message).toContain("移到别处");
    expect(readFileSync(`${to}${suffix}`, "utf8")).toBe("keep");
  });

  it("refuses a damaged backup and leaves nothing behind", async () => {
    const from = await backup();
    truncateSync(from, 40_000);
    const to = join(folder(), "huiying.db");
    expect((await refused(restoreFile(from, to))).code).toBe("database");
    expect(readdirSync(join(to, ".."))).toEqual([]);
  });

  it("says in plain words that a damaged database cannot be verified", async () => {
    const file = await ledger();
    tamper(file, "pragma wal_checkpoint(truncate)");
    truncateSync(file, 60_000);
    const error = await refused(verifyFile(file));
    expect(error.code).toBe("database");
    expect(error.message).toContain("已损坏");
  });

  it("does not use a backup whose records were changed", async () => {
    const from = await backup();
    tamper(from, "update payloads set body = '[]' where seq = 3");
    const to = join(folder(), "huiying.db");
    expect((await restoreFile(from, to)).broken).toMatchObject({ fault: "payload", seq: 3 });
    expect(readdirSync(join(to, ".."))).toEqual([]);
  });

  it("takes a plain copy of a database with its write-ahead log", async () => {
    const live = await ledger();
    const store = await openStore(`sqlite:${live}`);
    await addCase(store, DAY_TWO, 2);
    const copied = join(folder(), "copied.db");
    mkdirSync(join(copied, ".."), { recursive: true });
    for (const suffix of ["", "-wal"]) copyFileSync(`${live}${suffix}`, `${copied}${suffix}`);
    await store.close();
    expect(await restoreFile(copied, join(folder(), "huiying.db"))).toMatchObject({ cases: 4 });
  });

  it("brings a backup of an earlier version to the newest schema, with its anchors", async () => {
    const from = join(folder(), "old.db");
    const { db } = openSqlite(from);
    const getMigrations = async (): Promise<Record<string, Migration>> => ({ "0001-initial": { up: firstSchema } });
    await new Migrator({ db, provider: { getMigrations } }).migrateToLatest();
    const anchor = { day: DAY_ONE, last_event: 0, hash: headsHash([]), events: 0 };
    await db
      .insertInto("anchors")
      .values([
        { ...anchor, at: 1 },
        { ...anchor, at: 2 },
      ])
      .execute();
    await db.destroy();
    expect((await refused(verifyFile(from))).message).toContain("旧版本");
    expect((await refused(backupFile(from, join(folder(), "b.db")))).message).toContain("旧版本");
    const found = await restoreFile(from, join(folder(), "huiying.db"));
    expect(found.broken).toBeUndefined();
    expect(found.anchors).toEqual([{ day: DAY_ONE, at: 1, hash: anchor.hash, events: 0 }]);
  });
});
