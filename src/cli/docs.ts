import type { OfficeConfig } from "#core/config.ts";
import type { Pack } from "#core/policy/pack.ts";
import { GENERATED, page, table } from "./markdown.ts";
import { packsTable } from "./rules-page.ts";

/** What a chat command says of itself. */
export interface CommandDoc {
  word: string;
  aliases: readonly string[];
  summary: string;
  usage: string;
  who: readonly string[];
  fields: readonly { name: string; hint: string }[];
}

export interface DocsContext {
  commands: readonly CommandDoc[];
  packs: readonly Pack[];
  config: OfficeConfig;
}

/** `huiying docs [--check]`: what was brought up to date, or what is stale. */
export function docsReport(paths: readonly string[], check: boolean): { lines: string[]; status: 0 | 1 } {
  if (paths.length === 0) return { lines: ["文档都是最新的。"], status: 0 };
  if (check) return { lines: [`已过期:${paths.join("、")}。请运行 npm run docs 并提交。`], status: 1 };
  return { lines: [`已更新:${paths.join("、")}。`], status: 0 };
}

/** The order in which a newcomer meets the commands: along the work, then what is only read. New ones follow at the end. */
const ORDER =
  "上报 补充 研判 转办 签收 退回 回应 报送 催办 知悉 并案 误报 仅备案 确认 办结 状态 查 列表 到期 我的 责任 规则 应用新规则 值班 日报 自检 词库 帮助".split(
    " ",
  );

function inOrder(commands: readonly CommandDoc[]): CommandDoc[] {
  const place = ({ word }: CommandDoc): number => (ORDER.includes(word) ? ORDER.indexOf(word) : ORDER.length);
  return [...commands].sort((a, b) => place(a) - place(b));
}

/** docs/commands.md: every command with its fields. */
export function commandsPage(context: DocsContext): string {
  const commands = inOrder(context.commands);
  return page([
    "# 命令",
    GENERATED,
    "在群里或与机器人的私聊里写 `/舆情 动作 编号 字段=值 自由文本`。编号可写 `YQ-990121-20261120-001`、`20261120-001`、`#1`(当天第一件);回复案件卡片时不用写。多个值用、隔开。有命令的动作在案件卡片上也有按钮。",
    table(
      ["命令", "做什么", "谁可以"],
      commands.map((c) => [`[${c.word}](#${c.word})`, c.summary, c.who.join("、")]),
    ),
    ...commands.flatMap((c) => [
      `## ${c.word}`,
      `${c.summary}。`,
      ["```", c.usage, "```"].join("\n"),
      [
        `- 谁可以:${c.who.join("、")}`,
        ...(c.aliases.length > 0 ? [`- 也可写:${c.aliases.map((a) => `\`${a}\``).join("、")}`] : []),
      ].join("\n"),
      ...(c.fields.length > 0
        ? [
            table(
              ["字段", "填什么"],
              c.fields.map((f) => [f.name, f.hint]),
            ),
          ]
        : []),
    ]),
  ]);
}

/** The generated parts of README.md, by the name of their markers. */
export const readmeParts = (context: DocsContext): Record<string, string> => ({
  commands: commandsTable(context),
  rules: packsTable(context),
});

/** What an app on a chat platform must be granted, in the platform's own words. */
export interface AppNeeds {
  scopes: readonly { scope: string; purpose: string; required: boolean; sensitive?: true }[];
  events: readonly Subscription[];
  callbacks: readonly Subscription[];
}
type Subscription = { event: string; purpose: string; required: boolean };

/** The generated parts of the page on setting up such an app. */
export const appParts = ({ scopes, events, callbacks }: AppNeeds): Record<string, string> => ({
  scopes: table(
    ["权限", "用来做什么", "必需"],
    scopes.map((s) => [`\`${s.scope}\``, s.purpose, s.sensitive ? "建议，须管理员批准" : needed(s.required)]),
  ),
  // What the console's batch import takes.
  import: ["```json", JSON.stringify({ scopes: { tenant: scopes.map((s) => s.scope), user: [] } }), "```"].join("\n"),
  events: subscriptions("事件", events),
  callbacks: subscriptions("回调", callbacks),
});

const needed = (required: boolean): string => (required ? "是" : "");

const subscriptions = (what: string, all: readonly Subscription[]): string =>
  table(
    [what, "用来做什么", "必需"],
    all.map((s) => [`\`${s.event}\``, s.purpose, needed(s.required)]),
  );

/** A page with the text between its markers `<!-- name:begin -->` and `<!-- name:end -->` replaced. @returns missing markers */
export function fillParts(text: string, parts: Readonly<Record<string, string>>): { text: string; missing: string[] } {
  let filled = text;
  const missing: string[] = [];
  for (const [name, content] of Object.entries(parts)) {
    const between = new RegExp(`(<!-- ${name}:begin -->\\n)[^]*?(<!-- ${name}:end -->)`);
    if (!between.test(filled)) missing.push(name);
    filled = filled.replace(between, (_, begin: string, end: string) => `${begin}\n${content}\n\n${end}`);
  }
  return { text: filled, missing };
}

const commandsTable = ({ commands }: DocsContext): string =>
  table(
    ["命令", "做什么", "例子"],
    inOrder(commands).map((c) => [c.word, c.summary, `\`${c.usage}\``]),
  );
