import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intake } from "#core/intake/intake.ts";
import { personalDatum } from "./generators/personal-data.ts";
import { labelled, prose } from "./generators/whole-report.ts";
import { qingyan, RECEIVED } from "./support.ts";

const plainDigits = (text: string): string => text.normalize("NFKC").replace(/[^\dX]/g, "");

describe("a citizen's numbers, put anywhere into a report", () => {
  const LEADS = ["，家长电话", "，反映人", "（", "。联系：", "，当事人号码为", "\n举报人 "];
  const TAILS = ["，", "）", "。", "\n", "，请保密。"];

  it("are masked with the right word and appear in no output", () => {
    fc.assert(
      fc.property(
        fc.oneof(labelled, prose),
        personalDatum,
        fc.constantFrom(...LEADS),
        fc.constantFrom(...TAILS),
        fc.nat(),
        ({ text }, datum, lead, tail, seed) => {
          // Between two pieces of the report: behind any punctuation that is not within a link or a number.
          const gaps = [...text.matchAll(/[。\n]|[，；](?=[\u4e00-\u9fa5])/g)].map((m) => m.index + 1);
          const at = gaps[seed % (gaps.length + 1)] ?? text.length;
          const { parsed, screened } = intake(
            {
              text: text.slice(0, at) + lead + datum.text + tail + text.slice(at),
              receivedAt: RECEIVED,
              asReport: true,
            },
            qingyan,
          );
          if (screened.verdict === "withheld" || parsed.kind !== "report") throw new Error("a report was expected");
          expect(screened.text).toContain(datum.hit.masked);
          expect(parsed.pii).toContainEqual(datum.hit);
          expect(JSON.stringify({ parsed, screened })).not.toContain(datum.text);
          expect(plainDigits(screened.text)).not.toContain(datum.raw);
        },
      ),
      { seed: 2101, numRuns: 500 },
    );
  });
});
