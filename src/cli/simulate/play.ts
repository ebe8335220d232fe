import { BotError } from "#core/errors.ts";
import type { ChatRef, PlatformHandlers } from "#core/ports.ts";
import { DeliveryError } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Reader } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { advanceTo, type Driven, type MovableClock } from "#core/virtual-time.ts";
import { PRIVATE } from "./check-names.ts";
import { findButton, pressValues } from "./find-button.ts";
import type { PlacedStep, Scenario, StepOf } from "./scenario.ts";
import { chatOf, type VirtualPlatform } from "./virtual-platform.ts";

/** A bot as far as a simulation drives it. */
export interface SimulatedBot {
  engine: Driven;
  handlers: PlatformHandlers;
  office: { roster: Roster };
  store: Pick<Reader, "cases" | "deliveries">;
  close(): Promise<void>;
}

export interface PlayParts {
  scenario: Scenario;
  platform: VirtualPlatform;
  clock: MovableClock;
  /** Opens the bot, and opens it again on the same database after an outage. */
  open: (onError: (error: unknown, doing: string) => void) => Promise<SimulatedBot>;
}

/** More cases than any scenario opens. */
const ALL_CASES = 10_000;

/** Plays the steps of a scenario through the bot on a virtual clock. */
export class Play {
  /** Failures of the program itself, with what it was doing. */
  readonly failures: { error: unknown; doing: string }[] = [];
  readonly #parts: PlayParts;
  readonly #opened: SimulatedBot[] = [];
  /** When the bot comes back, while it is down. */
  #downUntil: Instant | undefined;
  #known = new Set<string>();
  readonly #said: { by: string; chat: ChatRef; messageId: string }[] = [];

  constructor(parts: PlayParts) {
    this.#parts = parts;
  }

  /** The bot that runs, or that ran until the outage. */
  get bot(): SimulatedBot {
    const bot = this.#opened.at(-1);
    if (!bot) throw new Error("the bot is not open");
    return bot;
  }

