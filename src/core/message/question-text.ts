import type { Question } from "#core/intake/query.ts";
import type { Wanted } from "#core/intake/query-words.ts";

const WANTED_NAMES: Record<Wanted, string> = {
  unsigned: "未签收",
  unanswered: "未回应",
  overdue: "逾期",
  due: "到期",
  untriaged: "未研判",
  unassigned: "未转办",
  unconfirmed: "待确认",
  closed: "已办结",
  open: "在办",
};

/** How a question was understood, for titles: "11月20日 水务局 未签收 停水". */
export function questionText({ ref, days, unit, place, wanted, mine, topics }: Question): string {
  const day = (d: string): string => `${Number(d.slice(5, 7))}月${Number(d.slice(8))}日`;
  return [
    ref ?? "",
    days ? (days.from === days.to ? day(days.from) : `${day(days.from)}至${day(days.to)}`) : "",
    mine === "reported" ? "我报的" : mine === "concerned" ? "我的" : "",
    unit ?? place ?? "",
    wanted ? WANTED_NAMES[wanted] : "",
    ...topics,
  ]
    .filter((part) => part !== "")
    .join(" ");
}
