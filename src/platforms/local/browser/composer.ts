import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { MessageView } from "../views.ts";
import { AttachmentChip } from "./attachment-chip.ts";
import type { Chat } from "./chat-state.ts";
import { html } from "./html.ts";
import { LARGEST, MOST, type PickedFile, pickFiles } from "./picked-files.ts";
import { takeSample } from "./sample.ts";
import { showToast } from "./toast.ts";

/** Commands that need nothing more than themselves. */
const QUICK = ["状态", "到期", "帮助"] as const;
const REPORT = "/舆情 上报 ";

interface Props {
  chat: Chat;
  sample: readonly string[];
  answered?: MessageView | undefined;
  onUnanswer: () => void;
  onSend: (text: string, files?: readonly PickedFile[]) => void;
}

/** Where a message is written. Enter sends, Shift+Enter starts a line; Enter that ends an input method does neither. */
export function Composer({ chat, sample, answered, onUnanswer, onSend }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [files, setFiles] = useState<readonly PickedFile[]>([]);
  const [reading, setReading] = useState(false);
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

  const nothing = text.trim() === "" && files.length === 0;
  const send = (): void => {
    if (nothing || reading) return;
    onSend(text, files);
    setText("");
    setFiles([]);
  };
  const add = async (chosen: Iterable<File>): Promise<void> => {
    const picked = [...chosen];
    const largest = picked.find((f) => f.size > LARGEST);
    if (largest) return showToast({ text: `${largest.name} 超过 200 MB，请压缩后再发。`, tone: "warning" });
    if (files.length + picked.length > MOST)
      return showToast({ text: `一次最多 ${MOST} 个附件，请分几次发。`, tone: "warning" });
    setReading(true);
    try {
      const read = await pickFiles(picked);
      setFiles((before) => [...before, ...read]);
    } catch {
      showToast({ text: "这个文件读不出来，请另选一个。", tone: "warning" });
    } finally {
      setReading(false);
    }
    box.current?.focus();
  };
  const chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    void add(input.files ?? []);
    // The same file may be chosen again after it was taken away.
    input.value = "";
  };
  const pasted = (event: ClipboardEvent): void => {
    const list = [...(event.clipboardData?.files ?? [])];
    if (list.length === 0) return;
    event.preventDefault();
    void add(list);
  };
  const remove = (file: PickedFile): void => {
    if (file.preview) URL.revokeObjectURL(file.preview);
    setFiles(files.filter((f) => f !== file));
    box.current?.focus();
  };
  const startReport = (): void => {
    setText((t) => (t.startsWith(REPORT) ? t : REPORT + t));
    box.current?.focus();
  };
  const keyed = (event: KeyboardEvent): void => {
    // 229: some input methods report the Enter that picks a word like this, after isComposing has ended.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  return html`<footer class="composer">
    <div class="hints" role="group" aria-label="常用">
      ${sample.length > 0 && html`<button type="button" class="chip is-sample" onClick=${() => onSend(takeSample(sample))}>发一条样例上报</button>`}
      <button type="button" class="chip" onClick=${startReport}>上报</button>
      ${QUICK.map((q) => html`<button type="button" key=${q} class="chip" onClick=${() => onSend(`/舆情 ${q}`)}>${q}</button>`)}
    </div>
    ${
      answered &&
      html`<p class="answering">
        <span>回复 ${answered.from ?? "回应"}：${answered.card?.title ?? answered.text}</span>
        <button type="button" aria-label="取消回复" onClick=${onUnanswer}>×</button>
      </p>`
    }
    ${
      (files.length > 0 || reading) &&
      html`<ul class="picked" aria-label="要发的附件">
        ${files.map((f) => html`<li key=${f.key}><${AttachmentChip} file=${f} preview=${f.preview} onRemove=${() => remove(f)} /></li>`)}
        ${reading && html`<li class="quiet" role="status">正在读取…</li>`}
      </ul>`
    }
    <div class="write">
      <button type="button" class="attach" aria-label="添加图片或文件" title="添加图片或文件，也可以直接粘贴截图" onClick=${() => chooser.current?.click()}>
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
          <path d="m18.6 10.3-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5l7.8-7.8a3 3 0 0 1 4.3 4.3l-7.5 7.5a1.5 1.5 0 0 1-2.1-2.1l7-7" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
      </button>
      <input ref=${chooser} type="file" multiple hidden tabindex="-1" aria-hidden="true" onChange=${chosen} />
      <textarea
        ref=${box}
        rows="1"
        aria-label=${`发给${chat.title}`}
        placeholder=${chat.kind === "group" ? "例如 /舆情 上报 …" : "例如 /舆情 我的"}
        value=${text}
        onInput=${(e: InputEvent) => setText((e.target as HTMLTextAreaElement).value)}
        onKeyDown=${keyed}
        onPaste=${pasted}
      ></textarea>
      <button type="button" class="button primary" disabled=${nothing || reading} onClick=${send}>发送</button>
    </div>
  </footer>`;
}
