import { requestedDue } from "#core/clocks/due.ts";
import { parse } from "#core/intake/parse.ts";
import { scanTimes } from "#core/intake/times/scan.ts";
import type { Report } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { type Instant, toIso } from "#core/time.ts";
import type { Office } from "./office.ts";

/** A message that is to be taken as a report. */
export interface ReportMessage {
  /** Screened text without the command word. */
  text: string;
  at: Instant;
  from: string;
  attachments: number;
}

export interface TakenReport {
  input: { report: Report; title: string };
  /** The superior's own limit, if the text names one. */
  requestedDueAt: Instant | undefined;
}

/** A case keeps this much of a report's text; the whole message stays in the inbox. */
const SUMMARY = 4000;
/** Longest title, characters; a title made of clauses is kept shorter. */
const TITLE = 40;
const CLAUSES = 28;

/** Reads a message as a report, whatever it is: somebody has said that it is one. */
export function takeReport(message: ReportMessage, office: Office): TakenReport {
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
  const report = { ...parsed, summary: cut(parsed.summary, SUMMARY), urls: parsed.urls.slice(0, 50) };
  const limit = report.requestedLimit;
  const start = limit?.from ? fromIso(limit.from) : undefined;
  const stated = report.requestedDueAt ? fromIso(report.requestedDueAt.value) : undefined;
  return {
    input: { report, title: titleOf(report) },
    requestedDueAt: limit ? requestedDue(limit, start ?? message.at, config) : stated,
  };
}

/** One line for lists and cards: the stated title, else the first clauses of the text that say something. */
function titleOf(report: Report): string {
  if (report.title) return cut(report.title.replace(/\s+/gu, " ").trim(), TITLE);
  if (report.missing.includes("summary"))
    return `${report.platforms[0] ?? ""}${report.urls.length > 0 ? "链接" : "情况"}(内容待补)`;
  const sentences = report.summary.split(/[。!?;！？；\n]/u).map((s) => withoutLeadingTime(s.trim()));
  const sentence = sentences.find((s) => s.length >= 4) ?? report.summary.trim();
  let title = "";
  for (const clause of sentence.split(/[,，]/u)) {
    const longer = title === "" ? clause.trim() : `${title}，${clause.trim()}`;
    if (title !== "" && longer.length > CLAUSES) break;
    title = longer;
  }
  return cut(title.replace(/\s+/gu, " "), TITLE) || "(内容待补)";
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
