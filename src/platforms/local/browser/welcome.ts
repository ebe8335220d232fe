import type { Chat } from "./chat-state.ts";
import { html } from "./html.ts";
import { takeSample } from "./sample.ts";

interface Props {
  chat: Chat;
  sample: readonly string[];
  lapseHref?: string | undefined;
  onSend: (text: string) => void;
}

/** What an empty chat tells somebody who has never seen it. */
export function Welcome({ chat, sample, lapseHref, onSend }: Props) {
  return html`<li class="welcome">
    ${chat.kind === "group" ? html`<${GroupWelcome} sample=${sample} onSend=${onSend} />` : html`<${PrivateWelcome} onSend=${onSend} />`}
    ${lapseHref && html`<p class="quiet">想看几天里的提醒怎样来，打开<a href=${lapseHref} target="_blank" rel="noopener">快放演示</a>。</p>`}
  </li>`;
}

function GroupWelcome({ sample, onSend }: Pick<Props, "sample" | "onSend">) {
  return html`<h2>三步看懂</h2>
    <ol>
      <li><b class="welcome-step">有人上报</b>，写得乱也没关系，机器人自己找时间、地点和单位。</li>
      <li><b class="welcome-step">一秒内回一张卡片</b>：哪个单位先回应、几点前、依据哪一条。</li>
      <li><b class="welcome-step">之后自动盯着</b>：到期前提醒承办的人，没人动就私信告诉领导，每天两次日报。</li>
    </ol>
    ${sample.length > 0 && html`<button type="button" class="button primary" onClick=${() => onSend(takeSample(sample))}>发一条样例上报</button>`}`;
}

function PrivateWelcome({ onSend }: Pick<Props, "onSend">) {
  return html`<h2>机器人和您的私聊</h2>
    <p>轮到您办的事、快到期的提醒会发到这里，只有您看得见。您也可以在这里查询，不打扰群里的人。</p>
    <button type="button" class="button primary" onClick=${() => onSend("/舆情 帮助")}>看看能做什么</button>`;
}
