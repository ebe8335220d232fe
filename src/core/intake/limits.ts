import { type Instant, toIso } from "#core/time.ts";
import { wholeNumber } from "./numbers.ts";
import type { Groups } from "./times/mention.ts";
import type { RequestedLimit } from "./types.ts";

const LIMIT =
  /(?<count>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)(?<half>个半)?\s?个?(?<unit>小时|h|分钟|工作日|自然日|日|天|周|星期|礼拜)(?:(?:之|以)?内|(?<=工作日|小时)(?=办结|反馈|答复|回复))/g;
const DEMAND = /要求|请|须|务必|限|于|应|抓紧|尽快|在$/;
const ANSWER = /^[^。；;\n]{0,12}(?:报送|上报|报告|反馈|回复|答复|办结|回应|处理|核实|报|书面|整改|完成|落实|办理)/;

/** 民警10分钟内到场处理 tells what happened. */
const ARRIVED = /^[^。；;\n]{0,3}(?:到场|到达|赶到|赶赴|抵达|扑灭)/;

/** A limit set by whoever asks: 24小时内报送, 3个工作日内反馈. Natural hours run from receipt. */
export function readLimit(text: string, receivedAt: Instant): RequestedLimit | null {
  for (const m of text.matchAll(LIMIT)) {
    const before = text.slice(Math.max(0, m.index - 14), m.index);
    const after = text.slice(m.index + m[0].length, m.index + m[0].length + 24);
    if (ARRIVED.test(after) || (!DEMAND.test(before) && !ANSWER.test(after))) continue;
    const limit = limitOf(m.groups ?? {}, receivedAt);
    if (limit) return limit;
  }
  return null;
}

function limitOf({ count = "", half, unit }: Groups, receivedAt: Instant): RequestedLimit | undefined {
  const value = (count === "半" ? 0.5 : (wholeNumber(count) ?? 0)) + (half ? 0.5 : 0);
  if (value === 0) return undefined;
  switch (unit) {
    case "分钟":
      return { value: value / 60, unit: "naturalHour", from: toIso(receivedAt) };
    case "小时":
    case "h":
      return { value, unit: "naturalHour", from: toIso(receivedAt) };
    case "工作日":
      return { value: Math.ceil(value), unit: "workingDay" };
    case "周":
    case "星期":
    case "礼拜":
      return { value: value * 7, unit: "day" };
    default:
      return { value: Math.ceil(value), unit: "day" };
  }
}

const SUPERIOR =
  /转办|督办|交办|批示|提示函|(?:省|市|国办|国务院|中央|上级|网信办|督查室|办公厅)[^，。；\n]{0,6}(?:转来|转发|转|提示|要求|通报|批示)/;
/** Handed on by a government or its office above the county, whatever the channel it came by. */
const FORWARDED_DOWN =
  /(?:^|\n)[^\n]{0,3}转(?:自|发)?[:：]? ?[^，。\n]{0,6}[省市](?:委|政府|人民政府)?[^，。\n]{0,6}(?:办公室|办公厅|府办|网信办|督查室)/;
/** 群众投诉…已受理，3个工作日内办结: the limit is that of the complaint. */
const ACCEPTED = /(?:投诉|举报|信访|来信|来访|诉求|工单|求助)[^。！？\n]{0,40}受理|受理(?:编号|单号)/;
/** A mailbox or hotline sets its own limits; they are not a demand from above. */
const CITIZEN_CHANNELS: ReadonlySet<string> = new Set(["12345热线", "领导信箱", "来电来访"]);

/** 上级要求主动回应: handed down, or asked for within a limit by someone who may. */
export function isSuperiorRequired(text: string, platforms: readonly string[], limited: boolean): boolean {
  if (platforms.includes("上级转办") || SUPERIOR.test(text)) return true;
  if (limited && FORWARDED_DOWN.test(text)) return true;
  return limited && !platforms.some((p) => CITIZEN_CHANNELS.has(p)) && !ACCEPTED.test(text);
}
