import { RESPONSE_FORMS, type ResponseForm } from "#core/case/case.ts";
import { readCategories, readEventLevel, readLevel, readMoment, readUnits } from "#core/case/field-values.ts";
import type { Office } from "#core/case/office.ts";
import { screenContextOf } from "#core/intake/intake.ts";
import { screen } from "#core/intake/screen.ts";
import type { Category, Level } from "#core/intake/types.ts";
import type { EventLevel, Matter } from "#core/policy/types.ts";
import { atTime, dayOf, type Instant } from "#core/time.ts";
import { COLUMN_NAMES, type Column } from "./columns.ts";
import type { Table } from "./table.ts";

/** A row as it can be taken in, before the work flow has been asked. */
export interface ImportRow {
  /** Row of the sheet, from 1. */
  no: number;
  /** Number in the system the row comes from: 12345 ticket, 留言 id; kept so that a reply stays possible. */
  source?: string;
  receivedAt: Instant;
  /** Screened text with labels, as a person would have typed it. */
  text: string;
  matter: Matter;
  categories?: Category[];
  eventLevel?: EventLevel;
  opinionLevel?: Level;
  /** Units that were charged with it; names of the roster. */
  units: string[];
  dueAt?: Instant;
  response?: { at: Instant; form: ResponseForm; link?: string; docNo?: string; proof?: string };
  /** How it ended; undefined while it is open. */
  closed?: string;
  reporter?: string;
}

/** What a person has to put right in the file (error) or should know (note). */
export interface RowProblem {
  row: number;
  column?: Column;
  reason: string;
  kind: "error" | "note";
}

type Cells = Table["rows"][number]["cells"];

/** Columns that go into the text of the report under their own label. */
const TEXT: readonly Column[] = [
  "title",
  "platform",
  "url",
  "place",
  "units",
  "occurredAt",
  "surfacedAt",
  "detectedAt",
  "heat",
  "casualties",
  "content",
];
const LABELS: Partial<Record<Column, string>> = { platform: "来源", units: "涉事单位", surfacedAt: "首发时间" };

const CLOSED = /已?(?:办结|结案|完成|办理完毕|归档|关闭|销号)|^是$|^已办理?$/u;
const OPEN = /未|在办|办理中|处理中|处置中|待|进行|跟踪|^否$/u;
const ANSWERED = /^已(?:回复|答复|回应|反馈)/u;
const MATTER: readonly (readonly [Matter, RegExp])[] = [
  ["suggestion", /建议|意见|建言|献策/u],
  ["complaint", /投诉|举报|咨询|求助|反映|诉求|求决|申诉|感谢|表扬/u],
  ["superior", /督办|转办/u],
  ["opinion", /舆情/u],
];

/** Reads one row. Everything that is wrong with it is told at once; a row with an error is not taken. */
export function readRow(
  { no, cells, people }: Table["rows"][number],
  file: { isLedger: boolean },
  office: Office,
  now: Instant,
): { row?: ImportRow; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const problem = (column: Column, reason: string, kind: RowProblem["kind"] = "error"): undefined => {
    problems.push({ row: no, column, reason, kind });
    return undefined;
  };
  const time = (column: Column): Instant | undefined => {
    const text = cells[column];
    if (!text) return undefined;
    const at = readMoment(text, now, "past");
    if (at === undefined) return problem(column, `“${short(text)}”看不懂,请写成 2026-11-20 09:20`);
    return at > now ? problem(column, `“${short(text)}”还没有到`) : at;
  };
  const value = <T>(column: Column, read: (text: string) => T | undefined, takes: string): T | undefined => {
    const text = cells[column];
    if (!text) return undefined;
    return read(text) ?? problem(column, `“${short(text)}”看不懂,可填 ${takes}`);
  };

  if (!cells.title && !cells.content) problem("title", "标题和内容都是空的");
  const column = cells.receivedAt ? "receivedAt" : "detectedAt";
  const receivedAt = time(column) ?? (cells[column] ? undefined : problem("receivedAt", "缺少收到时间"));
  if (receivedAt !== undefined && isDayOnly(cells[column])) problem(column, "只有日期,按当天 0 点计", "note");

  const eventLevel = value("eventLevel", readEventLevel, "I、II、III、IV、无、待定");
  const opinionLevel = value("opinionLevel", readLevel, "I、II、III、IV,或 特别重大、重大、较大、一般");
  const categories = value("category", readCategories, "误解误读、切身利益、道德底线、突发灾害、上级要求、非重点");
  const units = readUnits(cells.assigned ?? "", office.roster);
  if (units.unknown.length > 0)
    problem("assigned", `${units.unknown.join("、")} 不在通讯录,请写单位全称或简称;没有的先空着,导入后再研判`);
  const dueAt = limitOf(cells.dueAt, office, receivedAt ?? now);
  if (cells.dueAt && dueAt === undefined)
    problem("dueAt", `“${short(cells.dueAt)}”看不懂,或早于收到时间,请写成 2026-11-25`);
  const response = responseOf(cells, time("respondedAt"), problem);
  const closed = closedOf(cells);
  if (ANSWERED.test(cells.state ?? "") && !cells.respondedAt && closed === undefined)
    problem("state", `写的是“${short(cells.state ?? "")}”,没有回应时间和凭证,按在办导入`, "note");

  const screened = screen(withoutNames(textOf(cells), people), screenContextOf(office.roster));
  if (screened.verdict === "withheld") {
    // Not even the reason repeats what stood in the cell.
    return { problems: [{ row: no, reason: "疑似带密级标志,不能导入,请线下办理", kind: "error" }] };
  }
  if (screened.verdict === "masked") problem("content", "有个人信息,遮蔽后导入", "note");
  if (receivedAt === undefined || problems.some((p) => p.kind === "error")) return { problems };
  const matter =
    MATTER.find(([, words]) => words.test(cells.matter ?? ""))?.[0] ?? (file.isLedger ? "opinion" : "complaint");
  return {
    problems,
    row: {
      no,
      receivedAt,
      text: screened.text,
      matter,
      units: units.known,
      ...(cells.no ? { source: cells.no.slice(0, 60) } : {}),
      ...(categories ? { categories } : {}),
      ...(eventLevel ? { eventLevel } : {}),
      ...(opinionLevel ? { opinionLevel } : {}),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(response ? { response } : {}),
      ...(closed === undefined ? {} : { closed }),
      ...(cells.reporter && office.roster.person(cells.reporter) ? { reporter: cells.reporter } : {}),
    },
  };
}

