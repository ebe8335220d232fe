import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { BotError } from "#core/errors.ts";
import * as initial from "./migrations/0001-initial.ts";
import type { Tables } from "./schema.ts";

const MIGRATIONS: Record<string, Migration> = { "0001-initial": initial };

/** Brings the database to the newest schema. @throws BotError database */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new BotError("database", "数据库结构升级失败。请先备份数据文件,确认程序版本不低于上次运行的版本。", {
      cause: error,
    });
}
