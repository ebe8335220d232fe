import { useState } from "preact/hooks";
import type { PersonView, RoomView } from "../views.ts";
import { Avatar } from "./avatar.ts";
import { html } from "./html.ts";
import { hashOf } from "./location.ts";

/** Asks who this window shall be. */
export function IdentityScreen({ room, chat }: { room: RoomView; chat?: string | undefined }) {
  const [wanted, setWanted] = useState("");
  const words = wanted.trim().split(/\s+/);
  const found = room.people.filter((p) => words.every((w) => `${p.name} ${p.post}`.includes(w)));
  const href = (name: string): string => hashOf({ as: name, ...(chat?.startsWith("group:") ? { chat } : {}) });
  return html`<main class="identity">
    <header>
      <span class="avatar avatar-bot avatar-large" aria-hidden="true">回应</span>
      <h1>您是谁？</h1>
      <p>${room.office}的舆情回应群聊${room.lapse ? "（快放演示）" : ""}。每个窗口是一个人，再开一个窗口就可以当另一个人。</p>
    </header>
    ${
      room.suggested.length > 0 &&
      html`<section aria-labelledby="first-look">
        <h2 id="first-look">第一次来，可以先当这几位</h2>
        <ul class="suggested">
          ${room.suggested.map(
            (p) => html`<li key=${p.name}>
              <a href=${href(p.name)}>
                <${Avatar} name=${p.name} />
                <span><b>${p.name}</b><small>${p.post}</small><em>${p.does}</em></span>
              </a>
            </li>`,
          )}
        </ul>
      </section>`
    }
    <section aria-labelledby="everybody">
      <h2 id="everybody">通讯录 ${room.people.length} 人</h2>
      <input
        type="search"
        class="search"
        placeholder="搜姓名、单位或岗位"
        aria-label="搜姓名、单位或岗位"
        value=${wanted}
        onInput=${(e: InputEvent) => setWanted((e.target as HTMLInputElement).value)}
      />
      <ul class="people">
        ${found.map(
          (p: PersonView) => html`<li key=${p.name}>
          <a href=${href(p.name)}><${Avatar} name=${p.name} /><span><b>${p.name}</b><small>${p.post}</small></span></a>
        </li>`,
        )}
      </ul>
      ${found.length === 0 && html`<p class="quiet">没有找到。换个字，或只输入姓。</p>`}
    </section>
  </main>`;
}
