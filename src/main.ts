import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { Argument, Command, CommanderError } from "commander";
import { BotError } from "#core/errors.ts";
import { count, list, port } from "./cli/arguments.ts";
import type { Suite } from "./cli/bench/bench.ts";
import { speakChinese, usageError } from "./cli/usage.ts";
import type { ConnectOptions } from "./connect.ts";
import { loadEnv } from "./env-file.ts";
import { addFiles } from "./main-files.ts";
import { addRules } from "./main-rules.ts";
import { config, print, report, setupOf, stdin } from "./terminal.ts";

// What was compiled is kept beside the packages: the next start needs a fifth less time. A folder that cannot be
// written only means that nothing is kept.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/huiying/", import.meta.url)));

const program = speakChinese(
  new Command("huiying")
    .description("回应:政务舆情回应群聊机器人")
    .helpOption("-h, --help", "显示帮助")
    .helpCommand(false),
);

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

addRules(program);
addFiles(program);

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
