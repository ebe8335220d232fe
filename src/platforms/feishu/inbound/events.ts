import { z } from "zod";
import type { Instant } from "#core/time.ts";
import { isChatId, isMessageId, isOpenId } from "../ids.ts";

/** Every event and callback to which the adapter subscribes; the console and the permissions page list the same. */
export const EVENT_TYPES = [
  "im.message.receive_v1",
  "card.action.trigger",
  "im.message.recalled_v1",
  "im.message.message_read_v1",
  "im.message.reaction.created_v1",
  "im.message.reaction.deleted_v1",
  "im.chat.member.bot.added_v1",
  "im.chat.member.bot.deleted_v1",
  "im.chat.disbanded_v1",
  "im.chat.updated_v1",
  "im.chat.member.user.deleted_v1",
  "im.chat.access_event.bot_p2p_chat_entered_v1",
  "application.bot.menu_v6",
] as const;

/*
 * Shapes of events as the dispatcher hands them over: header and body in one object. Only fields that are used are checked,
 * and ids at once, because they become parts of addresses.
 */

const OpenId = z.string().refine(isOpenId, "no open_id");
const ChatId = z.string().refine(isChatId, "no chat_id");
const MessageId = z.string().refine(isMessageId, "no message_id");
/** A person may come without an open_id: somebody of another application, an anonymous member. */
const Ids = z.object({ open_id: OpenId.optional().catch(undefined) });
const Header = z.object({
  event_id: z.string().min(1),
  create_time: z.string().optional(),
  tenant_key: z.string().optional(),
});

const Mention = z.object({
  key: z.string(),
  name: z.string().catch(""),
  id: Ids.catch({}),
  mentioned_type: z.string().optional(),
});
export type Mention = z.infer<typeof Mention>;

export const MessageReceived = z.object({
  tenant_key: z.string().optional(),
  sender: z.object({ sender_id: Ids.nullish(), sender_type: z.string(), tenant_key: z.string().optional() }),
  message: z.object({
    message_id: MessageId,
    parent_id: MessageId.optional().catch(undefined),
    create_time: z.string(),
    chat_id: ChatId,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z.array(Mention).nullish(),
  }),
});
export type MessageReceived = z.infer<typeof MessageReceived>;

export const CardPressed = Header.extend({
  operator: z.object({ open_id: OpenId, tenant_key: z.string().optional() }),
  context: z.object({ open_message_id: MessageId, open_chat_id: ChatId }),
});
export type CardPressed = z.infer<typeof CardPressed>;

export const MessageRecalled = Header.extend({ message_id: MessageId, chat_id: ChatId });
export type MessageRecalled = z.infer<typeof MessageRecalled>;

export const MessageRead = z.object({
  reader: z.object({ reader_id: z.object({ open_id: OpenId }), read_time: z.string() }),
  message_id_list: z.array(MessageId),
});

export const ReactionAdded = z.object({
  message_id: MessageId,
  /** Missing when an application reacted. */
  user_id: Ids.nullish(),
  action_time: z.string().optional(),
});

/** The bot was added to a group, taken out of it, or the group was dissolved. */
export const BotInGroup = Header.extend({
  chat_id: ChatId,
  operator_id: Ids.nullish(),
  external: z.boolean().optional(),
  name: z.string().optional(),
});
export type BotInGroup = z.infer<typeof BotInGroup>;

export const GroupChanged = Header.extend({
  chat_id: ChatId,
  after_change: z.object({ name: z.string().optional() }).nullish(),
});

export const ChatEntered = Header.extend({ operator_id: z.object({ open_id: OpenId }) });

export const MenuPressed = Header.extend({
  operator: z.object({ operator_id: z.object({ open_id: OpenId }) }),
  event_key: z.string(),
});

/**
 * The instant that a time of the platform names: seconds, milliseconds or, in callbacks of cards, microseconds. A time that is
 * missing, or that names the future, is now: a wrong clock over there must not move limits.
 */
export function instantOf(time: string | undefined, now: Instant): Instant {
  if (time === undefined || !/^\d{10}(?:\d{3}){0,2}$/.test(time)) return now;
  return Math.min(Math.floor(Number(time) * 10 ** (13 - time.length)), now);
}
