import { requestedDue } from "#core/clocks/due.ts";
import { parse } from "#core/intake/parse.ts";
import type { Report } from "#core/intake/types.ts";
import { fromIso, type Instant, toIso } from "#core/time.ts";
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
const TITLE = 40;

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

/** One line for lists and cards: the stated title, else the first clause of the text that says something. */
export function titleOf(report: Report): string {
  const clauses = report.summary.split(/[。!?;\n]/u).map((s) => s.trim());
  const text = report.title ?? clauses.find((s) => s.length >= 6) ?? report.summary.trim();
  return cut(text.replace(/\s+/gu, " "), TITLE) || "(内容待补)";
}

const cut = (text: string, length: number): string => {
  const chars = Array.from(text);
  return chars.length > length ? `${chars.slice(0, length - 1).join("")}…` : text;
};
