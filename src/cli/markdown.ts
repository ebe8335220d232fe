/** A table; cells hold text, or links and code that the caller wrote. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

/** Text as it stands in a table: no markup of its own outside of code, no line break, no column mark. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");

export const page = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

export const GENERATED = "<!-- 由 npm run docs 生成,请勿手改:命令写在 commands/,规则写在 rules/。 -->";
