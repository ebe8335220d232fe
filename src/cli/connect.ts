import { stripVTControlCharacters } from "node:util";

/** The page to scan or open. @param columns width of the terminal; undefined when the output is no terminal */
export function scanLines(
  { url, qr, seconds, appId }: { url: string; qr: string; seconds: number; appId: string | undefined },
  columns: number | undefined,
): string[] {
  const width = Math.max(
    ...stripVTControlCharacters(qr)
      .split("\n")
      .map((line) => line.length),
  );
  const fits = columns === undefined || width <= columns;
  return [
    appId ? `请用飞书扫码，确认更新应用 ${appId}：` : "请用飞书扫码，确认创建应用：",
    "",
    ...(fits ? [qr.trimEnd()] : [`(窗口只有 ${columns} 列，放不下二维码；放宽到 ${width} 列再运行，或用下面的网址)`]),
    "",
    `或在浏览器打开：${url}`,
    "",
    `${Math.max(1, Math.floor(seconds / 60))} 分钟内有效，正在等待确认……按 Ctrl+C 取消。`,
  ];
}

/**
 * What was stored and where; the secret itself is never shown.
 * @param overruled names of values that the environment sets otherwise
 */
export function storedLines(stored: { appId: string; file: string; overruled: readonly string[] }): string[] {
  const { appId, file, overruled } = stored;
  return [
    `已连上应用 ${appId}。`,
    `App ID 和 App Secret 已写入 ${file}(只有本账户能读；不要发到群里，不要提交到代码库)。`,
    ...(overruled.length > 0
      ? [`注意：环境变量 ${overruled.join("、")} 另有设置，启动时以环境变量为准，请先去掉它。`]
      : []),
  ];
}

/** What remains to be done by hand. */
export function stepLines(steps: readonly string[]): string[] {
  return [
    "",
    "还要做：",
    ...steps.map((step, i) => `  ${i + 1}. ${step}`),
    "",
    "详细说明见 docs/feishu.md。现在检查一遍：",
    "",
  ];
}
