import { fileURLToPath } from "node:url";
import { readLine, splitArguments } from "./chat/line.ts";
import { type Registry, registryOf } from "./chat/registry.ts";
import type { BenchParts } from "./cli/bench/parts.ts";
import { discoverCommands } from "./discover.ts";
import { fireDue } from "./engine/fire.ts";
import { openBot } from "./open-bot.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

/** The parts that `huiying bench` measures. */
export const benchParts: BenchParts = {
  openBot,
  // The SDK is loaded only when it is measured.
  openFeishu: async (...given) => (await import("./bench-feishu.ts")).openFeishu(...given),
  fireDue,
  line: { readLine, splitArguments, registry: registryOfSize },
  /** As `npm start` does. */
  program: ["--max-semi-space-size=4", "--disable-warning=ExperimentalWarning", MAIN],
};

/** The program's commands, and copies of them under invented names and words, as many as asked for. */
async function registryOfSize(size: number): Promise<Registry> {
  const { commands } = await discoverCommands();
  const all = Array.from({ length: size }, (_, i) => {
    const spec = commands[i % commands.length];
    if (!spec) throw new Error("there are no commands");
    if (i < commands.length) return spec;
    const name = `copy-${String(i).replace(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)))}`;
    return { ...spec, name, word: `命令${i}`, aliases: [] };
  });
  return registryOf(new Map(all.map((spec) => [spec.name, spec])));
}
