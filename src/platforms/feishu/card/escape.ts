/*
 * Two ways to show what people typed. In a card it stands in plain_text, which Feishu does not interpret: only what the eye
 * cannot see is taken out. A text message has a syntax of its own and no way to quote it: there the signs are widened.
 */

/** Signs that are shown as nothing, turn the writing round, or are no character at all. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Text for a plain_text: no controls, no reversed or invisible writing, no half characters, at most one empty line. */
export const plain = (text: string): string =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replace(UNSEEN, "")
    .replace(/\n\s*\n\s*\n/g, "\n\n")
    .trim();

/** At most `length` UTF-16 units, with an ellipsis when there are more; never half a character. */
export const clip = (text: string, length: number): string =>
  text.length <= length ? text : length < 1 ? "" : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;

/** Text for a message of type text, where `<at …>`, `<b>`, `[words](link)` and character references would come alive. */
export const inert = (text: string): string =>
  plain(text)
    .replaceAll("<", "＜")
    // An & between the parameters of an address stays what it is.
    .replace(/&(?=#|(?:lt|gt|amp|quot|apos|nbsp)\b)/gi, "＆")
    .replace(/\](?=\s*\()/gu, "］");
