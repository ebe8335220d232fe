import type { Mention } from "./events.ts";
import { plainName } from "./lookup.ts";

/** What a text says once places of mentions are names. */
export interface Named {
  text: string;
  /** The bot is among them. */
  mentioned: boolean;
  /** The people among them, with their accounts. */
  accounts: { written: string; account: string }[];
}

/** In one expression: `@_user_1` is the beginning of `@_user_10`. */
const PLACES = /(@_(?:user_\d+|all)) ?/g;

/**
 * Puts names in the places of mentions; the bot's own is left out.
 * @param bot open_id of the bot; undefined as long as it is not known
 */
export function nameMentions(text: string, mentions: readonly Mention[], bot: string | undefined): Named {
  const isBot = (m: Mention): boolean => (bot === undefined ? m.mentioned_type === "bot" : m.id.open_id === bot);
  const byKey = new Map(mentions.map((m) => [m.key, m]));
  const named = text.replace(PLACES, (whole, place: string) => {
    if (place === "@_all") return "@所有人 ";
    const mention = byKey.get(place);
    return mention ? (isBot(mention) ? "" : `${writtenOf(mention)} `) : whole;
  });
  const people = mentions.filter((m) => m.id.open_id !== undefined && !isBot(m));
  return {
    text: named.trim(),
    mentioned: mentions.some(isBot),
    accounts: people.map((m) => ({ written: writtenOf(m), account: m.id.open_id ?? "" })),
  };
}

/**
 * People choose their names: nothing of one may be read as a command, a field or the end of the mention. Set off from what
 * follows.
 */
const writtenOf = ({ name }: Mention): string => `@${plainName(name, 20).replace(/[^\p{L}\p{N}]/gu, "") || "群成员"}`;
