import { type Json, type Message, newId, type User } from "./model.ts";
import type { World } from "./world.ts";

/** An event around which the service put its envelope. */
export interface Envelope extends Json {
  schema: "2.0";
  header: {
    event_id: string;
    event_type: string;
    create_time: string;
    token: string;
    app_id: string;
    tenant_key: string;
  };
  event: Json;
}

/** A press of a button carries its time in microseconds, every other event in milliseconds; both as text. */
export function envelope(world: World, eventType: string, event: Json): Envelope {
  const time = String(world.now());
  const header = {
    event_id: newId.event(),
    event_type: eventType,
    create_time: eventType === "card.action.trigger" ? `${time}000` : time,
    token: world.verificationToken,
    app_id: world.appId,
    tenant_key: world.tenantKey,
  };
  return { schema: "2.0", header, event };
}

/** The ids of a person; the id of the employee only with its own scope. */
export function idsOf(world: World, user: User): { open_id: string; union_id: string; user_id?: string } {
  const ids = { open_id: user.openId, union_id: user.unionId };
  return world.has("contact:user.employee_id:readonly") ? { ...ids, user_id: user.userId } : ids;
}

export function messageEvent(world: World, user: User, message: Message): Json {
  const chat = world.chat(message.chatId);
  return {
    sender: { sender_id: idsOf(world, user), sender_type: "user", tenant_key: user.tenantKey },
    message: {
      message_id: message.id,
      ...(message.rootId ? { root_id: message.rootId } : {}),
      ...(message.parentId ? { parent_id: message.parentId } : {}),
      ...(message.threadId ? { thread_id: message.threadId } : {}),
      create_time: String(message.createdAt),
      update_time: String(message.updatedAt),
      chat_id: message.chatId,
      chat_type: chat?.mode ?? "group",
      message_type: message.type,
      content: typeof message.content === "string" ? message.content : JSON.stringify(message.content),
      ...(message.mentions.length > 0 ? { mentions: message.mentions } : {}),
      user_agent: "Mozilla/5.0 Lark/7.60.0",
    },
  };
}

/** Whether the scopes of the app let it see a message of a person. */
export function isSeen(world: World, message: Message): boolean {
  const chat = world.chat(message.chatId);
  if (chat?.mode === "p2p") return world.has("im:message.p2p_msg:readonly");
  if (!chat?.botIn) return false;
  if (world.has("im:message.group_msg")) return true;
  const mentionsBot = message.mentions.some(({ id }) => id.open_id === world.bot.openId);
  return mentionsBot && world.has("im:message.group_at_msg:readonly");
}
