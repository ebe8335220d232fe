import fc from "fast-check";
import type { Amount } from "#core/intake/types.ts";
import { counted, fullWidth, said } from "./numerals.ts";

/** A count and what it means. */
export interface Count extends Amount {
  text: string;
}

/** 1–9999 as it is said: 三千五百, 两千三 (short), 一百零五. */
function inWords(n: number, short = false): string {
  const digits = [Math.floor(n / 1000), Math.floor(n / 100) % 10, Math.floor(n / 10) % 10, n % 10] as const;
  const units = ["千", "百", "十", ""];
  let text = "";
  let gap = false;
  digits.forEach((digit, k) => {
    if (digit === 0) {
      gap = text !== "";
      return;
    }
    const unit = units[k] as string;
    const word = digit === 2 && k < 2 ? "两" : said(digit);
    text += `${gap ? "零" : ""}${n < 20 && k === 2 ? "" : word}${unit}`;
    gap = false;
  });
  // 两千三 leaves the last unit out; only where no 零 would stand between.
  return short && /[千百][一二三四五六七八九][百十]$/.test(text) ? text.slice(0, -1) : text;
}

const plain = fc
  .integer({ min: 1, max: 999_999 })
  .chain((value) =>
    fc
      .constantFrom(String(value), value.toLocaleString("en-US"), fullWidth(String(value)))
      .map((text): Count => ({ text, value, op: "=" })),
  );
const words = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.boolean())
  .map(([value, short]): Count => ({ text: inWords(value, short), value, op: "=" }));
const tenths = fc.integer({ min: 11, max: 9999 });
const scaled = fc
  .tuple(
    tenths,
    fc.constantFrom<[string, number]>(
      ["万", 1e4],
      ["w", 1e4],
      ["W", 1e4],
      ["萬", 1e4],
      ["亿", 1e8],
      ["k", 1e3],
      ["千", 1e3],
    ),
  )
  .filter(([n, [unit]]) => (unit !== "亿" || n < 1000) && (unit !== "千" || n % 10 === 0))
  .chain(([n, [unit, factor]]) => {
    const number = n % 10 === 0 ? String(n / 10) : (n / 10).toFixed(1);
    return fc
      .constantFrom(number, fullWidth(number).replace(".", "．"))
      .map((written): Count => ({ text: written + unit, value: Math.round((n / 10) * factor), op: "=" }));
  });
/** 3万5, 两万三, 八万六千 */
const mixed = fc
  .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom("3万5", "三万五", "三万五千"))
  .map(([high, low, style]): Count => {
    const value = high * 10_000 + low * 1_000;
    if (style === "3万5") return { text: `${high}万${low}`, value, op: "=" };
    return { text: `${counted(high)}万${said(low)}${style.endsWith("千") ? "千" : ""}`, value, op: "=" };
  });
export const exact: fc.Arbitrary<Count> = fc.oneof(plain, words, scaled, mixed);

const round = fc.oneof(
  fc.integer({ min: 1, max: 99 }).map((n) => ({ text: `${n * 10}`, value: n * 10 })),
  fc.integer({ min: 1, max: 99 }).map((n) => ({ text: `${n}万`, value: n * 10_000 })),
  fc.integer({ min: 1, max: 9 }).map((n) => ({ text: `${counted(n)}百`, value: n * 100 })),
  fc.integer({ min: 1, max: 9 }).map((n) => ({ text: `${n}千`, value: n * 1_000 })),
);
const AT_LEAST = ["超X", "超过X", "破X", "突破X", "逾X", "不止X", "至少X", "X多", "X余", "X+", "X＋", "X以上"];
const ABOUT = ["约X", "近X", "将近X", "接近X", "大约X", "大概X", "差不多X", "几乎X", "X左右", "X上下"];
const hedged = (forms: readonly string[], op: Amount["op"]) =>
  fc
    .tuple(round, fc.constantFrom(...forms))
    .map(([{ text, value }, form]): Count => ({ text: form.replace("X", text), value, op }));
/** 五六千: the lower end, about. */
const neighbours = fc
  .tuple(
    fc.integer({ min: 1, max: 8 }),
    fc.constantFrom<[string, number]>(["十", 10], ["百", 100], ["千", 1_000], ["万", 10_000]),
  )
  .map(([n, [unit, factor]]): Count => ({ text: `${counted(n)}${said(n + 1)}${unit}`, value: n * factor, op: "≈" }));
const VAGUE: readonly (readonly [string, number, Amount["op"]])[] = [
  ["上百", 100, ">="],
  ["上千", 1_000, ">="],
  ["上万", 10_000, ">="],
  ["近千", 1_000, "≈"],
  ["近万", 10_000, "≈"],
  ["近百万", 1_000_000, "≈"],
  ["过万", 10_000, ">="],
  ["破万", 10_000, ">="],
  ["破百万", 1_000_000, ">="],
  ["破亿", 100_000_000, ">="],
  ["千余", 1_000, ">="],
  ["数百", 100, ">="],
  ["数十", 10, ">="],
  ["几十", 10, ">="],
  ["十来万", 100_000, "≈"],
  ["十几万", 100_000, ">="],
  ["十余万", 100_000, ">="],
  ["十多万", 100_000, ">="],
  ["300多万", 3_000_000, ">="],
  ["20余万", 200_000, ">="],
  ["五百来", 500, "≈"],
  ["10万加", 100_000, ">="],
  ["2-3万", 20_000, "≈"],
  ["3百多", 300, ">="],
];

/** Any count that people type, with the operator that its hedge means. */
export const count: fc.Arbitrary<Count> = fc.oneof(
  { weight: 3, arbitrary: exact },
  hedged(AT_LEAST, ">="),
  hedged(ABOUT, "≈"),
  neighbours,
  fc.constantFrom(...VAGUE).map(([text, value, op]): Count => ({ text, value, op })),
);
