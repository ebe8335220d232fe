import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { BotError } from "#core/errors.ts";
import { dayOf } from "#core/time.ts";

const program = new Command("huiying")
  .description("回应:政务舆情回应群聊机器人")
  .helpOption("-h, --help", "显示帮助")
  .helpCommand(false)
  .showSuggestionAfterError(true)
  .exitOverride();

const port = (text: string): number => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0 || n > 65535) throw new InvalidArgumentError("端口应为 0 到 65535 的整数。");
  return n;
};
const print = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
};
const stdin = (): string => readFileSync(0, "utf8");
const list = (text: string): string[] =>
  text
    .split(",")
    .map((s) => s.trim())
    .filter(Boolean);
const config = (): string | undefined => process.env["HUIYING_CONFIG"];
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
    const running = await start(options);
    print([`回应已启动。群聊: ${running.url}chat/`, `状态: ${running.url}health`, "按 Ctrl+C 停止。"]);
    const stop = (): void => {
      // A stop that hangs must not keep the process: everything durable is committed already.
      setTimeout(() => process.exit(1), 9_000).unref();
      running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
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
  .option("--rules <ids>", "规则包,代替单位配置,多个用逗号隔开", list)
  .option("--json", "输出 JSON", false)
  .action(async ({ rules, json }: { rules?: string[]; json: boolean }) => {
    const { decide } = await import("./cli/decide.ts");
    const { placeNames } = await import("./cli/place-names.ts");
    const setup = await setupOf();
    const context = {
      packs: setup.packs,
      config: setup.config,
      jurisdictions: placeNames(setup.roster),
      today: dayOf(Date.now()),
    };
    print(decide(stdin(), { json, ...(rules ? { rules } : {}) }, context));
  });

program
  .command("simulate <scenario>")
  .description("在虚拟时钟上走一遍场景文件,打印机器人说过的话")
  .option("--json", "每行输出一个 JSON 对象", false)
  .option("--database <url>", "数据库,如 sqlite:文件名;默认用临时文件,用完删除")
  .action(async (scenario: string, options: { json: boolean; database?: string }) => {
    const { simulate } = await import("./cli/simulate/simulate.ts");
    const { openBot } = await import("./open-bot.ts");
    const result = await simulate(scenario, options, (parts) => openBot({ config: config(), ...parts }));
    print(result.lines);
    for (const failure of result.failures) process.stderr.write(`${failure}\n`);
    if (result.failures.length > 0) process.exitCode = 1;
  });

const rules = program.command("rules").description("规则包:list 列出,show 查看一条,check 校验,params 打印内部目标");
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
    const result = checkRules(files, ruleFolders(config()), options);
    print(result.lines);
    process.exitCode = result.status;
  });
rules
  .command("params")
  .description("内部目标和推定值:默认值、现值、作用处,可打印签字")
  .option("--json", "输出 JSON", false)
  .action(async (options: { json: boolean }) =>
    print((await import("./cli/params.ts")).showParams((await setupOf()).config, options)),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (error instanceof BotError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    process.stderr.write(`程序出错:${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
