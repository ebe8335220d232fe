import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalise, verbatim } from "#core/intake/normalise.ts";

const text = (original: string): string => normalise(original).text;

describe("normalise", () => {
  it.each([
    ["１２３ＡＢＣ", "123ABC"],
    ["０９：３０", "09:30"],
    ["標題：發霉", "标题：发霉"],
    ["著火了，看著裏面的麵條，著名", "着火了，看着里面的面条，著名"],
    ["国办发〔2016〕61号", "国办发〔2016〕61号"],
    ["机\u200b密\u202e★\ufeff", "机密★"],
    ["a\u3000\u00a0 b\t c", "a b c"],
    ["一行\r\n二行\u2028三行", "一行\n二行\n三行"],
    ["舆(yú)情回(huí)应", "舆情回应"],
    ["①12人死亡", "①12人死亡"],
    ["Ⅱ级", "II级"],
    ["⚠️", "⚠"],
    ["\u200b\u202e停水", "停水"],
    ["停水，缺电；断气：（是）！", "停水，缺电；断气：（是）！"],
    ["e\u0301", "é"],
  ])("reads %j as %j", (original, expected) => {
    expect(text(original)).toBe(expected);
  });

  it("finds the verbatim text of any stretch again", () => {
    const n = normalise("今\u200b晚７點許，舆(yú)情发生");
    const from = n.text.indexOf("今晚");
    expect(verbatim(n, from, from + 5)).toBe("今\u200b晚７點許".slice(0, 6));
    expect(verbatim(n, n.text.indexOf("情"), n.text.length)).toBe("情发生");
  });

  const messy = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...Array.from("発發髮机密★１２：，（）汉(yú) \u200b\u202e\u0301\ufe0f\u3000\n\r①Ⅲｶﾞ㈱…苧薴")),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
    maxLength: 60,
  });

  it("changes nothing in a normalised text", () => {
    fc.assert(
      fc.property(messy, (original) => {
        const once = text(original);
        expect(text(once)).toBe(once);
      }),
      { seed: 20161, numRuns: 3000 },
    );
  });

  it("maps every position to a stretch of the original, in order", () => {
    fc.assert(
      fc.property(messy, (original) => {
        const n = normalise(original);
        expect([n.starts.length, n.ends.length]).toEqual([n.text.length, n.text.length]);
        n.starts.forEach((start, k) => {
          expect(start).toBeLessThan(n.ends[k] as number);
          expect(start).toBeGreaterThanOrEqual(n.starts[k - 1] ?? 0);
          expect(n.ends[k]).toBeLessThanOrEqual(original.length);
        });
      }),
      { seed: 20162, numRuns: 1000 },
    );
  });
});
