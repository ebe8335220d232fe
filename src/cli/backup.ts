import { BotError } from "#core/errors.ts";
import type { Instant } from "#core/time.ts";
import type { Verification } from "#core/verification.ts";
import { breakText, countsText } from "./verify.ts";

/** `huiying backup F`: what was copied, and what is not in it. A broken chain is copied as it is: better than nothing. */
export function backupReport(file: string, found: Verification, now: Instant): { lines: string[]; status: 0 | 1 } {
  if (found.broken)
    return {
      lines: [
        `备份已写入 ${file},但其中的记录核验未通过:${breakText(found.broken, now)}`,
        "正在用的数据库也是如此,请运行 verify 并查明原因;较早的备份请妥善保留。",
      ],
      status: 1,
    };
  return {
    lines: [
      `备份完成:${file}`,
      `核验通过:${countsText(found)}`,
      "备份里有案件、留痕、提醒和待发消息;不含配置、通讯录,也不含本机群聊的聊天记录(local-chat.db)。请把备份存到另一台机器。",
    ],
    status: 0,
  };
}

/**
 * `huiying restore F`: what stands in the database now.
 * @throws BotError refused when the records in the backup were changed: nothing was restored
 */
export function restoreReport(from: string, to: string, found: Verification, now: Instant): string[] {
  if (found.broken)
    throw new BotError(
      "refused",
      `没有恢复:${from} 里的记录核验未通过,${breakText(found.broken, now)}请改用更早的备份;确需使用这一份时,先报告本单位负责人,再自行把文件复制到 ${to}。`,
    );
  return [
    `恢复完成:${to}`,
    `核验通过:${countsText(found)}`,
    "现在可以启动机器人。备份之后发生的事不在其中,请对照群聊补登;到点的提醒会在启动后补发。",
  ];
}
