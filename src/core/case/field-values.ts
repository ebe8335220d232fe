import { readCategory } from "#core/intake/categories.ts";
import { normalise } from "#core/intake/normalise.ts";
import { resolveTime } from "#core/intake/times/resolve.ts";
import { scanTimes } from "#core/intake/times/scan.ts";
import type { Category, Level } from "#core/intake/types.ts";
import type { EventLevel, Matter } from "#core/policy/types.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Instant } from "#core/time.ts";

/**
 * Field values as people type them, read into the program's values. Each returns undefined for what it cannot read: the
 * command then says what the field takes. Nothing bad becomes a default.
 */

const LEVELS: readonly [RegExp, Level][] = [
  [/^(I|Ⅰ|1|一级|特别重大|特大|红色?)$/iu, "I"],
  [/^(II|Ⅱ|2|二级|重大|橙色?)$/iu, "II"],
  [/^(III|Ⅲ|3|三级|较大|黄色?)$/iu, "III"],
  [/^(IV|Ⅳ|4|四级|一般|蓝色?)$/iu, "IV"],
];

const bare = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s()]|级别|級別|等级|[级級]/gu, "")
    .toUpperCase();

export function readLevel(text: string): Level | undefined {
  const value = bare(text).replace(/(特别重大|重大|较大|一般)$/u, (word, _w, at: number) => (at > 0 ? "" : word));
  return LEVELS.find(([pattern]) => pattern.test(value) || pattern.test(`${value}级`))?.[1];
}

export function readEventLevel(text: string): EventLevel | undefined {
  const value = text.trim();
  if (/^(无|没有|否|不是|非突发(事件)?|none)$/u.test(value)) return "none";
  if (/^(待定|不明|待核|未定|pending)$/u.test(value)) return "pending";
  return readLevel(value);
}

export function readYesNo(text: string): boolean | undefined {
  if (/^(是|要|有|同意|y|yes|true|1|对)$/iu.test(text.trim())) return true;
  if (/^(否|不|无|没有|不同意|n|no|false|0|不回应)$/iu.test(text.trim())) return false;
  return undefined;
}

const MATTERS = new Map<string, Matter>([
  ["舆情", "opinion"],
  ["建议", "suggestion"],
  ["投诉", "complaint"],
  ["转载", "repost"],
  ["督办", "superior"],
]);
export const readMatter = (text: string): Matter | undefined => MATTERS.get(text.trim());

const OWNERS = new Map<string, "state-council" | "province" | "city" | "county" | "none">([
  ["国务院", "state-council"],
  ["省", "province"],
  ["市", "city"],
  ["县", "county"],
  ["区", "county"],
  ["否", "none"],
  ["无", "none"],
]);
export const readPolicyOwner = (text: string) => OWNERS.get(text.trim().replace(/(政府|级)$/u, ""));

/** Several values are joined by 、; commas and slashes are understood too. */
export const readList = (text: string): string[] =>
  text
    .split(/[、,，;；/]|\s+(?=\S)/u)
    .map((s) => s.trim())
    .filter((s) => s !== "");

export function readCategories(text: string): Category[] | undefined {
  const found = readList(text).map((word) =>
    /^(非重点|不属于|无|none)$/u.test(word) ? (["none"] as Category[]) : readCategory(word),
  );
  return found.length > 0 && found.every((f) => f !== null) ? [...new Set(found.flat())] : undefined;
}

/** Units by name or alias; the ones the roster does not know are returned as written. */
export function readUnits(text: string, roster: Roster): { known: string[]; unknown: string[] } {
  const names = readList(text);
  const units = names.map((name) => roster.unit(name) ?? roster.unit(name.replace(/^本?县/u, "县")));
  return {
    known: [...new Set(units.filter((u) => u !== undefined).map((u) => u.name))],
    unknown: names.filter((_, i) => units[i] === undefined),
  };
}

/** A time as people write it ("14:30", "今天下午3点", "11月22日 9:00"); the start of a range. */
export function readMoment(text: string, now: Instant, direction: "past" | "future"): Instant | undefined {
  const mention = scanTimes(normalise(text).text)[0];
  return mention ? resolveTime(mention, { receivedAt: now, direction })?.at : undefined;
}
