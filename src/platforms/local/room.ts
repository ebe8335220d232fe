import { BotError } from "#core/errors.ts";
import type { Attachment, Clock, PlatformEvent, PlatformHandlers, Toast } from "#core/ports.ts";
import type { ChatLog, MessageRow } from "./chat-log.ts";
import type { Directory } from "./directory.ts";
import { frame, type LiveHub } from "./live-hub.ts";
import { attachmentsOf, present } from "./present.ts";
import type { ChatId, ChatView, ClockView, MessageView, PageView, StateView } from "./views.ts";

/** Decides what of a text may be kept: nothing, or the text with citizens' data masked. */
export type Screen = (text: string, from: string) => { withheld: true } | { withheld: false; text: string };

export interface Draft {
  text: string;
  /** Chosen by the window; the same key is posted once. */
  clientKey: string;
  replyTo?: string | undefined;
  attachments: Attachment[];
}

export interface Press {
  /** Chosen by the window; the same key is one press. */
  pressKey: string;
  action: string;
  values: Record<string, string>;
}

export interface RoomParts {
  directory: Directory;
  log: ChatLog;
  hub: LiveHub;
  clock: Clock;
  clockView: () => ClockView;
  screen: Screen;
  /** Told of failures of the bot's handler, with the id of the event. */
  report: (error: unknown, doing: string) => void;
}

const PAGE = 50;
/** A window that missed more changes than this loads everything again. */
const CATCH_UP = 500;
const LATER: Toast = { text: "机器人暂时没有处理成功，恢复后会自动补处理。", tone: "warning" };
const AGAIN: Toast = { text: "机器人暂时没有处理成功，请稍后再按一次。", tone: "warning" };
const MENTIONS_BOT = /[@＠]\s*(回应|机器人)/u;

/** What people do and see in their chats. Every answer is limited to what the person may see. */
export class Room {
  readonly #parts: RoomParts;
  #handlers: PlatformHandlers | undefined;

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  /** From now on events go to these handlers; undefined: nothing is taken. */
  connect(handlers: PlatformHandlers | undefined): void {
    this.#handlers = handlers;
  }

