import { readFileSync } from "node:fs";

/** Lines to standard output; nothing for none. */
export const print = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
};
/** A report, and the exit code that goes with it. */
export const report = ({ lines, status }: { lines: readonly string[]; status: 0 | 1 }): void => {
  print(lines);
  process.exitCode = status;
};
export const stdin = (): string => readFileSync(0, "utf8");
/** Configuration file of the environment; undefined: the example. */
export const config = (): string | undefined => process.env["HUIYING_CONFIG"] || undefined;
export const setupOf = async (overrides = {}) => (await import("./setup.ts")).loadSetup(config(), overrides);
