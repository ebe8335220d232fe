import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayOf, formatMoment } from "#core/time.ts";
import type { MessageView, RoomView } from "../views.ts";
import type { Chat, ChatState } from "./chat-state.ts";
import { Composer } from "./composer.ts";
import { html } from "./html.ts";
import { hashOf } from "./location.ts";
import { Message } from "./message.ts";
import { OutgoingMessage } from "./outgoing-message.ts";
import type { PickedFile } from "./picked-files.ts";
import type { Session } from "./session.ts";
import { Welcome } from "./welcome.ts";

/** Pixels from the end within which the view follows new messages. */
const NEAR_END = 80;

interface Props {
  session: Session;
  room: RoomView;
  state: ChatState;
  chat: Chat;
}

/** The open chat: its messages and the box to write in. */
export function Conversation({ session, room, state, chat }: Props) {
  const [answered, setAnswered] = useState<MessageView>();
  const outgoing = state.outgoing.filter((o) => o.chat === chat.id);
  const send = (text: string, files: readonly PickedFile[] = []): void => {
    void session.send(chat.id, text, files, answered?.id);
    setAnswered(undefined);
  };
  useEffect(() => {
    if (!chat.loaded) void session.load(chat.id);
  }, [session, chat.id, chat.loaded]);
  useReading(session, chat);
  const empty = chat.loaded && chat.messages.length === 0 && outgoing.length === 0;
  return html`<main class="conversation" aria-label=${chat.title}>
    <header class="conversation-head">
      <a class="back" href=${hashOf({ as: state.me.name })} aria-label="返回聊天列表">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M12.5 4 6.5 10l6 6" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
      </a>
      <h1>${chat.title}</h1>
      ${
        chat.kind === "group" &&
        html`<details class="members">
          <summary>${chat.members.length} 人</summary>
          <ul>${chat.members.map((m) => html`<li key=${m.name}><b class="member-name">${m.name}</b><small>${m.post}</small></li>`)}</ul>
        </details>`
      }
    </header>
    <${Messages} chat=${chat} count=${chat.messages.length + outgoing.length}>
      ${
        chat.more &&
        html`<button type="button" class="older" onClick=${() => session.load(chat.id, chat.messages[0]?.seq)}>
          查看更早的消息
        </button>`
      }
      ${!chat.loaded && html`<p class="quiet" role="status">正在取消息…</p>`}
      ${empty && html`<${Welcome} chat=${chat} sample=${room.sample} lapseHref=${room.lapseHref && room.lapseHref + hashOf({ as: state.me.name })} onSend=${send} />`}
      ${withDays(chat.messages).map(({ day, message }) =>
        day
          ? html`<li key=${`day ${day}`} class="day">${day}</li>`
          : html`<${Message} key=${message.id} session=${session} chat=${chat} message=${message} onReply=${setAnswered} />`,
      )}
      ${outgoing.map((o) => html`<${OutgoingMessage} key=${o.clientKey} session=${session} message=${o} />`)}
    <//>
    <${Composer} chat=${chat} sample=${room.sample} answered=${answered} onUnanswer=${() => setAnswered(undefined)} onSend=${send} />
  </main>`;
}

interface MessagesProps {
  chat: Chat;
  count: number;
  children?: unknown;
}

/** The scrolling list. It follows new messages while its end is in view, and offers them otherwise. */
function Messages({ chat, count, children }: MessagesProps) {
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const seen = useRef({ lastSeq: 0, height: 0, firstSeq: 0 });
  const [fresh, setFresh] = useState(0);
  const lastSeq = chat.messages.at(-1)?.seq ?? 0;
  const firstSeq = chat.messages[0]?.seq ?? 0;
  const toEnd = (): void => list.current?.scrollTo({ top: list.current.scrollHeight });

  // Runs after every change: also an edited card may have grown.
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const before = seen.current;
    if (atEnd.current) toEnd();
    else if (firstSeq < before.firstSeq) box.scrollTop += box.scrollHeight - before.height;
    else if (lastSeq > before.lastSeq) setFresh((n) => n + 1);
    seen.current = { lastSeq, firstSeq, height: box.scrollHeight };
  }, [chat.messages, count]);

  // The box shrinks when the writer's text grows and when a phone's keyboard comes up.
  useEffect(() => {
    const resized = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    if (list.current) resized.observe(list.current);
    return () => resized.disconnect();
  }, []);

  const scrolled = (): void => {
    const box = list.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    if (atEnd.current) setFresh(0);
  };
  return html`<div class="messages-frame">
    <ol class="messages" ref=${list} onScroll=${scrolled} aria-live="polite" aria-relevant="additions" aria-label="消息" tabindex="0">${children}</ol>
    ${fresh > 0 && html`<button type="button" class="fresh" onClick=${toEnd}>${fresh} 条新消息</button>`}
  </div>`;
}

/** Marks the chat as read whenever its end is loaded and the window is being looked at. */
function useReading(session: Session, chat: Chat): void {
  useEffect(() => {
    const look = (): void => {
      if (chat.loaded && document.visibilityState === "visible") void session.read(chat);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [session, chat]);
}

/** Messages with the day in front of the first of each day. */
function withDays(messages: readonly MessageView[]): { day?: string; message: MessageView }[] {
  return messages.flatMap((message, i) => {
    const before = messages[i - 1];
    const isFirst = !before || dayOf(before.at) !== dayOf(message.at);
    return isFirst ? [{ day: formatMoment(message.at).slice(0, -5), message }, { message }] : [{ message }];
  });
}
