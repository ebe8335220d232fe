import { addDays, type Day, dayOf, type Instant } from "#core/time.ts";
import { caseNumberIn } from "./case-numbers.ts";
import type { Gazetteer } from "./gazetteer.ts";
import { ASKED, type Asked, CARRIERS, MINE, WANTED, type Wanted } from "./query-words.ts";
import { resolveTime } from "./times/resolve.ts";
import { scanTimes } from "./times/scan.ts";
import { blank, type Span } from "./words.ts";

/** A question in plain words. Days are in Asia/Shanghai; `to` is inclusive. */
export interface Question {
  ref: string | null;
  /** The matter happened or was received on these days; with wanted "due": its limit ends on them. */
  days: { from: Day; to: Day } | null;
  /** Official name or alias as written, of a unit that the roster knows. */
  unit: string | null;
  /** Name of a place in the roster. */
  place: string | null;
  wanted: Wanted | null;
  /** reported: 我报的; concerned: 我的, 我们局的. */
  mine: "reported" | "concerned" | null;
  asked: Asked[];
  /** What is left: words of the matter. */
  topics: string[];
}

const DAYS_OF_WEEK =
  /(?<which>上上?个?|这个?|本|上一)(?:周|星期|礼拜)(?![一二三四五六日天末])|(?<weekend>(?:上个?|这个?|本)?周末)|(?<month>本月|这个月|上个?月|当月)|(?<year>今年|去年)(?!\d)/;
/** Whoever writes more than this tells something. */
export const LONGEST_QUESTION = 60;
/** More than one separate run of words is a sentence, not a question. */
const MOST_TOPICS = 3;

export function readQuestion(text: string, receivedAt: Instant, gazetteer: Gazetteer): Question {
  const spans: Span[] = [];
  const take = (span: Span): void => void spans.push(span);
  const free = (): string => blank(text, spans);
  const ref = caseNumberIn(text) ?? /(?:^|\s)(0\d{2})(?=\s|$|[^\d年月日])/.exec(text)?.[1] ?? null;
  if (ref !== null) take({ from: text.indexOf(ref), to: text.indexOf(ref) + ref.length });
  const first = <K>(patterns: readonly (readonly [K, RegExp])[]): K | null => {
    for (const [key, pattern] of patterns) {
      const found = [...free().matchAll(pattern)].filter((m) => m[0] !== "");
      if (found.length === 0) continue;
      for (const m of found) take({ from: m.index, to: m.index + m[0].length });
      return key;
    }
    return null;
  };
  const dutyOnly = /谁[^，。]{0,3}(?:值班|带班)|(?:值班|带班)[^，。]{0,4}(?:谁|哪位)/.test(text);
  const days = readDays(text, receivedAt, take);
  const wanted = dutyOnly ? null : first(WANTED);
  const mine = first(MINE);
  const asked: Asked[] = [];
  for (const [key, pattern] of ASKED) {
    const found = [...free().matchAll(pattern)].filter((m) => m[0].trim() !== "");
    if (found.length === 0) continue;
    asked.push(key);
    for (const m of found) take({ from: m.index, to: m.index + m[0].length });
  }
  const unit = longestName(
    free(),
    gazetteer.unitIds.keys(),
    (name) => !/^[a-z]/i.test(name) && !gazetteer.places.has(name),
    take,
  );
  const place = unit === null ? longestName(free(), gazetteer.places.keys(), () => true, take) : null;
  return { ref, days, unit, place, wanted, mine, asked, topics: topicsOf(free()) };
}

/**
 * Does this ask something of the bot about cases or duty? Judged by what was recognised, and by how little is left over.
 * @param aboutCase it answers the card of a case: what it is about need not be said
 */
