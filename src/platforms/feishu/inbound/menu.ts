/** What the entries of the bot's menu say, by the key that the console gives them. */
const LINES: Readonly<Record<string, string>> = {
  report: "/舆情 帮助 上报",
  mine: "/舆情 我的",
  due: "/舆情 到期",
  duty: "/舆情 值班",
  list: "/舆情 列表",
  help: "/舆情 帮助",
};

/** The command line for an entry of the menu; an entry that nobody knows asks for help. */
export const menuLine = (key: string): string => LINES[key] ?? "/舆情 帮助";
