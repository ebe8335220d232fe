import { simplify } from "./traditional.ts";

/**
 * A message as the parser reads it: simplified characters, half-width letters and digits, no invisible characters.
 * Chinese punctuation stays as it is, because it bounds links and numbers (NFKC would turn ， into a comma).
 */
export interface Normalised {
  readonly text: string;
  readonly original: string;
  /** For every code unit of `text`: offset in `original` where its source begins; one more entry marks the end. */
  readonly starts: readonly number[];
  /** For every code unit of `text`: offset in `original` just after its source. */
  readonly ends: readonly number[];
}

/** Zero-width, bidirectional control, soft hyphen, variation selectors, tags: invisible, used to hide words or to format. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
/** Control characters other than line breaks and tabs are as good as invisible. */
const CONTROL = /\p{Cc}/u;
const LINE_BREAK: ReadonlySet<string> = new Set(["\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"]);
const SPACE = /[\s\p{Zs}]/u;
/** Combining marks belong to the character before them; the two half-width Japanese voice marks behave like marks. */
const MARK = /[\p{M}\uff9e\uff9f]/u;
/** Kept although NFKC would change them: Chinese punctuation, the ellipsis, brackets of document numbers, and enclosed numbers (①12人 is not 112人). */
const KEPT = /[，：；！？（）…〔〕\u2460-\u24ff\u3200-\u32ff]/;

/** Reading aid (pinyin) in brackets after a Chinese character. */
const RUBY = /(?<=[㐀-鿿])(?:[(（][a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,7}[)）])+/gi;

/** Pure and linear in the length of the text; normalising a normalised text changes nothing. */
export function normalise(original: string): Normalised {
  const folded = fold(original);
  const text = simplify(folded.text);
  return dropRuby({ ...folded, text, original });
}

/** What the sender wrote for a stretch of the normalised text. */
export function verbatim(n: Normalised, from: number, to: number): string {
  if (from >= to) return "";
  return n.original.slice(n.starts[from], n.ends[to - 1]);
}

function fold(original: string): { text: string; starts: number[]; ends: number[] } {
  const out: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const put = (piece: string, from: number, to: number): void => {
    for (let k = 0; k < piece.length; k++) {
      out.push(piece[k] as string);
      starts.push(from);
      ends.push(to);
    }
  };
  let at = 0;
  while (at < original.length) {
    const from = at;
    // Most of a message: a character that stays as it is, with nothing behind it that could belong to it.
    if (isPlain(original.charCodeAt(at)) && (at + 1 >= original.length || standsAlone(original.charCodeAt(at + 1)))) {
      put(original[at] as string, from, ++at);
      continue;
    }
    let cluster = characterAt(original, at);
    at += cluster.length;
    if (isHidden(cluster)) continue;
    if (LINE_BREAK.has(cluster)) {
      if (cluster === "\r" && original[at] === "\n") at++;
      if (out.at(-1) === " ") dropLast(out, starts, ends);
      put("\n", from, at);
      continue;
    }
    if (SPACE.test(cluster)) {
      const last = out.at(-1);
      if (last !== undefined && last !== " " && last !== "\n") put(" ", from, at);
      continue;
    }
    for (let next = characterAt(original, at); next !== ""; next = characterAt(original, at)) {
      if (isHidden(next)) {
        at += next.length;
        continue;
      }
      if (!MARK.test(next)) break;
      cluster += next;
      at += next.length;
    }
    put(KEPT.test(cluster) ? cluster : compatible(cluster), from, at);
  }
  if (out.at(-1) === " ") dropLast(out, starts, ends);
  for (let k = 1; k < out.length - 1; k++) {
    if (out[k] === "：" && isDigit(out[k - 1]) && isDigit(out[k + 1])) out[k] = ":";
  }
  return { text: out.join(""), starts, ends };
}

/** Han characters and printable ASCII. */
function isPlain(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code > 0x20 && code < 0x7f);
}

/** Neither a combining mark nor invisible: plain characters, blanks and the common Chinese punctuation. */
function standsAlone(code: number): boolean {
  return (
    isPlain(code) ||
    code === 0x20 ||
    code === 0x0a ||
    code === 0x3001 ||
    code === 0x3002 ||
    (code >= 0xff01 && code <= 0xff5e)
  );
}

function isHidden(character: string): boolean {
  if (INVISIBLE.test(character)) return true;
  return CONTROL.test(character) && character !== "\t" && !LINE_BREAK.has(character);
}

function dropLast(...lists: unknown[][]): void {
  for (const list of lists) list.pop();
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

function characterAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? "" : String.fromCodePoint(point);
}

/** NFKC, except where it would begin with a space or a loose mark (´ becomes space + accent): such signs stay. */
function compatible(cluster: string): string {
  const code = cluster.charCodeAt(0);
  if (cluster.length === 1 && (code < 0x80 || (code >= 0x4e00 && code <= 0x9fff))) return cluster;
  const result = cluster.normalize("NFKC");
  return SPACE.test(characterAt(result, 0)) || MARK.test(characterAt(result, 0)) ? cluster : result;
}

function dropRuby(n: Normalised): Normalised {
  const spans = [...n.text.matchAll(RUBY)].map((m) => ({ from: m.index, to: m.index + m[0].length }));
  if (spans.length === 0) return n;
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const span of [...spans, { from: n.text.length, to: n.text.length }]) {
    text += n.text.slice(at, span.from);
    for (let k = at; k < span.from; k++) {
      starts.push(n.starts[k] as number);
      ends.push(n.ends[k] as number);
    }
    at = span.to;
  }
  return { text, original: n.original, starts, ends };
}
