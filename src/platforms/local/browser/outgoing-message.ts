import { AttachmentChip } from "./attachment-chip.ts";
import { Avatar } from "./avatar.ts";
import type { Outgoing } from "./chat-state.ts";
import { html } from "./html.ts";
import type { Session } from "./session.ts";
import { UserText } from "./user-text.ts";

/** A message on its way, or one that did not get there and keeps its text until it does. */
export function OutgoingMessage({ session, message }: { session: Session; message: Outgoing }) {
  return html`<li class="message is-mine is-outgoing">
    <${Avatar} name=${session.me} />
    <div class="message-body">
      <p class="message-head" role="status">
        ${
          message.failed
            ? html`<span class="failed">没有发出去</span>
                <button type="button" onClick=${() => session.resend(message)}>重发</button>
                <button type="button" onClick=${() => session.discard(message)}>删除</button>`
            : "正在发送…"
        }
      </p>
      <div class="bubble">
        ${message.text !== "" && html`<${UserText} text=${message.text} names=${[]} />`}
        ${message.files.map((f) => html`<${AttachmentChip} key=${f.key} file=${f} preview=${f.preview} />`)}
      </div>
    </div>
  </li>`;
}
