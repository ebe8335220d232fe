import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { BotError } from "#core/errors.ts";
import { up as initial } from "./migrations/0001-initial.ts";
import { up as seals } from "./migrations/0002-seals.ts";
import { up as search } from "./migrations/0003-search.ts";
import { up as evidenceAndLexicon } from "./migrations/0004-evidence-and-lexicon.ts";
import { up as platforms } from "./migrations/0005-platforms.ts";
import { up as failures } from "./migrations/0006-failures.ts";
import type { Tables } from "./schema.ts";

const MIGRATIONS: Record<string, Migration> = {
  "0001-initial": { up: initial },
  "0002-seals": { up: seals },
  "0003-search": { up: search },
  "0004-evidence-and-lexicon": { up: evidenceAndLexicon },
  "0005-platforms": { up: platforms },
  "0006-failures": { up: failures },
};

const migratorOf = (db: Kysely<Tables>): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });

/** Brings the database to the newest schema. @throws BotError database */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (error !== undefined)
    throw new BotError("database", "数据库结构升级失败。请先备份数据文件,确认程序版本不低于上次运行的版本。", {
      cause: error,
    });
}

/** How a database's schema stands to this program; foreign: it is no database of this program at all. */
export type SchemaAge = "current" | "older" | "newer" | "foreign";

/** Looks without changing anything. */
export async function schemaAge(db: Kysely<Tables>): Promise<SchemaAge> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((t) => t.name === MIGRATION_TABLE)) return "foreign";
  const applied = await db
    .withTables<{ [MIGRATION_TABLE]: { name: string } }>()
    .selectFrom(MIGRATION_TABLE)
    .select("name")
    .execute();
  const known = Object.keys(MIGRATIONS);
  if (applied.some(({ name }) => !known.includes(name))) return "newer";
  return applied.length < known.length ? "older" : "current";
}

const MIGRATION_TABLE = "kysely_migration";
