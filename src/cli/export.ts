import { BotError } from "#core/errors.ts";
import { fromIso } from "#core/iso.ts";
import { DAY, type Instant } from "#core/time.ts";

/** Papers about one case, by the name that the command line takes. */
export const PAPERS = {
  assignment: "转办单",
  supervision: "督办单",
  closing: "办结报告",
  brief: "专报",
  dossier: "案卷",
} as const;
export type Paper = keyof typeof PAPERS;

export interface ExportOptions {
  out?: string;
  /** Number of a case as people write it. */
  case?: string;
  /** First and last day, "2026-11-01". */
  from?: string;
  to?: string;
  unit?: string;
}

/** What to write, checked as far as it can be without a database. */
export type ExportRequest =
  | { document: "ledger"; out: string; from?: Instant; to?: Instant; unit?: string }
  | { document: Paper; out: string; case: string };

/** @throws BotError bad-input, one sentence that says what to write instead */
export function exportRequest(document: string, options: ExportOptions): ExportRequest {
  const isLedger = document === "ledger";
  if (!isLedger && !isPaper(document))
    throw new BotError("bad-input", `没有“${document}”这种文书，可导出：ledger(台账)、${papersText()}。`);
  const ending = isLedger ? ".xlsx" : ".html";
  const { out } = options;
  if (!out)
    throw new BotError("bad-input", `请写明导出到哪个文件，例如 --out ${isLedger ? "台账" : "案卷"}${ending}。`);
  if (!out.toLowerCase().endsWith(ending))
    throw new BotError("bad-input", `${document} 导出为 ${ending} 文件，请改文件名，例如 --out ${out}${ending}。`);
  const given = (["from", "to", "unit"] as const).filter((name) => options[name] !== undefined);
  if (!isLedger) {
    if (given.length > 0)
      throw new BotError("bad-input", `--${given.join("、--")} 只用于 ledger(台账)；其他文书用 --case 编号。`);
    if (!options.case) throw new BotError("bad-input", `请写明是哪一件，例如 --case 20261120-001。`);
    return { document, out, case: options.case };
  }
  if (options.case !== undefined)
    throw new BotError("bad-input", "台账按收报日期导出，不用 --case；一件案件的全部记录请导出 dossier(案卷)。");
  const from = options.from === undefined ? undefined : day(options.from, "from");
  const to = options.to === undefined ? undefined : day(options.to, "to") + DAY;
  if (from !== undefined && to !== undefined && from >= to)
    throw new BotError("bad-input", `--from ${options.from} 晚于 --to ${options.to}，请对调。`);
  return {
    document: "ledger",
    out,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(options.unit ? { unit: options.unit } : {}),
  };
}

const isPaper = (document: string): document is Paper => Object.hasOwn(PAPERS, document);

const papersText = (): string =>
  Object.entries(PAPERS)
    .map(([name, zh]) => `${name}(${zh})`)
    .join("、");

function day(text: string, option: string): Instant {
  const at = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? fromIso(text) : undefined;
  if (at === undefined) throw new BotError("bad-input", `--${option} 应写作 2026-11-01 这样的日期，现在是“${text}”。`);
  return at;
}

export interface Exported {
  request: ExportRequest;
  /** Number of the case, or how many cases the 台账 has. */
  case?: string;
  count?: number;
  /** The check of the case's records found something; a sentence. */
  broken?: string;
}

/** `huiying export`: what was written, and what a person still has to do with it. Status 1 when the records were changed. */
export function exportReport({ request, case: id, count, broken }: Exported): { lines: string[]; status: 0 | 1 } {
  const { out, document } = request;
  if (document === "ledger") {
    const none = count === 0 ? ["没有符合条件的案件，表里只有表头。"] : [];
    return { lines: [`台账已写入 ${out}：${count ?? 0} 件`, ...none, CARE], status: 0 };
  }
  return {
    lines: [
      `${id ?? ""} ${PAPERS[document]}已写入 ${out}`,
      "用浏览器打开，按 A4 打印或另存为 PDF；这是机器生成初稿，空白处由人填写，签发后才有效。",
      CARE,
      ...(broken ? [`本件记录核验未通过：${broken}请运行 verify 并查明原因。`] : []),
    ],
    status: broken ? 1 : 0,
  };
}

const CARE = "文件只有本账户能读；含内部办理情况，请按本单位规定保管，不要发到群里。";
