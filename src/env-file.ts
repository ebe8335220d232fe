import { existsSync, readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { loadEnvFile } from "node:process";
import { parseEnv } from "node:util";
import { BotError } from "#core/errors.ts";
import { replaceFile } from "./replace-file.ts";

/** The file with credentials: `.env` in the folder from which the program is started. */
export const envFile = (): string => resolve(".env");

/** Takes over the values of the file, if there is one. Values of the real environment win. @throws BotError bad-config */
export function loadEnv(file = envFile()): void {
  if (!existsSync(file)) return;
  try {
    loadEnvFile(file);
  } catch (cause) {
    throw new BotError("bad-config", `读不了 ${file}，请检查它的权限：应归运行机器人的账户所有(chmod 600)。`, {
      cause,
    });
  }
}

/** The values in the file; none when there is no file. */
export const readEnv = (file: string): NodeJS.Dict<string> =>
  existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};

/**
 * Sets values in the file: other lines, comments and the order stay, a key that is new comes last. Afterwards only this account
 * can read the file; a crash leaves the old or the new one.
 * @throws BotError bad-config when the file is written in a way that this cannot change safely
 */
export function writeEnv(file: string, values: Readonly<Record<string, string>>): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  const before = existsSync(target) ? readFileSync(target, "utf8") : "";
  const text = withValues(before, values);
  const wanted = { ...parseEnv(before), ...values };
  const got = parseEnv(text);
  if (Object.keys({ ...wanted, ...got }).some((key) => wanted[key] !== got[key]))
    throw new BotError("bad-config", `${file} 里有跨行的值，不能自动改写。请把它移开，再运行一次。`);
  replaceFile(target, text);
}

/** The text of an .env file with these values. A value holds no quotes, spaces or line breaks. */
export function withValues(text: string, values: Readonly<Record<string, string>>): string {
  const left = new Map(Object.entries(values));
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  const kept = lines.flatMap((line) => {
    const key = /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1];
    if (key === undefined || values[key] === undefined) return [line];
    // The last line of a key counts in such a file, so a second one would undo the first.
    return left.delete(key) ? [`${key}=${values[key]}`] : [];
  });
  return [...kept, ...[...left].map(([key, value]) => `${key}=${value}`), ""].join("\n");
}