  /** Hands out again what was stored but never handled because the process ended in between. */
  async replay(): Promise<void> {
    for (const row of this.#parts.log.pending())
      await this.#hand(row.pending === "recall" ? this.#recallEvent(row) : this.#messageEvent(row, row.text ?? ""));
  }

  state(me: string): StateView {
    const { directory, log, clockView } = this.#parts;
    return {
      me: directory.person(me) ?? { name: me, post: "" },
      chats: directory.chatsOf(me).map((id) => this.#chat(me, id)),
      clock: clockView(),
      cursor: cursorOf(log),
    };
  }

  #chat(me: string, id: ChatId): ChatView {
    const { directory, log } = this.#parts;
    const { count, mentioned } = log.unread(me, id);
    const [last] = log.page(id, Number.MAX_SAFE_INTEGER, 1);
    const { kind, name } = directory.refOf(id);
    return {
      id,
      kind,
      title: kind === "group" ? name : "回应（机器人）",
      members: directory.members(id).flatMap((n) => directory.person(n) ?? []),
      unread: count,
      mentioned,
      marks: Object.fromEntries(log.marks(id).map((m) => [m.person, m.seq])),
      ...(last ? { last: this.view(last) } : {}),
    };
  }

  page(me: string, chat: ChatId, before = Number.MAX_SAFE_INTEGER): PageView {
    this.#mustSee(me, chat);
    const rows = this.#parts.log.page(chat, before, PAGE + 1);
    return { messages: rows.slice(-PAGE).map((r) => this.view(r)), more: rows.length > PAGE };
  }

  /**
   * The event stream of a person.
   * @param after cursor of the last event the window has seen; a cursor of another log makes the window start over
   */
  stream(me: string, after: string): ReadableStream<Uint8Array> {
    const { log, hub, directory, clockView } = this.#parts;
    const [id, rev] = after.split(".");
    const chats = directory.chatsOf(me);
    const missed =
      id === log.id && /^\d+$/.test(rev ?? "") ? log.changedSince(chats, Number(rev), CATCH_UP + 1) : undefined;
    const head =
      missed && missed.length <= CATCH_UP
        ? [
            ...missed.map((r) => frame("message", this.view(r))),
            ...log.marksSince(chats, Number(rev)).map((m) => frame("read", m)),
          ].join("")
        : frame("reset", {});
    return hub.open(me, head + frame("clock", clockView(), cursorOf(log)));
  }

  /** @throws BotError refused, not-found, platform */
  async post(me: string, chat: ChatId, draft: Draft): Promise<{ message: MessageView; toast?: Toast }> {
    this.#mustSee(me, chat);
    this.#mustRun();
    if (draft.replyTo !== undefined && this.#parts.log.byId(draft.replyTo)?.chat !== chat)
      throw new BotError("not-found", "引用的消息不在这个聊天里。请取消引用后再发。");
    const { log, clock } = this.#parts;
    const kept = this.#screened(me, draft);
    const { row, fresh } = log.add({
      chat,
      at: clock.now(),
      author: me,
      // Its raw text is in memory only, so a withheld message cannot be handed out again after a crash.
      ...(kept ? { state: "shown", text: kept.text, pending: "message" } : { state: "withheld", text: null }),
      attachments: JSON.stringify(kept?.attachments ?? []),
      reply_to: draft.replyTo ?? null,
      client_key: `${me} ${draft.clientKey}`,
    });
    if (!fresh) return { message: this.view(row) };
    const message = this.announce(row);
    const toast = await this.#hand(this.#messageEvent(row, draft.text, draft.attachments));
    return { message, ...(toast ? { toast } : {}) };
  }

  #screened(me: string, draft: Draft): { text: string; attachments: Attachment[] } | undefined {
    const { screen } = this.#parts;
    const text = screen(draft.text, me);
    if (text.withheld) return undefined;
    const attachments: Attachment[] = [];
    for (const a of draft.attachments) {
      const name = screen(a.name, me);
      if (name.withheld) return undefined;
      attachments.push({ ...a, name: name.text });
    }
    return { text: text.text, attachments };
  }

  /** @throws BotError not-found, platform */
  async press(me: string, messageId: string, press: Press): Promise<Toast | undefined> {
    const row = this.#visible(me, messageId);
    if (row.card === null) throw new BotError("not-found", "这条消息没有可以按的按钮。");
    this.#mustRun();
    return this.#hand({
      type: "press",
      id: `press:${me}:${press.pressKey}`,
      ...this.#origin(me, row.chat),
      messageId,
      action: press.action,
      values: press.values,
    });
  }

  /** @throws BotError refused, not-found, platform */
  async recall(me: string, messageId: string): Promise<Toast | undefined> {
    const row = this.#visible(me, messageId);
    if (row.author !== me) throw new BotError("refused", "只能撤回自己发的消息。");
    this.#mustRun();
    const recalled = this.#parts.log.recall(messageId);
    if (!recalled) return undefined;
    this.announce(recalled);
    return this.#hand(this.#recallEvent(recalled));
  }

  /** The person has this chat before their eyes, up to a seq. @throws BotError refused */
  async read(me: string, chat: ChatId, upTo: number): Promise<void> {
    this.#mustSee(me, chat);
    const { log, hub, directory, clock } = this.#parts;
    const [newest] = log.page(chat, upTo + 1, 1);
    const moved = newest && log.mark(me, chat, newest.seq);
    if (!moved) return;
    hub.publish(directory.members(chat), frame("read", { chat, person: me, seq: newest.seq }, cursorOf(log)));
    const messageIds = log.botMessages(chat, moved.from, newest.seq);
    if (messageIds.length > 0) await this.#hand({ type: "read", at: clock.now(), from: me, messageIds });
  }

  /** Shows a new or changed message in all windows that see its chat. */
  announce(row: MessageRow): MessageView {
    const { hub, directory, log } = this.#parts;
    const view = this.view(row);
    hub.publish(directory.members(row.chat), frame("message", view, cursorOf(log)));
    return view;
  }

  view(row: MessageRow): MessageView {
    return present(row, (id) => this.#parts.log.byId(id));
  }

  /** Hands an event to the bot. Its failure never reaches the person as more than a sentence. */
  async #hand(event: PlatformEvent): Promise<Toast | undefined> {
    if (!this.#handlers) return undefined;
    try {
      const toast = await this.#handlers.onEvent(event);
      if (event.type === "message" || event.type === "recall") this.#parts.log.settle(event.messageId, event.type);
      return toast;
    } catch (error) {
      this.#parts.report(error, `${event.type} ${event.type === "read" ? event.from : event.id}`);
      return event.type === "message" || event.type === "recall" ? LATER : AGAIN;
    }
  }

  #messageEvent(row: MessageRow, text: string, attachments = attachmentsOf(row)): PlatformEvent {
    const origin = this.#origin(row.author ?? "", row.chat);
    return {
      type: "message",
      id: row.id,
      ...origin,
      at: row.at,
      messageId: row.id,
      text,
      attachments,
      ...(row.reply_to === null ? {} : { replyTo: row.reply_to }),
      ...(origin.chat.kind === "group" ? { mentioned: MENTIONS_BOT.test(text) } : {}),
    };
  }

  #recallEvent(row: MessageRow): PlatformEvent {
    return {
      type: "recall",
      id: `recall:${row.id}`,
      ...this.#origin(row.author ?? "", row.chat),
      messageId: row.id,
    };
  }

  #origin(from: string, chat: ChatId) {
    return { at: this.#parts.clock.now(), chat: this.#parts.directory.refOf(chat), from, known: true };
  }

  #visible(me: string, messageId: string): MessageRow {
    const row = this.#parts.log.byId(messageId);
    if (!row || !this.#parts.directory.sees(me, row.chat))
      throw new BotError("not-found", "没有这条消息，请刷新页面。");
    return row;
  }

  #mustSee(me: string, chat: ChatId): void {
    if (!this.#parts.directory.sees(me, chat)) throw new BotError("refused", "您不在这个聊天里。");
  }

  #mustRun(): void {
    if (!this.#handlers) throw new BotError("platform", "机器人没有在运行。请稍后再试。");
  }
}

/** Names a moment of a log: a window that has seen everything up to it resumes here. */
function cursorOf(log: ChatLog): string {
  return `${log.id}.${log.rev}`;
}
