import { wholeNumber } from "../numbers.ts";

/** A number as it stands in a date or a clock time: 20, 二十, 廿八. */
export const FIGURE = "(?:\\d{1,2}|[零〇一二两三四五六七八九十廿卅]{1,3})";

/** @returns undefined for what is no number */
export function figure(text: string): number | undefined {
  return wholeNumber(text.replace("廿", "二十").replace("卅", "三十"));
}
