import type { Command } from "commander";
import { dayOf } from "#core/time.ts";
import { config, print, report, setupOf } from "./terminal.ts";

/** `huiying rules …` */
export function addRules(program: Command): void {
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
}
