import { useState } from "preact/hooks";
import { html } from "./html.ts";
import { splitMentions } from "./mentions.ts";

/** Characters and lines from which on a text is folded. */
const LONG = 600;
const MANY_LINES = 14;

/**
 * What a person typed, exactly as it was typed: no markup, and no links, since a link that anybody can paste into an
 * office's chat is how people are led to where they did not want to go. Mentions of members are only coloured.
 */
export function UserText({ text, names }: { text: string; names: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const lines = text.split("\n");
  const long = text.length > LONG || lines.length > MANY_LINES;
  const shown = long && !open ? `${lines.slice(0, MANY_LINES).join("\n").slice(0, LONG)}…` : text;
  return html`<span class="user-text" dir="auto">
    ${splitMentions(shown, names).map((p) => (p.mention ? html`<b class="mention">${p.text}</b>` : p.text))}
    ${
      long &&
      html`<button type="button" class="fold" aria-expanded=${open} onClick=${() => setOpen(!open)}>
        ${open ? "收起" : `展开全文（${text.length} 字）`}
      </button>`
    }
  </span>`;
}
