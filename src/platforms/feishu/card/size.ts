import type { Element } from "./elements.ts";

/**
 * What one card may hold. Feishu refuses more than 30 KB and 200 components, and a refused card reaches nobody: there is
 * room left for what it may count otherwise.
 */
export const MAX_BYTES = 24 * 1024;
export const MAX_TAGS = 180;

export interface Size {
  /** Of the JSON in UTF-8. */
  bytes: number;
  /** Objects with a tag, texts inside components included. */
  tags: number;
}

export function sizeOf(value: unknown): Size {
  return { bytes: Buffer.byteLength(JSON.stringify(value) ?? "", "utf8"), tags: tagsIn(value) };
}

/** The size that elements add to a list: each with the comma behind it. */
export function sizeWithin(elements: readonly Element[]): Size {
  return elements
    .map(sizeOf)
    .reduce<Size>((sum, { bytes, tags }) => ({ bytes: sum.bytes + bytes + 1, tags: sum.tags + tags }), NOTHING);
}

export const NOTHING: Size = { bytes: 0, tags: 0 };

export const plus = (a: Size, b: Size): Size => ({ bytes: a.bytes + b.bytes, tags: a.tags + b.tags });

export const fits = ({ bytes, tags }: Size, limit: Size = { bytes: MAX_BYTES, tags: MAX_TAGS }): boolean =>
  bytes <= limit.bytes && tags <= limit.tags;

function tagsIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = "tag" in value && typeof value.tag === "string" ? 1 : 0;
  return Object.values(value).reduce<number>((sum, part) => sum + tagsIn(part), own);
}
