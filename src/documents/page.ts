import { formatStamp, type Instant } from "#core/time.ts";
import { type Content, Html, html } from "./html.ts";
import { STYLE } from "./style.ts";

/** What stands on everything that the bot writes: a person signs, the bot never. */
export const DRAFT = "机器生成初稿，未经签发";

export interface Page {
  title: string;
  /** Case number. */
  no: string;
  /** Name of the office. */
  office: string;
  /** A letter to be read, a form to be filled in, or a file with everything that is on record. */
  kind: "letter" | "form" | "dense";
  body: Content;
  now: Instant;
}

/** One printable file: no script, nothing from elsewhere, A4. */
export function page({ title, no, office, kind, body, now }: Page): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} ${no}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main class="${kind}">
<p class="draft">${DRAFT}</p>
<h1>${title}</h1>
${body}
<footer>${office}“回应”按系统记录生成，${formatStamp(now)}。空格和横线由人填写；以签发件为准。</footer>
</main>
</body>
</html>
`.markup;
}

/** "2026-11-20 09:05", broken between day and time alone. */
export function stamp(at: Instant): Html {
  const [day, time] = formatStamp(at).split(" ");
  return html`<span class="nowrap">${day}</span> ${time}`;
}

/** A word that is not broken. */
export const whole = (text: string): Html => html`<span class="nowrap">${text}</span>`;

/** A line to be filled in by hand. */
export const BLANK = html`<span class="blank"></span>`;

/** Empty lines to be written on. */
export const blankLines = (count: number): Html =>
  html`${Array.from({ length: count }, () => html`<p class="line"></p>`)}`;

/** The value, or a line to be filled in by hand where the record holds none. */
export const orBlank = (value: string | undefined): Content => (value ? value : BLANK);

/** Paragraphs of a text that people wrote; without any, lines to be filled in by hand. */
export function paragraphs(text: string | undefined, lines = 2): Html {
  const found = (text ?? "").split("\n").filter((p) => p.trim() !== "");
  return found.length > 0 ? html`${found.map((p) => html`<p>${p}</p>`)}` : blankLines(lines);
}

/** A numbered section: 一、基本情况. */
export const section = (heading: string, ...content: Content[]): Html =>
  html`<section><h2>${heading}</h2>${content}</section>`;

/** Names and values, side by side. */
export const facts = (rows: readonly (readonly [label: string, value: Content])[]): Html =>
  html`<table class="facts"><tbody>${rows.map(([label, value]) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`)}</tbody></table>`;

/** A table with a heading that is repeated on each page; without rows, a sentence. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly Content[])[],
  none = "没有记录。",
  kind = "",
): Html {
  if (rows.length === 0) return html`<p>${none}</p>`;
  return html`<table class="list ${kind}"><thead><tr>${headings.map((h) => html`<th scope="col">${h}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}
