import type { Block } from "./blocks.ts";
import { row } from "./elements.ts";
import { fits, MAX_BYTES, MAX_TAGS, NOTHING, plus, type Size, sizeOf, sizeWithin } from "./size.ts";

/** The part of a page that pinned blocks may take; the rest is for what changes from page to page. */
const PINNED: Size = { bytes: MAX_BYTES / 2, tags: MAX_TAGS / 2 };

/**
 * Divides blocks among pages, in their order: those wanted on every page stand on each as long as they leave room, every
 * other one on exactly one. There is always one page.
 * @param frame what each page takes besides its blocks
 */
export function paginate(blocks: readonly Block[], frame: Size): Block[][] {
  if (fits(blocks.map(sizeOfBlock).reduce(plus, frame))) return [[...blocks]];
  const pinned = pinnedOf(blocks);
  const taken = [...pinned].map(sizeOfBlock).reduce(plus, frame);
  const pages: Set<Block>[] = [];
  let size = taken;
  for (const block of blocks) {
    if (pinned.has(block)) continue;
    const page = pages.at(-1);
    size = plus(size, sizeOfBlock(block));
    if (page && fits(size)) page.add(block);
    else {
      pages.push(new Set([block]));
      size = plus(taken, sizeOfBlock(block));
    }
  }
  return pages.map((page) => blocks.filter((b) => pinned.has(b) || page.has(b)));
}

function pinnedOf(blocks: readonly Block[]): Set<Block> {
  const pinned = new Set<Block>();
  let size = NOTHING;
  for (const block of blocks.filter((b) => b.pin)) {
    const next = plus(size, sizeOfBlock(block));
    if (!fits(next, PINNED)) continue;
    pinned.add(block);
    size = next;
  }
  return pinned;
}

/** A button stands in a column of its own. */
const sizeOfBlock = ({ region, elements }: Block): Size =>
  region === "buttons" ? sizeOf(row(elements)) : sizeWithin(elements);
