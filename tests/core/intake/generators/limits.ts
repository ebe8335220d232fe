import fc from "fast-check";
import type { RequestedLimit } from "#core/intake/types.ts";
import { counted, fullWidth } from "./numerals.ts";

/** A superior's limit in words, and what it means; `from` is the time of receipt for hours. */
export interface Limit {
  text: string;
  value: number;
  unit: RequestedLimit["unit"];
}

const UNITS: readonly (readonly [words: readonly string[], unit: RequestedLimit["unit"], days: number])[] = [
  [["小时", "个小时", "h"], "naturalHour", 1],
  [["个工作日", "工作日"], "workingDay", 1],
  [["日", "天", "个自然日"], "day", 1],
  [["周", "个星期"], "day", 7],
];
const FRAMES = [
  "请核实并于⏳内报送情况",
  "要求⏳内反馈办理情况",
  "请于⏳之内书面回复",
  "务必⏳内上报",
  "限⏳内办结",
  "请在⏳以内答复来信人",
  "要求：⏳内反馈",
  "⏳内反馈",
  "须⏳内处理完毕并反馈",
  "请相关单位⏳内核实",
];

export const limit: fc.Arbitrary<Limit> = fc
  .tuple(fc.constantFrom(...UNITS), fc.integer({ min: 1, max: 30 }), fc.nat(9), fc.nat(2), fc.constantFrom(...FRAMES))
  .map(([[words, unit, days], count, pick, style, frame]) => {
    const number = [String(count), counted(count), fullWidth(String(count))][style];
    const text = frame.replace("⏳", `${number}${words[pick % words.length]}`);
    return { text, value: count * days, unit };
  });
