import type { Toast } from "#core/ports.ts";
import type { ChatId, MessageView, PageView, StateView } from "../views.ts";
import { ApiError, get, newKey, post } from "./api.ts";
import {
  type Chat,
  type ChatState,
  fromSnapshot,
  type Outgoing,
  withMessage,
  withOutgoing,
  withoutOutgoing,
  withPage,
  withRead,
} from "./chat-state.ts";
import { setClock } from "./clock.ts";
import { followLive } from "./live.ts";
import type { PickedFile } from "./picked-files.ts";
import { showToast } from "./toast.ts";

export interface SessionView {
  state: ChatState | undefined;
  online: boolean;
  /** Why nothing can be shown. */
  problem?: string;
}

/** One person in one window: what the window knows, and everything it can do. */
export class Session {
  readonly me: string;
  readonly #changed: (view: SessionView) => void;
  #view: SessionView = { state: undefined, online: true };
  #unfollow: (() => void) | undefined;
  #ended = false;
  /** Counts the starts; only the latest may take effect. */
  #starts = 0;
  readonly #reading = new Set<ChatId>();
  /** What this window has sent, by the key of the message: pictures are shown from memory. */
  readonly #sent = new Map<string, readonly PickedFile[]>();
  readonly #keepsFiles: boolean;

  /** @param keepsFiles the office keeps contents: they are sent along */
  constructor(me: string, changed: (view: SessionView) => void, keepsFiles: boolean) {
    this.me = me;
    this.#keepsFiles = keepsFiles;
    this.#changed = changed;
  }

  /** Loads what the person sees and follows the changes. Also starts over. */
  async start(): Promise<void> {
    this.#unfollow?.();
    this.#starts += 1;
    const turn = this.#starts;
    try {
      const view = await get<StateView>("state", { as: this.me });
      if (this.#ended || turn !== this.#starts) return;
      setClock(view.clock);
      this.#set({ state: fromSnapshot(view, this.#view.state?.outgoing), online: true });
      this.#unfollow = followLive(this.me, view.cursor, {
        event: (name, data) => {
          if (name === "clock") setClock(data as StateView["clock"]);
          else if (name === "message") this.#update((s) => withMessage(s, data as MessageView));
          else if (name === "read") this.#update((s) => withRead(s, data as Parameters<typeof withRead>[1]));
          else void this.start();
        },
        online: (online) => {
          if (online !== this.#view.online) this.#set({ ...this.#view, online });
        },
      });
    } catch (error) {
      if (turn === this.#starts) this.#set({ state: undefined, online: false, problem: sentence(error) });
    }
  }

  end(): void {
    this.#ended = true;
    for (const { preview } of [...this.#sent.values()].flat()) if (preview) URL.revokeObjectURL(preview);
    this.#unfollow?.();
  }

  /** Loads the newest messages of a chat, or those before a seq. */
  async load(chat: ChatId, before?: number): Promise<void> {
    await this.#try(async () => {
      const page = await get<PageView>(`chats/${encodeURIComponent(chat)}/messages`, {
        as: this.me,
        ...(before === undefined ? {} : { before }),
      });
      this.#update((s) => withPage(s, chat, page));
    });
  }

  async send(chat: ChatId, text: string, files: readonly PickedFile[], replyTo?: string): Promise<void> {
    await this.resend({ clientKey: newKey(), chat, text, files, failed: false, ...(replyTo ? { replyTo } : {}) });
  }

  /** Address of a picture that this window itself has sent. */
  preview(message: MessageView, index: number): string | undefined {
    return this.#sent.get(message.clientKey ?? "")?.[index]?.preview;
  }

  /** Sends a message that is shown as under way; the same key is taken in once, however often it is sent. */
  async resend(message: Outgoing): Promise<void> {
    const { chat, clientKey, text, files, replyTo } = message;
    this.#sent.set(`${this.me} ${clientKey}`, files);
    this.#update((s) => withOutgoing(s, { ...message, failed: false }));
    try {
      const answer = await post<{ message: MessageView; toast?: Toast }>(
        `chats/${encodeURIComponent(chat)}/messages`,
        { as: this.me },
        bodyOf({ text, clientKey, replyTo }, files, this.#keepsFiles),
      );
      this.#update((s) => withMessage(s, answer.message));
      if (answer.toast) showToast(answer.toast);
    } catch (error) {
      this.#update((s) => withOutgoing(s, { ...message, failed: true }));
      showToast({ text: sentence(error), tone: "warning" });
    }
  }

  discard(message: Outgoing): void {
    this.#update((s) => withoutOutgoing(s, message.clientKey));
  }

  /** Presses a button; the answer is a sentence for this person only. */
  async press(messageId: string, action: string, values: Record<string, string>): Promise<Toast | undefined> {
    try {
      const path = `messages/${encodeURIComponent(messageId)}/press`;
      return (await post<{ toast?: Toast }>(path, { as: this.me }, { pressKey: newKey(), action, values })).toast;
    } catch (error) {
      return { text: sentence(error), tone: "warning" };
    }
  }

  async recall(messageId: string): Promise<void> {
    await this.#try(async () => {
      const path = `messages/${encodeURIComponent(messageId)}/recall`;
      const { toast } = await post<{ toast?: Toast }>(path, { as: this.me }, {});
      if (toast) showToast(toast);
    });
  }

  /** The person sees this chat up to its last message. */
  async read(chat: Chat): Promise<void> {
    const upTo = chat.last?.seq ?? 0;
    if (upTo <= (chat.marks[this.me] ?? 0) || this.#reading.has(chat.id)) return;
    this.#reading.add(chat.id);
    try {
      await post(`chats/${encodeURIComponent(chat.id)}/read`, { as: this.me }, { upTo });
      this.#update((s) => withRead(s, { chat: chat.id, person: this.me, seq: upTo }));
    } catch {
      // A read mark is not worth a complaint: the next message brings the next try.
    } finally {
      this.#reading.delete(chat.id);
    }
  }

  /** @param wish speed of the virtual clock, the next reminder, or everything from the start */
  async lapse(wish: { do: "speed"; speed: number } | { do: "jump" } | { do: "reset" }): Promise<void> {
    await this.#try(() => post("lapse", { as: this.me }, wish));
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      showToast({ text: sentence(error), tone: "warning" });
    }
  }

  #update(change: (state: ChatState) => ChatState): void {
    if (this.#view.state) this.#set({ ...this.#view, state: change(this.#view.state) });
  }

  #set(view: SessionView): void {
    if (this.#ended) return;
    this.#view = view;
    this.#changed(view);
  }
}

/** A message as it goes out: as JSON, or with the contents of its files where they are kept. */
function bodyOf(message: object, files: readonly PickedFile[], withContents: boolean): object {
  const attachments = files.map(({ kind, name, size, sha256 }) => ({ kind, name, size, sha256 }));
  const body = { ...message, attachments };
  if (!withContents || files.length === 0) return body;
  const form = new FormData();
  form.append("message", JSON.stringify(body));
  for (const { content } of files) form.append("file", content);
  return form;
}

function sentence(error: unknown): string {
  return error instanceof ApiError ? error.message : "页面出错了，请刷新后再试。";
}
