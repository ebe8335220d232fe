import { useEffect, useMemo, useState } from "preact/hooks";
import type { PersonView, RoomView } from "../views.ts";
import { ChatList } from "./chat-list.ts";
import { Conversation } from "./conversation.ts";
import { html } from "./html.ts";
import { LapseBar } from "./lapse-bar.ts";
import { Session, type SessionView } from "./session.ts";

/** From this width on, the list and a chat stand side by side. The same figure is in chat.css. */
const WIDE = "(min-width: 760px)";

interface Props {
  room: RoomView;
  me: PersonView;
  chatId?: string | undefined;
}

/** The chats of one person: the list, and the open one. */
export function ChatWindow({ room, me, chatId }: Props) {
  const [view, setView] = useState<SessionView>({ state: undefined, online: true });
  const session = useMemo(() => new Session(me.name, setView, room.keepsFiles === true), [me.name, room.keepsFiles]);
  const wide = useMedia(WIDE);
  useEffect(() => {
    void session.start();
    return () => session.end();
  }, [session]);
  const unread = view.state?.chats.reduce((n, c) => n + c.unread, 0) ?? 0;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${me.name} · 回应${room.lapse ? "快放演示" : ""}`;
  }, [unread, me.name, room.lapse]);

  const { state, online, problem } = view;
  if (!state)
    return html`<main class="blank">
      <p role="status">${problem ?? "正在打开…"}</p>
      ${problem && html`<button type="button" class="button" onClick=${() => session.start()}>再试一次</button>`}
    </main>`;
  const chosen = state.chats.find((c) => c.id === chatId);
  const open = chosen ?? (wide ? (state.chats.find((c) => c.kind === "group") ?? state.chats[0]) : undefined);
  return html`
    ${room.lapse && html`<${LapseBar} session=${session} homeHref=${room.homeHref} />`}
    ${!online && html`<p class="offline" role="status">连接断开，正在重新连接…</p>`}
    <div class=${`chats ${open ? "has-open" : ""}`}>
      <${ChatList} room=${room} state=${state} openId=${open?.id} />
      ${open && html`<${Conversation} key=${open.id} session=${session} room=${room} state=${state} chat=${open} />`}
    </div>`;
}

function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query]);
  const [matches, setMatches] = useState(list.matches);
  useEffect(() => {
    const changed = (): void => setMatches(list.matches);
    list.addEventListener("change", changed);
    return () => list.removeEventListener("change", changed);
  }, [list]);
  return matches;
}
