const NAMES: Readonly<Record<string, string>> = { feishu: "飞书" };

/** What the terminal shows once the bot runs. */
export function startedLines(running: {
  url: string;
  platforms: readonly { name: string; status: string | undefined }[];
}): string[] {
  const { url, platforms } = running;
  const local = platforms.some((p) => p.name === "local");
  return [
    `回应已启动。${local ? `群聊: ${url}chat/` : ""}`,
    ...platforms.filter((p) => p.name !== "local").map((p) => `${NAMES[p.name] ?? p.name}：${p.status ?? "已启动"}`),
    `状态: ${url}health`,
    "按 Ctrl+C 停止。",
  ];
}
