import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { intakeScreen } from "#core/intake/intake.ts";
import { type Clock, DeliveryError, type PlatformContext } from "#core/ports.ts";
import { type Instant, SECOND } from "#core/time.ts";
import { startService } from "./bench-feishu-service.ts";
import { createBot } from "./bot.ts";
import { feishuPlace } from "./cli/bench/feishu-place.ts";
import type { BenchFeishu } from "./cli/bench/parts.ts";
import { discoverCommands } from "./discover.ts";
import { platformRecords } from "./platform-records.ts";
import { LongConnection } from "./platforms/feishu/connection.ts";
import { EVENT_TYPES } from "./platforms/feishu/inbound/events.ts";
import feishu from "./platforms/feishu/index.ts";
import { readOptions } from "./platforms/feishu/options.ts";
import { openStore } from "./runtime.ts";
import { loadSetup } from "./setup.ts";

type Env = Record<string, string>;
type Report = (error: unknown, doing: string) => void;

/**
 * Opens a loopback Feishu and the bot in it.
 * @param more people who are only written to, and as many groups
 * @param at when it begins by the bot's clock, so that nothing depends on the time of day
 * @throws BotError platform when the loopback service is not installed
 */
export async function openFeishu(folder: string, more: number, at: Instant): Promise<BenchFeishu> {
  const clockAhead = at - Date.now();
  const clock = { now: () => Date.now() + clockAhead };
  const { roster, people, groups, addresses } = feishuPlace(loadSetup().roster.file, more);
  const rosterFile = join(folder, "roster.json");
  writeFileSync(rosterFile, JSON.stringify(roster));
  const failures: Error[] = [];
  // What Feishu refuses is measured; anything else is a fault.
  const report: Report = (error, doing) => {
    if (!(error instanceof DeliveryError)) failures.push(new Error(`${doing}: ${String(error)}`, { cause: error }));
  };
  const service = startService();
  // Whatever fails, the service does not stay behind.
  await using opened = new AsyncDisposableStack();
  opened.defer(() => service.close());
  const env = await service.open({ people, groups, clockAhead });
  const bot = await startBot({ folder, rosterFile, env, clock, report });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= bot.stop());
  opened.defer(() => bot.store.close());
  opened.defer(stop);
  const all = opened.move();
  return {
    bot,
    now: clock.now,
    service,
    addresses,
    async answerAtOnce() {
      await stop();
      const connection = bareConnection(env, report);
      all.defer(() => connection.stop());
      await connection.start();
    },
    async close() {
      await all.disposeAsync();
      const [first] = failures;
      if (first) throw new Error(`the bot failed while it was measured: ${first.message}`, { cause: first });
    },
  };
}

/** As the program starts it, ticking every second. */
async function startBot(parts: { folder: string; rosterFile: string; env: Env; clock: Clock; report: Report }) {
  const { folder, rosterFile, env, clock, report } = parts;
  const setup = loadSetup(undefined, { roster: rosterFile, usedPacksOnly: true });
  const store = await openStore(`sqlite:${join(folder, "feishu.db")}`);
  const context: PlatformContext = {
    roster: setup.roster,
    clock,
    folder,
    env,
    options: undefined,
    token: undefined,
    screen: intakeScreen(setup.roster),
    keepsFiles: false,
    report,
    sentCard: (messageId) => store.sentCard(messageId),
    ...platformRecords(store, "feishu"),
  };
  const platform = await feishu.create(context);
  const registry = await discoverCommands();
  const bot = await createBot({ setup, store, clock, platforms: [platform], registry, onError: report });
  await platform.start(bot.handlers);
  await bot.engine.tick();
  let looking = Promise.resolve();
  const ticker = setInterval(() => {
    looking = bot.engine.look();
  }, SECOND);
  return {
    ...bot,
    store,
    async stop() {
      clearInterval(ticker);
      // A look that is under way still needs the database.
      await looking;
      await platform.stop();
      await bot.engine.stop();
    },
  };
}

/** The SDK's connection, with a handler that answers at once. */
function bareConnection(env: Env, report: Report): LongConnection {
  const atOnce = async (): Promise<object> => ({});
  return new LongConnection({
    options: readOptions(env, undefined),
    dispatcherHandlers: Object.fromEntries(EVENT_TYPES.map((type) => [type, atOnce])),
    report,
    onState: () => {},
  });
}
