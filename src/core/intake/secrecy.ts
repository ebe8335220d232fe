/**
 * Secrecy markings. A hard marking (绝密★ …) says that the message itself must not be here; a soft word says it only when it
 * stands alone at the head. A report about secrecy (网传机密文件外泄) is a report.
 */

const STAR = "[★☆✩✪✫✬✭✮✯⭐*]";
const GRADE = "(?:绝密|机密|秘密)";
const TERM = "(?:\\d{1,2}(?:年|个月|月)|长期)";

/** Anywhere in the text. Blanks and dots between the characters are removed before. */
const ANYWHERE: readonly RegExp[] = [
  new RegExp(`${GRADE}(?:级)?${STAR}`),
  new RegExp(`[【\\[〔『「](?:密级[:：]?)?(?:${GRADE}级?|工作秘密)(?:${STAR}?${TERM})?[】\\]〕』」]`),
  /内部(?:资料|材料|文件)[,，、。;；:：!！]*注意(?:保存|保管|保密)/,
];
/** A line that consists of a marking only. */
const WHOLE_LINE = new RegExp(`^[(（<《]?(?:密级[:：])?(?:${GRADE}级?|工作秘密)(?:${STAR}?${TERM})?[)）>》]?$`, "m");
/** At the head of the message: a grade or 工作秘密 that is followed by a pause, a term, or the title of a document. */
const HEAD = new RegExp(
  `^(?:转发?[:：])?[(（]?(?:密级[:：])?(?:${GRADE}级(?:文件|材料|资料|公文|电报)?|工作秘密|${GRADE}${TERM})[)）]?(?:$|[,，、。;；:：!！\\n)）]|关于|${TERM})`,
);
/** The marking is what the report is about: 网传一份标有“机密★”的文件. */
const MENTIONED = /(?:标有|标注|标着|印有|盖有|写有|写着|带有|注明|所谓|字样)[^，。\n]{0,6}[“"「『【]?[^，。\n]{0,2}$/;
const MENTIONED_AFTER = /^[^，。\n]{0,8}(?:字样|标志|标识|印章)/;
const SOFT_HEAD =
  /^[【[(（]?(?:涉密|不予公开|仅限内部|内部资料|内部传阅|内部使用|不得外传|严禁外传)[】\])）]?(?:$|[,，、。;；:：!！\n])/;

/** Signs put between the characters of a marking to dodge a filter; line breaks stay. */
const BETWEEN = /[^\S\n]|[·.．_~\-‧•]/g;

export interface Secrecy {
  hard: boolean;
  /** Soft words alone at the head, or a marking that the text seems only to mention: ask. */
  ask: boolean;
}

/** @param text normalised: simplified, half-width, without invisible characters */
export function readSecrecy(text: string): Secrecy {
  const compact = text.replace(BETWEEN, "").replace(/^\n+/, "");
  let mentioned = false;
  for (const pattern of ANYWHERE) {
    for (const m of compact.matchAll(new RegExp(pattern, "g"))) {
      const before = compact.slice(Math.max(0, m.index - 12), m.index);
      const after = compact.slice(m.index + m[0].length, m.index + m[0].length + 16);
      if (!MENTIONED.test(before) && !MENTIONED_AFTER.test(after)) return { hard: true, ask: false };
      mentioned = true;
    }
  }
  if (WHOLE_LINE.test(compact) || HEAD.test(compact)) return { hard: true, ask: false };
  return { hard: false, ask: mentioned || SOFT_HEAD.test(compact) };
}
