import { setTimeout as wait } from "node:timers/promises";
import type { Card } from "#core/message/card.ts";
import type { ChatRef, Clock, PlatformHandlers, PressEvent, Toast } from "#core/ports.ts";
import { MINUTE } from "#core/time.ts";
import { renderCard } from "../card/card.ts";
import { renderForm } from "../card/form.ts";
import { formButton, type Pressed, readPress } from "../card/press.ts";
import { isMentionRefused } from "../errors.ts";

/** Forms that were opened and are remembered. */
const REMEMBERED = 1000;

export interface PressParts {
  handlers: Pick<PlatformHandlers, "onEvent" | "denies">;
  clock: Clock;
  nameOf: (openId: string) => string | undefined;
  openIdOf: (name: string) => string | undefined;
  /** The card that a message of the bot shows by now. */
  sentCard: (messageId: string) => Promise<Card | undefined>;
  /** Sends a card privately; the same uuid is sent once. */
  sendForm: (openId: string, card: object, uuid: string) => Promise<void>;
  /** Tells somebody privately what came too late for the answer. */
  tell: (openId: string, text: string, uuid: string) => Promise<void>;
  report: (error: unknown, doing: string) => void;
  /** Milliseconds for which the platform's answer may wait. */
  patience?: number;
}

/** A press, as far as it is known at once. */
interface Press {
  id: string;
  openId: string;
}

/** Who pressed, where. */
export interface Presser extends Press {
  at: number;
  from: string;
  known: boolean;
  chat: ChatRef;
  messageId: string;
}

/** What Feishu shows to the one who pressed, and in place of the pressed card. */
export interface PressAnswer {
  toast?: { type: "success" | "warning" | "info"; content: string };
  card?: { type: "raw"; data: object };
}

/** The platform gives up after three seconds. */
const PATIENCE = 2_500;
const UNKNOWN = "您还没有绑定，请管理员发 /舆情 绑定 您的姓名 @您。";
/** Who presses again within this time, not sure whether it worked, means the same press. */
const SAME_PRESS = 10 * MINUTE;

/** Presses on buttons and forms of the bot's cards. Never rejects: whoever presses is always told something. */
export class Presses {
  readonly #parts: PressParts;
  /** Forms that were opened in place: whoever opens one again probably saw nothing. */
  readonly #opened = new Set<string>();
  readonly #recent = new Map<string, { at: number; told: Promise<Toast | undefined> }>();

  constructor(parts: PressParts) {
    this.#parts = parts;
  }

