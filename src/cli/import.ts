import { isOpen } from "#core/case/states.ts";
import { isOverdue } from "#core/digest.ts";
import { COLUMN_NAMES } from "#core/import/columns.ts";
import type { ImportPlan } from "#core/import/plan-import.ts";
import type { RowProblem } from "#core/import/read-row.ts";
import { type Instant, toIso } from "#core/time.ts";

/** Problems shown in the preview; the rest is counted. */
const SHOWN = 50;

export interface ImportReport {
  file: string;
  plan: ImportPlan;
  /** Numbers of the stored cases; undefined for a preview. */
  stored?: string[];
  now: Instant;
}

/** `huiying import FILE`: what would be imported and what is in the way, or what was imported. Status 1 while it cannot be. */
export function importReport(report: ImportReport, { json }: { json: boolean }): { lines: string[]; status: 0 | 1 } {
  const { plan, stored } = report;
  const status = plan.problems.some((p) => p.kind === "error") || plan.rows.length === 0 ? 1 : 0;
  if (json) return { lines: [JSON.stringify(asJson(report))], status };
  return { lines: stored ? storedLines(report, stored) : previewLines(report), status };
}

function previewLines({ file, plan, now }: ImportReport): string[] {
  const { table, rows, problems, leftOut } = plan;
  const errors = problems.filter((p) => p.kind === "error");
  const notes = problems.filter((p) => p.kind === "note");
  const wrongRows = new Set(errors.map((p) => p.row)).size;
  const used = table.columns.filter((c) => c.column && c.column !== "private");
  const hidden = table.columns.filter((c) => c.column === "private");
  const unused = table.columns.filter((c) => !c.column && c.heading !== "");
  return [
    `预览 ${file}:工作表“${table.sheet}”,表头在第 ${table.headingRow} 行,数据 ${table.rows.length} 行`,
    `识别的列 ${used.map((c) => `${c.letter} ${c.heading}→${c.column ? COLUMN_NAMES[c.column] : ""}`).join("、")}`,
    ...(hidden.length > 0 ? [`不导入的个人信息列 ${hidden.map((c) => `${c.letter} ${c.heading}`).join("、")}`] : []),
    ...(table.footers.length > 0 ? [`不是数据的行(合计、签字、说明) ${table.footers.join("、")}`] : []),
    ...(unused.length > 0 ? [`没有用到的列 ${unused.map((c) => `${c.letter} ${c.heading}`).join("、")}`] : []),
    "",
    `可导入 ${rows.length} 件:${countsText(plan, now)}`,
    ...(leftOut.length > 0 ? [`按要求跳过 ${leftOut.length} 行:${leftOut.join("、")}`] : []),
    ...section(`须先解决的问题(${wrongRows} 行,有问题时整份不导入)`, errors),
    ...section("提示(不影响导入)", notes),
    "",
    errors.length > 0
      ? `请改正后重试,或加 --skip ${[...new Set(errors.map((p) => p.row))].slice(0, 10).join(",")} 跳过这些行。`
      : rows.length > 0
        ? "没有问题。加 --by 姓名 --apply 正式导入(姓名须是组织协调人员)。"
        : "没有可导入的行。",
  ];
}

function storedLines({ file, plan, now }: ImportReport, stored: readonly string[]): string[] {
  return [
    `已从 ${file} 导入 ${stored.length} 件:${countsText(plan, now)}`,
    `案件编号 ${stored[0] ?? ""}${stored.length > 1 ? ` 至 ${stored.at(-1) ?? ""}` : ""}`,
    "值班群会收到一条说明;导入前已过的提醒不补发,以后的提醒照常。",
  ];
}

function countsText({ rows }: ImportPlan, now: Instant): string {
  const open = rows.filter((r) => isOpen(r.case.state));
  const overdue = open.filter((r) => isOverdue(r.case, now)).length;
  return `在办 ${open.length}(其中已逾期 ${overdue})、已办结 ${rows.length - open.length}`;
}

function section(title: string, problems: readonly RowProblem[]): string[] {
  if (problems.length === 0) return [];
  const more = problems.length - SHOWN;
  return [
    "",
    title,
    ...problems
      .slice(0, SHOWN)
      .map((p) => `  第 ${p.row} 行 ${p.column ? `${COLUMN_NAMES[p.column]}:` : ""}${p.reason}`),
    ...(more > 0 ? [`  ……另有 ${more} 处,用 --json 看全部`] : []),
  ];
}

function asJson({ file, plan, stored }: ImportReport): Record<string, unknown> {
  return {
    file,
    sheet: plan.table.sheet,
    headingRow: plan.table.headingRow,
    columns: plan.table.columns.map((c) => ({ ...c, column: c.column ?? null })),
    rows: plan.rows.map(({ row, case: c }) => ({
      row: row.no,
      title: c.title,
      receivedAt: toIso(c.receivedAt),
      matter: row.matter,
      units: row.units,
      state: c.state,
    })),
    problems: plan.problems,
    skipped: plan.leftOut,
    footers: plan.table.footers,
    stored: stored ?? null,
  };
}
