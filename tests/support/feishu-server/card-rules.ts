import { VERSION_1 } from "./card-schema.ts";
import type { Json } from "./model.ts";
import { cardRefusal } from "./refusal.ts";

/** Whom a card may name: members of the chat, and everybody where the group allows it. */
export interface Audience {
  knows(id: string): boolean;
  /** May this person stand among those to choose from? */
  offers(id: string): boolean;
  atAll: boolean;
}

export const BAD_JSON = 200621;
export const OVER_LIMIT = 11310;
export const UNSUPPORTED = 200861;
export const BAD_PERSON = 100290;

/** A property that version 2.0 does not know is an error, where version 1 ignored it. */
export function checkProperties(value: Json, allowed: ReadonlySet<string>, where: string): void {
  for (const key of Object.keys(value))
    if (!allowed.has(key)) {
      const old = VERSION_1.has(key) || key === "elements" || key.startsWith("i18n_elements") || key === "fallback";
      throw cardRefusal(
        old ? UNSUPPORTED : BAD_JSON,
        `cards of schema V2 no longer support this capability`,
        `${where}.${key}`,
      );
    }
}

/** Mentions and persons in markdown: one unknown id and the whole card is refused. */
export function checkMentions(markdown: string, audience: Audience): void {
  for (const [, attribute, , quoted, bare] of markdown.matchAll(
    /<(?:at|person)\s+(ids?|user_id|email)\s*=\s*(["']?)(?:([^"'>]*)["']|([^\s"'>]*))/g,
  )) {
    const value = quoted ?? bare ?? "";
    for (const id of attribute === "ids" ? value.split(",") : [value]) checkPerson(id.trim(), audience);
  }
}

export function checkPerson(id: string, audience: Audience): void {
  if (id === "all") {
    if (!audience.atAll) throw cardRefusal(BAD_PERSON, "at all is not permitted in this chat", id);
  } else if (!audience.knows(id)) throw cardRefusal(BAD_PERSON, "invalid user id", id);
}
