import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intake } from "#core/intake/intake.ts";
import type { Parsed, Report } from "#core/intake/types.ts";
import { FRAMES, noise, WRITINGS } from "./generators/noise.ts";
import { labelled, prose, type Whole } from "./generators/whole-report.ts";
import { fixtureSamples, qingyan, takeReport } from "./support.ts";

/** The fields that were generated, as they were read; notes are worded freely. */
function readFields(text: string, expected: Partial<Report>): Partial<Report> {
  const report = takeReport(text);
  const casualties = report.casualties && { ...report.casualties };
  if (casualties) delete casualties.note;
  const read = { ...report, casualties };
  return Object.fromEntries((Object.keys(expected) as (keyof Report)[]).map((key) => [key, read[key]]));
}

const agrees = ({ text, expected }: Whole): void => {
  expect(readFields(text, expected)).toEqual(expected);
};

describe("a report built from what it means", () => {
  it("is read back, with any labels, signs and order of fields", () => {
    fc.assert(fc.property(labelled, agrees), { seed: 1101, numRuns: 600 });
  });

  it("is read back from sentences in any order", () => {
    fc.assert(fc.property(prose, agrees), { seed: 1102, numRuns: 600 });
  });

  it("is read back through noise", () => {
    fc.assert(
      fc.property(fc.oneof(labelled, prose), noise, ({ text, expected }, disturb) => {
        agrees({ text: disturb(text), expected });
      }),
      { seed: 1103, numRuns: 600 },
    );
  });
});

/** What of a parse may not change: times by their value, because their words are quoted as written. */
function essence(parsed: Parsed): unknown {
  if (parsed.kind !== "report") return parsed.kind;
  const { summary: _s, detectedAt, surfacedAt, occurredAt, casualties, suggestion: _g, ...rest } = parsed;
  const { note: _n, ...people } = casualties ?? { note: "" };
  return {
    ...rest,
    casualties: casualties && people,
    times: [detectedAt, surfacedAt, occurredAt].map((t) => t && [t.value, t.precision, t.approx]),
  };
}

describe("the reports of the fixture", () => {
  const reports = fixtureSamples().filter((s) => s.id.startsWith("R"));

  it.each(Object.entries({ ...FRAMES, ...WRITINGS }))("mean the same with this noise: %s", (_name, disturb) => {
    for (const report of reports) {
      const plain = intake({ ...report, asReport: true }, qingyan).parsed;
      const noisy = intake({ ...report, asReport: true, text: disturb(report.text) }, qingyan).parsed;
      expect([report.id, essence(noisy)]).toEqual([report.id, essence(plain)]);
    }
  });
});
