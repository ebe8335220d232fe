import type { Entry } from "#src/cli/simulate/transcript.ts";

/**
 * "Who is told" of the domain rulings, written down a second time: the program's own table is what is under test. A series
 * repeats from its stage at a distance until so long after the limit.
 */
type Word =
  | "承办"
  | "联络员"
  | "单位分管"
  | "单位主要负责人"
  | "府办"
  | "府办主任"
  | "宣传"
  | "值班员"
  | "值班领导"
  | "研判人"
  | "政府分管"
  | "政府主要负责同志";

interface Row {
  stage: string;
  /** Minutes from the limit. */
  at: number;
  to: Word[];
}

const HOUR = 60;
const hours = (h: number): string => `${h}h`;
const UNIT: Word[] = ["承办", "联络员", "单位分管", "单位主要负责人"];
const RELEASE: Word[] = [...UNIT, "府办", "宣传", "政府分管", "值班领导"];
const PRESS: Word[] = ["承办", "府办", "单位主要负责人", "宣传", "政府分管"];
const FIRST: Word[] = [...UNIT, "府办", "政府分管"];
const hourly = (from: number, to: number, words: Word[]): Row[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    stage: `T+${hours(from + i)}`,
    at: (from + i) * HOUR,
    to: words,
  }));

/** Rank II: the head of the government is told of a release from T+30m, and of a conference not at all. */
export const LADDER: Record<string, Row[]> = {
  "release.authoritative": [
    { stage: "T-3h", at: -3 * HOUR, to: ["承办", "联络员"] },
    { stage: "T-1h30m", at: -1.5 * HOUR, to: ["单位分管"] },
    { stage: "T-30m", at: -30, to: ["单位主要负责人", "府办", "宣传", "政府分管"] },
    { stage: "T", at: 0, to: RELEASE },
    { stage: "T+30m", at: 30, to: [...RELEASE, "政府主要负责同志"] },
    ...hourly(2, 24, [...RELEASE, "政府主要负责同志"]),
  ],
  "press.conference": [
    { stage: "T-12h", at: -12 * HOUR, to: ["承办", "府办"] },
    { stage: "T-6h", at: -6 * HOUR, to: ["承办", "府办", "单位主要负责人"] },
    { stage: "T-2h", at: -2 * HOUR, to: PRESS },
    { stage: "T", at: 0, to: PRESS },
    { stage: "T+1h", at: HOUR, to: PRESS },
    { stage: "T+6h", at: 6 * HOUR, to: PRESS },
    { stage: "T+24h", at: 24 * HOUR, to: PRESS },
  ],
  "response.first": [
    { stage: "T-24h", at: -24 * HOUR, to: ["承办"] },
    { stage: "T-8h", at: -8 * HOUR, to: ["联络员", "单位分管"] },
    { stage: "T-2h", at: -2 * HOUR, to: ["单位主要负责人", "府办"] },
    { stage: "T", at: 0, to: FIRST },
    { stage: "T+4h", at: 4 * HOUR, to: FIRST },
    { stage: "T+24h", at: 24 * HOUR, to: FIRST },
  ],
  "report.up": [
    { stage: "25%", at: -45, to: ["值班员", "府办"] },
    { stage: "50%", at: -30, to: ["值班员", "府办"] },
    { stage: "75%", at: -15, to: ["值班员", "府办"] },
    { stage: "T", at: 0, to: ["府办主任"] },
    { stage: "T+30m", at: 30, to: ["府办主任"] },
  ],
  /** I/II suggested: a window of 30 minutes. */
  triage: [
    { stage: "50%", at: -15, to: ["研判人"] },
    { stage: "T", at: 0, to: ["值班领导"] },
    { stage: "T+30m", at: 30, to: ["值班领导"] },
    { stage: "T+1h", at: HOUR, to: ["值班领导", "政府分管"] },
    { stage: "T+1h30m", at: 1.5 * HOUR, to: ["值班领导", "政府分管"] },
  ],
  "reply.suggestion": [
    { stage: "T-3wd@09:00", at: Number.NaN, to: ["承办", "联络员"] },
    { stage: "T-1wd@09:00", at: Number.NaN, to: ["承办", "联络员"] },
    { stage: "T-0wd@09:00", at: -9 * HOUR, to: ["承办", "联络员"] },
    { stage: "T", at: 0, to: ["单位分管"] },
    { stage: "T+1wd", at: Number.NaN, to: ["单位主要负责人", "府办"] },
    { stage: "T+3wd", at: Number.NaN, to: ["单位主要负责人", "府办"] },
  ],
  "reply.complaint": [
    { stage: "T-5wd@09:00", at: Number.NaN, to: ["承办", "联络员"] },
    { stage: "T-2wd", at: Number.NaN, to: ["承办", "联络员"] },
    { stage: "T-1wd", at: Number.NaN, to: ["承办", "联络员"] },
    { stage: "T-0wd@09:00", at: -9 * HOUR, to: ["承办", "联络员"] },
    { stage: "T", at: 0, to: ["单位分管"] },
    { stage: "T+1wd", at: Number.NaN, to: ["单位主要负责人", "府办"] },
    { stage: "T+3wd", at: Number.NaN, to: ["单位主要负责人", "府办"] },
  ],
};

/** Who a word means in a scenario, at a moment. */
export type Cast = (word: Word, at: string) => readonly string[];

export interface Question {
  clock: string;
  case: string;
  /** The clock runs and nobody has stopped it: from when to when ("2026-11-20T22:40"), stages at the end included. */
  from: string;
  to: string;
  cast: Cast;
  /** Times of stages in working days, by stage. */
  days?: Record<string, string>;
}

/** "stage → who" as the rulings want it, and as the transcript has it. */
export function compare(entries: readonly Entry[], question: Question): { wanted: string[]; told: string[] } {
  const { clock, from, to, cast, days = {} } = question;
  const own = entries.filter((e) => e.clock === clock && e.case === question.case && e.stage !== "late");
  const dueAt = own[0]?.dueAt;
  if (!dueAt) throw new Error(`no message about ${clock}`);
  const wanted = (LADDER[clock] ?? []).flatMap(({ stage, at, to: words }) => {
    const when = days[stage] ?? local(Date.parse(dueAt) + at * 60_000);
    if (when < from || when > to) return [];
    const names = new Set(words.flatMap((word) => cast(word, when)));
    return [line(when, stage, [...names])];
  });
  const groups = Map.groupBy(own, (e) => `${e.at.slice(0, 16)} ${e.stage}`);
  const told = [...groups.values()]
    .map((group) =>
      line(
        group[0]?.at.slice(0, 16) ?? "",
        group[0]?.stage ?? "",
        group.map((e) => e.to.slice(5)),
      ),
    )
    .filter((text) => text.slice(0, 16) >= from && text.slice(0, 16) <= to);
  return { wanted: wanted.sort(), told: told.sort() };
}

const line = (at: string, stage: string, names: readonly string[]): string =>
  `${at} ${stage} → ${[...names].sort().join("、")}`;

const local = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
