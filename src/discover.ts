import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BotError } from "#core/errors.ts";
import type { PlatformSpec } from "#core/ports.ts";
import { type Registry, registryOf } from "./chat/registry.ts";

const FILE = /^([a-z][a-z-]*)\.ts$/;

/** Loads every file of commands/. @throws BotError bad-command-file when any of them is not a command */
export async function discoverCommands(
  folder = fileURLToPath(new URL("../commands/", import.meta.url)),
): Promise<Registry> {
  const modules = new Map<string, unknown>();
  for (const file of readdirSync(folder).sort()) {
    const name = FILE.exec(file)?.[1];
    if (!name)
      throw new BotError("bad-command-file", `commands/${file} 的文件名应为小写英文和连字符,如 report-up.ts。`);
    const module = (await import(new URL(file, `file://${folder}/`).href)) as { default?: unknown };
    modules.set(name, module.default);
  }
  return registryOf(modules);
}

/** Names of the platforms there are. */
export function platformNames(): string[] {
  return readdirSync(new URL("./platforms/", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Loads one platform, and only that: the SDKs of others stay out of the process. @throws BotError bad-config */
export async function loadPlatform(name: string): Promise<PlatformSpec> {
  const names = platformNames();
  if (!names.includes(name)) throw new BotError("bad-config", `没有“${name}”这个平台,可用:${names.join("、")}。`);
  const module = (await import(`./platforms/${name}/index.ts`)) as { default?: PlatformSpec };
  const spec = module.default;
  if (!spec || spec.name !== name || typeof spec.create !== "function")
    throw new BotError(
      "bad-config",
      `src/platforms/${name}/index.ts 应默认导出 definePlatform({ name: "${name}", create })。`,
    );
  return spec;
}
