import { BotError } from "#core/errors.ts";
import { DeliveryError, type PlatformHandlers } from "#core/ports.ts";
import type { Roster } from "#core/roster/roster.ts";
import type { Reader } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
import { advanceTo, type Driven, type MovableClock } from "#core/virtual-time.ts";
import { People } from "./people.ts";
import type { PlacedStep, Scenario, StepOf } from "./scenario.ts";
import type { VirtualPlatform } from "./virtual-platform.ts";

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
  /** Opens the bot, and opens it again on the same database after an outage, with other packs if they are named. */
  open: (
    onError: (error: unknown, doing: string) => void,
    rules: readonly string[] | undefined,
  ) => Promise<SimulatedBot>;
}

/** Plays the steps of a scenario through the bot on a virtual clock. */
export class Play {
  /** Failures of the program itself, with what it was doing. */
  readonly failures: { error: unknown; doing: string }[] = [];
  readonly #parts: PlayParts;
  readonly #opened: SimulatedBot[] = [];
  /** When the bot comes back, while it is down. */
  #downUntil: Instant | undefined;
  /** Packs by which the bot was started last, when a step named them. */
  #rules: readonly string[] | undefined;

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
    }, this.#rules);
    this.#opened.push(bot);
  }

  /** @throws BotError bad-input for a step that cannot be done, naming it */
  async run(): Promise<void> {
    const { scenario, platform, clock } = this.#parts;
    const people = new People({ platform, clock, roster: this.bot.office.roster, store: () => this.bot.store });
    await people.begin();
    await this.#startBot();
    for (const placed of scenario.steps) {
      await this.#moveTo(scenario.start + placed.step.at);
      await this.#take(placed, people);
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

  async #take({ step, place }: PlacedStep, people: People): Promise<void> {
    const { platform, clock } = this.#parts;
    switch (step.do) {
      case "say":
        return people.say(step, place);
      case "press":
        return people.press(step, place);
      case "recall":
        return people.recall(step, place);
      case "read":
        return people.read(step);
      case "outage":
        return this.#kill(step, place);
      case "fault":
        return platform.refuse(step.status, clock.now() + step.lasts);
    }
  }

  /** The process is gone without a word: its database connection is left as it was, and its memory is not used again. */
  #kill(step: StepOf<"outage">, place: string): void {
    if (this.#downUntil !== undefined) throw new BotError("bad-input", `${place}:机器人这时还没有恢复运行`);
    this.#parts.platform.disconnect();
    this.#rules = step.rules ?? this.#rules;
    this.#downUntil = this.#parts.clock.now() + step.lasts;
  }
}
