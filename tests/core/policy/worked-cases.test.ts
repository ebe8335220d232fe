import { describe, expect, it } from "vitest";
import { type Decision, decide, type ShownClock } from "#src/cli/decide.ts";
import { placeNames } from "#src/cli/place-names.ts";
import { exampleSetup } from "../../support/office.ts";
import { at } from "../../support/time.ts";
import { readFixture } from "./packs.ts";

/** What must hold of one clock; `noteHas` is part of its note, empty for none. */
type ExpectedClock = Partial<Omit<ShownClock, "note">> & { noteHas?: string };

interface Expected extends Partial<Omit<Decision, "clocks">> {
  humanHas?: string[];
  basisHas?: string[];
  coordinatorHas?: string[];
  /** All clocks, in order. */
  clocks?: ExpectedClock[];
  /** Some of them. */
  clocksHave?: ExpectedClock[];
  clockKeysNot?: string[];
  /** Keys that nothing binding may limit. */
  noHard?: string[];
}

const { cases } = readFixture<{ cases: { id: string; about: string; facts: object; expect: Expected }[] }>(
  "more-responsibility-cases",
);

const { packs, config, roster } = exampleSetup();
const context = { packs, config, jurisdictions: placeNames(roster), now: at("11-20 12:00") };
const answers: Decision[] = decide(cases.map((c) => JSON.stringify(c.facts)).join("\n"), { json: true }, context).map(
  (line) => JSON.parse(line) as Decision,
);

function clockLike({ noteHas, ...fields }: ExpectedClock): object {
  if (noteHas === undefined) return expect.objectContaining(fields);
  return expect.objectContaining({ ...fields, note: noteHas === "" ? "" : expect.stringContaining(noteHas) });
}

describe("worked cases, expected by hand from the documents", () => {
  it("are many, and each has its own number", () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
    expect(new Set(cases.map((c) => c.id)).size).toBe(cases.length);
  });

  it.each(cases.map((c, i) => [c.id, c.about, c.expect, i] as const))("%s %s", (_, __, expected, i) => {
    const { humanHas, basisHas, coordinatorHas, clocks, clocksHave, clockKeysNot, noHard, ...whole } = expected;
    const answer = answers[i];
    if (!answer) throw new Error("no answer");
    for (const [field, value] of Object.entries(whole))
      expect([field, answer[field as keyof Decision] ?? null]).toEqual([field, value]);
    for (const words of humanHas ?? []) expect(answer.human.join("\n")).toContain(words);
    expect(answer.basis).toEqual(expect.arrayContaining(basisHas ?? []));
    expect(answer.coordinator).toEqual(expect.arrayContaining(coordinatorHas ?? []));
    if (clocks) expect(answer.clocks).toEqual(clocks.map(clockLike));
    for (const clock of clocksHave ?? []) expect(answer.clocks).toContainEqual(clockLike(clock));
    for (const key of clockKeysNot ?? []) expect(answer.clocks.map((c) => c.key)).not.toContain(key);
    const binding = answer.clocks.filter((c) => c.kind !== "advisory").map((c) => c.key as string);
    for (const key of noHard ?? []) expect(binding).not.toContain(key);
  });

  it("each limit that a document sets names document, article and words", () => {
    for (const { clocks } of answers)
      for (const { rule, cite } of clocks)
        expect([rule, cite !== null]).toEqual([rule, !/^(?:param:|requested$)/u.test(rule)]);
  });
});
