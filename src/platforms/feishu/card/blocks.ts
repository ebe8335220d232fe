import type { Card, Line } from "#core/message/card.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import { actionButton } from "./button.ts";
import { type Element, type Look, paragraph } from "./elements.ts";
import { plain } from "./escape.ts";
import { limitElements, limitHead, limitRest } from "./limit.ts";

/** A part of a card that is not divided: it stands on one page, or, pinned, on every page. */
export interface Block {
  region: "lines" | "details" | "buttons" | "basis";
  elements: Element[];
  /** Wanted on every page, as far as there is room. */
  pin: boolean;
}

/** Characters of a title; what is cut off stands in full among the lines. */
export const TITLE = 80;
/** Characters of one paragraph; a longer text becomes several. */
const PIECE = 600;
/** Longer ones are text to be read once, not something to have before one's eyes on every page. */
const PINNED_TEXT = 200;
/** Beyond this a press could not bring back what the button holds. Nothing that the bot writes comes near it. */
const BUTTON_BYTES = 4096;

/** The parts of a card in the order in which they are read. */
export function blocksOf(card: Card, now: Instant): Block[] {
  const heading = card.lines.findIndex((l) => l.kind === "text" && l.emphasis === "strong");
  const lines = card.lines.flatMap((line, i) => lineBlocks(line, "lines", i === heading, now));
  const details = (card.details ?? []).flatMap((line) => lineBlocks(line, "details", false, now));
  const buttons = card.buttons
    .map((b): Block => ({ region: "buttons", elements: [actionButton(b)], pin: true }))
    .filter(({ elements }) => Buffer.byteLength(JSON.stringify(elements)) <= BUTTON_BYTES);
  return [
    ...longTitle(card.title),
    ...lines,
    ...details,
    ...asOf(card, now),
    ...buttons,
    ...textBlocks(card.basis ?? "", "basis", "quiet", true),
  ];
}

const longTitle = (title: string): Block[] =>
  plain(title).length <= TITLE ? [] : textBlocks(title, "lines", "strong", false);

function lineBlocks(line: Line, region: "lines" | "details", pin: boolean, now: Instant): Block[] {
  switch (line.kind) {
    case "text":
      return textBlocks(line.text, region, line.emphasis ?? "plain", pin);
    case "field":
      return textBlocks(`${line.label}　${line.value}`, region, "plain", false);
    case "limit": {
      const text = `${limitHead(line, now)}\n${limitRest(line, now)}`;
      if (text.length > PINNED_TEXT) return textBlocks(text, region, "plain", false);
      return [{ region, elements: limitElements(line, now), pin: region === "lines" }];
    }
  }
}

/** A text in pieces; Feishu refuses an empty one. */
function textBlocks(text: string, region: Block["region"], look: Look, pin: boolean): Block[] {
  const all = plain(text);
  return pieces(all).map((piece) => ({
    region,
    elements: [paragraph(piece, look)],
    pin: pin && all.length <= PINNED_TEXT,
  }));
}

function pieces(text: string): string[] {
  if (text.length <= PIECE) return text === "" ? [] : [text];
  const signs = Array.from(text);
  const count = Math.ceil(signs.length / PIECE);
  return Array.from({ length: count }, (_, i) => signs.slice(i * PIECE, (i + 1) * PIECE).join("")).filter(
    (piece) => plain(piece) !== "",
  );
}

/** A card does not count down by itself: it says for which moment its times are true. */
function asOf({ lines, details = [] }: Card, now: Instant): Block[] {
  const runs = [...lines, ...details].some((l) => l.kind === "limit" && l.stoppedAt === undefined);
  return runs ? textBlocks(`剩余时间截至 ${formatMoment(now)}`, "basis", "quiet", true) : [];
}
