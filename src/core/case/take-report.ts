import { requestedDue } from "#core/clocks/due.ts";
import { parse } from "#core/intake/parse.ts";
import { declinedAsk } from "#core/intake/refusals.ts";
import { scanTimes } from "#core/intake/times/scan.ts";
import type { Report } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import type { LearnedWord } from "#core/learning/lexicon.ts";
import { type SuggestedUnit, suggestedUnits } from "#core/learning/suggested-units.ts";
import { KIND_NAMES } from "#core/message/names.ts";
import { type Instant, toIso } from "#core/time.ts";
import type { Evidence } from "./evidence.ts";
import type { Office } from "./office.ts";

/** A message that is to be taken as a report. */
export interface ReportMessage {
  /** Screened text without the command word. */
  text: string;
  at: Instant;
  from: string;
  attachments: number;
  /** What came with it, by reference. */
  evidence?: readonly Evidence[];
}

export interface TakenReport {
  input: { report: Report; title: string; suggested?: SuggestedUnit[]; evidence?: Evidence[] };
  /** The superior's own limit, if the text names one. */
  requestedDueAt: Instant | undefined;
}

/** A case keeps this much of a report's text; the whole message stays in the inbox. */
const SUMMARY = 4000;
/** Longest title, characters; a title made of clauses is kept shorter. */
const TITLE = 40;
const CLAUSES = 28;

/**
 * Reads a message as a report, whatever it is: somebody has said that it is one.
 * @param learned words that suggest units besides the duties of the roster
 */
export function takeReport(message: ReportMessage, office: Office, learned: readonly LearnedWord[] = []): TakenReport {
  const { roster, config } = office;
  const unit = roster.unitOf(message.from);
  const parsed = parse(
    {
      text: message.text,
      receivedAt: toIso(message.at),
      sender: { name: message.from, unit: unit?.name ?? null, jurisdiction: unit?.jurisdiction ?? roster.home },
      attachments: message.attachments,
      asReport: true,
    },
    roster,
  );
  if (parsed.kind !== "report") throw new Error(`a text taken as a report was read as ${parsed.kind}`);
  const suggested = suggestedUnits(parsed, roster, learned);
  const report = {
    ...parsed,
    unitSuggested: suggested.map((s) => s.unit),
    summary: cut(parsed.summary, SUMMARY),
    urls: parsed.urls.slice(0, 50),
  };
  const evidence = [...(message.evidence ?? [])];
  const limit = report.requestedLimit;
  const start = limit?.from ? fromIso(limit.from) : undefined;
  const stated = report.requestedDueAt ? fromIso(report.requestedDueAt.value) : undefined;
  return {
    input: {
      report,
      title: titleOf(report, evidence),
      ...(suggested.length > 0 ? { suggested } : {}),
      ...(evidence.length > 0 ? { evidence } : {}),
    },
    requestedDueAt: limit ? requestedDue(limit, start ?? message.at, config) : stated,
  };
}

/** One line for lists and cards: the stated title, else the first clauses of the text that say something. */
function titleOf(report: Report, evidence: readonly Evidence[]): string {
  if (report.title) return cut(report.title.replace(/\s+/gu, " ").trim(), TITLE);
  if (report.missing.includes("summary"))
    return `${report.platforms[0] ?? ""}${report.urls.length > 0 ? "链接" : sentAs(evidence)}(内容待补)`;
  const record = evidence.some((e) => e.kind === "forward");
  const said = record ? report.summary.replace(SPEAKER, "") : report.summary;
  const sentences = said
    .replace(MASKED_NOTE, "")
    .split(/[。!?;！？；\n]/u)
    .map((s) => withoutLeadingTime(s.trim()).replace(TOLD, ""));
  const sentence = sentences.find((s) => s.length >= 4 && !CALL.test(s)) ?? report.summary.trim();
  let title = "";
  for (const clause of sentence.split(CLAUSE)) {
    if (title !== "" && (ASIDE.test(clause) || FIGURES.test(clause) || declinedAsk(clause))) continue;
    const longer = title === "" ? clause.trim() : `${title}，${clause.trim()}`;
    if (title !== "" && longer.length > CLAUSES) break;
    title = longer;
  }
  return cut(title.replace(/\s+/gu, " "), TITLE) || "(内容待补)";
}

/** People who type in a hurry put a space where a comma would stand. */
const CLAUSE = /[,，]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u;
/** 各位家长注意, 求扩散: calls upon the readers, not what happened. */
const CALL =
  /^(?:[【[]?紧急[】\]]?)?(?:各位|大家|所有)?\p{Script=Han}{0,6}(?:请?注意|速看|请看|扩散|转发|周知|紧急通知)[了啊]?$/u;
/** 接报，… says how it became known. */
const TOLD = /^(?:接报|接到(?:报警|报告|群众反映)|据报|获悉)[称，,\s]*/u;
/** 抖音播放12.3万: how far it spread stands on the card by itself, and changes. */
const FIGURES =
  /^\s*\p{Script=Han}{0,6}(?:播放|阅读|浏览|点赞|点击|评论|转发|热搜|同城)量?榜?(?:超|达|已|近|约)?\s?第?\d|^\s*\p{Script=Han}{0,4}[\d.]+[万千亿wk]?\+?个?(?:播放|阅读|浏览|点赞|赞|评论|转发)/iu;
/** Said to colleagues beside the matter. */
const ASIDE = /^\s*(?:要不要|需不需要|用不用|是不是要)报/u;
/** （身份证 [身份证号]，电话 [电话]） behind a name: nothing is left in it to read. */
const MASKED_NOTE = /[（(][^（）()\n]*\[\p{Script=Han}{2,4}\][^（）()\n]*[）)]/gu;
/** "张某：" at the head of each line of a chat record. */
const SPEAKER = /^\p{Script=Han}{2,4}：/gmu;

/** What stands for a report that nobody has put into words yet. */
function sentAs(evidence: readonly Evidence[]): string {
  const [first] = evidence;
  if (first === undefined) return "情况";
  return `${KIND_NAMES[first.kind]}${evidence.length > 1 ? ` ${evidence.length} 个` : ""}`;
}

/** "今早6点20左右，石门镇客车坠崖": the time stands on the card by itself. */
function withoutLeadingTime(sentence: string): string {
  const [first] = scanTimes(sentence.slice(0, 40));
  return first && first.from <= 1
    ? sentence.slice(first.to).replace(/^(?:开始|起|以来|左右|前后|许)?[\s,，、:：]*/u, "")
    : sentence;
}

const cut = (text: string, length: number): string => {
  const chars = Array.from(text);
  return chars.length > length ? `${chars.slice(0, length - 1).join("")}…` : text;
};
