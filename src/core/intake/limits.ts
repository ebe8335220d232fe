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

const SUPERIOR =
  /转办|督办|交办|批示|提示函|(?:省|市|国办|国务院|中央|上级|网信办|督查室|办公厅)[^，。；\n]{0,6}(?:转来|转发|转|提示|要求|通报|批示)/;
/** A mailbox or hotline sets its own limits; they are not a demand from above. */
const CITIZEN_CHANNELS: ReadonlySet<string> = new Set(["12345热线", "领导信箱", "来电来访"]);

/** 上级要求主动回应: handed down, or asked for within a limit by someone who may. */
export function isSuperiorRequired(text: string, platforms: readonly string[], limited: boolean): boolean {
  if (platforms.includes("上级转办") || SUPERIOR.test(text)) return true;
  return limited && !platforms.some((p) => CITIZEN_CHANNELS.has(p));
}
