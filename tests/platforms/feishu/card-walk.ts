import type { Card } from "#core/message/card.ts";
import type { Instant } from "#core/time.ts";
import { renderCard } from "#src/platforms/feishu/card/card.ts";
import { isOpenId } from "#src/platforms/feishu/ids.ts";
import { taggedIn } from "../../support/feishu-server/card-tree.ts";
import { checkCard } from "../../support/feishu-server/cards.ts";

type Json = Record<string, unknown>;

/** Every object of a card, outermost first. */
export function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const part of Object.values(value)) yield* objectsIn(part);
}

/** The words that people see, in the order in which they see them. */
export const shownIn = (card: unknown): string[] =>
  [...objectsIn(card)].filter((o) => o["tag"] === "plain_text").map((o) => String(o["content"]));

export const elementsIn = (card: unknown, tag: string): Json[] => [...objectsIn(card)].filter((o) => o["tag"] === tag);

/** All pages of a card: the one behind the last is the last. */
export function pagesOf(card: Card, now: Instant, mentions: readonly string[] = []): unknown[] {
  const pages: unknown[] = [];
  for (let page = 1; ; page++) {
    const rendered = renderCard(card, { now, page, mentions });
    if (JSON.stringify(rendered) === JSON.stringify(pages.at(-1))) return pages;
    pages.push(rendered);
  }
}

/** Invisible, reversing or half characters. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

/** What a text message would interpret: tags, character references, links with words of their own. */
export const ALIVE = /<|&#|&(?:lt|gt|amp|quot|apos|nbsp)\b|\]\s*\(/i;

/** Properties whose text Feishu neither shows nor reads as markup: what is sent back as it is. */
const SENT_BACK = new Set(["value", "name", "default_value", "initial_option", "selected_values", "initial_datetime"]);
/** Everything else is a word of the card language. */
const WORD = /^[a-z0-9_. %]{1,24}$/;

/**
 * Problems of a card that Feishu would refuse or that would bring something to life which people typed: text may stand in
 * plain_text, and mentions of known people in markdown, and nowhere else.
 * @param mentions whom the bot itself wanted to mention
 */
export function problemsOf(card: unknown, mentions: readonly string[] = []): string[] {
  const problems: string[] = [];
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes > 24 * 1024) problems.push(`${bytes} bytes`);
  if (taggedIn(card) > 180) problems.push(`${taggedIn(card)} components`);
  try {
    checkCard(card, { knows: isOpenId, offers: isOpenId, atAll: false });
  } catch (error) {
    problems.push(`refused: ${error instanceof Error ? error.message : String(error)} ${JSON.stringify(error)}`);
  }
  walk(card, [], mentions, problems);
  return problems;
}

function walk(value: unknown, path: readonly string[], mentions: readonly string[], problems: string[]): void {
  const key = path.at(-1) ?? "";
  const say = (what: string): void => void problems.push(`${path.join(".")}: ${what}`);
  if (SENT_BACK.has(key)) return;
  if (typeof value === "string") {
    if (!WORD.test(value)) say(`unexpected text ${JSON.stringify(value.slice(0, 80))}`);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    const tag = "tag" in value ? value.tag : undefined;
    const here = [...path, name];
    const isSummary = path.at(-1) === "summary";
    if (name !== "content") walk(part, here, mentions, problems);
    else if (tag === "markdown") {
      const ids = [...String(part).matchAll(/<at id=(\w+)><\/at>/g)].map((m) => m[1] ?? "");
      if (String(part) !== ids.map((id) => `<at id=${id}></at>`).join(" "))
        say(`markdown ${String(part).slice(0, 80)}`);
      for (const id of ids) if (!mentions.includes(id)) say(`mentions ${id}`);
    } else if (tag === "plain_text" || isSummary) {
      if (String(part).trim() === "") say("empty text");
      if (UNSEEN.test(String(part))) say(`unseen characters in ${JSON.stringify(part)}`);
    } else say(`content of ${String(tag)}`);
  }
}
