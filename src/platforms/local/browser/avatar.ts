import { html } from "./html.ts";

const HUES = 8;

/** A round sign for a person: the last two characters of the name, in a colour that stays the same. */
export function Avatar({ name }: { name?: string | undefined }) {
  if (name === undefined) return html`<span class="avatar avatar-bot" aria-hidden="true">回应</span>`;
  const sum = Array.from(name).reduce((n, ch) => n + (ch.codePointAt(0) ?? 0), 0);
  return html`<span class=${`avatar hue-${sum % HUES}`} aria-hidden="true">${Array.from(name).slice(-2).join("")}</span>`;
}
