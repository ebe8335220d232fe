import type { Audience } from "./card-rules.ts";
import { checkCard } from "./cards.ts";
import { type Chat, isObject, type Json, list, type Message, parseJson, text, type User } from "./model.ts";
import { Refusal } from "./refusal.ts";
import { visibleText } from "./visible-text.ts";
import type { World } from "./world.ts";

const TYPES = new Set([
  "text",
  "post",
  "image",
  "file",
  "audio",
  "media",
  "sticker",
  "interactive",
  "share_chat",
  "share_user",
]);
const POST_TAGS = new Set(["text", "a", "at", "img", "media", "emotion", "hr", "code_block", "md"]);

const KB = 1024;

/** Who may be named in a chat: its members and the bot; and offered to choose from: whoever the app can see. */
export function audienceOf(world: World, chat: Chat): Audience {
  const find = (id: string): User | undefined =>
    (["open_id", "union_id", "user_id", "email"] as const)
      .map((kind) => world.user(id, kind))
      .find((found) => found !== undefined);
  return {
    knows: (id) => id === world.bot.openId || chat.members.has(find(id)?.openId ?? ""),
    offers: (id) => {
      const user = find(id);
      return user !== undefined && !user.resigned && !user.outOfScope;
    },
    atAll: chat.atAllAllowed,
  };
}

/** The parsed content of a message that the bot sends. @throws Refusal */
export function checkContent(world: World, chat: Chat, type: unknown, content: unknown): unknown {
  if (!TYPES.has(text(type))) throw new Refusal(230001, { ext: "invalid msg_type" });
  if (typeof content !== "string") throw new Refusal(230001, { ext: "content is not a string in json format" });
  const limit = type === "post" || type === "interactive" ? 30 * KB : 150 * KB;
  if (Buffer.byteLength(content) > limit) throw new Refusal(230025);
  const parsed = parseJson(content);
  if (!isObject(parsed)) throw new Refusal(230001, { ext: "content is not a string in json format" });
  if (type === "interactive") checkCard(parsed, audienceOf(world, chat));
  if (type === "text") checkText(parsed, chat);
  if (type === "post") checkPost(parsed);
  const shown = { type: text(type), content: parsed, mentions: [], recalled: false };
  const verdict = world.audit(visibleText(shown, (id) => world.user(id)?.name));
  if (verdict !== undefined) throw new Refusal(verdict === "dlp" ? 230028 : 230022);
  return parsed;
}

function checkText(content: Json, chat: Chat): void {
  if (text(content["text"]) === "") throw new Refusal(230001, { ext: "text of the message is empty" });
  if (/<at user_id="all">/.test(text(content["text"])) && !chat.atAllAllowed) throw new Refusal(230018);
}

function checkPost(content: Json): void {
  const languages = Object.entries(content);
  if (languages.length === 0) throw new Refusal(230001, { ext: "post is empty" });
  for (const [language, body] of languages) {
    if (!/^[a-z]{2}_[a-z]{2}$/.test(language) || !isObject(body) || !Array.isArray(body["content"]))
      throw new Refusal(230001, { ext: `invalid post, ${language}` });
    for (const paragraph of body["content"])
      for (const item of Array.isArray(paragraph) ? paragraph : [undefined])
        if (!isObject(item) || !POST_TAGS.has(text(item["tag"])))
          throw new Refusal(230001, { ext: `invalid post, ${isObject(item) ? text(item["tag"]) : "paragraph"}` });
  }
}

/** `update_multi` declared, as editing a card needs of the old and of the new one. */
export const isShared = (card: unknown): boolean =>
  isObject(card) && isObject(card["config"]) && card["config"]["update_multi"] === true;

/** A message as the API shows it. */
export function messageView(world: World, message: Message): Json {
  const bot = message.sender.kind === "bot";
  const content = typeof message.content === "string" ? message.content : JSON.stringify(message.content);
  return {
    message_id: message.id,
    ...(message.rootId ? { root_id: message.rootId } : {}),
    ...(message.parentId ? { parent_id: message.parentId } : {}),
    ...(message.threadId ? { thread_id: message.threadId } : {}),
    ...(message.upperId ? { upper_message_id: message.upperId } : {}),
    msg_type: message.type,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: message.recalled,
    updated: message.edits.length > 0,
    chat_id: message.chatId,
    sender: {
      id: bot ? world.appId : message.sender.id,
      id_type: bot ? "app_id" : "open_id",
      sender_type: bot ? "app" : "user",
      tenant_key: world.user(message.sender.id)?.tenantKey ?? world.tenantKey,
    },
    body: { content: message.recalled ? "This message was recalled" : content },
    ...(message.mentions.length > 0 ? { mentions: list(message.mentions.map(mentionView)) } : {}),
  };
}

const mentionView = ({ key, id, name, tenant_key }: Message["mentions"][number]): Json => ({
  key,
  id: id.open_id,
  id_type: "open_id",
  name,
  tenant_key,
});
