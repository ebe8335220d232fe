import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Argument, Command, CommanderError } from "commander";
import { BotError } from "#core/errors.ts";
import { dayOf } from "#core/time.ts";
import { count, list, port, rowNumbers } from "./cli/arguments.ts";
import type { Suite } from "./cli/bench/bench.ts";
import type { ExportOptions } from "./cli/export.ts";
import { speakChinese, usageError } from "./cli/usage.ts";
import type { ConnectOptions } from "./connect.ts";
import { loadEnv } from "./env-file.ts";
import type { ImportOptions } from "./import.ts";
import type { RosterImportOptions } from "./roster.ts";

// What was compiled is kept beside the packages: the next start needs a fifth less time. A folder that cannot be
// written only means that nothing is kept.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/huiying/", import.meta.url)));

const program = speakChinese(
  new Command("huiying")
    .description("回应:政务舆情回应群聊机器人")
    .helpOption("-h, --help", "显示帮助")
    .helpCommand(false),
);

const print = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
};
const report = ({ lines, status }: { lines: readonly string[]; status: 0 | 1 }): void => {
  print(lines);
  process.exitCode = status;
};
const stdin = (): string => readFileSync(0, "utf8");
const config = (): string | undefined => process.env["HUIYING_CONFIG"] || undefined;
const setupOf = async (overrides = {}) => (await import("./setup.ts")).loadSetup(config(), overrides);

program
  .command("start")
  .description("运行机器人;不带配置时用示例 examples/qingyan 和本机网页群聊")
  .option("--config <file>", "配置文件")
  .option("--database <url>", "数据库,如 sqlite:data/huiying.db")
  .option("--platform <names>", "平台,多个用逗号隔开")
  .option("--port <n>", "网页端口;0 为任选空闲端口", port)
  .action(async (options: { config?: string; database?: string; platform?: string; port?: number }) => {
    const { start } = await import("./start.ts");
    const { startedLines } = await import("./cli/started.ts");
    const running = await start(options);
    print(startedLines(running));
    let stopping = false;
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      // A stop that hangs must not keep the process: everything durable is committed already.
      setTimeout(() => process.exit(1), 9_000).unref();
      running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    // npm passes a signal on to its shell, and the shell dies of it alone: losing the parent is the same request to stop.
    const parent = process.ppid;
    if (process.env["npm_lifecycle_event"]) setInterval(() => process.ppid !== parent && stop(), 500).unref();
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  });

program
  .command("parse")
  .description("解析舆情报送:标准输入一个 JSON 或 JSON Lines {text, receivedAt, sender}")
  .option("--roster <file>", "通讯录文件")
  .option("--json", "输出 JSON", false)
  .action(async ({ roster, json }: { roster?: string; json: boolean }) => {
    const { parseCommand } = await import("./cli/parse.ts");
    const setup = await setupOf(roster ? { roster } : {});
    print(parseCommand({ stdin: stdin(), roster: setup.roster, json }));
  });

program
  .command("decide")
  .description("判定第一责任主体和时限:标准输入一个 JSON 或 JSON Lines")
  .option("--rules <names>", "规则包编号或 .yaml 文件,代替单位配置,多个用逗号隔开", list)
  .option("--json", "输出 JSON", false)
  .action(async ({ rules, json }: { rules?: string[]; json: boolean }) => {
    const { choosePacks } = await import("./cli/load-rules.ts");
    const { decide } = await import("./cli/decide.ts");
    const { placeNames } = await import("./cli/place-names.ts");
    const setup = await setupOf();
    const chosen = rules && choosePacks(rules, setup.packs);
    const context = {
      packs: chosen?.packs ?? setup.packs,
      config: setup.config,
      jurisdictions: placeNames(setup.roster),
      now: Date.now(),
    };
    print(decide(stdin(), { json, ...(chosen ? { rules: chosen.use } : {}) }, context));
  });

program
  .command("simulate <scenario>")
  .description("在虚拟时钟上走一遍场景文件,打印机器人说过的话")
  .option("--json", "每行输出一个 JSON 对象", false)
  .option("--database <url>", "数据库,如 sqlite:文件名;默认用临时文件,用完删除")
  .option("--rules <names>", "规则包编号或 .yaml 文件,代替单位配置和场景所写,多个用逗号隔开", list)
  .action(async (scenario: string, options: { json: boolean; database?: string; rules?: string[] }) => {
    const { simulate } = await import("./cli/simulate/simulate.ts");
    const { openBot } = await import("./open-bot.ts");
    const result = await simulate(scenario, options, (parts) => openBot({ config: config(), ...parts }));
    print(result.lines);
    for (const failure of result.failures) process.stderr.write(`${failure}\n`);
    if (result.failures.length > 0) process.exitCode = 1;
  });

const rules = program
  .command("rules")
  .description("规则包:list 列出,show 查看一条,check 校验,diff 对在办案件的影响,params 打印内部目标");
const rulesContext = async () => {
  const setup = await setupOf();
  return { packs: setup.packs, config: setup.config, today: dayOf(Date.now()) };
};
rules
  .command("list")
  .description("本单位适用的规则包和条款")
  .option("--json", "输出 JSON", false)
  .action(async (options: { json: boolean }) =>
    print((await import("./cli/rules.ts")).listRules(await rulesContext(), options)),
  );
