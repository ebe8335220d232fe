import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { BotError } from "#core/errors.ts";
import { checkTogether, type PackFile, problemText } from "#core/policy/check-packs.ts";
import type { Pack } from "#core/policy/pack.ts";
import { type PackProblem, parsePack } from "#core/policy/parse-pack.ts";
import { LAW } from "#core/policy/resolve.ts";

/** The pack files of several folders, by name; a folder that does not exist has none. */
export function packFiles(folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
        .map((name) => join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  });
}

/** Reads pack files, each by itself. */
export function readPacks(files: readonly string[]): { read: PackFile[]; problems: PackProblem[] } {
  const read: PackFile[] = [];
  const problems: PackProblem[] = [];
  for (const file of files) {
    const parsed = parsePack(file, readFileSync(file, "utf8"));
    if ("problems" in parsed) problems.push(...parsed.problems);
    else read.push({ file, parsed });
  }
  return { read, problems };
}

/**
 * The packs of the given folders: the shared rules and the office's own.
 * @param use ids of those that are needed, besides cn.law; without it all are read. A file bears the id of its pack.
 * @throws BotError bad-rules, listing every problem with file, line and reason: a broken pack stops the start
 */
export function loadPacks(folders: readonly string[], use?: readonly string[]): Pack[] {
  const found = packFiles(folders);
  if (found.length === 0) throw new BotError("bad-rules", `没有找到规则包:${folders.join("、")} 里没有 .yaml 文件`);
  const isNeeded = (file: string): boolean => use === undefined || [LAW, ...use].includes(idOf(file));
  const { read, problems: alone } = readPacks(found.filter(isNeeded));
  const unread = found.filter((file) => !isNeeded(file)).map(idOf);
  const problems = [...alone, ...checkTogether(read, unread)];
  if (problems.length > 0) throw badRules(problems, ",请改正后再启动");
  return read.map(({ parsed }) => parsed.pack);
}

/** Ids of all packs in the folders. */
export const packIds = (folders: readonly string[]): string[] => packFiles(folders).map(idOf);

const idOf = (file: string): string => basename(file).replace(/\.ya?ml$/, "");

/** Problems told when a start fails; `rules check` tells all. */
const TOLD = 20;

function badRules(problems: readonly PackProblem[], then: string): BotError {
  const told = problems.slice(0, TOLD).map(problemText);
  const rest =
    problems.length > TOLD ? [`…以上是前 ${TOLD} 处,其余 ${problems.length - TOLD} 处用 rules check 查看`] : [];
  return new BotError("bad-rules", `规则包有 ${problems.length} 处问题${then}:\n${[...told, ...rest].join("\n")}`);
}

/** Is this a pack file, not the id of a pack? */
export const isPackFile = (name: string): boolean => /\.ya?ml$/.test(name);

/**
 * Packs that are named for one run, by id or by file, in place of the office's list. A file stands for the installed pack of
 * the same id.
 * @throws BotError bad-input, bad-rules
 */
export function choosePacks(names: readonly string[], installed: readonly Pack[]): { use: string[]; packs: Pack[] } {
  const { read, problems: alone } = readNamed(names.filter(isPackFile));
  const given = new Map(read.map(({ parsed }) => [parsed.pack.id, parsed.pack]));
  const problems = [...alone, ...checkTogether(read).filter((p) => !p.reason.startsWith("extends "))];
  if (problems.length > 0) throw badRules(problems, "");
  return {
    use: [...names.filter((name) => !isPackFile(name)), ...given.keys()],
    packs: [...installed.filter((pack) => !given.has(pack.id)), ...given.values()],
  };
}

/** Reads pack files that somebody named. @throws BotError bad-input for a file that cannot be read */
export function readNamed(files: readonly string[]): ReturnType<typeof readPacks> {
  try {
    return readPacks(files);
  } catch (cause) {
    const path = (cause as NodeJS.ErrnoException).path;
    throw new BotError("bad-input", `读不了文件${path ? ` ${path}` : ""},请检查路径`, { cause });
  }
}
