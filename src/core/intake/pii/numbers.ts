import type { Finding } from "./hit.ts";
import { labelOf, type NumberLabel } from "./number-labels.ts";

/** Digits of the same number may be apart by up to two of these: 138 0013 8000, 138-0013-8000. */
const RUN = /[\d零〇一二三四五六七八九幺](?:[ \-.·—_]{0,2}[\dXx零〇一二三四五六七八九幺])*/g;
/** Case numbers are ours; one in ten would pass for a bank card. */
const CASE_NUMBER = /[A-Z]{2,4}-\d{6}[A-Z0-9]{0,8}-\d{8}-\d{3,}/gi;
const CHINESE_DIGITS = "零一二三四五六七八九";

interface Digit {
  digit: string;
  at: number;
  /** Directly beside the digit before it. */
  joined: boolean;
}

/**
 * Telephone numbers, identity numbers (GB 11643 checksum; the old 15 digits behind a label or a person) and bank cards
 * (a label or Luhn), written in any of the usual ways.
 * @param isReporterPhone decides by position whether a telephone number is the reporter's own
 */
export function findNumbers(text: string, isReporterPhone: (from: number, digits: string) => boolean): Finding[] {
  const found: Finding[] = [];
  const others = text.replace(CASE_NUMBER, (number) => "*".repeat(number.length));
  for (const run of others.matchAll(RUN)) {
    if (run[0].length < 11) continue;
    const digits = digitsOf(run[0], run.index);
    const label = labelOf(text, run.index, run.index + run[0].length);
    let i = 0;
    while (i < digits.length) {
      const finding = numberAt(digits, i, isReporterPhone, label);
      if (finding) {
        if (!(label.ticket && finding.finding.type === "bank")) found.push(finding.finding);
        i += finding.length;
      } else i++;
    }
  }
  return found;
}

function digitsOf(run: string, offset: number): Digit[] {
  const digits: Digit[] = [];
  for (let k = 0; k < run.length; k++) {
    const c = run[k] as string;
    if (/[ \-.·—_]/.test(c)) continue;
    const chinese = c === "幺" ? 1 : c === "〇" ? 0 : CHINESE_DIGITS.indexOf(c);
    const digit = chinese >= 0 ? String(chinese) : c.toUpperCase();
    digits.push({
      digit,
      at: offset + k,
      joined: k > 0 && digits.length > 0 && digits[digits.length - 1]?.at === offset + k - 1,
    });
  }
  return digits;
}

function numberAt(
  digits: readonly Digit[],
  start: number,
  isReporterPhone: (from: number, digits: string) => boolean,
  label: NumberLabel,
): { finding: Finding; length: number } | undefined {
  const first = digits[start] as Digit;
  const prefix = first.joined ? countryPrefix(digits, start) : true;
  if (!prefix) return undefined;
  const take = (length: number): string | undefined => {
    const next = digits[start + length];
    if (start + length > digits.length || (next?.joined && /\d/.test(next.digit))) return undefined;
    return digits
      .slice(start, start + length)
      .map((d) => d.digit)
      .join("");
  };
  const finding = (length: number, type: Finding["type"], masked: string) => ({
    finding: { from: first.at, to: (digits[start + length - 1] as Digit).at + 1, type, masked },
    length,
  });
  const id = take(18);
  if (id && (label.identity ? hasIdentityShape(id) : isIdentityNumber(id))) return finding(18, "idcard", "[身份证号]");
  for (const length of [19, 18, 17, 16]) {
    const card = take(length);
    if (card && (label.card ? hasCardShape(card) : isBankCard(card))) return finding(length, "bank", "[银行卡号]");
  }
  const old = label.identity || label.person ? take(15) : undefined;
  if (old && isOldIdentityNumber(old)) return finding(15, "idcard", "[身份证号]");
  const phone = take(11);
  if (phone && /^1[3-9]\d{9}$/.test(phone))
    return finding(
      11,
      "phone",
      isReporterPhone(first.at, phone) ? `${phone.slice(0, 3)}****${phone.slice(7)}` : "[电话]",
    );
  return undefined;
}

/** A number may follow 86 or 0086 without a space. */
function countryPrefix(digits: readonly Digit[], start: number): boolean {
  for (const code of ["86", "0086"]) {
    const from = start - code.length;
    if (from < 0 || digits[from]?.joined) continue;
    if (
      digits
        .slice(from, start)
        .map((d) => d.digit)
        .join("") === code
    )
      return true;
  }
  return false;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = "10X98765432";

/** 17 digits with a possible date of birth, and a check character, right or wrong. */
const hasIdentityShape = (id: string): boolean =>
  /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(id);

/** GB 11643-1999: the shape, and the check character that follows from the digits (ISO 7064 MOD 11-2). */
export function isIdentityNumber(id: string): boolean {
  if (!hasIdentityShape(id)) return false;
  const sum = WEIGHTS.reduce((total, weight, k) => total + weight * Number(id[k]), 0);
  return CHECK[sum % 11] === id[17];
}

/** The form of before 1999: six digits of the place, a date of birth yyMMdd that exists, three more; no check character. */
function isOldIdentityNumber(id: string): boolean {
  const [, year, month, day] = (/^[1-9]\d{5}(\d{2})(\d{2})(\d{2})\d{3}$/.exec(id) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const born = new Date(Date.UTC(1900 + year, month - 1, day));
  return born.getUTCMonth() === month - 1 && born.getUTCDate() === day;
}

const hasCardShape = (card: string): boolean => /^[1-9]\d{15,18}$/.test(card);

/** Luhn check over 16 to 19 digits (ISO/IEC 7812-1). */
export function isBankCard(card: string): boolean {
  if (!hasCardShape(card)) return false;
  let sum = 0;
  for (let k = 0; k < card.length; k++) {
    let digit = Number(card[card.length - 1 - k]);
    if (k % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