export function isQuestion(text: string, q: Question, aboutCase = false): boolean {
  if (text.length > LONGEST_QUESTION) return false;
  const left = q.topics.join("").length;
  if (q.topics.length > MOST_TOPICS || left > 18) return false;
  if (q.asked.includes("duty")) return left <= 4;
  const scope = q.days !== null || q.unit !== null || q.place !== null;
  const aims =
    aboutCase ||
    q.ref !== null ||
    q.days !== null ||
    q.unit !== null ||
    q.mine !== null ||
    q.place !== null ||
    left > 0;
  const strong = q.asked.some((a) => a !== "progress" && a !== "list" && a !== "handler");
  const asksForm =
    /[?？吗呢]\s*$|没有?\s*$|谁|几|多久|多少|哪|什么|何时|啥|怎么?样|咋样|如何|进展|状态|依据|有没有|了没|没有(?=\s|$)|吗/.test(
      text,
    );
  if (q.asked.length > 0 && asksForm) {
    if (q.asked.every((a) => a === "list"))
      return q.wanted !== null || q.mine !== null || /舆情|案|件/.test(text) || (scope && left === 0);
    return strong || aims;
  }
  if (aims && LOOK_UP.test(text)) return true;
  // 水务局没签收的, 我报的: a list by state or person.
  return (q.wanted !== null || q.mine !== null) && left <= 8 && /的[^，。]{0,6}$|^我/.test(text.trim());
}

/** 帮我查一下昨天停水那件 */
const LOOK_UP = /(?:查|看)(?:一下|下|查|看)[^，。]*(?:[那这][件条起个]|舆情|案)|^查(?:一下|下|查)/;

function readDays(text: string, receivedAt: Instant, take: (s: Span) => void): Question["days"] {
  const today = dayOf(receivedAt);
  const stretch = DAYS_OF_WEEK.exec(text);
  if (stretch?.groups) {
    take({ from: stretch.index, to: stretch.index + stretch[0].length });
    return stretchOf(stretch[0], today, receivedAt);
  }
  const future = /(?:到期|截止|值班|带班)/.test(text);
  for (const mention of scanTimes(text)) {
    if (mention.day === null && mention.agoDays === null && mention.part === null) continue;
    const direction = future && mention.day?.kind === "offset" && mention.day.days > 0 ? "future" : "past";
    const resolved =
      resolveTime(mention, { receivedAt, direction }) ?? resolveTime(mention, { receivedAt, direction: "future" });
    if (!resolved) continue;
    take(mention);
    const last = resolved.end === null ? resolved.at : Math.max(resolved.at, resolved.end - 1);
    return { from: dayOf(resolved.at), to: dayOf(last) };
  }
  return null;
}

function stretchOf(word: string, today: Day, now: Instant): Question["days"] {
  const weekday = ((new Date(now + 8 * 3_600_000).getUTCDay() + 6) % 7) + 1;
  const monday = addDays(today, 1 - weekday);
  const back = /上上/.test(word) ? 2 : /上/.test(word) ? 1 : 0;
  if (/周末/.test(word)) {
    // On a Monday 周末 is the one that has just passed.
    const saturday = addDays(monday, 5 - 7 * (back > 0 || weekday < 5 ? 1 : 0));
    return { from: saturday, to: addDays(saturday, 1) };
  }
  if (/月/.test(word)) {
    const first = `${today.slice(0, 8)}01`;
    if (back === 0) return { from: first, to: today };
    const end = addDays(first, -1);
    return { from: `${end.slice(0, 8)}01`, to: end };
  }
  if (/年/.test(word)) {
    const year = Number(today.slice(0, 4)) - (word === "去年" ? 1 : 0);
    return { from: `${year}-01-01`, to: word === "去年" ? `${year}-12-31` : today };
  }
  const from = addDays(monday, -7 * back);
  return { from, to: addDays(from, 6) };
}

function longestName(
  text: string,
  names: Iterable<string>,
  fits: (name: string) => boolean,
  take: (s: Span) => void,
): string | null {
  let best: string | null = null;
  for (const name of names) if (name.length > (best?.length ?? 1) && fits(name) && text.includes(name)) best = name;
  if (best !== null) take({ from: text.indexOf(best), to: text.indexOf(best) + best.length });
  return best;
}

function topicsOf(free: string): string[] {
  let rest = free;
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest
      .split(/\n+/)
      .map((run) => run.replace(CARRIERS, "\n"))
      .join("\n");
  }
  return [
    ...new Set(
      rest
        .split(/[\n\s，,。.？?！!；;：:、~“”"（）()的]+/u)
        .map((w) => w.replace(/^(?:在|和|与|对|把|从|被|由|给)|(?:在|了|上|里|是|那|这|还)$/gu, ""))
        .filter((w) => w.length >= 2),
    ),
  ];
}
