import { z } from "zod";
import { BotError } from "#core/errors.ts";
import { type Entry, type ReminderSubject, type StageRow, StageRowSchema, type StageTable } from "./stages.ts";

const UNIT: Entry[] = ["承办", "联络员", "单位分管", "单位主要负责人"];
const HEAD_WHEN_I: Entry = { who: "政府主要负责同志", when: "I" };
const RELEASE: Entry[] = [...UNIT, "府办", "宣传", "政府分管", "值班领导"];
const PRESS: Entry[] = ["承办", "府办", "单位主要负责人", "宣传", "政府分管"];
const FIRST: Entry[] = [...UNIT, "府办", "政府分管"];
const FILE_LIMIT = "720h";

const replyRows = (before: string[]): StageRow[] => [
  ...before.map((at): StageRow => ({ at, to: ["承办", "联络员"] })),
  { at: "T", to: ["单位分管"] },
  { at: "T+1wd", to: ["单位主要负责人", "府办"] },
  { at: "T+3wd", to: ["单位主要负责人", "府办"] },
];

/** The stage table that holds unless the office configures its own rows. Limits of law stay; only who is told when is here. */
export const DEFAULT_STAGES: StageTable = {
  triage: [
    { at: "50%", to: ["研判人"] },
    { at: "T", to: ["值班领导"] },
    { at: "T+30m", to: ["值班领导"] },
    { at: "T+1h", to: ["值班领导", { who: "政府分管", when: "urgent" }], every: "30m", until: "24h" },
  ],
  sign: [
    { at: "33%", to: ["联络员"] },
    { at: "67%", to: ["联络员"] },
    { at: "T", to: ["单位分管"] },
    { at: "T+15m", to: ["单位主要负责人", "府办"] },
  ],
  "release.authoritative": [
    { at: "T-3h", to: ["承办", "联络员"] },
    { at: "T-1h30m", to: ["单位分管"] },
    { at: "T-30m", to: ["单位主要负责人", "府办", "宣传", "政府分管"] },
    { at: "T", to: [...RELEASE, HEAD_WHEN_I] },
    { at: "T+30m", to: [...RELEASE, "政府主要负责同志"] },
    { at: "T+2h", to: [...RELEASE, "政府主要负责同志"], every: "1h", until: "24h" },
  ],
  "press.conference": [
    { at: "T-12h", to: ["承办", "府办"] },
    { at: "T-6h", to: ["承办", "府办", "单位主要负责人"] },
    { at: "T-2h", to: PRESS },
    { at: "T", to: [...PRESS, HEAD_WHEN_I] },
    { at: "T+1h", to: [...PRESS, HEAD_WHEN_I] },
    { at: "T+6h", to: [...PRESS, HEAD_WHEN_I] },
    { at: "T+24h", to: [...PRESS, HEAD_WHEN_I], every: "24h", until: FILE_LIMIT },
  ],
  "response.first": [
    { at: "T-24h", to: ["承办"] },
    { at: "T-8h", to: ["联络员", "单位分管"] },
    { at: "T-2h", to: ["单位主要负责人", "府办"] },
    { at: "T", to: FIRST },
    { at: "T+4h", to: FIRST },
    { at: "T+24h", to: FIRST, every: "24h", until: FILE_LIMIT },
  ],
  "reply.suggestion": replyRows(["T-3wd@09:00", "T-1wd@09:00", "T-0wd@09:00"]),
  "reply.complaint": replyRows(["T-5wd@09:00", "T-2wd", "T-1wd", "T-0wd@09:00"]),
  "repost.soft": [
    { at: "50%", to: ["承办"] },
    { at: "T-10m", to: ["承办"] },
  ],
  "repost.hard": [
    { at: "T-2h", to: ["承办"] },
    { at: "T", to: ["单位分管"] },
    { at: "T+24h", to: ["单位分管"], every: "24h", until: FILE_LIMIT },
  ],
  requested: [
    { at: "50%", to: ["承办", "府办"] },
    { at: "80%", to: ["承办", "府办"] },
    { at: "T-1h", to: ["承办", "府办"] },
    { at: "T", to: ["单位主要负责人", "府办"] },
    { at: "T+1h", to: ["单位主要负责人", "府办"], every: "1h", until: "24h" },
  ],
  "report.up": [
    { at: "25%", to: ["值班员", "府办"] },
    { at: "50%", to: ["值班员", "府办"] },
    { at: "75%", to: ["值班员", "府办"] },
    { at: "T", to: ["府办主任"] },
    { at: "T+30m", to: ["府办主任"], every: "30m", until: "24h" },
  ],
  "release.continuous": [
    { at: "75%", to: ["承办", "联络员"] },
    { at: "T", to: ["单位分管"] },
    { at: "T+2h", to: ["单位主要负责人", "府办"] },
  ],
  promise: [
    { at: "T-24h", to: ["承办"] },
    { at: "T", to: ["单位分管"] },
  ],
  confirm: [
    { at: "T", to: ["提请人"] },
    { at: "T+4h", to: ["提请人"], every: "24h", until: FILE_LIMIT },
  ],
  gates: [
    { at: "T", to: ["承办", "府办"] },
    { at: "T+24h", to: ["承办", "府办"], every: "24h", until: "168h" },
  ],
};

/**
 * The default table with the office's own rows in place of those it names.
 * @throws BotError bad-config, naming every row that is wrong
 */
export function stageTable(overrides: Record<string, unknown>): StageTable {
  const table: StageTable = { ...DEFAULT_STAGES };
  const problems: string[] = [];
  for (const [key, rows] of Object.entries(overrides)) {
    if (!Object.hasOwn(DEFAULT_STAGES, key)) {
      problems.push(`stages.${key}：没有这个时限；可用 ${Object.keys(DEFAULT_STAGES).join("、")}`);
      continue;
    }
    const parsed = z.array(StageRowSchema).min(1).safeParse(rows);
    if (parsed.success) table[key as ReminderSubject] = parsed.data;
    else problems.push(`stages.${key}:${z.prettifyError(parsed.error)}`);
  }
  if (problems.length > 0) throw new BotError("bad-config", `提醒节点表有误:\n${problems.join("\n")}`);
  return table;
}
