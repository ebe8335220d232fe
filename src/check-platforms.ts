import { existsSync } from "node:fs";
import { type Check, wrong } from "#core/check.ts";
import { BotError } from "#core/errors.ts";
import type { Account, PlatformSpec } from "#core/ports.ts";
import { checkPlatform } from "./cli/checkup.ts";
import { loadPlatform, platformNames } from "./discover.ts";
import { sqliteFile } from "./runtime.ts";
import type { Setup } from "./setup.ts";
import { readFile } from "./store/inspect.ts";

/** A platform bounds each of its own questions; this only keeps doctor from hanging on one that does not. */
const AT_MOST_MS = 60_000;

export interface CheckPlatformsOptions {
  env: NodeJS.ProcessEnv;
  databaseUrl: string;
  /** Default: those that are configured. */
  names?: readonly string[];
}

/** What the configured platforms say of themselves, each looked at on its own. */
export async function checkPlatforms(
  setup: Pick<Setup, "platforms" | "roster">,
  { env, databaseUrl, names = Object.keys(setup.platforms) }: CheckPlatformsOptions,
): Promise<Check[]> {
  const known = platformNames();
  const checked = names.map(async (name) => {
    const spec = known.includes(name) ? await loaded(name) : undefined;
    if (spec === "broken")
      return [wrong("平台", `${name}：程序加载不了`, "请在项目目录执行 npm ci，再运行一次 doctor。")];
    if (!spec?.check) return [checkPlatform(name, known)];
    const context = {
      roster: setup.roster,
      clock: { now: () => Date.now() },
      env,
      options: setup.platforms[name],
      bound: await boundAccounts(name, databaseUrl),
    };
    return Promise.race([spec.check(context), tooLong(name)]);
  });
  return (await Promise.all(checked)).flat();
}

const loaded = (name: string): Promise<PlatformSpec | "broken"> => loadPlatform(name).catch(() => "broken");

/** The accounts in the database; none when there is no database that can be read: doctor tells that elsewhere. */
async function boundAccounts(platform: string, url: string): Promise<Account[]> {
  const file = sqliteFile(url);
  if (!existsSync(file)) return [];
  try {
    return await readFile(file, (reader) => reader.accounts(platform));
  } catch (error) {
    if (error instanceof BotError) return [];
    throw error;
  }
}

function tooLong(name: string): Promise<Check[]> {
  const check = wrong("平台", `${name}：检查超过 ${AT_MOST_MS / 1000} 秒没有结果`, "请检查网络，再运行一次 doctor。");
  return new Promise((resolve) => {
    setTimeout(() => resolve([check]), AT_MOST_MS).unref();
  });
}
