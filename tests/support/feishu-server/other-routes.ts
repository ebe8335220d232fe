import { type Answer, type Call, idOf, idType, ok, page, type Route } from "./calls.ts";
import { type Chat, type Json, list, text, type User } from "./model.ts";
import { Refusal } from "./refusal.ts";
import { delayedUpdate } from "./send.ts";
import type { World } from "./world.ts";

/** The group that a path names, as long as the bot may look at it. @throws Refusal */
function chatOf({ world, params }: Call): Chat {
  const chat = world.chat(params["chat_id"] ?? "");
  if (!chat) throw new Refusal(232006);
  if (chat.disbanded) throw new Refusal(232009);
  if (!chat.botIn) throw new Refusal(232011);
  return chat;
}

const chatView = (world: World, chat: Chat): Json => ({
  chat_id: chat.chatId,
  name: chat.name,
  avatar: "",
  description: "",
  external: chat.external,
  tenant_key: world.tenantKey,
  chat_status: chat.disbanded ? "dissolved" : "normal",
});

function chats({ world, query }: Call): Answer {
  const own = world.chats.filter((chat) => chat.mode === "group" && chat.botIn && !chat.disbanded);
  const { items, ...rest } = page(own, query);
  return ok({ items: items.map((chat) => chatView(world, chat)), ...rest });
}

function chat(call: Call): Answer {
  const found = chatOf(call);
  const view = { ...chatView(call.world, found), chat_mode: found.mode, chat_type: "private" };
  return ok({ ...view, user_count: String(found.members.size), bot_count: "1" });
}

function members(call: Call): Answer {
  const { world, query } = call;
  const type = idType(query, "member_id_type", "open_id");
  const all = [...chatOf(call).members].flatMap((openId) => world.user(openId) ?? []);
  const { items, ...rest } = page(all, query);
  const view = (user: User): Json => ({
    member_id_type: type,
    member_id: idOf(user, type),
    name: user.name,
    tenant_key: user.tenantKey,
  });
  return ok({ items: items.map(view), member_total: all.length, ...rest });
}

function invite(call: Call): Answer {
  const { world, query, body } = call;
  const type = idType(query, "member_id_type", "open_id");
  const group = chatOf(call);
  const invalid: string[] = [];
  for (const id of list(body["id_list"]).map(text)) {
    const user = world.user(id, type);
    if (user && !user.resigned && !user.outOfScope) group.members.add(user.openId);
    else invalid.push(id);
  }
  world.changed();
  return ok({ invalid_id_list: invalid, not_existed_id_list: [], pending_approval_id_list: [] });
}

function createChat({ world, query, body }: Call): Answer {
  const type = idType(query, "user_id_type", "open_id");
  const ids = [...list(body["user_id_list"]).map(text), text(body["owner_id"])].filter((id) => id !== "");
  const people = [...new Set(ids)].map((id) => {
    const user = world.user(id, type);
    if (!user) throw new Refusal(232006, { message: "Your request contains an invalid user id" });
    return user;
  });
  const made = world.addChat({ name: text(body["name"]) || "群聊", members: people });
  world.changed();
  return ok({ ...chatView(world, made), chat_mode: "group", chat_type: "private" });
}

function user({ world, query, params }: Call): Answer {
  const found = world.user(params["user_id"] ?? "", idType(query, "user_id_type", "open_id"));
  if (!found) throw new Refusal(41012);
  if (found.outOfScope) throw new Refusal(41050);
  const status = {
    is_frozen: false,
    is_resigned: found.resigned,
    is_activated: true,
    is_exited: false,
    is_unjoin: false,
  };
  const ids = { union_id: found.unionId, open_id: found.openId };
  const userId = world.has("contact:user.employee_id:readonly") ? { user_id: found.userId } : {};
  return ok({ user: { ...ids, ...userId, name: found.name, status } });
}

function batchGetId({ world, query, body }: Call): Answer {
  const type = idType(query, "user_id_type", "open_id");
  const mobiles = list(body["mobiles"]).map(text);
  const emails = list(body["emails"]).map(text);
  if (mobiles.length > 50 || emails.length > 50) throw new Refusal(230001, { ext: "more than 50 ids" });
  const entry = (key: "mobile" | "email", value: string): Json => {
    const found = world.users.find((person) => person[key] === value && !person.outOfScope);
    return { [key]: value, ...(found && !found.resigned ? { user_id: idOf(found, type) } : {}) };
  };
  return ok({ user_list: [...mobiles.map((m) => entry("mobile", m)), ...emails.map((e) => entry("email", e))] });
}

/** The bot stands beside the code, not inside `data`: an old API. */
function botInfo({ world }: Call): Answer {
  const bot = { open_id: world.bot.openId, app_name: world.bot.name, activate_status: world.botEnabled ? 2 : 1 };
  return { json: { code: 0, msg: "ok", bot: { ...bot, avatar_url: "", ip_white_list: [] } } };
}

const CHATS = "/open-apis/im/v1/chats";
const CHAT_READ = ["im:chat", "im:chat:read", "im:chat:readonly"];
const USERS = "/open-apis/contact/v3/users";

export const otherRoutes: Route[] = [
  { method: "GET", path: CHATS, scopes: CHAT_READ, handle: chats },
  { method: "POST", path: CHATS, scopes: ["im:chat", "im:chat:create"], handle: createChat },
  { method: "GET", path: `${CHATS}/:chat_id`, scopes: CHAT_READ, handle: chat },
  { method: "GET", path: `${CHATS}/:chat_id/members`, scopes: CHAT_READ, handle: members },
  {
    method: "POST",
    path: `${CHATS}/:chat_id/members`,
    scopes: ["im:chat", "im:chat.members:write_only"],
    handle: invite,
  },
  { method: "GET", path: `${USERS}/:user_id`, scopes: ["contact:user.base:readonly"], handle: user },
  { method: "POST", path: `${USERS}/batch_get_id`, scopes: ["contact:user.id:readonly"], handle: batchGetId },
  { method: "GET", path: "/open-apis/bot/v3/info", scopes: [], handle: botInfo },
  {
    method: "GET",
    path: "/open-apis/application/v6/scopes",
    scopes: [],
    handle: ({ world }) => ok({ scopes: world.scopes }),
  },
  { method: "POST", path: "/open-apis/interactive/v1/card/update", scopes: [], handle: delayedUpdate },
];
