import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BotError } from "#core/errors.ts";
import type { Platform } from "#core/ports.ts";
import { type MovableClock, movableClock } from "#core/virtual-time.ts";
import { chatLog } from "./chat-log.ts";
import { checkNames } from "./check-names.ts";
import { Play, type SimulatedBot } from "./play.ts";
import { readScenario } from "./read-scenario.ts";
import { transcript } from "./transcript.ts";
import { VirtualPlatform } from "./virtual-platform.ts";

/** Opens the real bot on a virtual clock and platform; what the scenario leaves out is as the office configured it. */
export type OpenBot = (parts: {
  platform: Platform;
  clock: MovableClock;
  databaseUrl: string;
  onError: (error: unknown, doing: string) => void;
  roster?: string;
  office?: Record<string, unknown>;
  packs?: string[];
}) => Promise<SimulatedBot>;

export interface SimulateOptions {
  json: boolean;
  /** Default: a file that is removed afterwards. */
  database?: string | undefined;
  /** Ids or files of rule packs, in place of the scenario's and the office's. */
  rules?: string[] | undefined;
}

export interface Simulation {
  /** The transcript, JSON Lines or a chat log. */
  lines: string[];
  /** Failures of the program itself, which the transcript does not show. */
  failures: string[];
}

/**
 * `huiying simulate`: plays a scenario through the real router, engine and store, and returns what the bot said.
 * @throws BotError bad-input, naming the line, for a scenario that cannot be played
 */
export async function simulate(file: string, options: SimulateOptions, open: OpenBot): Promise<Simulation> {
  const scenario = readScenario(readText(file), file);
  const clock = movableClock(scenario.start);
  const folder = options.database === undefined ? mkdtempSync(join(tmpdir(), "huiying-simulate-")) : undefined;
  const databaseUrl = options.database ?? `sqlite:${join(folder ?? "", "huiying.db")}`;
  const { roster, config } = scenario;
  const platform = new VirtualPlatform(clock);
  const play = new Play({
    scenario,
    platform,
    clock,
    open: (onError, changed) => {
      const rules = changed ?? options.rules ?? scenario.rules;
      return open({
        platform,
        clock,
        databaseUrl,
        onError,
        office: config,
        ...(roster ? { roster } : {}),
        ...(rules ? { packs: [...rules] } : {}),
      });
    },
  });
  try {
    await play.open();
    const { office, store } = play.bot;
    checkNames(scenario.steps, office.roster, file);
    const earlier = await store.deliveries();
    platform.begin(office.roster, `s${earlier.length}-`);
    await play.run();
    const outbox = await play.bot.store.deliveries();
    const entries = transcript(platform.shown, outbox.slice(earlier.length));
    return {
      lines: options.json ? entries.map((entry) => JSON.stringify(entry)) : chatLog(entries),
      failures: play.failures.map(({ error, doing }) => `处理 ${doing} 时出错:${String(error)}`),
    };
  } finally {
    await play.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new BotError("bad-input", `读不了场景文件 ${file},请检查路径`, { cause });
  }
}
