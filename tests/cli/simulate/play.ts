import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { simulate } from "#src/cli/simulate/simulate.ts";
import type { Entry } from "#src/cli/simulate/transcript.ts";
import { openBot } from "#src/open-bot.ts";

export const SCENARIOS = "examples/qingyan/scenarios";

/** Plays a scenario through the real bot, as `huiying simulate --json` does. */
export async function play(file: string, database?: string): Promise<{ lines: string[]; failures: string[] }> {
  return simulate(file, { json: true, database }, openBot);
}

export const entriesOf = (lines: readonly string[]): Entry[] => lines.map((line) => JSON.parse(line) as Entry);

/** Plays steps written in a test, in the example's office. */
export async function playSteps(
  steps: readonly string[],
  head = "start: 2026-11-18T09:00:00+08:00",
  until = "+1h",
): Promise<Entry[]> {
  return withScenario([head, "steps:", ...steps.map((s) => `  - ${s}`), `until: ${until}`].join("\n"), async (file) => {
    const { lines, failures } = await play(file);
    if (failures.length > 0) throw new Error(failures.join("\n"));
    return entriesOf(lines);
  });
}

/** Writes a scenario to a file of its own for as long as it is used. */
export async function withScenario<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "huiying-scenario-"));
  const file = join(folder, "scenario.yaml");
  writeFileSync(file, text.replaceAll("$ROSTER", resolve("examples/qingyan/roster.yaml")));
  try {
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The error with which playing a scenario fails. */
export async function failure(text: string): Promise<string> {
  return withScenario(text, async (file) => {
    try {
      await play(file);
    } catch (error) {
      return (error as Error).message.replaceAll(file, "FILE");
    }
    throw new Error("was played");
  });
}
