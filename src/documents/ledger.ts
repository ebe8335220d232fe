import type { Case, CaseClock } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import { namedUnits } from "#core/case/responders.ts";
import { clockFacts, countedAt } from "#core/case/settle.ts";
import { STATES } from "#core/case/states.ts";
import { lateness } from "#core/clocks/lateness.ts";
import { CLOCK_NAMES } from "#core/message/names.ts";
import { shownClocks } from "#core/message/tone.ts";
import type { Lateness } from "#core/policy/types.ts";
import { HOUR, type Instant } from "#core/time.ts";
import { limitSentence, overBy, standingOf, standingText } from "./limits.ts";
import {
  categoryText,
  eventLevelText,
  firstAnswer,
  matterText,
  opinionLevelText,
  placesText,
  printed,
  proofText,
  spoken,
} from "./printable.ts";
import type { Cell, SheetColumn } from "./xlsx.ts";

/** What the columns of one row are read from. */
interface Row {
  c: Case;
  office: Office;
  now: Instant;
  say: (text: string) => string;
  limits: CaseClock[];
  late: Lateness;
}

export interface LedgerColumn extends SheetColumn {
  /** What stands in it, for the sheet that explains them. */
  means: string;
  cell: (row: Row) => Cell;
}

const moment = (at: Instant | undefined): Cell => (at === undefined ? undefined : { at });
const minutes = (value: number | null): Cell => value ?? undefined;

/** The 台账, column by column. What the record does not hold stays empty: an empty cell is never a zero. */
export const LEDGER: readonly LedgerColumn[] = [
  { heading: "编号", width: 24, means: "案件编号，不重复使用", cell: ({ c }) => c.id },
  {
    heading: "收报时间",
    width: 17,
    means: "机器人收到报送的时间；并案取较早的",
    cell: ({ c }) => moment(c.receivedAt),
  },
  { heading: "标题", width: 40, means: "已遮蔽个人信息", cell: ({ c, say }) => say(c.title) },
  { heading: "事项", width: 8, means: "舆情、建议、投诉、转载、督办", cell: ({ c }) => matterText(c) },
  { heading: "类别", width: 14, means: "重点回应的类别，以研判为准", cell: ({ c }) => categoryText(c) },
  { heading: "突发等级", width: 15, means: "突发事件等级，以研判为准", cell: ({ c }) => eventLevelText(c) },
  { heading: "舆情等级", width: 15, means: "舆情等级，以研判为准", cell: ({ c }) => opinionLevelText(c) },
  { heading: "涉事地", width: 16, means: "报送所写", cell: ({ c }) => placesText(c) },
  { heading: "来源平台", width: 12, means: "报送所写", cell: ({ c }) => c.report.platforms.join("、") },
  {
    heading: "第一责任单位",
    width: 22,
    means: "第一责任主体；研判前为建议",
    cell: ({ c }) => c.responsibility.firstResponsible.join("、"),
  },
  {
    heading: "承办单位",
    width: 22,
    means: "转办的单位，牵头单位在前；转办前为研判或报送所写",
    cell: ({ c, office }) => leadFirst(namedUnits(c, office), c.assignment?.lead).join("、"),
  },
  {
    heading: "签收时间",
    width: 17,
    means: "全部承办单位签收后，取最晚的；有一家未签收则空",
    cell: ({ c }) => moment(allSigned(c)),
  },
  {
    heading: "首次回应时间",
    width: 17,
    means: "第一次回应的发布时间，计时以此为准；时限之后补登、尚未经第二人确认的，取登记时间",
    cell: ({ c }) => moment(c.responses.length > 0 ? answerOf(c)?.counted : undefined),
  },
  {
    heading: "回应登记时间",
    width: 17,
    means: "第一次回应记入系统的时间",
    cell: ({ c }) => moment(firstAnswer(c)?.recorded.at),
  },
  {
    heading: "回应凭证",
    width: 30,
    means: "链接、文号，或实录、影像、答复编号",
    cell: ({ c, say }) => say(answerOf(c)?.proof ?? ""),
  },
  {
    heading: "时限",
    width: 17,
    means: "最紧的一项硬时限的截止时间；内部目标、参考时限和向上报送不在内",
    cell: ({ limits }) => moment(limits[0]?.dueAt ?? undefined),
  },
  {
    heading: "时限事项",
    width: 12,
    means: "上一列是哪一项时限",
    cell: ({ limits: [first] }) => first && CLOCK_NAMES[first.key],
  },
  {
    heading: "是否逾期",
    width: 10,
    means: "是、否，或尚不能确定（未到期、待研判、时间待确认）；没有硬时限则空",
    cell: ({ limits, now }) => verdict(limits, now),
  },
  {
    heading: "用时（小时）",
    width: 11,
    means: "从上述时限的起算到完成；未完成则空",
    cell: ({ limits: [first] }) => hoursUsed(first),
  },
  {
    heading: "逾期说明",
    width: 30,
    means: "逾期的每一项时限和超过多久",
    cell: ({ limits, now }) =>
      limits
        .filter((k) => overBy(k, now) > 0)
        .map((k) => limitSentence(k, now))
        .join("；"),
  },
  {
    heading: "向上报送",
    width: 16,
    means: "报送党委政府或上级的硬时限，另计",
    cell: ({ c, now }) => reportedUp(c, now),
  },
  {
    heading: "发现滞后（分）",
    width: 12,
    means: "首发到发现；有一个时间不详则空",
    cell: ({ late }) => minutes(late.detection),
  },
  {
    heading: "报送滞后（分）",
    width: 12,
    means: "发现到收报；有一个时间不详则空",
    cell: ({ late }) => minutes(late.reporting),
  },
  { heading: "办结时间", width: 17, means: "办结、仅备案或按误报处理的时间", cell: ({ c }) => moment(c.closing?.at) },
  { heading: "评估标签", width: 12, means: "办结时的评估", cell: ({ c }) => c.closing?.tag },
  { heading: "办理结果", width: 40, means: "办结所写", cell: ({ c, say }) => say(c.closing?.result ?? "") },
  { heading: "状态", width: 12, means: "导出时的状态", cell: ({ c }) => STATES[c.state].zh },
  { heading: "备注", width: 30, means: "收报时已过、改级时已过、并入何件等", cell: (row) => remarks(row) },
];

