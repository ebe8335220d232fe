/** A command line as typed: the action word and what follows. */
export interface CommandLine {
  /** "" when the line is only "/舆情". */
  word: string;
  rest: string;
}

/** Mentions at the head. A name ends where a word ends: somebody who is called “…舆情签收” gives no command by it. */
const NAMED = String.raw`\s*(?:@(?:回应|机器人)\s*|@[^\s@/／、]{1,20}(?=[\s/／、]|$)\s*)*`;
const HEAD = new RegExp(String.raw`^${NAMED}[/／、]\s*(?:舆情|輿情|輿論)[\s:：,，]*`, "u");
const MENTIONED = new RegExp(String.raw`^${NAMED}(?:舆情|輿情)[\s:：,，]*`, "u");

/**
 * Recognises `/舆情 <动作> …`, also 輿情, full-width signs and spaces, and `@机器人 舆情 …` when the bot was mentioned.
 * Returns undefined for ordinary talk.
 * @param words is this an action word? `glued`: it runs on without a pause (退休教师… is no 退)
 */
export function readLine(
  text: string,
  mentioned: boolean,
  words: (word: string, glued: boolean) => boolean,
): CommandLine | undefined {
  const head = HEAD.exec(text) ?? (mentioned ? MENTIONED.exec(text) : null);
  if (!head) return undefined;
  const rest = text.slice(head[0].length);
  const token = /^[^\s=＝:：,，。;；【[(（]{1,8}/u.exec(rest)?.[0] ?? "";
  // People leave out the space: "上报昨晚…", "签收20261120-001". The longest known word at the start counts.
  for (let length = token.length; length > 0; length--) {
    const word = token.slice(0, length);
    const glued = /^[\p{L}]/u.test(rest.slice(length));
    if (words(word, glued)) return { word, rest: rest.slice(length).replace(/^[\s:：,，]+/u, "") };
  }
  return { word: token, rest: rest.slice(token.length).trim() };
}

/** Everything behind /舆情, as it was typed. */
export const behindHead = (text: string): string => text.replace(HEAD.test(text) ? HEAD : MENTIONED, "").trim();

/** A case number as people write it; a bare 001 only at the start, where it can be nothing else. */
const NUMBER = /^0\d{2}(?=\s|$)|YQ-\d{6}[A-Z0-9]{0,8}-\d{8}-\d{3,}|(?<![\d-])\d{8}-\d{3,}(?!\d)|[#＃]\d{1,3}(?!\d)/iu;

export interface SplitArguments {
  ref: string | undefined;
  /** The number stands first, where only the target stands; elsewhere it may be part of what is said. */
  leading: boolean;
  fields: Record<string, string>;
  text: string;
}

/**
 * Splits "编号 字段=值 … 自由文本". Only field names that the command knows are fields, so a link or an equation in the text
 * stays text. A value reaches to the next field or the end of the line.
 */
export function splitArguments(rest: string, fieldNames: readonly string[]): SplitArguments {
  const fields: Record<string, string> = {};
  const names = [...fieldNames].sort((a, b) => b.length - a.length).map((n) => n.replace(/[^\p{L}\p{N}]/gu, ""));
  let text = rest;
  if (names.length > 0) {
    const start = new RegExp(`(?:^|[\\s,，;；。、])(${names.join("|")})\\s*[=＝:：]\\s*`, "gu");
    const hits = [...rest.matchAll(start)];
    const pieces: string[] = [rest.slice(0, hits[0]?.index ?? rest.length)];
    hits.forEach((hit, i) => {
      const from = hit.index + hit[0].length;
      const value = rest.slice(from, hits[i + 1]?.index ?? rest.length);
      const [first = "", ...more] = value.split("\n");
      if (hit[1]) fields[hit[1]] = first.trim().replace(/[;；,，]$/u, "");
      pieces.push(...more);
    });
    text = pieces.join("\n");
  }
  const number = NUMBER.exec(text);
  if (!number) return { ref: undefined, leading: false, fields, text: text.trim() };
  const without = `${text.slice(0, number.index)} ${text.slice(number.index + number[0].length)}`;
  return {
    ref: number[0].toUpperCase().replace("＃", "#"),
    leading: text.slice(0, number.index).trim() === "",
    fields,
    text: without.trim(),
  };
}
