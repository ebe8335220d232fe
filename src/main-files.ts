import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { rowNumbers } from "./cli/arguments.ts";
import type { ExportOptions } from "./cli/export.ts";
import type { ImportOptions } from "./import.ts";
import type { RosterImportOptions } from "./roster.ts";
import { config, print, report } from "./terminal.ts";

/** What goes into files and comes out of them: verify, backup, restore, import, export, roster. */
export function addFiles(program: Command): void {
  program
    .command("verify")
    .description("核验全部留痕:逐案核对校验链和每日校验值;有改动则指出第一处,退出码 1")
    .option("--database <url>", "数据库")
    .option("--json", "输出 JSON", false)
    .action(async ({ database, json }: { database?: string; json: boolean }) => {
      const { verifyReport } = await import("./cli/verify.ts");
      const { verifyDatabase } = await import("./upkeep.ts");
      report(verifyReport(await verifyDatabase(database), { json, now: Date.now() }));
    });

  program
    .command("backup <file>")
    .description("备份数据库,运行中即可;备份经核验才算完成,不覆盖已有文件")
    .option("--database <url>", "数据库")
    .action(async (file: string, { database }: { database?: string }) => {
      const { backupReport } = await import("./cli/backup.ts");
      const { backupDatabase } = await import("./upkeep.ts");
      report(backupReport(file, await backupDatabase(database, file), Date.now()));
    });

  program
    .command("restore <file>")
    .description("用备份恢复数据库;先核验备份,不覆盖已有数据库")
    .option("--database <url>", "数据库")
    .action(async (from: string, { database }: { database?: string }) => {
      const { restoreReport } = await import("./cli/backup.ts");
      const { restoreDatabase } = await import("./upkeep.ts");
      const { file, found } = await restoreDatabase(from, database);
      print(restoreReport(from, file, found, Date.now()));
    });

  program
    .command("import <file>")
    .description("导入台账、12345 或留言板导出的 .xlsx、.csv;先预览,加 --apply 才写入,有问题整份不写")
    .option("--sheet <name>", "工作表名称")
    .option("--skip <rows>", "跳过的行号,多个用逗号隔开", rowNumbers, [])
    .option("--by <name>", "导入人姓名,须是组织协调人员")
    .option("--apply", "正式导入", false)
    .option("--config <file>", "配置文件")
    .option("--database <url>", "数据库")
    .option("--json", "输出 JSON", false)
    .action(
      async (
        file: string,
        { json, ...options }: Omit<ImportOptions, "config"> & { config?: string; json: boolean },
      ) => {
        const { importReport } = await import("./cli/import.ts");
        const { importFile } = await import("./import.ts");
        report(
          importReport(await importFile(file, { ...options, config: options.config ?? config() }, Date.now()), {
            json,
          }),
        );
      },
    );

  program
    .command("export")
    .description(
      "导出纸面材料:ledger 台账(.xlsx);assignment 转办单、supervision 督办单、closing 办结报告、brief 专报、dossier 案卷(.html,可打印)",
    )
    .argument("<document>", "哪一种")
    .option("--out <file>", "写到哪个文件;不覆盖已有文件")
    .option("--case <number>", "案件编号,如 20261120-001;台账不用")
    .option("--from <day>", "台账:收报起始日,如 2026-11-01")
    .option("--to <day>", "台账:收报截止日(含)")
    .option("--unit <name>", "台账:承办或涉事单位")
    .option("--config <file>", "配置文件")
    .option("--database <url>", "数据库")
    .action(async (document: string, options: ExportOptions & { config?: string; database?: string }) => {
      // A long ledger makes much garbage and keeps nothing: the process stays at 160 MB instead of 270.
      setFlagsFromString("--optimize-for-size");
      const { exportReport, exportRequest } = await import("./cli/export.ts");
      const { exportDocument } = await import("./export.ts");
      const chosen = { ...options, config: options.config ?? config() };
      report(exportReport(await exportDocument(exportRequest(document, options), chosen, Date.now())));
    });

  const rosterCommand = program
    .command("roster")
    .description("通讯录：check 检查，import 从表格或 YAML 导入，export 导出")
    .helpCommand(false);
  rosterCommand
    .command("check <file>")
    .description("检查 .xlsx、.csv 或 .yaml 的通讯录、值班表：一次列出全部问题，写明工作表、行和列")
    .option("--config <file>", "配置文件")
    .option("--json", "输出 JSON", false)
    .action(async (file: string, options: { config?: string; json: boolean }) => {
      const { rosterCheckReport } = await import("./cli/roster.ts");
      const { checkRoster } = await import("./roster.ts");
      report(rosterCheckReport(await checkRoster(file, { config: options.config ?? config() }, Date.now()), options));
    });
  rosterCommand
    .command("import <file>")
    .description("导入 .xlsx、.csv 或 .yaml 的通讯录、值班表；先列出变化，加 --apply 才写入，旧的留一份")
    .option("--apply", "正式写入", false)
    .option("--out <file>", "写到这个 .yaml 文件，不写本单位的通讯录")
    .option("--config <file>", "配置文件")
    .option("--json", "输出 JSON", false)
    .action(async (file: string, options: RosterImportOptions & { json: boolean }) => {
      const { rosterImportReport } = await import("./cli/roster.ts");
      const { importRoster } = await import("./roster.ts");
      const chosen = { ...options, config: options.config ?? config() };
      report(rosterImportReport(await importRoster(file, chosen, Date.now()), options));
    });
  rosterCommand
    .command("export <file>")
    .description("导出通讯录：.xlsx 全部，.csv 只有人员，.yaml 原样；不覆盖已有文件")
    .option("--config <file>", "配置文件")
    .action(async (file: string, options: { config?: string }) => {
      const { rosterExportLines } = await import("./cli/roster.ts");
      const { exportRoster } = await import("./roster.ts");
      print(rosterExportLines(await exportRoster(file, { config: options.config ?? config() }, Date.now())));
    });
}
