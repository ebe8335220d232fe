import fc from "fast-check";
import { isBankCard, isIdentityNumber } from "#core/intake/pii/numbers.ts";
import type { PiiHit } from "#core/intake/types.ts";
import { fullWidth } from "./numerals.ts";

/** Personal data as written, its digits, and what is stored instead. */
export interface PersonalDatum {
  text: string;
  /** What must not be found in any output, whatever signs stand between. */
  raw: string;
  hit: PiiHit;
}

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength: length, maxLength: length });

const WRITINGS: readonly ((number: string) => string)[] = [
  (t) => t,
  fullWidth,
  (t) => (t.match(/.{1,4}/g) ?? []).join(" "),
  (t) => (t.match(/.{1,4}/g) ?? []).join("-"),
  (t) => Array.from(t).join("\u200b"),
];
const written = (numbers: fc.Arbitrary<string>, hit: PiiHit): fc.Arbitrary<PersonalDatum> =>
  fc.tuple(numbers, fc.constantFrom(...WRITINGS)).map(([raw, write]) => ({ text: write(raw), raw, hit }));

export const mobile = fc
  .tuple(fc.constantFrom(...DIGITS.slice(3)), digits(9))
  .map(([second, rest]) => `1${second}${rest}`);
export const identity = fc
  .tuple(
    fc.integer({ min: 110000, max: 990999 }),
    fc.date({ min: new Date("1930-01-01"), max: new Date("2020-12-31"), noInvalidDate: true }),
    digits(3),
  )
  .map(([area, born, order]) => `${area}${born.toISOString().slice(0, 10).replaceAll("-", "")}${order}`)
  .map((body) => [...DIGITS, "X"].map((check) => body + check).find(isIdentityNumber) as string);
export const card = fc
  .tuple(fc.constantFrom("6222", "4111", "6217"), fc.integer({ min: 11, max: 14 }).chain(digits))
  .map(([issuer, rest]) => DIGITS.map((check) => issuer + rest + check).find(isBankCard) as string);
const landline = fc
  .tuple(
    fc.constantFrom("010", "020", "0668", "0755", "0991"),
    fc.constantFrom("", "-", " ", "—"),
    fc.integer({ min: 2_000_000, max: 89_999_999 }),
    fc.boolean(),
  )
  .map(
    ([area, join, number, brackets]): PersonalDatum => ({
      text: brackets ? `（${area}）${number}` : `${area}${join}${number}`,
      raw: String(number),
      hit: { type: "phone", masked: "[电话]" },
    }),
  );

/** A citizen's numbers, in any of the usual ways to write them. */
export const personalDatum: fc.Arbitrary<PersonalDatum> = fc.oneof(
  written(mobile, { type: "phone", masked: "[电话]" }),
  written(identity, { type: "idcard", masked: "[身份证号]" }),
  written(card, { type: "bank", masked: "[银行卡号]" }),
  landline,
);
