import { useEffect, useRef, useState } from "preact/hooks";
import { formatMoment, timeOf } from "#core/time.ts";
import type { MessageView } from "../views.ts";
import { AttachmentChip } from "./attachment-chip.ts";
import { Avatar } from "./avatar.ts";
import { CardView } from "./card-view.ts";
import { type Chat, readers } from "./chat-state.ts";
import { html } from "./html.ts";
import type { Session } from "./session.ts";
import { UserText } from "./user-text.ts";

const KINDS: Record<string, string> = { reminder: "提醒", escalation: "升级", digest: "日报", notice: "通知" };

interface Props {
  session: Session;
  chat: Chat;
  message: MessageView;
  onReply: (message: MessageView) => void;
}

/** One message with who, when, what it answers and who has read it. */
export function Message({ session, chat, message, onReply }: Props) {
  const { from, at, state, kind, urgent, editedAt, replyTo } = message;
  const mine = from === session.me;
  if (state === "recalled") return html`<li class="day">${mine ? "您" : from}撤回了一条消息</li>`;
  return html`<li class=${`message ${mine ? "is-mine" : ""}`}>
    <${Avatar} name=${from} />
    <div class="message-body">
      <p class="message-head">
        ${!mine && html`<b class="message-from">${from ?? "回应"}</b>`}
        ${from === undefined && html`<span class="tag">机器人</span>`}
        ${kind && KINDS[kind] && html`<span class="tag">${KINDS[kind]}</span>`}
        ${urgent && html`<span class="tag tag-urgent">加急</span>`}
        <time title=${formatMoment(at)}>${timeOf(at)}</time>
        ${editedAt !== undefined && html`<span class="edited" title=${formatMoment(editedAt)}>已更新 ${timeOf(editedAt)}</span>`}
        <span class="message-actions">
          <button type="button" onClick=${() => onReply(message)}>回复</button>
          ${mine && html`<button type="button" onClick=${() => session.recall(message.id)}>撤回</button>`}
        </span>
      </p>
      ${replyTo && html`<p class="quoted">${replyTo.from ?? "回应"}：${replyTo.text}</p>`}
      ${message.mentions.length > 0 && html`<${Mentions} names=${message.mentions} me=${session.me} />`}
      ${message.card && html`<${CardView} session=${session} messageId=${message.id} card=${message.card} />`}
      ${
        message.text !== undefined &&
        html`<div class=${`bubble ${state === "withheld" ? "is-withheld" : ""}`}>
          ${message.text !== "" && html`<${UserText} text=${message.text} names=${chat.members.map((m) => m.name)} />`}
          ${message.attachments.map((a, i) => html`<${AttachmentChip} key=${i} file=${a} preview=${mine ? session.preview(message, i) : undefined} />`)}
        </div>`
      }
      ${from === undefined && chat.kind === "group" && html`<${ReadMark} chat=${chat} message=${message} />`}
    </div>
  </li>`;
}

function Mentions({ names, me }: { names: readonly string[]; me: string }) {
  return html`<p class="mentions">
    ${names.map((name) => html`<b key=${name} class=${`mention ${name === me ? "is-me" : ""}`}>@${name}</b>`)}
  </p>`;
}

function ReadMark({ chat, message }: { chat: Chat; message: MessageView }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const { read, unread } = readers(chat, message);
  useEffect(() => {
    if (open) box.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return html`<div class="read-mark" ref=${box}>
    <button type="button" aria-expanded=${open} onClick=${() => setOpen(!open)}>
      已读 ${read.length}/${chat.members.length}
    </button>
    ${
      open &&
      html`<dl>
        <dt>已读</dt><dd>${read.join("、") || "还没有人"}</dd>
        <dt>未读</dt><dd>${unread.join("、") || "没有了"}</dd>
      </dl>`
    }
  </div>`;
}