/** Who wrote or called stands in a column of its own: the name is known, and goes from the rest of the row too (ruling 21). */
const withoutNames = (text: string, people: readonly string[]): string =>
  people.reduce((rest, name) => rest.replaceAll(name, `${name.slice(0, 1)}某`), text);

/** The text of the report as its labelled fields. */
function textOf(cells: Cells): string {
  return TEXT.flatMap((column) => {
    const text = cells[column];
    return text
      ? [`${LABELS[column] ?? COLUMN_NAMES[column]}：${text.replace(/\s*\n\s*/gu, column === "content" ? "\n" : " ")}`]
      : [];
  }).join("\n");
}

/** A response counts by a link, a document number, or the number of the reply. A time alone proves nothing. */
function responseOf(
  cells: Cells,
  at: Instant | undefined,
  problem: (column: Column, reason: string, kind: RowProblem["kind"]) => undefined,
): ImportRow["response"] {
  if (at === undefined) return undefined;
  const form = RESPONSE_FORMS.find((f) => cells.form?.includes(f));
  const link = /https?:\/\/\S+/u.exec(`${cells.link ?? ""} ${cells.result ?? ""}`)?.[0];
  const docNo = cells.docNo;
  // A ticket is answered within its own system: its number leads to the reply.
  const proof = cells.result && cells.no && !/^\d{1,4}$/u.test(cells.no) ? `来源编号 ${cells.no}` : undefined;
  if (!link && !docNo && !proof)
    return problem("respondedAt", "有回应时间,没有凭证(链接、文号或答复编号),按未登记回应导入", "note");
  return {
    at,
    form: form ?? (proof && !link ? "答复" : "首次回应"),
    ...(link ? { link } : {}),
    ...(docNo ? { docNo } : {}),
    ...(proof ? { proof } : {}),
  };
}

function closedOf(cells: Cells): string | undefined {
  const state = cells.state ?? "";
  const isClosed = state !== "" ? CLOSED.test(state) && !OPEN.test(state) : cells.closedAt !== undefined;
  if (!isClosed) return undefined;
  return [cells.closedAt, cells.result ?? "已办结"].filter(Boolean).join(" ").slice(0, 500);
}

/** A day without a time ends when a working day does. A limit lies after the receipt. */
function limitOf(text: string | undefined, office: Office, receivedAt: Instant): Instant | undefined {
  const at = text ? readMoment(text, receivedAt, "future") : undefined;
  return at !== undefined && isDayOnly(text) ? atTime(dayOf(at), office.config.deadlineTime) : at;
}

const isDayOnly = (text: string | undefined): boolean => text !== undefined && !/[:：时点]/u.test(text);
const short = (text: string): string => (text.length > 16 ? `${text.slice(0, 16)}…` : text);