  async open(): Promise<void> {
    const bot = await this.#parts.open((error, doing) => {
      // A delivery that the platform refuses is part of the play.
      if (!(error instanceof DeliveryError)) this.failures.push({ error, doing });
    });
    this.#opened.push(bot);
  }

  /** @throws BotError bad-input for a step that cannot be done, naming it */
  async run(): Promise<void> {
    const { scenario, platform } = this.#parts;
    this.#known = new Set((await this.#allCases()).map((c) => c.id));
    await this.#startBot();
    for (const placed of scenario.steps) {
      await this.#moveTo(scenario.start + placed.step.at);
      await this.#take(placed);
      if (this.#downUntil === undefined) await this.#tick();
    }
    await this.#moveTo(scenario.start + scenario.until);
    platform.disconnect();
  }

  /** Closes every bot, those that were killed too. */
  async close(): Promise<void> {
    for (const bot of this.#opened) await bot.close();
  }

  /** Events that waited come first, as a chat service redelivers at once; then what runs by itself. */
  async #startBot(): Promise<void> {
    await this.#parts.platform.start(this.bot.handlers);
    await this.#tick();
  }

  async #moveTo(target: Instant): Promise<void> {
    const { clock } = this.#parts;
    if (this.#downUntil !== undefined) {
      if (target < this.#downUntil) return clock.set(target);
      clock.set(this.#downUntil);
      this.#downUntil = undefined;
      await this.open();
      await this.#startBot();
    }
    await advanceTo({ tick: () => this.#tick(), nextDue: () => this.bot.engine.nextDue() }, clock, target);
  }

  async #tick(): Promise<void> {
    await this.bot.engine.tick();
    // A tick that fails would fail again at every instant: nothing that follows could be trusted.
    const broken = this.failures.find((f) => f.doing === "tick");
    if (broken) throw broken.error;
  }

  async #take({ step, place }: PlacedStep): Promise<void> {
    const { platform, clock } = this.#parts;
    switch (step.do) {
      case "say":
        return this.#say(step, place);
      case "press":
        return this.#press(step, place);
      case "recall":
        return this.#recall(step, place);
      case "read":
        for (const from of step.who) {
          const messageIds = platform.visibleTo(from).map((p) => p.id);
          if (messageIds.length > 0) await platform.hand({ type: "read", at: clock.now(), from, messageIds });
        }
        return;
      case "outage":
        return this.#kill(step, place);
      case "fault":
        return platform.refuse(step.status, clock.now() + step.lasts);
    }
  }

  async #say(step: StepOf<"say">, place: string): Promise<void> {
    const { platform, clock } = this.#parts;
    const chat = this.#chat(step.by, step.in);
    const messageId = platform.newId("m");
    const answered = step.reply === undefined ? undefined : await this.#cardOf(step.reply, chat, place);
    this.#said.push({ by: step.by, chat, messageId });
    await platform.hand({
      type: "message",
      id: messageId,
      at: clock.now(),
      chat,
      from: step.by,
      known: true,
      messageId,
      text: step.say,
      attachments: step.attach.map((name) => ({ name })),
      ...(answered === undefined ? {} : { replyTo: answered }),
      ...(chat.kind === "group" ? { mentioned: MENTIONS_BOT.test(step.say) } : {}),
    });
  }

  async #press(step: StepOf<"press">, place: string): Promise<void> {
    const { platform, clock } = this.#parts;
    const caseId = step.case === undefined ? (await this.#cases()).at(-1) : await this.#caseNo(step.case, place);
    const found = findButton(platform.visibleTo(step.by), step.press, caseId, step.case !== undefined);
    if (!found)
      throw new BotError("bad-input", `${place}:${step.by}看得到的卡片上没有、也没有过“${step.press}”这个按钮`);
    await platform.hand({
      type: "press",
      id: platform.newId("p"),
      at: clock.now(),
      chat: chatOf(found.post.to),
      from: step.by,
      known: true,
      messageId: found.post.id,
      action: found.button.action,
      values: pressValues(found.button, step.fill),
    });
  }

  async #recall(step: StepOf<"recall">, place: string): Promise<void> {
    const { platform, clock } = this.#parts;
    const chat = step.in === undefined ? undefined : this.#chat(step.by, step.in);
    const last = this.#said.findLast((m) => m.by === step.by && (!chat || m.chat.name === chat.name));
    if (!last) throw new BotError("bad-input", `${place}:${step.by}还没有发过可以撤回的消息`);
    await platform.hand({
      type: "recall",
      id: platform.newId("r"),
      at: clock.now(),
      chat: last.chat,
      from: step.by,
      known: true,
      messageId: last.messageId,
    });
  }

  /** The process is gone without a word: its database connection is left as it was, and its memory is not used again. */
  #kill(step: StepOf<"outage">, place: string): void {
    if (this.#downUntil !== undefined) throw new BotError("bad-input", `${place}:机器人这时还没有恢复运行`);
    this.#parts.platform.disconnect();
    this.#downUntil = this.#parts.clock.now() + step.lasts;
  }

  #chat(by: string, chat: string | undefined): ChatRef {
    if (chat === PRIVATE) return { kind: "private", name: by };
    const duty = this.bot.office.roster.dutyGroup()?.name;
    const name = chat ?? duty;
    return name === undefined ? { kind: "private", name: by } : { kind: "group", name };
  }

  /** Message id of the newest card of a case in a chat. */
  async #cardOf(no: number, chat: ChatRef, place: string): Promise<string> {
    const rows = await this.bot.store.deliveries(await this.#caseNo(no, place));
    const card = rows.findLast(
      (r) =>
        r.messageId !== undefined &&
        r.to.name === chat.name &&
        r.to.kind === (chat.kind === "group" ? "group" : "user"),
    );
    if (card?.messageId === undefined)
      throw new BotError("bad-input", `${place}:“${chat.name}”里没有第 ${no} 件案件的卡片可以回复`);
    return card.messageId;
  }

  async #caseNo(no: number, place: string): Promise<string> {
    const ids = await this.#cases();
    const id = ids[no - 1];
    if (id === undefined) throw new BotError("bad-input", `${place}:这时只有 ${ids.length} 件案件,没有第 ${no} 件`);
    return id;
  }

  /** Numbers of this run's cases, oldest first. */
  async #cases(): Promise<string[]> {
    const all = await this.#allCases();
    return all.filter((c) => !this.#known.has(c.id)).map((c) => c.id);
  }

  async #allCases() {
    const cases = await this.bot.store.cases({ limit: ALL_CASES });
    return cases.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  }
}

const MENTIONS_BOT = /[@＠]\s*(回应|机器人)/u;
