import fc from "fast-check";
import { expect, test } from "vitest";
import { phrasesOf, termsOf } from "#core/search-terms.ts";

const han = fc.constantFrom(...Array.from("停水幸福里小区学校食堂发霉𠮷"));
const part = fc.oneof(
  fc.array(han, { minLength: 1, maxLength: 8 }).map((c) => c.join("")),
  fc.constantFrom("S216", "K8", "12345", "。", " "),
);
const text = fc.array(part, { minLength: 1, maxLength: 6 }).map((p) => p.join(""));

/** Does the index find the phrase: its terms in a row, the last perhaps longer? */
function holds(terms: readonly string[], phrase: readonly string[]): boolean {
  return terms.some((_, at) =>
    phrase.every((term, i) => {
      const there = terms[at + i] ?? "";
      return i === phrase.length - 1 ? there.startsWith(term) : there === term;
    }),
  );
}

test("every run of characters of a text finds the text, also one of two characters or one", () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (said, from, length) => {
      const [run = ""] = said.normalize("NFKC").match(/\p{Script=Han}+/u) ?? [];
      const chars = Array.from(run);
      fc.pre(chars.length > 0);
      const start = from % chars.length;
      const word = chars.slice(start, start + 1 + (length % (chars.length - start))).join("");
      for (const phrase of phrasesOf(word)) expect(holds(termsOf(said), phrase)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("a word that is not in the text does not find it, though its characters are", () => {
  expect(phrasesOf("水停").every((p) => holds(termsOf("停水"), p))).toBe(false);
  expect(phrasesOf("停里").every((p) => holds(termsOf("幸福里停水"), p))).toBe(false);
});

test("signs alone find nothing", () => {
  expect(phrasesOf("' --(*)")).toEqual([]);
});
