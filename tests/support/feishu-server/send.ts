import { type Answer, type Call, ok } from "./calls.ts";
import { checkContent, isShared, messageView } from "./content.ts";
import { targetQuota } from "./limits.ts";
import { type Chat, isObject, type Message, newId, parseJson, text, type User } from "./model.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The message that a path names. @throws Refusal */
export function messageOf({ world, params }: Call): Message {
  const message = world.message(params["message_id"] ?? "");
  if (!message) throw new Refusal(230001, { ext: "invalid message_id" });
  return message;
}

/** @throws Refusal when somebody else sent it or it is gone */
export function ownMessage(call: Call): Message {
  const message = messageOf(call);
  if (message.sender.kind !== "bot") throw new Refusal(230012);
  if (message.recalled) throw new Refusal(230011);
  checkBotIn(call.world, chatOf(call.world, message));
  return message;
}

export function chatOf(world: World, message: Message): Chat {
  const chat = world.chat(message.chatId);
  if (!chat) throw new Refusal(230001, { ext: "invalid chat_id" });
  return chat;
}

function checkBotIn(world: World, chat: Chat): void {
  if (!world.botEnabled) throw new Refusal(230006);
  if (chat.mode === "p2p") return;
  if (chat.disbanded) throw new Refusal(232009);
  if (!chat.botIn) throw new Refusal(230002);
}

function checkMaySend(world: World, chat: Chat): void {
  checkBotIn(world, chat);
  if (chat.muted) throw new Refusal(230035);
  if (chat.mode === "group") return;
  for (const openId of chat.members) checkReachable(world.user(openId));
}

function checkReachable(user: User | undefined): asserts user is User {
  if (!user) throw new Refusal(230034, { ext: "the receive_id does not exist" });
  if (user.resigned) throw new Refusal(230029);
  if (user.outOfScope) throw new Refusal(230013);
  if (user.blockedBot) throw new Refusal(230053);
}

const SHAPES = { chat_id: /^oc_/, open_id: /^ou_/, union_id: /^on_/, user_id: /^(?!o[cun]_)./, email: /@/ } as const;

function receiver({ world, query, body }: Call): Chat {
  const type = query.get("receive_id_type") ?? "";
  const id = text(body["receive_id"]);
  if (!(type in SHAPES)) throw new Refusal(230001, { ext: "invalid receive_id_type" });
  const kind = type as keyof typeof SHAPES;
  if (!SHAPES[kind].test(id)) throw new Refusal(230001, { ext: "invalid receive_id" });
  if (kind === "chat_id") {
    const chat = world.chat(id);
    if (!chat) throw new Refusal(230034);
    return chat;
  }
  const user = world.user(id, kind);
  checkReachable(user);
  return world.p2p(user);
}

const quotaOf = (chat: Chat) => targetQuota(chat.mode === "group" ? chat.chatId : `person ${[...chat.members].join()}`);

function send(call: Call, chat: Chat, parent?: Message): Answer {
  const { world, body } = call;
  checkMaySend(world, chat);
  const uuid = body["uuid"];
  if (uuid !== undefined && (typeof uuid !== "string" || Array.from(uuid).length > 50))
    throw new Refusal(230001, { ext: "uuid is longer than 50" });
  const content = checkContent(world, chat, body["msg_type"], body["content"]);
  call.take(quotaOf(chat));
  const before = uuid ? world.uuids.get(uuid) : undefined;
  const same = before && world.now() - before.at < HOUR ? world.message(before.messageId) : undefined;
  if (same) return ok(messageView(world, same));
  const threadId = parent?.threadId ?? (parent && body["reply_in_thread"] === true ? newId.thread() : undefined);
  if (parent) parent.threadId ??= threadId;
  const message = world.post({
    chatId: chat.chatId,
    sender: { kind: "bot", id: world.bot.openId },
    type: text(body["msg_type"]),
    content,
    uuid: uuid || undefined,
    parentId: parent?.id,
    rootId: parent && (parent.rootId ?? parent.id),
    threadId,
  });
  if (uuid) world.uuids.set(uuid, { at: world.now(), messageId: message.id });
  return ok(messageView(world, message));
}

export const create = (call: Call): Answer => send(call, receiver(call));

export function reply(call: Call): Answer {
  const parent = messageOf(call);
  if (parent.recalled) throw new Refusal(230011);
  return send(call, chatOf(call.world, parent), parent);
}

/** Edits a card, as long as old and new card declare themselves shared. */
export function patch(call: Call): Answer {
  const { world, body } = call;
  const message = ownMessage(call);
  if (message.type !== "interactive") throw new Refusal(230054);
  if (world.now() - message.createdAt > 14 * DAY) throw new Refusal(230031);
  const content = checkContent(world, chatOf(world, message), "interactive", body["content"]);
  if (!isShared(message.content) || !isShared(content))
    throw new Refusal(230001, { ext: "update_multi must be true before and after" });
  call.take(targetQuota(message.id));
  world.edit(message, content);
  return ok();
}

/** Edits a text or a post. */
export function update(call: Call): Answer {
  const { world, body } = call;
  const message = ownMessage(call);
  if (message.type !== "text" && message.type !== "post") throw new Refusal(230054);
  if (body["msg_type"] !== message.type) throw new Refusal(230001, { ext: "invalid msg_type" });
  world.edit(message, checkContent(world, chatOf(world, message), message.type, body["content"]));
  return ok(messageView(world, message));
}

export function recall(call: Call): Answer {
  ownMessage(call).recalled = true;
  call.world.changed();
  return ok();
}

/** Edits a card with the token of a press: half an hour, twice. */
export function delayedUpdate({ world, body }: Call): Answer {
  const token = world.cardTokens.get(text(body["token"]));
  const message = token && world.message(token.messageId);
  if (!token || !message || world.now() - token.at > HOUR / 2 || token.uses >= 2)
    throw new Refusal(230001, { ext: "the token is invalid, expired or used up" });
  const card = isObject(body["card"]) ? body["card"] : parseJson(body["card"]);
  const content = checkContent(world, chatOf(world, message), "interactive", JSON.stringify(card ?? null));
  token.uses += 1;
  world.edit(message, content);
  return { json: { code: 0, msg: "ok" } };
}
