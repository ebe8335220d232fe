import { z } from "zod";
import { BotError } from "#core/errors.ts";
import { simplify } from "#core/intake/traditional.ts";
import type { CommandSpec } from "./command.ts";

const Shape = z.looseObject({
  name: z.string().regex(/^[a-z][a-z-]*$/),
  word: z.string().min(1),
  aliases: z.array(z.string().min(1)),
  summary: z.string().min(1),
  usage: z.string().startsWith("/舆情"),
  who: z.array(z.string()).min(1),
  target: z.enum(["case", "optional", "none"]),
  fields: z.array(z.object({ name: z.string().min(1), hint: z.string().min(1) })),
  run: z.function(),
});

/** Action words that later releases bring: recognised, and answered as such instead of as unknown. */
const LATER = [
  "申诉", "转请", "转载", "会商", "会商结论", "送审", "审核", "发布会", "终报", "承诺", "移交", "移送",
  "督办", "批示", "升级", "延期", "改级", "重开", "评估", "归档", "换班", "代班", "查岗", "月报", "专报", "台账",
  "评分", "导出", "演练", "敏感期",
]; // biome-ignore format: a word list

export interface Registry {
  commands: readonly CommandSpec[];
  find(word: string): CommandSpec | undefined;
  isLater(word: string): boolean;
  /** The known words nearest to an unknown one. */
  nearest(word: string): string[];
}

/**
 * Checks command modules and joins them into a registry.
 * @param modules file name without ".ts" → default export
 * @throws BotError bad-command-file, listing every problem; the bot does not start with half its commands
 */
export function registryOf(modules: ReadonlyMap<string, unknown>): Registry {
  const problems: string[] = [];
  const byWord = new Map<string, CommandSpec>();
  const commands: CommandSpec[] = [];
  for (const [file, exported] of [...modules].sort(([a], [b]) => a.localeCompare(b))) {
    const parsed = Shape.safeParse(exported);
    if (!parsed.success) {
      problems.push(`commands/${file}.ts 格式不对：${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
      continue;
    }
    const spec = exported as CommandSpec;
    if (spec.name !== file) problems.push(`commands/${file}.ts 的 name 是“${spec.name}”，应与文件名相同`);
    for (const word of [spec.word, ...spec.aliases]) {
      const other = byWord.get(word);
      if (other) problems.push(`“${word}”同时是 commands/${other.name}.ts 和 commands/${file}.ts 的命令词`);
      if (LATER.includes(word)) problems.push(`“${word}”已经实现，请从后续命令词表中去掉`);
      byWord.set(word, spec);
    }
    commands.push(spec);
  }
  if (problems.length > 0)
    throw new BotError("bad-command-file", `命令文件有 ${problems.length} 处问题:\n${problems.join("\n")}`);
  return {
    commands,
    find: (word) => byWord.get(word),
    isLater: (word) => LATER.includes(word),
    nearest: (word) => nearest(word, [...byWord.keys()]),
  };
}

/** Words that share the most characters with the given one, at most three; the ordinary ones when none does. */
function nearest(word: string, known: readonly string[]): string[] {
  const shared = (k: string): number =>
    Array.from(k).filter((ch) => word.includes(ch)).length / Math.max(k.length, Math.min(word.length, 4));
  const scored = known.map((k) => ({ k, score: shared(k) })).filter((s) => s.score > 0);
  scored.sort((a, b) => b.score - a.score);
  return scored.length > 0 ? scored.slice(0, 3).map((s) => s.k) : ["上报", "状态", "帮助"];
}

/** Is this an action word? Traditional characters are understood. */
export const isWord =
  (registry: Registry) =>
  (written: string, glued: boolean): boolean => {
    const word = simplify(written);
    const spec = registry.find(written) ?? registry.find(word);
    // 退休教师… is no 退, 派出所… no 派: a short form of one character needs a pause behind it.
    return spec ? !glued || word.length > 1 || spec.word === word : registry.isLater(word);
  };
