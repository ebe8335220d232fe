import { type Instant, toIso } from "#core/time.ts";
import { wholeNumber } from "./numbers.ts";
import type { RequestedLimit } from "./types.ts";

const COUNT = "(\\d{1,3}|[一二两三四五六七八九十]{1,3})";
const LIMIT = new RegExp(`${COUNT}\\s?个?(小时|工作日|自然日|日|天|周)(?:之|以)?内`, "g");
const DEMAND = /要求|请|须|务必|限|于|应|抓紧|尽快|在$/;
const ANSWER = /^[^。；;\n]{0,12}(?:报送|上报|报告|反馈|回复|答复|办结|回应|处理|核实|报|书面|整改|完成|落实|办理)/;

/** A limit set by whoever asks: 24小时内报送, 3个工作日内反馈. Natural hours run from receipt. */
export function readLimit(text: string, receivedAt: Instant): RequestedLimit | null {
  for (const m of text.matchAll(LIMIT)) {
    const before = text.slice(Math.max(0, m.index - 14), m.index);
    const after = text.slice(m.index + m[0].length, m.index + m[0].length + 24);
    if (!DEMAND.test(before) && !ANSWER.test(after)) continue;
    const value = wholeNumber(m[1] ?? "");
    if (!value) continue;
    switch (m[2]) {
      case "小时":
        return { value, unit: "naturalHour", from: toIso(receivedAt) };
      case "工作日":
        return { value, unit: "workingDay" };
      case "周":
        return { value: value * 7, unit: "day" };
      default:
        return { value, unit: "day" };
    }
  }
  return null;
}
