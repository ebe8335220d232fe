import type { Card } from "#core/message/card.ts";
import type { Instant } from "#core/time.ts";
import { type Block, blocksOf, TITLE } from "./blocks.ts";
import { routed } from "./button.ts";
import { type Element, folded, mention, paragraph, row, words } from "./elements.ts";
import { clip, plain } from "./escape.ts";
import { paginate } from "./pages.ts";
import { sizeOf } from "./size.ts";

export interface CardContext {
  now: Instant;
  /** open_ids of the people to mention; only in groups. */
  mentions?: readonly string[];
  /** From 1; beyond the last one the last one is shown. */
  page?: number;
}

/** A card in Feishu's JSON 2.0. */
export interface FeishuCard {
  schema: "2.0";
  config: Record<string, unknown>;
  header: Record<string, unknown>;
  body: { vertical_spacing: string; elements: Element[] };
}

/** More pages than any card has: the widest that a page number can be. */
const MANY = 9999;

/** A card as Feishu takes it: within its limits, on pages where it would not be, and with nothing that people typed as markup. */
export function renderCard(card: Card, { now, mentions = [], page = 1 }: CardContext): FeishuCard {
  const named = mention(mentions);
  const frame = sizeOf(composed(card, named, FRAME, MANY - 1, MANY));
  const pages = paginate(blocksOf(card, now), frame);
  const shown = Math.min(Math.max(1, page), pages.length);
  return composed(card, shown === 1 ? named : [], pages[shown - 1] ?? [], shown, pages.length);
}

/** Every region with something in it: what a page takes at most besides its blocks. */
const FRAME: Block[] = (["lines", "details", "buttons", "basis"] as const).map((region) => ({
  region,
  elements: [paragraph("—")],
  pin: false,
}));

function composed(card: Card, named: Element[], blocks: Block[], page: number, pages: number): FeishuCard {
  const of = (region: Block["region"]): Element[] =>
    blocks.filter((b) => b.region === region).flatMap((b) => b.elements);
  const [lines, details, buttons, basis] = [of("lines"), of("details"), of("buttons"), of("basis")];
  const title = clip(plain(card.title), TITLE) || "消息";
  const elements = [
    ...named,
    ...lines,
    ...(details.length > 0 ? [folded("详情", details, page > 1)] : []),
    ...(buttons.length > 0 ? [row(buttons)] : []),
    ...basis,
    ...(pages > 1 ? pager(page, pages) : []),
  ];
  return inFrame(title, card.tone, elements.length > 0 ? elements : [paragraph(title)]);
}

/** The frame of every card: one state for everybody, not to be passed on. */
export const inFrame = (title: string, tone: Card["tone"], elements: Element[]): FeishuCard => ({
  schema: "2.0",
  config: { update_multi: true, enable_forward: false, width_mode: "fill", summary: { content: title } },
  header: { title: words(title), template: tone },
  body: { vertical_spacing: "4px", elements },
});

const pager = (page: number, pages: number): Element[] => [
  paragraph(`第${page}/${pages}页`, "quiet"),
  row([
    ...(page > 1 ? [routed("上一页", { p: page - 1 })] : []),
    ...(page < pages ? [routed("下一页", { p: page + 1 })] : []),
  ]),
];
