import type { Span } from "../words.ts";

/** The day a sender names, before it is tied to the day of receipt. */
export type DayRef =
  /** `yearsBack`: 去年 is 1; `year` is null when neither is written. */
  | { kind: "date"; year: number | null; yearsBack: number | null; month: number; day: number }
  /** 30日, 20号; 上月15日: months -1. */
  | { kind: "month-day"; months: number | null; day: number }
  /** 昨天 is -1 */
  | { kind: "offset"; days: number }
  /** 当天, 次日: counted from the time named before. */
  | { kind: "from-last"; days: number }
  /** 本周一: week 0; 上周五: week -1; 周五: week null. weekday 1–7, Monday first. */
  | { kind: "weekday"; week: number | null; weekday: number }
  /** 上周末; 周末: week null. */
  | { kind: "weekend"; week: number | null }
  /** 上周: the whole week */
  | { kind: "week"; week: number }
  /** 9月份以来: the whole month, or its third 1–3 (初, 中旬, 底). */
  | { kind: "month"; year: number | null; yearsBack: number | null; month: number; third: 0 | 1 | 2 | 3 }
  /** 上个月以来: months -1 */
  | { kind: "months-back"; months: number }
  /** 月底前, 本周内: its end; `month` is null for the present one. */
  | { kind: "end-of"; unit: "week" | "month" | "year"; month: number | null }
  /** 昨夜今晨 */
  | { kind: "overnight" };

export interface PartOfDay {
  /** Hours from midnight; `to` may be 24. */
  from: number;
  to: number;
  kind: "dawn" | "morning" | "noon" | "afternoon" | "evening" | "night";
}

export interface ClockTime {
  hour: number;
  minute: number;
  second: number;
  /** 15:20 and 15时20分 are read on the 24-hour clock; 3点 may be either half of the day. */
  official: boolean;
}

/** A stretch of text that names a time. */
export interface TimeMention extends Span {
  day: DayRef | null;
  /** Written beside a date: 11月20日（周五）. 1–7, Monday first. */
  weekday: number | null;
  part: PartOfDay | null;
  clock: ClockTime | null;
  /** Minutes east of UTC, when the text says so (Z, +0800); null is Asia/Shanghai. */
  zone: number | null;
  /** Milliseconds before receipt: 半小时前; 0 for 刚刚. */
  ago: number | null;
  /** 三天前: known to the day only. */
  agoDays: number | null;
  /** 左右, 许, 多, 大约 … */
  fuzzy: boolean;
  /** 本周一开始: has gone on since. */
  since: boolean;
  /** End of a stated range: 14:00至16:00, 11月18日至20日. */
  until: TimeMention | null;
}

/** A mention that says nothing yet. */
export function emptyMention(from: number): TimeMention {
  return {
    from,
    to: from,
    day: null,
    weekday: null,
    part: null,
    clock: null,
    zone: null,
    ago: null,
    agoDays: null,
    fuzzy: false,
    since: false,
    until: null,
  };
}

const BEGUN = "起(?![火诉来身床点步初因重拍售价卖])";
export const LASTS_SOURCE = ` ?(?:就)?(?:开始|以来|至今|到现在|${BEGUN})`;
/** What follows a time from which something has gone on: 昨天下午起, 9月份以来. */
export const SINCE_WORDS = new RegExp(`^${LASTS_SOURCE}`);

/**
 * Does what follows say that it has gone on since? 11月18日起停水 and 昨晚开始下雨 say when it happened; 本周一开始 and
 * 昨天下午起 that it lasts.
 */
export function isSince({ day, part, clock }: TimeMention, behind: string): boolean {
  const word = SINCE_WORDS.exec(behind)?.[0].replace(/[ 就]/g, "");
  if (word === undefined) return false;
  if (day?.kind === "month" || day?.kind === "months-back") return true;
  return part && !clock ? word !== "开始" : word !== "起";
}

/** The groups of a match, as far as they took part in it. */
export type Groups = Readonly<Record<string, string | undefined>>;

/** Matches a sticky pattern at an offset. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
