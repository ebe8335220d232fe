import cron from "node-cron";
import { isLoggable } from "#core/errors.ts";
import { intakeScreen } from "#core/intake/intake.ts";
import type { Clock, Platform, PlatformContext } from "#core/ports.ts";
import { attachmentFiles } from "./attachment-files.ts";
import { createBot } from "./bot.ts";
import { discoverCommands, loadPlatform } from "./discover.ts";
import { lapseRoom } from "./lapse-room.ts";
import { platformRecords } from "./platform-records.ts";
import { databaseUrl, dataFolder, openLog, openStore, sqliteFile } from "./runtime.ts";
import { loadSetup } from "./setup.ts";
import { lockDatabase } from "./store/database-lock.ts";
import { startWeb } from "./web/server.ts";

export interface StartOptions {
  config?: string | undefined;
  database?: string | undefined;
  platform?: string | undefined;
  port?: number | undefined;
}

export interface Running {
  url: string;
  /** The platforms that run, in the order in which a person is looked for, with what they say of themselves. */
  platforms: readonly { name: string; status: string | undefined }[];
  stop(): Promise<void>;
}

const systemClock: Clock = { now: () => Date.now() };

/** Starts the bot and everything it serves. @throws BotError with what to do when anything is not as it should be */
export async function start(options: StartOptions): Promise<Running> {
  const closers: Closer[] = [];
  try {
    return await startUp(options, closers);
  } catch (error) {
    // What runs already would keep the process alive, and look like a bot.
    await closeAll(closers, () => {});
    throw error;
  }
}

/** Ends one part; the last one that was started ends first. */
type Closer = () => void | Promise<void>;

/** One part that does not end keeps no other from ending. */
async function closeAll(closers: readonly Closer[], onError: (error: unknown, doing: string) => void): Promise<void> {
  for (const close of closers.toReversed())
    try {
      await close();
    } catch (error) {
      onError(error, "stop");
    }
}

async function startUp(options: StartOptions, closers: Closer[]): Promise<Running> {
  const setup = loadSetup(options.config ?? (process.env["HUIYING_CONFIG"] || undefined), { usedPacksOnly: true });
  const folder = dataFolder();
  const log = openLog(folder);
  const onError = (error: unknown, doing: string): void =>
    log.error({ doing, name: error instanceof Error ? error.name : "error", stack: stackOf(error) });
  const registry = await discoverCommands();
  const url = databaseUrl(options.database);
  closers.push(lockDatabase(sqliteFile(url)));
  const store = await openStore(url);
  closers.push(() => store.close());
  const names = localLast(options.platform?.split(",").map((s) => s.trim()) ?? Object.keys(setup.platforms));
  const files = setup.config.params.keepAttachments ? attachmentFiles(folder) : undefined;
  const context = (name: string): PlatformContext => ({
    roster: setup.roster,
    clock: systemClock,
    folder,
    env: process.env,
    options: setup.platforms[name],
    token: setup.web.token,
    screen: intakeScreen(setup.roster),
    keepsFiles: files !== undefined,
    report: onError,
    sentCard: (messageId) => store.sentCard(messageId),
    ...platformRecords(store, name),
  });
  const platforms: Platform[] = [];
  for (const name of names) platforms.push(await (await loadPlatform(name)).create(context(name)));
  const bot = await createBot({ setup, store, clock: systemClock, platforms, registry, files, onError });
  closers.push(() => bot.engine.stop());
  const lapse = setup.timeLapse && names.includes("local") ? lapseRoom({ setup, registry, onError }) : undefined;
  if (lapse) closers.push(() => lapse.stop());
  const statuses = () => platforms.map((p) => ({ name: p.name, status: p.status?.() }));
  let beat = systemClock.now();
  const web = await startWeb({
    host: setup.web.host,
    port: options.port ?? setup.web.port,
    ...(setup.web.token ? { token: setup.web.token } : {}),
    // `/` leads to the first one: the chat in the browser, if it is there.
    mounts: [...platforms.toReversed().map((p) => p.web), lapse?.web],
    health: () => ({
      ok: systemClock.now() - beat < 30_000,
      lastTick: new Date(beat).toISOString(),
      platforms: statuses(),
    }),
  });
  closers.push(() => web.close());
  for (const platform of platforms) {
    closers.push(() => platform.stop());
    await platform.start(bot.handlers);
  }
  await bot.engine.look();
  // node-cron only wakes the engine; what is due lives in the database.
  const ticker = cron.schedule(
    "* * * * * *",
    async () => {
      await bot.engine.look();
      beat = systemClock.now();
    },
    {
      noOverlap: true,
      // It warns of each second that a busy machine missed; what is due is looked up, so that nothing is missed.
      logger: { info() {}, warn() {}, debug() {}, error: (message, error) => onError(error ?? message, "ticker") },
    },
  );
  closers.push(() => ticker.stop());
  log.info({ doing: "started", platforms: names });
  return {
    url: web.url,
    platforms: statuses(),
    async stop() {
      await closeAll(closers, onError);
      log.info({ doing: "stopped" });
    },
  };
}

/** A message goes to the first platform that reaches its address; the browser, which reaches everybody, is the last resort. */
const localLast = (names: readonly string[]): string[] => [
  ...names.filter((name) => name !== "local"),
  ...names.filter((name) => name === "local"),
];

/** Where it happened; the message of an unexpected error could hold text of a person and is left out. */
function stackOf(error: unknown): string | undefined {
  if (isLoggable(error)) return error.message;
  if (!(error instanceof Error)) return undefined;
  return error.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8)
    .join("\n");
}
