import fc from "fast-check";
import { expect, test } from "vitest";
import { wholePieces } from "#src/platforms/local/browser/whole-pieces.ts";

const whole = (text: string): string[] =>
  wholePieces(text)
    .filter((p) => p.whole)
    .map((p) => p.text);

test("moments, lengths of time and case numbers are never broken over two lines", () => {
  expect(whole("还剩 22小时47分 首次回应 11月23日(周一)15:00 · 待签收 · 县住建局")).toEqual([
    "还剩 22小时47分",
    "11月23日(周一)15:00",
  ]);
  expect(whole("已并入 20261120-001，2027年1月4日(周一) 已逾期 3天02小时")).toEqual([
    "20261120-001",
    "2027年1月4日(周一)",
    "已逾期 3天02小时",
  ]);
});

test("other text may break anywhere, and nothing of it is lost", () => {
  expect(whole("播放12.3万，48小时内回应，第3月度，价格11月")).toEqual([]);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from("1月2日(周一)09:0还剩 小时分-停水")) }), (text) => {
      expect(
        wholePieces(text)
          .map((p) => p.text)
          .join(""),
      ).toBe(text);
    }),
    { numRuns: 200 },
  );
});