/** One row of the 台账. */
export function ledgerRow(c: Case, office: Office, now: Instant): Cell[] {
  const limits = shownClocks(c).filter((k) => k.key !== "report.up");
  const row: Row = { c, office, now, say: spoken(c), limits, late: lateness(clockFacts(c), c.clocks) };
  return LEDGER.map((column) => column.cell(row));
}

const leadFirst = (units: string[], lead: string | null | undefined): string[] =>
  lead ? [lead, ...units.filter((u) => u !== lead)] : units;

function allSigned({ parts }: Case): Instant | undefined {
  const times = parts.flatMap((p) => p.acknowledged?.at ?? []);
  return parts.length > 0 && times.length === parts.length ? Math.max(...times) : undefined;
}

function answerOf(c: Case): { counted: Instant; proof: string } | undefined {
  const first = firstAnswer(c);
  return first && { counted: countedAt(first), proof: proofText(first) };
}

function verdict(limits: readonly CaseClock[], now: Instant): string {
  const all = limits.map((k) => standingOf(k, now));
  if (all.some((s) => s === "已逾期" || s === "逾期完成")) return "是";
  return (
    all.find((s) => s === "时间待确认" || s === "待研判") ??
    all.find((s) => s === "未到期") ??
    (all.length > 0 ? "否" : "")
  );
}

function reportedUp(c: Case, now: Instant): Cell {
  const limit = shownClocks(c).find((k) => k.key === "report.up");
  return limit && standingText(limit, now);
}

const hoursUsed = (k: CaseClock | undefined): Cell =>
  k?.stoppedAt === undefined || k.start === null ? undefined : Math.round(((k.stoppedAt - k.start) / HOUR) * 100) / 100;

function remarks({ c, limits }: Row): string {
  const notes = limits.flatMap((k) => k.note).filter((note) => note.endsWith("已过") || note === "旧事重提");
  return [
    ...new Set(notes),
    ...(c.withheld ? ["内容线下办理"] : []),
    ...(c.noResponse ? ["经第二人确认不回应"] : []),
    ...(c.responses.some((r) => r.unconfirmed) ? ["补登的发布时间待第二人确认"] : []),
    ...(c.mergedInto ? [`并入 ${c.mergedInto.id}`] : []),
    ...(c.absorbed ?? []).map((a) => `并有 ${a.id}`),
    ...(c.imported ? [`由台账导入（${c.imported.file} 第 ${c.imported.row} 行）`] : []),
  ]
    .map(printed)
    .join("；");
}
