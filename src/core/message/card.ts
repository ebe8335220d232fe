import type { Instant } from "#core/time.ts";

/**
 * Urgency of the tightest open clock: blue > 50 % left, turquoise answered and in follow-up, yellow ≤ 50 %, orange ≤ 25 %,
 * red ≤ 10 % or overdue, grey closed, violet drill.
 */
export type Tone = "blue" | "turquoise" | "yellow" | "orange" | "red" | "grey" | "violet";

/**
 * A line of a card. All texts are plain text that people typed or the bot wrote: a platform must show them as they are and
 * never interpret them as markup, mention, link or formula.
 */
export type Line =
  | { kind: "text"; text: string; emphasis?: "strong" | "quiet" }
  | { kind: "field"; label: string; value: string }
  /** A limit: absolute and relative time; a platform that can shows a live countdown. */
  | {
      kind: "limit";
      label: string;
      startAt: Instant;
      dueAt: Instant;
      stoppedAt?: Instant;
      note?: string;
      latestDueAt?: Instant;
      soft?: true;
    };

export interface FormField {
  /** Chinese field name as typed on the command line: 单位, 突发, 链接. */
  name: string;
  label: string;
  /**
   * person: one of the people named in the options. datetime: "2026-11-22 15:20"; where a platform has no picker for it, it is
   * typed and may be in words.
   */
  type: "text" | "longtext" | "select" | "multiselect" | "person" | "datetime";
  /** For select, multiselect and person; several values are joined by 、 */
  options?: string[];
  value?: string;
  required?: boolean;
  hint?: string;
}

export interface Form {
  title: string;
  fields: FormField[];
  submit: string;
}

export interface Button {
  /** The chat command that a press runs: 研判, 签收 … */
  action: string;
  label: string;
  style?: "primary" | "danger";
  /** Sent along with the press: 编号 (case number) and 版本 (version of the case that the card shows). */
  values: Record<string, string>;
  /** A press opens this form first; its inputs are sent along by field name. */
  form?: Form;
}

/** The first `length` characters, with an ellipsis when there are more; never half a character. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Array.from(text.slice(0, 2 * (length + 1)));
  return head.length > length ? `${head.slice(0, length - 1).join("")}…` : text;
}

const TITLE = 80;
const LINE = 400;

/** A card that stays a card, whatever people typed into it: over-long texts are cut, the whole text is in the record. */
export function fitting(card: Card): Card {
  const line = (l: Line): Line =>
    l.kind === "text"
      ? { ...l, text: cut(l.text, LINE) }
      : l.kind === "field"
        ? { ...l, value: cut(l.value, LINE) }
        : { ...l, ...(l.note ? { note: cut(l.note, LINE) } : {}) };
  return {
    ...card,
    title: cut(card.title, TITLE),
    lines: card.lines.map(line),
    ...(card.details ? { details: card.details.map(line) } : {}),
  };
}

/** One message of the bot, free of any platform. */
export interface Card {
  title: string;
  tone: Tone;
  lines: Line[];
  /** Legal basis, last and small. */
  basis?: string;
  buttons: Button[];
  /** Shown behind 详情. */
  details?: Line[];
}
