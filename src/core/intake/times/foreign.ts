import { strict } from "chrono-node/en";
import { emptyMention, type TimeMention } from "./mention.ts";

const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}";
const DAY_OF_MONTH = "\\d{1,2}(?:st|nd|rd|th)?";
/** Where an English or machine-made time begins: Fri Nov 20 …, 20 Nov 2026, 2026-11-20T…, 5:30 PM · Nov 20. */
const BEGINS = new RegExp(
  [
    `(?<![A-Za-z])(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? (?=${MONTH}|\\d)`,
    `(?<![A-Za-z])${MONTH}\\.? ${DAY_OF_MONTH}(?![\\d:])`,
    `(?<!\\d)${DAY_OF_MONTH}[ -]${MONTH}`,
    "(?<!\\d)\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d| \\d\\d:\\d\\d(?::\\d\\d)? ?(?:[+-]\\d\\d:?\\d\\d|UTC|GMT|Z))",
    `(?<!\\d)\\d{1,2}:\\d\\d [AP]M · (?=${MONTH})`,
  ].join("|"),
  "g",
);
/** Longest of these formats, with a margin. */
const LONGEST = 64;
/** A forwarded post holds one or two of them; a page of thousands is no report. */
const MOST = 40;
/** The time of day in front, as X writes it: 5:30 PM · Nov 20, 2026. */
const CLOCK_FIRST = /^(\d{1,2}:\d\d [AP]M) · /;
/** Only what the text itself states is taken over, so the reference never shows in a result. */
const REFERENCE = { instant: new Date(0), timezone: 0 };

/**
 * Times in English and machine formats, which forwarded posts carry, read by chrono-node. Years, zones and weekdays that
 * the text does not state stay open and follow the conventions for Chinese times.
 */
export function scanForeign(text: string): TimeMention[] {
  const mentions: TimeMention[] = [];
  BEGINS.lastIndex = 0;
  for (let m = BEGINS.exec(text); m && mentions.length < MOST; m = BEGINS.exec(text)) {
    const mention = readForeign(text, m.index);
    if (mention) mentions.push(mention);
    BEGINS.lastIndex = mention?.to ?? m.index + m[0].length;
  }
  return mentions;
}

function readForeign(text: string, from: number): TimeMention | undefined {
  const window = text.slice(from, from + LONGEST);
  const clockFirst = CLOCK_FIRST.exec(window);
  const skip = clockFirst?.[0].length ?? 0;
  const found = strict.parse(window.slice(skip), REFERENCE)[0];
  if (found?.index !== 0 || !found.start.isCertain("day") || !found.start.isCertain("month")) return undefined;
  const clock = clockFirst ? strict.parse(clockFirst[1] as string, REFERENCE)[0]?.start : found.start;
  const stated = (key: "year" | "timezoneOffset" | "weekday"): number | null =>
    found.start.isCertain(key) ? found.start.get(key) : null;
  const weekday = stated("weekday");
  return {
    ...emptyMention(from),
    to: from + skip + found.text.trimEnd().length,
    day: {
      kind: "date",
      year: stated("year"),
      yearsBack: null,
      month: found.start.get("month") ?? 0,
      day: found.start.get("day") ?? 0,
    },
    weekday: weekday === 0 ? 7 : weekday,
    clock: clock?.isCertain("hour")
      ? {
          hour: clock.get("hour") ?? 0,
          minute: clock.get("minute") ?? 0,
          second: clock.get("second") ?? 0,
          official: true,
        }
      : null,
    zone: stated("timezoneOffset"),
  };
}
