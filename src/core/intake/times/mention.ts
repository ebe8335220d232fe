import type { Span } from "../words.ts";

/** The day a sender names, before it is tied to the day of receipt. */
export type DayRef =
  | { kind: "date"; year: number | null; month: number; day: number }
  /** 30日, 20号 */
  | { kind: "month-day"; day: number }
  /** 昨天 is -1 */
  | { kind: "offset"; days: number }
  /** 本周一: week 0; 上周五: week -1; 周五: week null. weekday 1–7, Monday first. */
  | { kind: "weekday"; week: number | null; weekday: number }
  /** 上周: the whole week */
  | { kind: "week"; week: number }
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
  /** 15:20 and 15时20分 are read on the 24-hour clock; 3点 may be either half of the day. */
  official: boolean;
}

/** A stretch of text that names a time. */
export interface TimeMention extends Span {
  day: DayRef | null;
  part: PartOfDay | null;
  clock: ClockTime | null;
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
