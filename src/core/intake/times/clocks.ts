import { FIGURE, figure } from "./figures.ts";
import type { ClockTime, Groups } from "./mention.ts";

/** 时间, 点评, 8点钟方向: words that begin with the sign of a clock time. */
const NO_CLOCK = "(?!间|代|候|速|评|名|击|赞|刻?线|子|状|缀|射|段|期|常|局|钟方向|了?一?(?:意见|建议))";

/** A clock time: 17:30:05, 17时30分, 八点四十, 三四点, 8点一刻, 5:30 PM; 8-10点 as far as its first hour. */
export const CLOCK_SOURCE = [
  String.raw`(?<![\d:])(?<h>[01]?\d|2[0-4]) ?: ?(?<min>[0-5]\d)(?: ?: ?(?<sec>[0-5]\d)(?:\.\d{1,9})?)?(?![\d:])(?: ?(?<noon>[AaPp])\.?[Mm]\b\.?)?`,
  `(?<oh>${FIGURE}|[一二三四五六七八九1-9]、[二三四五六七八九2-9]) ?(?<mark>点|时)${NO_CLOCK}(?: ?(?<quarter>半|[一三1３3]刻)钟?| ?(?<om>${FIGURE}) ?(?:分(?!钟)(?: ?(?<os>${FIGURE}) ?秒)?)?|整|钟)?`,
  "(?<close>下班)(?=[之以]?前)",
  `(?<![\\d:.])(?<rh>${FIGURE})(?= ?(?:-|—|–|~|至|到){1,2} ?\\d{1,2} ?点${NO_CLOCK})`,
].join("|");

/** 三四点, 十一二点: two neighbouring hours; the first counts. */
const NEIGHBOURS = /^(十?)([一二三四五六七八九])、?([二三四五六七八九])$|^(\d)、(\d)$/;
const ORDER = "一二三四五六七八九";

/** 下班前: the end of a working day in the conventions of the reports. */
const END_OF_WORK: ClockTime = { hour: 18, minute: 0, second: 0, official: true };

/** A clock time and whether it was said loosely; null for hours and minutes that do not exist. */
export function readClock(g: Groups): { clock: ClockTime; loose: boolean } | null {
  if (g.h !== undefined) {
    const hour = twentyFour(Number(g.h), g.noon);
    return { clock: { hour, minute: Number(g.min), second: Number(g.sec ?? 0), official: true }, loose: false };
  }
  if (g.close) return { clock: END_OF_WORK, loose: false };
  const written = g.oh ?? g.rh ?? "";
  const pair = NEIGHBOURS.exec(written);
  const isPair = pair !== null && (pair[4] !== undefined || areNeighbours(pair[2] ?? "", pair[3] ?? ""));
  const hour = isPair ? figure(pair[4] ?? `${pair[1]}${pair[2]}`) : figure(written);
  const minute = minuteOf(g);
  const second = g.os ? figure(g.os) : 0;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (hour > 24 || minute > 59 || second > 59) return null;
  const official = g.mark === "时" || hour > 12 || hour === 0;
  return { clock: { hour, minute, second, official }, loose: isPair };
}

function areNeighbours(a: string, b: string): boolean {
  return ORDER.indexOf(b) === ORDER.indexOf(a) + 1;
}

function twentyFour(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (/p/i.test(half) ? 12 : 0);
}

function minuteOf(g: Groups): number | undefined {
  if (g.quarter) return g.quarter === "半" ? 30 : /[一1]/.test(g.quarter) ? 15 : 45;
  return g.om ? figure(g.om) : 0;
}
