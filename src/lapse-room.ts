import { intakeScreen } from "#core/intake/intake.ts";
import type { Platform } from "#core/ports.ts";
import type { Store } from "#core/store.ts";
import { type Instant, SECOND } from "#core/time.ts";
import { advanceTo, movableClock } from "#core/virtual-time.ts";
import { type Bot, createBot } from "./bot.ts";
import type { Registry } from "./chat/registry.ts";
import { LocalPlatform } from "./platforms/local/local-platform.ts";
import { openStore } from "./runtime.ts";
import type { Setup } from "./setup.ts";

export interface LapseRoomParts {
  setup: Setup;
  registry: Registry;
  onError: (error: unknown, doing: string) => void;
}

/** Pages to mount, and how to end what is behind them. */
export interface Room {
  web: NonNullable<Platform["web"]>;
  stop(): Promise<void>;
}

const PREFIX = "/lapse";

/** How often the virtual clock is moved, real milliseconds. */
const STEP = 250;

/** The time-lapse room, opened when somebody first looks at it: whoever never does pays nothing for it. */
export function lapseRoom(parts: LapseRoomParts): Room {
  let opened: Promise<Room> | undefined;
  return {
    web: {
      prefix: PREFIX,
      fetch: async (request) => {
        opened ??= openLapseRoom(parts);
        return (await opened).web.fetch(request);
      },
    },
    stop: async () => (await opened)?.stop(),
  };
}

/**
 * The time-lapse room: a second bot with a database of its own in memory and a clock that people speed up, so that a day of
 * reminders can be watched in a minute. Nothing of it touches the real cases.
 */
async function openLapseRoom({ setup, registry, onError }: LapseRoomParts): Promise<Room> {
  const clock = movableClock(Date.now());
  let speed = 0;
  let bot: Bot;
  let store: Store;
  let work: Promise<void> = Promise.resolve();
  /** One thing at a time: steps, jumps and resets never run into each other. */
  const exclusively = (job: () => Promise<void>): Promise<void> => {
    work = work.then(job).catch((error: unknown) => onError(error, "lapse"));
    return work;
  };
  const sample = (setup.platforms["local"] as { sample?: string[] } | undefined)?.sample;
  const platform = new LocalPlatform({
    roster: setup.roster,
    clock,
    file: ":memory:",
    screen: intakeScreen(setup.roster),
    prefix: PREFIX,
    homeHref: "/chat/",
    report: onError,
    ...(setup.web.token ? { token: setup.web.token } : {}),
    ...(sample ? { sample } : {}),
    lapse: {
      speed: () => speed,
      setSpeed: (n) => {
        speed = n;
      },
      now: () => clock.now(),
      jump: () =>
        exclusively(async () => {
          const next = await nextReminder(bot, store);
          if (next !== undefined) await advanceTo(bot.engine, clock, next + SECOND);
        }),
      reset: () =>
        exclusively(async () => {
          speed = 0;
          await store.close();
          clock.set(Date.now());
          platform.clear();
          await open();
        }),
    },
  });

  async function open(): Promise<void> {
    store = await openStore("sqlite::memory:");
    bot = await createBot({ setup, store, clock, platforms: [platform], registry, onError });
    await platform.start(bot.handlers);
    await bot.engine.tick();
  }

  await open();
  let last: Instant = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    const passed = now - last;
    last = now;
    if (speed > 0) void exclusively(() => advanceTo(bot.engine, clock, clock.now() + passed * speed));
  }, STEP);
  timer.unref();
  return {
    web: platform.web,
    async stop() {
      clearInterval(timer);
      await work;
      await platform.stop();
      await store.close();
    },
  };
}

/** When the next reminder fires; without an open case, when the next digest is posted. */
async function nextReminder(bot: Bot, store: Store): Promise<Instant | undefined> {
  return (await store.nextReminder()) ?? bot.engine.nextDigest();
}
