import { happeningsOf } from "./happenings.ts";
import { apart, spotsOf } from "./spots.ts";
import { topicOf } from "./topic.ts";

/** What of a report tells whether another is about the same event. Lists, so that it can be stored. */
export interface Likeness {
  /** Spots with their kind: "school:一". */
  spots: string[];
  /** What happened, in the words of the list of happenings. */
  happenings: string[];
  /** Pairs of characters of what else is said. */
  topic: string[];
}

/** So much of a text is compared, characters: what happened stands at its beginning. */
const COMPARED = 240;

export function likenessOf(text: string): Likeness {
  const head = text.slice(0, COMPARED).normalize("NFKC");
  const { spots, rest } = spotsOf(head);
  return { spots: [...spots], happenings: [...happeningsOf(head)], topic: [...topicOf(rest)] };
}

/** From here on two reports are shown as likely the same; measured on the made pairs of the tests. */
export const ALIKE = 0.35;
const SAME_HAPPENING = 0.3;
const SAME_SPOT = 0.25;

export interface Comparison {
  /** 0: two events, 1: the same words. Symmetric. */
  score: number;
  /** What both mention, for people: longer words first. */
  shared: string[];
}

const DIFFERENT: Comparison = { score: 0, shared: [] };

/**
 * How likely two reports from one place and time are about one event. Naming different spots of a kind, or different
 * happenings, settles it; otherwise what they share counts: happening, spot, and the words of the rest.
 */
export function compare(a: Likeness, b: Likeness): Comparison {
  const happenings = a.happenings.filter((h) => b.happenings.includes(h));
  const bothKnown = a.happenings.length > 0 && b.happenings.length > 0;
  if ((bothKnown && happenings.length === 0) || apart(a.spots, b.spots)) return DIFFERENT;
  const other = new Set(b.topic);
  const pairs = a.topic.filter((pair) => other.has(pair));
  if (happenings.length === 0 && pairs.length === 0) return DIFFERENT;
  const said = pairs.length / Math.sqrt(Math.max(1, a.topic.length) * Math.max(1, b.topic.length));
  const base =
    (happenings.length > 0 ? SAME_HAPPENING : 0) + (a.spots.some((s) => b.spots.includes(s)) ? SAME_SPOT : 0);
  return { score: Math.min(1, base + (1 - base) * said), shared: named(happenings, joined(pairs)) };
}

/** The words that both use, those that name what happened first, and the happenings that none of them names. */
function named(happenings: readonly string[], words: readonly string[]): string[] {
  const tells = (word: string): boolean => happenings.some((h) => word.includes(h));
  return [
    ...words.filter(tells),
    ...words.filter((word) => !tells(word)),
    ...happenings.filter((h) => !words.some((word) => word.includes(h))),
  ];
}

/** Pairs that run into one another as the words they came from: 停车, 车费 → 停车费. Longest first. */
function joined(pairs: readonly string[]): string[] {
  const words: string[] = [];
  for (const pair of pairs) {
    const last = words.at(-1);
    if (last !== undefined && last.at(-1) === pair[0] && last.length < 6) words[words.length - 1] = `${last}${pair[1]}`;
    else words.push(pair);
  }
  return words.sort((x, y) => y.length - x.length);
}
