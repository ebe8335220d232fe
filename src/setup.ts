import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { type OfficeConfig, OfficeConfigSchema } from "#core/config.ts";
import { BotError } from "#core/errors.ts";
import type { Pack } from "#core/policy/pack.ts";
import { rosterFrom } from "#core/roster/load.ts";
import type { Roster } from "#core/roster/roster.ts";
import { type RosterFile, RosterSchema } from "#core/roster/schema.ts";
import { choosePacks, loadPacks, packIds } from "./cli/load-rules.ts";

const HERE = fileURLToPath(new URL("..", import.meta.url));

/** The configuration on which the bot runs when none is given. */
export const EXAMPLE = join(HERE, "examples/qingyan/config.yaml");

const ConfigFile = z.strictObject({
  /** Roster file, relative to this file. */
  roster: z.string().default("roster.yaml"),
  /** Folders of the office's own rule packs, besides the program's. */
  rules: z.array(z.string()).default([]),
  /** Values in place of those in the roster's `office`. */
  office: z.record(z.string(), z.unknown()).default({}),
  /** Platforms to run with their options, by name. */
  platforms: z.record(z.string(), z.unknown()).default({ local: {} }),
  web: z
    .strictObject({
      host: z.string().default("127.0.0.1"),
      port: z.int().min(0).max(65535).default(8061),
      token: z.string().min(16, "至少 16 个字符").optional(),
    })
    .prefault({}),
  /** Offer the time-lapse room, in which reminders can be watched on a virtual clock. */
  timeLapse: z.boolean().default(false),
});

/** Everything that the files of an office say, checked. */
export interface Setup {
  file: string;
  config: OfficeConfig;
  roster: Roster;
  packs: Pack[];
  platforms: Record<string, unknown>;
  web: { host: string; port: number; token?: string | undefined };
  timeLapse: boolean;
}

export interface SetupOverrides {
  roster?: string;
  office?: Record<string, unknown>;
  /** Ids or files of rule packs, in place of the office's list. */
  packs?: string[];
  /** Read only the packs that the office works by: a start does not wait for the others. `rules check` and doctor read all. */
  usedPacksOnly?: true;
}

/**
 * Reads the configuration, the roster and the rule packs; a problem in any of them stops the start.
 * @throws BotError bad-config, bad-roster, bad-rules
 */
export function loadSetup(file = EXAMPLE, overrides: SetupOverrides = {}): Setup {
  const path = resolve(file);
  const folder = dirname(path);
  const { roster: rosterFile, rules: _, office, ...rest } = readConfig(path);
  const content = readYaml(overrides.roster ?? beside(folder, rosterFile), "通讯录") as {
    office?: Record<string, unknown>;
  } | null;
  const merged = merge(merge(content?.office ?? {}, office), overrides.office ?? {});
  const folders = ruleFolders(path);
  const chosen = overrides.packs && choosePacks(overrides.packs, loadPacks(folders));
  if (chosen) merged["packs"] = chosen.use;
  const config = officeConfig(merged);
  const roster = rosterFrom(content, config.jurisdiction);
  const packs = chosen?.packs ?? loadPacks(folders, overrides.usedPacksOnly && config.packs);
  const missing = config.packs.filter((id) => !packs.some((p) => p.id === id));
  if (missing.length > 0)
    throw new BotError(
      "bad-rules",
      `配置里的规则包 ${missing.join("、")} 没有找到,已有:${packIds(folders).join("、")}。`,
    );
  return { file: path, config, roster, packs, ...rest };
}

/** Folders with rule packs: the program's own and the office's. */
export function ruleFolders(file = EXAMPLE): string[] {
  const path = resolve(file);
  return [join(HERE, "rules"), ...readConfig(path).rules.map((r) => beside(dirname(path), r))];
}

/**
 * What an office has to begin with: its settings, and its roster if that has the right form; it may not be usable yet.
 * @throws BotError bad-config
 */
export function readOffice(file = EXAMPLE): {
  config: OfficeConfig;
  roster: { file: string; content: RosterFile | undefined; office: Record<string, unknown> | undefined };
} {
  const path = resolve(file);
  const { roster, office } = readConfig(path);
  const rosterFile = beside(dirname(path), roster);
  const content = readYaml(rosterFile, "通讯录") as { office?: Record<string, unknown> } | null;
  const config = officeConfig(merge(content?.office ?? {}, office));
  return {
    config,
    roster: { file: rosterFile, content: RosterSchema.safeParse(content).data, office: content?.office },
  };
}

function officeConfig(settings: Record<string, unknown>): OfficeConfig {
  const config = OfficeConfigSchema.safeParse(settings);
  if (!config.success) throw new BotError("bad-config", `单位配置(office)有误:\n${z.prettifyError(config.error)}`);
  return config.data;
}

function readConfig(path: string): z.infer<typeof ConfigFile> {
  const parsed = ConfigFile.safeParse(readYaml(path, "配置文件") ?? {});
  if (!parsed.success) throw new BotError("bad-config", `配置文件 ${path} 有误:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const beside = (folder: string, path: string): string => (isAbsolute(path) ? path : join(folder, path));

function readYaml(path: string, what: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (cause) {
    const reason =
      cause instanceof Error && "code" in cause && cause.code === "ENOENT"
        ? "文件不存在"
        : (cause as Error).message.split("\n")[0];
    throw new BotError("bad-config", `读不了${what} ${path}:${reason}。`, { cause });
  }
}

/** Objects are merged key by key, everything else is replaced. */
function merge(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return result;
}

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);
