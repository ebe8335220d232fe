import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { BotError } from "#core/errors.ts";

/** How long a bot that is just ending is waited for, milliseconds. */
const PATIENCE = 3_000;

/**
 * Keeps a second bot off the same database: both would press urgent channels and answer. The lock goes with the process,
 * however that ends.
 * @returns releases it
 * @throws BotError database when somebody else holds it
 */
export function lockDatabase(file: string): () => void {
  if (file === ":memory:") return () => {};
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = new Database(`${file}.lock`, { timeout: PATIENCE });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new BotError(
      "database",
      `已有一个机器人在用数据库 ${file}。请先停掉它，或用 HUIYING_DATA、--database 另选一个。`,
      { cause },
    );
  }
  return () => lock.close();
}
