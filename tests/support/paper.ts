import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chat, openChat } from "./chat.ts";

export interface PaperDesk {
  folder: string;
  /** Address of the database. */
  database: string;
  chat: Chat;
}

/** A county whose records are in a file, so that they can be exported. */
export async function openPaperDesk(at = "11-20 09:00"): Promise<PaperDesk> {
  const folder = mkdtempSync(join(tmpdir(), "huiying-paper-"));
  const database = `sqlite:${join(folder, "h.db")}`;
  return { folder, database, chat: await openChat({ at, databaseUrl: database }) };
}

/** Case 1, from the report to its closing: late, with evidence entered after the limit and confirmed by a second person. */
export async function closedCase(chat: Chat): Promise<void> {
  await chat.says(
    "王晓梅",
    "/舆情 上报 昨天中午开始幸福里小区停水,物业没贴通知,抖音@老张说事 发视频播放12.3万,网友质疑县水务局不作为 https://v.douyin.com/aaa1/",
    { attach: ["现场.jpg"] },
  );
  await chat.passes("10m");
  await chat.presses("周敏", "研判", { 突发: "无", 舆情: "III", 类别: "切身利益", 单位: "青岩县水务局" });
  await chat.presses("周敏", "转办", { 要求: "当日查明停水原因，先安排送水车" });
  await chat.passes("20m");
  await chat.presses("马超群", "签收");
  await chat.passes("3h");
  await chat.says("马超群", "/舆情 补充 20261120-001 已派抢修队到场,预计18点恢复");
  await chat.passes("50h");
  await chat.says(
    "马超群",
    "/舆情 回应 20261120-001 形式=首次回应 链接=https://www.qingyan.example/a1 时间=11月21日10:00 渠道=县政府网站 保密审查=曹正 签发=韩青松",
  );
  await chat.presses("周敏", "确认");
  await chat.says("周敏", "/舆情 办结 20261120-001 标签=良好 结果=已于20日18时恢复供水，并在县政府网站说明原因");
}
