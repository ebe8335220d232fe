import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { MessageView } from "../views.ts";
import type { Chat } from "./chat-state.ts";
import { html } from "./html.ts";
import { takeSample } from "./sample.ts";

/** Commands that need nothing more than themselves. */
const QUICK = ["状态", "到期", "帮助"] as const;
const REPORT = "/舆情 上报 ";

interface Props {
  chat: Chat;
  sample: readonly string[];
  answered?: MessageView | undefined;
  onUnanswer: () => void;
  onSend: (text: string) => void;
}

/** Where a message is written. Enter sends, Shift+Enter starts a line; Enter that ends an input method does neither. */
export function Composer({ chat, sample, answered, onUnanswer, onSend }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = "auto";
    box.current.style.height = `${box.current.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    // On a phone this would bring up the keyboard over the messages.
    if (matchMedia("(hover: hover)").matches) box.current?.focus();
  }, []);
  useEffect(() => {
    if (answered) box.current?.focus();
  }, [answered]);

  const send = (what: string): void => {
    if (what.trim() === "") return;
    onSend(what);
    setText("");
  };
  const startReport = (): void => {
    setText((t) => (t.startsWith(REPORT) ? t : REPORT + t));
    box.current?.focus();
  };
  const keyed = (event: KeyboardEvent): void => {
    // 229: some input methods report the Enter that picks a word like this, after isComposing has ended.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send(text);
  };
  return html`<footer class="composer">
    <div class="hints" role="group" aria-label="常用">
      ${sample.length > 0 && html`<button type="button" class="chip is-sample" onClick=${() => send(takeSample(sample))}>发一条样例上报</button>`}
      <button type="button" class="chip" onClick=${startReport}>上报</button>
      ${QUICK.map((q) => html`<button type="button" key=${q} class="chip" onClick=${() => send(`/舆情 ${q}`)}>${q}</button>`)}
    </div>
    ${
      answered &&
      html`<p class="answering">
        <span>回复 ${answered.from ?? "回应"}：${answered.card?.title ?? answered.text}</span>
        <button type="button" aria-label="取消回复" onClick=${onUnanswer}>×</button>
      </p>`
    }
    <div class="write">
      <textarea
        ref=${box}
        rows="1"
        aria-label=${`发给${chat.title}`}
        placeholder=${chat.kind === "group" ? "例如 /舆情 上报 …" : "例如 /舆情 我的"}
        value=${text}
        onInput=${(e: InputEvent) => setText((e.target as HTMLTextAreaElement).value)}
        onKeyDown=${keyed}
      ></textarea>
      <button type="button" class="button primary" disabled=${text.trim() === ""} onClick=${() => send(text)}>发送</button>
    </div>
  </footer>`;
}
