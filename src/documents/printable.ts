import type { Case, Response } from "#core/case/case.ts";
import { withoutAccounts } from "#core/case/search-entry.ts";
import { countedAt } from "#core/case/settle.ts";
import type { TimeValue } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { CATEGORY_NAMES, LEVEL_NAMES, MATTER_NAMES } from "#core/message/names.ts";
import type { EventLevel } from "#core/policy/types.ts";
import { dayOf, formatStamp, type Instant } from "#core/time.ts";

/** What people wrote about a case, as it may leave the bot: accounts of private persons are not exported (ruling 21). */
export function spoken(c: Case): (text: string) => string {
  const accounts = [c.report, ...(c.absorbed ?? []).map((a) => a.report)].flatMap((r) => r.account ?? []);
  // A single character is no account, and would be found everywhere.
  const known = accounts.filter((a) => a.trim().length > 1);
  return (text) => known.reduce((t, a) => withoutAccounts(t, a, "[账号]"), withoutAccounts(text, null, "[账号]"));
}

/** Brackets as print has them. */
export const printed = (text: string): string =>
  text.replace(/[()]/gu, (sign) => (sign === "(" ? "（" : "）")).replace(/,(?=\p{Script=Han})/gu, "，");

export const levelText = (level: EventLevel | undefined): string => printed(LEVEL_NAMES[level ?? "none"]);

/** A level that was decided, else what the report suggests. */
export function eventLevelText({ triage, report }: Case): string {
  if (triage) return levelText(triage.eventLevel);
  return report.eventLevelHint ? `待研判（建议${LEVEL_NAMES[report.eventLevelHint].slice(0, 2)}）` : "待研判";
}

export const opinionLevelText = ({ triage }: Case): string => (triage ? levelText(triage.opinionLevel) : "待研判");

export const matterText = ({ triage }: Case): string => (triage ? MATTER_NAMES[triage.matter] : "待研判");

export function categoryText({ triage, report }: Case): string {
  const categories = triage?.categories ?? report.category ?? [];
  return categories.map((k) => CATEGORY_NAMES[k]).join("、") || (triage ? "" : "待研判");
}

export const placesText = ({ report }: Case): string => report.places.map((p) => p.text).join("、");

/** "2026-11-20 09:05"; a day alone where no more is known; 推定 where nobody said it. */
export function timeText(time: TimeValue | null): string {
  const at = time ? fromIso(time.value) : undefined;
  if (time === null || at === undefined) return "";
  const shown = time.precision === "day" ? dayOf(at) : formatStamp(at);
  const vague = time.precision === "range" && time.text ? `（原文“${time.text}”）` : "";
  return `${shown}${vague}${time.inferred ? "（推定）" : ""}`;
}

/** "2026年11月20日" */
export const dateText = (at: Instant): string => {
  const [year = "", month = "", day = ""] = dayOf(at).split("-");
  return `${year}年${Number(month)}月${Number(day)}日`;
};

/** What proves a publication. */
export const proofText = ({ link, docNo, proof }: Response): string => [link, docNo, proof].filter(Boolean).join("，");

/** The answer that counts as the first. */
export const firstAnswer = (c: Case): Response | undefined =>
  c.responses.filter((r) => r.form !== "持续发布").sort((a, b) => countedAt(a) - countedAt(b))[0];
