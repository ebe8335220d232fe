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
  | { kind: "limit"; label: string; startAt: Instant; dueAt: Instant; stoppedAt?: Instant; note?: string };

export interface FormField {
  /** Chinese field name as typed on the command line: 单位, 突发, 链接. */
  name: string;
  label: string;
  type: "text" | "longtext" | "select" | "multiselect";
  /** For select and multiselect; several values are joined by 、 */
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
