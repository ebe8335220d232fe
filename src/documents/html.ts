/** Markup of ours. Everything else that goes into `html` is text, whoever wrote it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Content = Html | string | number | undefined | readonly Content[];

/** A template of markup: values are escaped unless they are markup themselves; lists are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.map((s, i) => s + (i < values.length ? markupOf(values[i]) : "")).join(""));
}

function markupOf(value: Content): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.markup;
  if (typeof value === "object") return value.map(markupOf).join("");
  return escaped(String(value));
}

/** Control signs go, those too that make text run backwards: on paper a sentence must say what is stored. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\P{Cc}]|[\u202A-\u202E\u2066-\u2069\u200E\u200F]/gu, "")
    .replace(/[&<>"']/gu, (sign) => `&#${sign.codePointAt(0)};`);
