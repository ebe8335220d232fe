import { describe, expect, it } from "vitest";
import { intake } from "#core/intake/intake.ts";
import { comparedFields, fixtureSamples, qingyan, wrongFields } from "./support.ts";

describe("the reports of the fixture", () => {
  const samples = fixtureSamples();

  it("are read with at least 97 % of all expected fields exactly right", () => {
    const wrong = samples.flatMap((s) => wrongFields(intake(s, qingyan).parsed, s.expected).map((f) => `${s.id}.${f}`));
    const all = samples.reduce((sum, s) => sum + comparedFields(s.expected).length, 0);
    expect(all).toBeGreaterThan(300);
    expect({ wrong, accuracy: 1 - wrong.length / all }).toSatisfy((r: { accuracy: number }) => r.accuracy >= 0.97);
  });

  it.each(samples)("$id is recognised for what it is", (sample) => {
    expect(intake(sample, qingyan).parsed.kind).toBe(sample.expected["kind"]);
  });

  it.each(samples.filter((s) => s.id.startsWith("R")))("$id quotes every time as the sender wrote it", (sample) => {
    const { parsed, screened } = intake(sample, qingyan);
    if (parsed.kind !== "report" || screened.verdict === "withheld") throw new Error("a report was expected");
    for (const time of [parsed.occurredAt, parsed.surfacedAt, parsed.detectedAt])
      if (time?.text) expect(screened.text).toContain(time.text);
  });

  it.each(samples)("$id reads the same when it is read twice", (sample) => {
    expect(intake(sample, qingyan)).toEqual(intake(sample, qingyan));
  });
});
