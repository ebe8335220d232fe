import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { casesWithoutRules } from "#core/case/lost-rules.ts";
import { attention, type Check, ok, wrong } from "#core/check.ts";
import { BotError } from "#core/errors.ts";
import { resolveRules } from "#core/policy/resolve.ts";
import { dayOf, type Instant, MINUTE } from "#core/time.ts";
import type { Vitals } from "#core/vitals.ts";
import { checkPlatforms } from "./check-platforms.ts";
import {
  checkClock,
  checkEnvFile,
  checkFolder,
  checkFrozenRules,
  checkLife,
  checkNode,
  checkRoster,
  checkRules,
  checkWeb,
} from "./cli/checkup.ts";
import { gaps } from "./engine/auditor.ts";
import { envFile } from "./env-file.ts";
import { databaseUrl, dataFolder, sqliteFile } from "./runtime.ts";
import { loadSetup, type Setup } from "./setup.ts";
import { readFile, vitalsOf } from "./store/inspect.ts";

/** Looks at everything the bot needs, changing nothing. One part that is broken does not hide the others. */
export async function examine(
  options: { config?: string | undefined; database?: string | undefined },
  now: Instant,
): Promise<Check[]> {
  const setup = setupOf(options.config);
  const grace = ("config" in setup ? setup.config.params.lateAfterMinutes : 5) * MINUTE;
  const url = databaseUrl(options.database);
  const vitals = await databaseVitals(url, now - grace);
  return [
    checkNode(process.versions.node),
    ...("config" in setup
      ? [...officeChecks(setup, now), ...(await checkPlatforms(setup, { env: process.env, databaseUrl: url }))]
      : [setup]),
    ...envFileChecks(envFile()),
    ...folderChecks(new Set([dataFolder(), dirname(sqliteFile(url))])),
    ...("intact" in vitals ? [ok("数据库", url), checkClock(vitals, now), ...checkLife(vitals, now)] : [vitals]),
    ...("intact" in vitals ? checkFrozenRules(await readFile(sqliteFile(url), casesWithoutRules)) : []),
  ];
}

function setupOf(config: string | undefined): Setup | Check {
  try {
    return loadSetup(config);
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    const name = error.code === "bad-roster" ? "通讯录" : error.code === "bad-rules" ? "规则包" : "配置";
    return wrong(name, error.message, "按上面的说明改正文件,再运行一次 doctor;有误时机器人不会启动。");
  }
}

function officeChecks({ file, config, roster, packs, web }: Setup, now: Instant): Check[] {
  const rules = resolveRules(packs, { use: config.packs, jurisdiction: config.jurisdiction, on: dayOf(now) });
  const reaches = (name: string): boolean => roster.person(name) !== undefined;
  return [
    ok("配置", `${config.name}(${file})`),
    ...checkRules(rules.packs, rules.rules.length, now),
    ...checkRoster(roster, config, gaps({ roster }, reaches), now),
    checkWeb(web),
  ];
}

function folderChecks(folders: ReadonlySet<string>): Check[] {
  return [...folders].filter(existsSync).flatMap((folder) => {
    const { bavail, bsize } = statfsSync(folder);
    return checkFolder(resolve(folder), {
      writable: isWritable(folder),
      free: bavail * bsize,
      mode: process.platform === "win32" ? 0 : statSync(folder).mode & 0o777,
    });
  });
}

function envFileChecks(file: string): Check[] {
  if (!existsSync(file)) return [];
  return [checkEnvFile(file, process.platform === "win32" ? 0 : statSync(file).mode & 0o777)];
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function databaseVitals(url: string, before: Instant): Promise<Vitals | Check> {
  const file = sqliteFile(url);
  if (!existsSync(file)) return attention("数据库", `${file} 还没有建立`, "第一次启动机器人时自动建立。");
  try {
    const vitals = await vitalsOf(file, before);
    if (vitals.intact) return vitals;
    return wrong("数据库", `${file} 已损坏(快速检查未通过)`, "请停止机器人,把文件另存,再用最近的备份恢复(restore)。");
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return wrong("数据库", error.message, "改正后再运行一次 doctor。");
  }
}
