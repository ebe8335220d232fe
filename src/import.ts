import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Actor, organisersOf, rolesOf } from "#core/case/authority.ts";
import { BotError } from "#core/errors.ts";
import { planImport } from "#core/import/plan-import.ts";
import { storeImport } from "#core/import/store-import.ts";
import { type Table, tableOf } from "#core/import/table.ts";
import { createBot } from "./bot.ts";
import type { ImportReport } from "./cli/import.ts";
import { discoverCommands } from "./discover.ts";
import { readSheets } from "./documents/spreadsheet.ts";
import { databaseUrl, openStore } from "./runtime.ts";
import { loadSetup } from "./setup.ts";

export interface ImportOptions {
  config?: string | undefined;
  database?: string | undefined;
  sheet?: string | undefined;
  skip: readonly number[];
  by?: string | undefined;
  apply: boolean;
}

/** Cases of this many days around the file's are looked through for duplicates. */
const AROUND = 3 * 86_400_000;

/**
 * Reads a 台账 or an export and, with `apply`, stores it: all rows in one transaction, or none.
 * @throws BotError bad-input, refused, bad-config
 */
export async function importFile(file: string, options: ImportOptions, now: number): Promise<ImportReport> {
  const table = await readTable(file, options.sheet);
  const setup = loadSetup(options.config);
  const store = await openStore(databaseUrl(options.database));
  try {
    const clock = { now: () => now };
    const parts = { setup, store, clock, platforms: [], registry: await discoverCommands(), onError: () => {} };
    const { office } = await createBot(parts);
    const actor: Actor = { name: options.by ?? organisersOf(office)[0] ?? "", known: true };
    if (options.apply && options.by === undefined)
      throw new BotError("refused", "请写明由谁导入,例如 --by 周敏(须是组织协调人员)");
    if (!rolesOf(actor, null, office, now).has("组织协调"))
      throw new BotError("refused", `${actor.name} 不是组织协调人员;可由 ${organisersOf(office).join("、")} 导入`);
    const duty = office.roster.dutyGroup();
    if (!duty) throw new BotError("bad-roster", "通讯录里没有值班群(purpose: duty),导入的案件没有去处");
    const context = { office, now, actor, file: basename(file), origin: { kind: "group" as const, name: duty.name } };
    const alone = planImport(table, [], options.skip, context);
    const times = alone.rows.map((r) => r.row.receivedAt);
    const known =
      times.length === 0
        ? []
        : await store.cases({ from: Math.min(...times) - AROUND, to: Math.max(...times) + AROUND, limit: 100_000 });
    const plan = planImport(table, known, options.skip, context);
    const isRight = plan.rows.length > 0 && !plan.problems.some((p) => p.kind === "error");
    if (!options.apply || !isRight) return { file: basename(file), plan, now };
    const stored = await store.write((tx) => storeImport(tx, plan, context));
    return { file: basename(file), plan, now, stored: stored.map((c) => c.id) };
  } finally {
    await store.close();
  }
}

async function readTable(file: string, sheet: string | undefined): Promise<Table> {
  const sheets = await readSheets(basename(file), readBytes(file));
  const named = sheet === undefined ? sheets : sheets.filter((s) => s.name === sheet);
  if (named.length === 0)
    throw new BotError("bad-input", `没有工作表“${sheet ?? ""}”,有:${sheets.map((s) => s.name).join("、")}`);
  const tables = named.flatMap((s) => tableOf(s) ?? []);
  const [table, other] = tables;
  if (!table)
    throw new BotError(
      "bad-input",
      `${basename(file)} 里没有认得出的表头:须有 标题 或 内容,以及 收到时间、来源、涉事单位 等列名中的至少两个`,
    );
  if (other)
    throw new BotError(
      "bad-input",
      `有 ${tables.length} 个工作表可以导入:${tables.map((t) => t.sheet).join("、")};请用 --sheet 名称 选一个`,
    );
  return table;
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BotError("bad-input", `读不了文件 ${file},请检查路径`, { cause });
  }
}
