import { idsOf } from "./events.ts";
import type { Mention, User } from "./model.ts";
import type { World } from "./world.ts";

export type MentionTarget = "bot" | "all" | User;

/** Replaces `@名字` by the keys of the event, and puts those in front that the text does not say. */
export function mentionIn(
  world: World,
  words: string,
  given: MentionTarget | readonly MentionTarget[] | undefined,
): { text: string; mentions: Mention[] } {
  const targets = given === undefined ? [] : [given].flat();
  let text = words;
  const mentions: Mention[] = [];
  const missing: string[] = [];
  for (const target of targets) {
    const key = target === "all" ? "@_all" : `@_user_${mentions.length + 1}`;
    const name = target === "all" ? "所有人" : target === "bot" ? world.bot.name : target.name;
    // A mention of everybody stands in the text only.
    if (target !== "all") mentions.push(mentionOf(world, key, target));
    if (text.includes(`@${name}`)) text = text.replace(`@${name}`, key);
    else missing.push(key);
  }
  return { text: [...missing, text].filter((part) => part !== "").join(" "), mentions };
}

function mentionOf(world: World, key: string, target: "bot" | User): Mention {
  if (target !== "bot")
    return { key, id: idsOf(world, target), name: target.name, tenant_key: target.tenantKey, mentioned_type: "user" };
  const id = { open_id: world.bot.openId, union_id: "", user_id: "" };
  return { key, id, name: world.bot.name, tenant_key: world.tenantKey, mentioned_type: "bot" };
}
