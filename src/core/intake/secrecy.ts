/**
 * Secrecy markings. A hard marking (绝密★ …) says that the message itself must not be here; a soft word says it only when it
 * stands alone at the head. A report about secrecy (网传机密文件外泄) is a report.
 */

const STAR = "[★☆✩✪✫✬✭✮✯✰⭑⭒⭐🌟*※]";
const GRADE = "(?:绝密|机密|秘密)";
const TERM = "(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,3})(?:年|个月|月)|长期|启封前|解密前)";

/** 密级：秘密, 密级（机密）, 【密级】绝密: what a form says of itself. A blank behind the label is written as a colon before. */
const LABEL = "(?:密级(?:标[志识])?|[保涉]密(?:等级|级别))";
const GAP_BEHIND_LABEL = new RegExp(`(${LABEL.replace("密级", "密 ?级")})(?:[^\\S\\n]|[·.．_~–—-])+`, "g");
const LABEL_SIGN = '[:：=|｜/*>《》(（)）\\[\\]【】〔〕「」『』“”"\\n]{1,4}';
/** 密级：绝密、机密、秘密三级 explains what there is; 机密以上 and 机密的文件 speak of others. */
const LABELLED = `(?:国家)?(?:${GRADE}|工作秘密)(?!级?(?:[、,，/和与及或]{1,2}${GRADE}|以[上下]))`;

/** Anywhere in the text. Blanks and dots between the characters are removed before. */
const ANYWHERE: readonly RegExp[] = [
  new RegExp(`${GRADE}(?:级)?[(（【\\[,，]?${STAR}`, "u"),
  // Broken over lines, at the beginning of a line: 机⏎密⏎★.
  new RegExp(`(?:^|\\n)(?:绝\\n?密|机\\n?密|秘\\n?密)\\n?级?\\n?${STAR}`, "u"),
  new RegExp(`${STAR}(?:${GRADE}级?|工作秘密)(?:$|[,，。;；:：\\n]|${STAR}|${TERM})`, "mu"),
  new RegExp(`工作秘密${STAR}`, "u"),
  new RegExp(`${LABEL}${LABEL_SIGN}${LABELLED}`, "u"),
  new RegExp(`(?:^|\\n)(?:[本该此](?:文件?|材料|通知|件))?${LABEL}(?:定?为|是)${LABELLED}(?!级?的)`, "u"),
  new RegExp(`[【\\[〔](?:密级[:：]?)?(?:${GRADE}级?|工作秘密)(?:${STAR}?${TERM})?[】\\]〕]`, "u"),
  // 网友晒出「秘密」花园 is a quotation; at the beginning of a line the brackets hold a marking.
  new RegExp(`(?:^|\\n)[『「](?:${GRADE}级?|工作秘密)(?:${STAR}?${TERM})?[』」]`, "u"),
  /内部(?:资料|材料|文件)[\]】)）,，、。;；:：!！\n[【(（]*(?:请|务请|务必)?(?:注意|妥善)(?:保存|保管|保密)/,
];
/** A line that consists of a marking only. */
const WHOLE_LINE = new RegExp(
  `^[(（<《「『]?(?:密级[:：]?)?(?:国家秘密)?(?:${GRADE}级?|工作秘密)(?:文件|材料|资料)?(?:${STAR}?[(（]?${TERM})?[)）>》」』]*$`,
  "mu",
);
/** At the head of the message: a grade or 工作秘密 that is followed by a pause, a term, or the title of a document. */
const HEAD = new RegExp(
  `^(?:转发?[:：])?(?:[(（]?(?:${GRADE}级(?:文件|材料|资料|公文|电报)?|工作秘密|${GRADE}[(（]?${TERM})|[(（]${GRADE})[)）]?(?:$|[,，、。;；:：!！\\n)）]|关于|${TERM})|^${GRADE}[(（]?${TERM}[)）]?(?![后前来的内])`,
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

/** /舆情 上报 and a mention of the bot are the envelope: a marking at the head stands behind them. */
const ENVELOPE = /^\s*(?:@[^\s@]{1,20}\s*)*[/、]?\s*舆情/;
const CALLED = /^\s*[@/、]/;
/** @param text normalised: simplified, half-width, without invisible characters */
export function readSecrecy(text: string): Secrecy {
  const readings = readingsOf(text).map(secrecyOf);
  return { hard: readings.some((r) => r.hard), ask: readings.some((r) => r.ask) && !readings.some((r) => r.hard) };
}

/** Action words have up to four characters, and people leave out the blank behind them. */
function readingsOf(text: string): string[] {
  const head = CALLED.test(text) ? ENVELOPE.exec(text) : null;
  if (!head) return [text];
  const rest = text.slice(head[0].length).replace(/^[\s:：,，]+/, "");
  const behind = [0, 1, 2, 3, 4].map((length) =>
    rest.slice(length).replace(/^[\s:：,，]*(?:(?:YQ-)?[\d-]{11,}|#\d{1,3}|0\d\d)?[\s:：,，]*/, ""),
  );
  return [text, ...behind];
}

function secrecyOf(text: string): Secrecy {
  const compact = text.replace(GAP_BEHIND_LABEL, "$1:").replace(BETWEEN, "").replace(/^\n+/, "");
  let mentioned = false;
  for (const pattern of ANYWHERE) {
    for (const m of compact.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
      const before = compact.slice(Math.max(0, m.index - 12), m.index);
      const after = compact.slice(m.index + m[0].length, m.index + m[0].length + 16);
      if (!MENTIONED.test(before) && !MENTIONED_AFTER.test(after)) return { hard: true, ask: false };
      mentioned = true;
    }
  }
  if (WHOLE_LINE.test(compact) || HEAD.test(compact)) return { hard: true, ask: false };
  return { hard: false, ask: mentioned || SOFT_HEAD.test(compact) };
}
