import type { ChatId, ChatView, MessageView, PageView, ReadView, StateView } from "../views.ts";
import type { PickedFile } from "./picked-files.ts";

/** A message of this window that the server has not confirmed. */
export interface Outgoing {
  clientKey: string;
  chat: ChatId;
  text: string;
  files: readonly PickedFile[];
  replyTo?: string;
  failed: boolean;
}

export interface Chat extends ChatView {
  /** In order of seq, without gaps: the newest page and what came since, and older pages as asked for. */
  messages: readonly MessageView[];
  /** The newest page is there. */
  loaded: boolean;
  more: boolean;
}

/** All that a window knows. Every change makes a new one. */
export interface ChatState {
  me: StateView["me"];
  chats: readonly Chat[];
  outgoing: readonly Outgoing[];
}

export function fromSnapshot(view: StateView, outgoing: readonly Outgoing[] = []): ChatState {
  const chats = view.chats.map((c) => ({ ...c, messages: [], loaded: false, more: false }));
  return { me: view.me, chats, outgoing };
}

/** A new or changed message. One that is older than what is known changes nothing. */
export function withMessage(state: ChatState, message: MessageView): ChatState {
  const outgoing = state.outgoing.filter((o) => !isSame(o, state.me.name, message));
  const next = changeChat({ ...state, outgoing }, message.chat, (chat) => {
    const isNew = message.seq > (chat.last?.seq ?? 0);
    const isLast = message.seq === chat.last?.seq && message.rev >= chat.last.rev;
    const unreadNow = isNew && message.from !== state.me.name;
    return {
      ...chat,
      messages: merge(chat.messages, [message]),
      ...(isNew || isLast ? { last: message } : {}),
      unread: chat.unread + (unreadNow ? 1 : 0),
      mentioned: chat.mentioned || (unreadNow && message.mentions.includes(state.me.name)),
    };
  });
  return next;
}

/** Messages of a chat that were asked for: the newest ones, or older ones than those known. */
export function withPage(state: ChatState, chat: ChatId, page: PageView): ChatState {
  return changeChat(state, chat, (c) => ({
    ...c,
    messages: merge(c.messages, page.messages),
    loaded: true,
    more: page.more,
  }));
}

export function withRead(state: ChatState, read: ReadView): ChatState {
  return changeChat(state, read.chat, (chat) => {
    const seq = Math.max(read.seq, chat.marks[read.person] ?? 0);
    const all = read.person === state.me.name && seq >= (chat.last?.seq ?? 0);
    return {
      ...chat,
      marks: { ...chat.marks, [read.person]: seq },
      ...(all ? { unread: 0, mentioned: false } : {}),
    };
  });
}

export function withOutgoing(state: ChatState, message: Outgoing): ChatState {
  const others = state.outgoing.filter((o) => o.clientKey !== message.clientKey);
  return { ...state, outgoing: [...others, message] };
}

export function withoutOutgoing(state: ChatState, clientKey: string): ChatState {
  return { ...state, outgoing: state.outgoing.filter((o) => o.clientKey !== clientKey) };
}

/** Chats in the order of their last message; those without one keep theirs at the end. */
export function byRecency(chats: readonly Chat[]): Chat[] {
  return [...chats].sort((a, b) => (b.last?.seq ?? 0) - (a.last?.seq ?? 0));
}

/** Who of the members has and has not read a message. */
export function readers(chat: Chat, message: MessageView): { read: string[]; unread: string[] } {
  const names = chat.members.map((m) => m.name);
  const has = (name: string): boolean => (chat.marks[name] ?? 0) >= message.seq;
  return { read: names.filter(has), unread: names.filter((n) => !has(n)) };
}

function isSame(outgoing: Outgoing, me: string, message: MessageView): boolean {
  return message.from === me && message.clientKey === `${me} ${outgoing.clientKey}`;
}

function changeChat(state: ChatState, id: ChatId, change: (chat: Chat) => Chat): ChatState {
  return { ...state, chats: state.chats.map((c) => (c.id === id ? change(c) : c)) };
}

function merge(known: readonly MessageView[], more: readonly MessageView[]): MessageView[] {
  const byId = new Map(known.map((m) => [m.id, m]));
  for (const m of more) if (m.rev >= (byId.get(m.id)?.rev ?? 0)) byId.set(m.id, m);
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}
