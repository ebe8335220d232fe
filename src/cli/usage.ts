import type { Command, CommanderError } from "commander";

const HEADINGS: Record<string, string> = {
  "Usage:": "用法:",
  "Options:": "选项:",
  "Commands:": "命令:",
  "Arguments:": "参数:",
};

/** Help headings in the user's language, and errors left to the caller: one readable sentence for each. */
export function speakChinese(program: Command): Command {
  return program
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ styleTitle: (title) => HEADINGS[title] ?? title });
}

/** What was wrong with the command line, and what to do; undefined when help was asked for and given. */
export function usageError(error: CommanderError): string | undefined {
  const named = /['“]([^'”]+)['”]/u.exec(error.message)?.[1] ?? "";
  const nearest = /\(Did you mean (.+)\?\)/u.exec(error.message)?.[1];
  const hint = nearest ? `您要找的可能是 ${nearest.replace(/^one of /u, "")}。` : "加 --help 查看用法。";
  switch (error.code) {
    case "commander.help":
    case "commander.helpDisplayed":
    case "commander.version":
      return undefined;
    case "commander.unknownOption":
      return `没有 ${named} 这个选项。${hint}`;
    case "commander.unknownCommand":
      return `没有 ${named} 这个命令。${hint}`;
    case "commander.missingArgument":
      return `缺少参数 ${named}。${hint}`;
    case "commander.optionMissingArgument":
      return `选项 ${named} 后面要写值。${hint}`;
    case "commander.excessArguments":
      return `参数太多了。${hint}`;
    case "commander.invalidArgument":
      return `${error.message.split(". ").at(-1) ?? ""} ${hint}`.replace(/^error: /u, "");
    default:
      return `命令写法不对。${hint}`;
  }
}
