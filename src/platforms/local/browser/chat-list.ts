import { dayOf, localParts, timeOf } from "#core/time.ts";
import type { MessageView, RoomView } from "../views.ts";
import { Avatar } from "./avatar.ts";
import { byRecency, type Chat, type ChatState } from "./chat-state.ts";
import { serverNow } from "./clock.ts";
import { html } from "./html.ts";
import { hashOf } from "./location.ts";

interface Props {
  room: RoomView;
  state: ChatState;
  openId?: string | undefined;
}

/** The left column: who I am, and my chats with what is new in them. */
export function ChatList({ room, state, openId }: Props) {
  const { me } = state;
  return html`<nav class="chat-list" aria-label="聊天列表">
    <header>
      <${Avatar} name=${me.name} />
      <span class="who"><b>${me.name}</b><small>${me.post}</small></span>
      <a class="switch" href="#" title="这个窗口换一个人">换人</a>
    </header>
    <ul>
      ${byRecency(state.chats).map((chat) => html`<${ChatItem} key=${chat.id} chat=${chat} me=${me.name} open=${chat.id === openId} />`)}
    </ul>
    <footer>
      ${
        room.lapseHref &&
        html`<a class="lapse-link" href=${room.lapseHref + hashOf({ as: me.name })} target="_blank" rel="noopener">
          <b>快放演示</b><small>几分钟看完几天的提醒</small>
        </a>`
      }
      <small>再开一个窗口，就可以当另一个人。</small>
    </footer>
  </nav>`;
}

function ChatItem({ chat, me, open }: { chat: Chat; me: string; open: boolean }) {
  const { last } = chat;
  return html`<li>
    <a class="chat-item" href=${hashOf({ as: me, chat: chat.id })} aria-current=${open ? "page" : undefined}>
      ${chat.kind === "group" ? html`<span class="avatar avatar-group" aria-hidden="true">群</span>` : html`<${Avatar} />`}
      <span class="chat-item-text">
        <span class="chat-item-top"><b>${chat.title}</b>${last && html`<time>${shortTime(last)}</time>`}</span>
        <span class="chat-item-last">
          <span>${chat.mentioned && html`<em>[有人@我] </em>`}${last ? lastLine(last, chat, me) : "还没有消息"}</span>
          ${chat.unread > 0 && html`<span class="unread" aria-label=${`${chat.unread} 条未读`}>${chat.unread > 99 ? "99+" : chat.unread}</span>`}
        </span>
      </span>
    </a>
  </li>`;
}

function lastLine(message: MessageView, chat: Chat, me: string): string {
  const who = message.from === me ? "我" : (message.from ?? "回应");
  if (message.state === "recalled") return `${who}撤回了一条消息`;
  const text = (message.card?.title ?? message.text ?? "").slice(0, 60);
  return chat.kind === "private" && message.from === undefined ? text : `${who}：${text}`;
}

/** The time of a message of today, else its day. */
function shortTime({ at }: MessageView): string {
  if (dayOf(at) === dayOf(serverNow())) return timeOf(at);
  const { month, day } = localParts(at);
  return `${month}月${day}日`;
}
