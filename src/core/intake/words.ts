/** Small helpers to build patterns from word lists. */

function escapeRegExp(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** The words as one alternation, longest first, so that 公众号 is never read as 公众. */
export function alternatives(words: Iterable<string>): string {
  return [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join("|");
}

/** Adds a value once, keeping the order of first appearance. */
export function pushUnique<T>(list: T[], value: T): void {
  if (!list.includes(value)) list.push(value);
}

/** A stretch of text by offsets; `to` is exclusive. */
export interface Span {
  from: number;
  to: number;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

/**
 * The text with the given spans blanked by line breaks: offsets stay the same, and no pattern reads across a gap.
 * Spans must be sorted or not, may overlap.
 */
export function blank(text: string, spans: readonly Span[]): string {
  let result = "";
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.to <= at) continue;
    const from = Math.max(span.from, at);
    result += text.slice(at, from) + "\n".repeat(span.to - from);
    at = span.to;
  }
  return result + text.slice(at);
}

/** Finds the span that an offset lies in, by binary search; of spans that overlap, the one that begins last. */
export function spanFinder<S extends Span>(spans: readonly S[]): (at: number) => S | undefined {
  const sorted = [...spans].sort((a, b) => a.from - b.from);
  return (at) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as S).from <= at) low = middle + 1;
      else high = middle;
    }
    const span = sorted[low - 1];
    return span && at < span.to ? span : undefined;
  };
}