rules
  .command("show <id>")
  .description("一条的原文、条件、时限和效力")
  .option("--json", "输出 JSON", false)
  .action(async (id: string, options: { json: boolean }) =>
    print((await import("./cli/rules.ts")).showRule(id, await rulesContext(), options)),
  );
rules
  .command("check [files...]")
  .description("校验规则包文件")
  .option("--json", "输出 JSON", false)
  .action(async (files: string[], options: { json: boolean }) => {
    const { checkRules } = await import("./cli/rules.ts");
    const { ruleFolders } = await import("./setup.ts");
    // A broken configuration must not keep anybody from finding what is wrong in a pack.
    const office = await rulesContext().catch(() => undefined);
    report(checkRules(files, ruleFolders(config()), options, office));
  });
rules
  .command("diff")
  .description("改了规则包,启动前看:现行规则会改变哪些在办案件,逐个时限列出;不改动数据库")
  .option("--config <file>", "配置文件")
  .option("--database <url>", "数据库")
  .option("--json", "输出 JSON", false)
  .action(async ({ json, ...options }: { config?: string; database?: string; json: boolean }) => {
    const { diffReport } = await import("./cli/rules-diff.ts");
    const { openDiff } = await import("./rules-diff.ts");
    const now = Date.now();
    print(diffReport(await openDiff({ ...options, config: options.config ?? config() }, now), now, { json }));
  });
rules
  .command("params")
  .description("内部目标和推定值:默认值、现值、作用处,可打印签字")
  .option("--json", "输出 JSON", false)
  .action(async (options: { json: boolean }) => {
    const { showParams } = await import("./cli/params.ts");
    const { officeRules } = await import("./cli/rules.ts");
    const context = await rulesContext();
    print(showParams(context.config, options, officeRules(context)));
  });

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
    async (file: string, { json, ...options }: Omit<ImportOptions, "config"> & { config?: string; json: boolean }) => {
      const { importReport } = await import("./cli/import.ts");
      const { importFile } = await import("./import.ts");
      report(
        importReport(await importFile(file, { ...options, config: options.config ?? config() }, Date.now()), { json }),
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

program
  .command("doctor")
  .description("体检:配置、规则包、通讯录、值班、数据库、时钟、磁盘、运行情况,并说明怎样修")
  .option("--config <file>", "配置文件")
  .option("--database <url>", "数据库")
  .option("--json", "输出 JSON", false)
  .action(async ({ json, ...options }: { config?: string; database?: string; json: boolean }) => {
    const { doctorReport } = await import("./cli/doctor.ts");
    const { examine } = await import("./doctor.ts");
    report(doctorReport(await examine({ ...options, config: options.config ?? config() }, Date.now()), { json }));
  });

program
  .command("connect")
  .description("接入平台：飞书扫码创建或更新应用，凭证写入当前目录的 .env，并列出还要做的事")
  .addArgument(new Argument("<platform>", "平台").choices(["feishu"]))
  .option("--app <id>", "已有应用的 App ID：扫码更新它的权限和事件")
  .option("--manual", "不扫码：接入在控制台建好的应用(--app)，App Secret 从标准输入读", false)
  .option("--replace", "允许覆盖 .env 里另一个应用的凭证", false)
  .option("--accounts-domain <host>", "私有部署的账号服务域名，如 accounts.example.cn")
  .option("--config <file>", "配置文件")
  .action(async (_platform: string, options: ConnectOptions) => {
    const { doctorReport } = await import("./cli/doctor.ts");
    const { connectFromTerminal } = await import("./connect.ts");
    const chosen = { ...options, config: options.config ?? config() };
    report(doctorReport(await connectFromTerminal(chosen, print), { json: false }));
  });

program
  .command("bench")
  .description("测速:提醒、消息、飞书、启动,每项与同一轮测得的基准或平台的上限对照")
  .addArgument(
    new Argument("[suite]", "测哪一部分").choices(["timers", "messages", "feishu", "start", "all"]).default("all"),
  )
  .option("--json", "输出 JSON", false)
  .option("--size <n>", "在等的提醒数,也是在办件数", count, 100_000)
  .action(async (suite: Suite, options: { json: boolean; size: number }) => {
    const { bench } = await import("./cli/bench/bench.ts");
    const { benchParts } = await import("./bench-parts.ts");
    const progress = (what: string): void => void process.stderr.write(`正在测 ${what} …\n`);
    print(await bench({ suite, ...options, progress }, benchParts));
  });

program
  .command("docs")
  .description("生成 docs/commands.md、docs/rules.md 和 README 中的表;--check 只检查是否最新")
  .option("--check", "只检查,有过期的则退出码 1", false)
  .action(async ({ check }: { check: boolean }) => {
    const { docsReport } = await import("./cli/docs.ts");
    const { staleDocs, writeDocs } = await import("./docs.ts");
    report(docsReport(check ? await staleDocs() : await writeDocs(), check));
  });

try {
  loadEnv();
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    const sentence = usageError(error);
    if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
    process.exitCode = error.exitCode;
  } else if (error instanceof BotError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    process.stderr.write(`程序出错:${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
