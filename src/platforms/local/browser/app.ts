import { useEffect, useMemo, useState } from "preact/hooks";
import type { RoomView } from "../views.ts";
import { ApiError, get } from "./api.ts";
import { ChatWindow } from "./chat-window.ts";
import { html } from "./html.ts";
import { IdentityScreen } from "./identity-screen.ts";
import { LapseNotice } from "./lapse-bar.ts";
import { usePlace } from "./location.ts";
import { ToastArea } from "./toast.ts";

/** The whole page: who are you, then your chats. */
export function App() {
  const place = usePlace();
  const [room, setRoom] = useState<RoomView>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    get<RoomView>("room").then(setRoom, (e: unknown) =>
      setProblem(e instanceof ApiError ? e.message : "页面出错了，请刷新后再试。"),
    );
  }, []);
  const me = useMemo(() => room?.people.find((p) => p.name === place.as), [room, place.as]);
  if (!room) return html`<main class="blank"><p role="status">${problem ?? "正在打开…"}</p></main>`;
  return html`<div class=${`page ${room.lapse ? "is-lapse" : ""}`}>
    ${room.banner && html`<p class="banner">${room.banner}</p>`}
    ${
      me
        ? html`<${ChatWindow} key=${me.name} room=${room} me=${me} chatId=${place.chat} />`
        : html`${room.lapse && html`<div class="lapse-bar"><${LapseNotice} /></div>`}
            <${IdentityScreen} room=${room} chat=${place.chat} />`
    }
    <${ToastArea} />
  </div>`;
}
