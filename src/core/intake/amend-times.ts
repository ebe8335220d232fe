import { fromIso } from "#core/iso.ts";
import { instantOf, localParts, toIso } from "#core/time.ts";
import type { AmendContext } from "./amend-context.ts";
import type { Replacement } from "./correction.ts";
import type { Report, TimeValue } from "./types.ts";

const TIMES = ["occurredAt", "surfacedAt", "detectedAt"] as const;
type TimeKey = (typeof TIMES)[number];
const TIME_WORDS: Readonly<Record<TimeKey, RegExp>> = {
  occurredAt: /发生|事发|案发|出事/,
  surfacedAt: /首发|首次发布|发帖|发布时间|曝光|发视频/,
  detectedAt: /发现|监测|接报/,
};

/** A time that is known changes only when the text says which one it is: 10点消防到场 is none. */
export function timesOf(context: AmendContext): Partial<Pick<Report, TimeKey>> {
  const { before, stated, draft, correcting, replacements } = context;
  const times: Partial<Pick<Report, TimeKey>> = {};
  for (const replacement of replacements) {
    const moved = movedTime(before, replacement);
    if (moved) times[moved.key] = moved.time;
  }
  if (Object.keys(times).length > 0) return times;
  const alone = /^[^，,。；;\n]{0,24}$/.test(draft.text.trim());
  for (const key of TIMES) {
    const found = stated[key];
    const known = before[key];
    if (!found || found.inferred || found.text === null) continue;
    const clause = draft.text.split(/[，,。；;！!\n]/).find((c) => c.includes(found.text ?? ""));
    const named = TIME_WORDS[key].test(clause ?? draft.text);
    const replaced = replacements.some((r) => r.right.includes(found.text ?? ""));
    const corrected = correcting && alone && !/到场|赶到|送医|扑灭|恢复|开会|回应|通报/.test(draft.text);
    if (
      known === null ? !correcting || named || corrected || replaced : known.inferred || named || replaced || corrected
    )
      times[key] = found;
  }
  return times;
}

const CLOCK = /(?<![\d月])(?<h>\d{1,2})(?:[点时:](?<half>半)?(?<m>\d{1,2})?)/;

/** 不是8点是9点: the time that was reported as eight becomes nine, on the same day and in the same half of it. */
function movedTime(before: Report, { wrong, right }: Replacement): { key: TimeKey; time: TimeValue } | undefined {
  const old = clockOf(wrong);
  const next = clockOf(right);
  if (!old || !next || /[昨今前]|[日号周]/.test(right)) return undefined;
  const keys = TIMES.filter((key) => {
    const at = fromIso(before[key]?.value ?? "");
    if (at === undefined || before[key]?.inferred) return false;
    const { hour, minute } = localParts(at);
    return hour % 12 === old.hour % 12 && minute === old.minute;
  });
  const key = keys[0];
  const at = key && keys.length === 1 ? fromIso(before[key]?.value ?? "") : undefined;
  if (key === undefined || at === undefined) return undefined;
  const p = localParts(at);
  const hour = next.hour < 12 && p.hour >= 12 && next.hour !== 0 ? next.hour + 12 : next.hour;
  const value = toIso(instantOf(p.year, p.month, p.day, hour, next.minute));
  return { key, time: { text: right, value, precision: "minute", approx: false } };
}

function clockOf(text: string): { hour: number; minute: number } | undefined {
  const g = CLOCK.exec(text)?.groups;
  const hour = Number(g?.h);
  return g && hour <= 24 ? { hour, minute: g.half ? 30 : Number(g.m ?? 0) } : undefined;
}