  /** @param presser who it is, which may take a while; undefined for somebody whom nobody knows */
  async answer(press: Press, presser: Promise<Presser | undefined>, data: unknown): Promise<PressAnswer> {
    const pressed = readPress(data, this.#parts.nameOf);
    const act = async (): Promise<PressAnswer> => {
      const who = await presser;
      if (!who) return warned(UNKNOWN);
      return pressed ? this.#do(pressed, who) : warned("这个按钮已失效，请发 /舆情 帮助 查看能办的事。");
    };
    const work = act().catch((error: unknown) => {
      this.#parts.report(error, `press ${press.id}`);
      return warned("暂时没有办成，请稍后再按一次。");
    });
    const inTime = new AbortController();
    const answer = await Promise.race([
      work,
      wait(this.#parts.patience ?? PATIENCE, undefined, { signal: inTime.signal }).catch(() => undefined),
    ]);
    inTime.abort();
    if (answer) return answer;
    void work.then((late) => this.#tellLater(press, late));
    // A form or a page can take the card's place only now, and no edit brings it.
    if (pressed?.kind !== "run") return warned("没有及时打开，请再按一次。");
    return { toast: { type: "info", content: "正在办理，稍候更新。" } };
  }

  #do(pressed: Pressed, presser: Presser): Promise<PressAnswer> {
    switch (pressed.kind) {
      case "run":
        return this.#run(pressed, presser);
      case "open":
        return this.#open(pressed, presser);
      case "page":
        return this.#show(presser.messageId, pressed.page);
      case "back":
        return this.#back(pressed.origin, presser);
    }
  }

  async #run({ action, values, origin }: Extract<Pressed, { kind: "run" }>, presser: Presser): Promise<PressAnswer> {
    const { openId: _, ...who } = presser;
    const toast = await this.#once({ type: "press", ...who, action, values });
    const type = toast?.tone === "warning" ? "warning" : "success";
    const shown =
      toast?.card ?? (origin !== undefined && type === "success" ? await this.#behind(origin, presser) : undefined);
    return {
      ...(toast ? { toast: { type, content: toast.text } } : {}),
      ...(shown ? { card: this.#raw(shown) } : {}),
    };
  }

  /** A press on a card of a case that is repeated, by a double tap or in doubt, has one effect and one answer. */
  #once(event: PressEvent): Promise<Toast | undefined> {
    const { clock, handlers } = this.#parts;
    if (event.values["版本"] === undefined) return handlers.onEvent(event);
    const now = clock.now();
    for (const [key, { at }] of this.#recent) if (now - at > SAME_PRESS) this.#recent.delete(key);
    const { from, messageId, action, values } = event;
    const key = JSON.stringify([
      from,
      messageId,
      action,
      Object.entries(values).toSorted(([a], [b]) => a.localeCompare(b)),
    ]);
    const before = this.#recent.get(key);
    if (before) return before.told;
    const told = handlers.onEvent(event);
    this.#recent.set(key, { at: now, told });
    const forget = (): void => void this.#recent.delete(key);
    // What was refused may be allowed a moment later.
    void told.then((toast) => (toast?.tone === "warning" ? forget() : undefined), forget);
    return told;
  }

  /** A form in a group would be everybody's form: there it goes privately to the one who pressed. */
  async #open(pressed: Extract<Pressed, { kind: "open" }>, presser: Presser): Promise<PressAnswer> {
    const { clock, handlers, sentCard, openIdOf, sendForm } = this.#parts;
    const { messageId, openId, id } = presser;
    const card = await sentCard(messageId);
    const button = card && formButton(card, pressed);
    if (!card || !button?.form) {
      const refreshed = card ? { card: this.#raw(card) } : {};
      return { ...warned("这张卡片已更新，请看最新的卡片再办理。"), ...refreshed };
    }
    const { openId: _, ...who } = presser;
    const refused = await handlers.denies({ type: "press", ...who, action: pressed.action, values: pressed.values });
    if (refused) return warned(refused.text);
    const context = { now: clock.now(), origin: messageId };
    const whole = { ...button, form: button.form };
    // One account that Feishu does not know, and it refuses the whole form: then people are chosen by name.
    const form = renderForm(whole, card, { ...context, openIdOf });
    const plainForm = renderForm(whole, card, context);
    if (presser.chat.kind === "private") {
      const key = JSON.stringify([openId, messageId, pressed.label]);
      const isAgain = this.#opened.delete(key);
      if (this.#opened.size >= REMEMBERED) this.#opened.clear();
      if (!isAgain) this.#opened.add(key);
      return { card: { type: "raw", data: isAgain ? plainForm : form } };
    }
    const uuid = `form-${id}`.slice(0, 50);
    await sendForm(openId, form, uuid).catch((error: unknown) => {
      if (!isMentionRefused(error)) throw error;
      return sendForm(openId, plainForm, uuid);
    });
    return { toast: { type: "info", content: "表单已私发给您，请在与机器人的私聊中填写。" } };
  }

  async #show(messageId: string, page: number): Promise<PressAnswer> {
    const card = await this.#parts.sentCard(messageId);
    return card ? { card: this.#raw(card, page) } : warned("这张卡片太旧，翻不了页，请重新查询。");
  }

  async #back(origin: string, presser: Presser): Promise<PressAnswer> {
    const card = await this.#behind(origin, presser);
    return card ? { card: this.#raw(card) } : warned("返回不了，请重新查询这件。");
  }

  /** What stands behind a form: the card on which it was opened, or, sent over from a group, nothing. */
  async #behind(origin: string, { messageId }: Presser): Promise<Card | undefined> {
    if (origin === messageId) return this.#parts.sentCard(messageId);
    return {
      title: "表单已关闭",
      tone: "grey",
      lines: [{ kind: "text", text: "要再填，请按群里卡片上的按钮。" }],
      buttons: [],
    };
  }

  #raw(card: Card, page = 1): { type: "raw"; data: object } {
    return { type: "raw", data: renderCard(card, { now: this.#parts.clock.now(), page }) };
  }

  /** The card itself follows by an edit; what would only have been a toast is said. */
  async #tellLater({ openId, id }: Press, { toast }: PressAnswer): Promise<void> {
    if (toast?.type !== "warning") return;
    await this.#parts
      .tell(openId, toast.content, `late-${id}`.slice(0, 50))
      .catch((error: unknown) => this.#parts.report(error, `press ${id}`));
  }
}

export const warned = (content: string): PressAnswer => ({ toast: { type: "warning", content } });
