const DIGITS = "零一二三四五六七八九";

/** 0–99 as it is said: 零, 五, 十, 十二, 二十, 二十五. */
export function said(n: number): string {
  const tens = Math.floor(n / 10);
  const rest = n % 10;
  if (tens === 0) return DIGITS[rest] as string;
  return `${tens === 1 ? "" : DIGITS[tens]}十${rest === 0 ? "" : DIGITS[rest]}`;
}

/** As an amount: 两 instead of 二. */
export const counted = (n: number): string => (n === 2 ? "两" : said(n));

/** Digit by digit: 二〇二六. */
export const spelled = (n: number): string =>
  Array.from(String(n), (c) => (c === "0" ? "〇" : (DIGITS[Number(c)] as string))).join("");

/** 廿八 and 卅一, as in almanacs. */
export const oldStyle = (n: number): string =>
  n >= 30 ? `卅${n % 10 ? DIGITS[n % 10] : ""}` : n >= 20 ? `廿${n % 10 ? DIGITS[n % 10] : ""}` : said(n);

export const two = (n: number): string => String(n).padStart(2, "0");

/** Letters and digits as full-width ones. */
export const fullWidth = (text: string): string =>
  text.replace(/[\dA-Za-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
