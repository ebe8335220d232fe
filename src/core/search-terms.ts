/** Runs of Chinese characters, and words of letters and digits. */
const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

const runsOf = (text: string): string[] => text.normalize("NFKC").toLowerCase().match(RUN) ?? [];
const isHan = (run: string): boolean => /^\p{Script=Han}/u.test(run);

/** Neighbouring characters of a run, two by two; of characters, not of halves of rare ones. */
function pairs(run: string): string[] {
  const chars = Array.from(run);
  return chars.slice(1).map((char, i) => `${chars[i]}${char}`);
}

/**
 * The terms under which a text is found, in order: each pair of neighbouring Chinese characters, the last character of each run
 * by itself, and words of letters and digits. Pairs, because Chinese has no spaces and most of its words have two characters:
 * an index of threes would never find 停水.
 */
export const termsOf = (text: string): string[] =>
  runsOf(text).flatMap((run) => (isHan(run) ? [...pairs(run), Array.from(run).at(-1) ?? ""] : [run]));

/**
 * A word as the phrases that a text must hold, each a sequence of terms that follow one another, the last of them perhaps only
 * the beginning of a longer one (水 → 水管, s2 → s216). Empty for a word of nothing but signs: no text holds it.
 */
export const phrasesOf = (word: string): string[][] =>
  runsOf(word).map((run) => (isHan(run) && Array.from(run).length > 1 ? pairs(run) : [run]));
