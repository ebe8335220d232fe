import type { Finding } from "./hit.ts";

/**
 * Bounded as RFC 5321 bounds it. An address behind a slash belongs to a link without https:// (weibo.com/u@name.cn); one
 * whose domain is a single letter is the code of a shared video (z@M.jP).
 */
const EMAIL =
  /(?<![\w.+%/@-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){0,3}[A-Za-z0-9-]{2,63}\.[A-Za-z]{2,24}/g;
const GOVERNMENT = /\.gov\.cn$/i;
/** Addresses of offices, made to be known; 举报人邮箱 is none. */
const PUBLIC =
  /(?:监督|举报|投诉|公开|征集|咨询|服务|办公|单位|投稿|报名|受理|官方|公布的?)(?:电子)?(?:邮箱|邮件|信箱)(?:地址)?(?:为|是)? ?[:：]? ?$/;

/** E-mail addresses of private persons. The vocabulary of hits has no word for them: they count as telephone numbers. */
export function findEmails(text: string): Finding[] {
  return [...text.matchAll(EMAIL)]
    .filter((m) => !GOVERNMENT.test(m[0]) && !PUBLIC.test(text.slice(Math.max(0, m.index - 14), m.index)))
    .map((m) => ({ from: m.index, to: m.index + m[0].length, type: "phone", masked: "[邮箱]" }));
}
