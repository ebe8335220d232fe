import { wholeNumber } from "./numbers.ts";
import type { Heat } from "./types.ts";

/** 热搜同城第7位, 同城榜第三, 全国热榜No.19, 热搜榜排名12. */
const RANK =
  /(?<scope>同城|全国|全省|全市|本地|总榜)?[^，。；\n\d]{0,6}?(?:热榜|热搜榜?|榜单?|话题榜|同城|头条)[^，。；\n\d第N]{0,6}(?:第|No\.? ?|TOP ?|排名?(?:到了?|在)?)(?<pos>\d{1,3}|[一二三四五六七八九十]{1,3})(?![\d.]*[万wk%年期])/i;
/** No.19 alone is a rank beside a platform's list only; with nothing else it is taken as one of the whole country. */
const NUMBER_ONLY = /(?<![A-Za-z\d])No\. ?(?<pos>\d{1,3})(?![\d.])/i;

/** The position on a list of hot topics; without a word of scope the list of the whole country is meant. */
export function readRank(text: string): Heat["rank"] {
  const m = RANK.exec(text) ?? NUMBER_ONLY.exec(text);
  const pos = wholeNumber(m?.groups?.pos ?? "");
  if (!m || !pos) return undefined;
  return { scope: /同城/.test(m[0]) ? "同城" : (m.groups?.scope ?? "全国"), pos };
}
