import { type Answer, type Call, idOf, idType, ok, page, type Route } from "./calls.ts";
import { messageView } from "./content.ts";
import { isObject, list, type Message, text } from "./model.ts";
import { Refusal } from "./refusal.ts";
import { chatOf, create, messageOf, ownMessage, patch, recall, reply, update } from "./send.ts";

const WEEK = 7 * 24 * 3_600_000;

/** A message that the bot may see: it is in the chat. @throws Refusal */
function visible(call: Call): Message {
  const message = messageOf(call);
  const chat = chatOf(call.world, message);
  if (chat.mode === "group" && !chat.botIn) throw new Refusal(230002);
  return message;
}

function get(call: Call): Answer {
  const message = visible(call);
  const inside = message.children.flatMap((id) => call.world.message(id) ?? []);
  return ok({ items: [message, ...inside].map((item) => messageView(call.world, item)) });
}

function history(call: Call): Answer {
  const { world, query } = call;
  if (query.get("container_id_type") !== "chat") throw new Refusal(230001, { ext: "invalid container_id_type" });
  const chat = world.chat(query.get("container_id") ?? "");
  if (!chat) throw new Refusal(230001, { ext: "invalid container_id" });
  if (chat.mode === "group" && !chat.botIn) throw new Refusal(230002);
  const shown = world.messages.filter((message) => message.chatId === chat.chatId && !message.upperId);
  const { items, ...rest } = page(shown, query);
  return ok({ items: items.map((message) => messageView(world, message)), ...rest });
}

function resource(call: Call): Answer {
  const message = visible(call);
  const type = call.query.get("type");
  if (type !== "image" && type !== "file") throw new Refusal(234001, { ext: "invalid type" });
  if (message.upperId || message.type === "merge_forward" || message.type === "interactive") throw new Refusal(234043);
  const found = call.world.resources.get(call.params["file_key"] ?? "");
  if (!found || found.messageId !== message.id || found.type !== type) throw new Refusal(234003);
  return { bytes: found.bytes, name: found.name };
}

function readUsers(call: Call): Answer {
  const { world, query } = call;
  const message = ownMessage(call);
  const type = idType(query, "user_id_type");
  if (world.now() - message.createdAt > WEEK) throw new Refusal(230033);
  const { items, ...rest } = page([...message.reads], query);
  const readers = items.flatMap(([openId, at]) => {
    const user = world.user(openId);
    const seen = { user_id_type: type, timestamp: String(at), tenant_key: user?.tenantKey };
    return user ? [{ ...seen, user_id: idOf(user, type) }] : [];
  });
  return ok({ items: readers, ...rest });
}

const urgent =
  (kind: "app" | "sms" | "phone") =>
  (call: Call): Answer => {
    const { world, query, body } = call;
    const message = ownMessage(call);
    const type = idType(query, "user_id_type");
    const ids = list(body["user_id_list"]).map(text);
    if (ids.length === 0 || ids.length > 200) throw new Refusal(230001, { ext: "invalid user_id_list" });
    const chat = chatOf(world, message);
    const valid = ids.flatMap((id) => {
      const user = world.user(id, type);
      return user && !user.resigned && chat.members.has(user.openId) ? [{ id, openId: user.openId }] : [];
    });
    for (const { openId } of valid) {
      const unread = world.messages.filter(
        (m) => !m.reads.has(openId) && m.urgent.some((u) => u.openIds.includes(openId)),
      );
      if (unread.length >= world.unreadUrgentLimit) throw new Refusal(230023);
    }
    if (kind !== "app") {
      if (world.urgentQuota[kind] < valid.length) throw new Refusal(230024);
      world.urgentQuota[kind] -= valid.length;
    }
    message.urgent.push({ kind, openIds: valid.map(({ openId }) => openId), at: world.now() });
    world.changed();
    const accepted = new Set(valid.map(({ id }) => id));
    return ok({ invalid_user_id_list: ids.filter((id) => !accepted.has(id)) });
  };

function react(call: Call): Answer {
  const { world, body, params } = call;
  const message = world.message(params["message_id"] ?? "");
  if (!message || message.recalled) throw new Refusal(231003);
  if (!chatOf(world, message).botIn) throw new Refusal(231008);
  const type = isObject(body["reaction_type"]) ? text(body["reaction_type"]["emoji_type"]) : "";
  if (!/^[A-Za-z0-9_]+$/.test(type)) throw new Refusal(231001);
  message.reactions.push({ emoji: type, by: world.bot.openId });
  world.changed();
  const operator = { operator_id: world.appId, operator_type: "app" };
  const view = { operator, action_time: String(world.now()), reaction_type: { emoji_type: type } };
  return ok({ reaction_id: `${message.id}-${message.reactions.length}`, ...view });
}

function pin(call: Call): Answer {
  const { world, body } = call;
  const message = messageOf({ ...call, params: { message_id: text(body["message_id"]) } });
  if (!chatOf(world, message).botIn) throw new Refusal(230002);
  message.pinned = true;
  world.changed();
  const view = {
    message_id: message.id,
    chat_id: message.chatId,
    operator_id: world.appId,
    operator_id_type: "app_id",
  };
  return ok({ pin: { ...view, create_time: String(world.now()) } });
}

const SEND = ["im:message", "im:message:send_as_bot"];
const READ = ["im:message", "im:message:readonly"];
const ONE = "/open-apis/im/v1/messages/:message_id";

export const messageRoutes: Route[] = [
  { method: "POST", path: "/open-apis/im/v1/messages", scopes: SEND, handle: create },
  { method: "GET", path: "/open-apis/im/v1/messages", scopes: READ, handle: history },
  { method: "POST", path: `${ONE}/reply`, scopes: SEND, handle: reply },
  { method: "PATCH", path: ONE, scopes: [...SEND, "im:message:update"], handle: patch },
  { method: "PUT", path: ONE, scopes: SEND, handle: update },
  { method: "DELETE", path: ONE, scopes: SEND, handle: recall },
  { method: "GET", path: ONE, scopes: READ, handle: get },
  { method: "GET", path: `${ONE}/resources/:file_key`, scopes: READ, handle: resource },
  { method: "GET", path: `${ONE}/read_users`, scopes: READ, handle: readUsers },
  { method: "PATCH", path: `${ONE}/urgent_app`, scopes: ["im:message.urgent"], handle: urgent("app") },
  { method: "PATCH", path: `${ONE}/urgent_sms`, scopes: ["im:message.urgent:sms"], handle: urgent("sms") },
  { method: "PATCH", path: `${ONE}/urgent_phone`, scopes: ["im:message.urgent:phone"], handle: urgent("phone") },
  {
    method: "POST",
    path: `${ONE}/reactions`,
    scopes: ["im:message", "im:message.reactions:write_only"],
    handle: react,
  },
  { method: "POST", path: "/open-apis/im/v1/pins", scopes: ["im:message", "im:message.pins:write_only"], handle: pin },
];
