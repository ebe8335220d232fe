import { fromIso } from "#core/iso.ts";
import { formatMoment } from "#core/time.ts";
import type { Entry } from "./transcript.ts";

const KINDS: Record<Entry["kind"], string> = {
  reply: "回复",
  reminder: "提醒",
  escalation: "升级",
  digest: "日报",
  notice: "通知",
  update: "卡片更新",
  toast: "提示",
  refusal: "未办理",
};
const STATES: Record<Entry["state"], string> = {
  sent: "",
  delivered: "已送达",
  read: "已读",
  failed: "未送达",
  suppressed: "未发送",
};

/** The transcript as a chat log that a person reads. */
export function chatLog(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry, i) => [...(i === 0 ? [] : [""]), ...block(entry)]);
}

function block({ at, kind, to, mentions, lateBy, text, buttons, state }: Entry): string[] {
  const [form, name = ""] = to.split(/:(.*)/su);
  const remarks = [KINDS[kind], lateBy === null ? "" : `迟 ${lateBy} 分`, STATES[state]].filter((s) => s !== "");
  const whom = form === "group" ? `群“${name}”${mentions.map((m) => ` @${m}`).join("")}` : name;
  return [
    `${formatMoment(fromIso(at) ?? 0)} → ${whom}(${remarks.join(",")})`,
    ...text.split("\n").map((line) => `    ${line}`),
    ...(buttons.length > 0 ? [`    ${buttons.map((b) => `[${b}]`).join(" ")}`] : []),
  ];
}
