import type { Platform } from "#core/ports.ts";
import type { Store } from "#core/store.ts";
import type { MovableClock } from "#core/virtual-time.ts";
import { type Bot, createBot } from "./bot.ts";
import { discoverCommands } from "./discover.ts";
import { openStore } from "./runtime.ts";
import { loadSetup, type SetupOverrides } from "./setup.ts";

/** A bot on a clock that somebody moves, for simulations and measurements: the real router, engine and store. */
export interface OpenBot extends Bot {
  store: Store;
  close(): Promise<void>;
}

export interface OpenBotParts extends SetupOverrides {
  config?: string | undefined;
  platform: Platform;
  clock: MovableClock;
  databaseUrl: string;
  onError: (error: unknown, doing: string) => void;
}

export async function openBot(parts: OpenBotParts): Promise<OpenBot> {
  const setup = loadSetup(parts.config, parts);
  const store = await openStore(parts.databaseUrl);
  const bot = await createBot({
    setup,
    store,
    clock: parts.clock,
    platforms: [parts.platform],
    registry: await discoverCommands(),
    onError: parts.onError,
  });
  return { ...bot, store, close: () => store.close() };
}
