import { isOpenId } from "../ids.ts";
import { plain } from "./escape.ts";

/** A component of card JSON 2.0. */
export interface Element {
  tag: string;
  [property: string]: unknown;
}

/** Text that Feishu shows as it is. What people typed stands in this and in nothing else. */
export interface PlainText extends Element {
  tag: "plain_text";
  content: string;
}

export type Look = "strong" | "plain" | "quiet" | "red" | "orange" | "green";

const LOOKS: Record<Look, Record<string, string>> = {
  strong: { text_size: "heading" },
  plain: {},
  quiet: { text_size: "notation", text_color: "grey" },
  red: { text_color: "red" },
  orange: { text_color: "orange" },
  green: { text_color: "green" },
};

export const words = (text: string): PlainText => ({ tag: "plain_text", content: plain(text) });

/** A paragraph. */
export const paragraph = (text: string, look: Look = "plain"): Element => ({
  tag: "div",
  text: { ...words(text), ...LOOKS[look] },
});

/** More people in one card would be a list and no mention. */
const MENTIONED = 50;

/**
 * Mentions of people by their open_id: the only markdown that the adapter writes, and made of nothing but checked ids. One
 * wrong id and Feishu refuses the whole card.
 */
export function mention(openIds: readonly string[]): Element[] {
  const ids = [...new Set(openIds)].filter(isOpenId).slice(0, MENTIONED);
  return ids.length === 0 ? [] : [{ tag: "markdown", content: ids.map((id) => `<at id=${id}></at>`).join(" ") }];
}

/** Side by side as far as the screen is wide, two on a phone. */
export const row = (elements: readonly Element[]): Element => ({
  tag: "column_set",
  flex_mode: "flow",
  horizontal_spacing: "8px",
  columns: elements.map((element) => ({ tag: "column", width: "auto", elements: [element] })),
});

/** What is opened by a press. */
export const folded = (title: string, elements: readonly Element[], expanded: boolean): Element => ({
  tag: "collapsible_panel",
  expanded,
  header: { title: { ...words(title), ...LOOKS.quiet } },
  vertical_spacing: "4px",
  elements,
});
