import { formatMoment } from "#core/time.ts";
import { defineCommand } from "#src/chat/command.ts";

/** 自检: the auditor's findings at this moment. */
export default defineCommand({
  name: "check",
  word: "自检",
  aliases: ["体检"],
  summary: "检查提醒、消息队列、通讯录岗位是否正常",
  usage: "/舆情 自检",
  who: ["通讯录人员"],
  target: "none",
  fields: [],
  async run({ inspect, now }) {
    const findings = await inspect();
    return {
      kind: "reply",
      card: {
        title: findings.length === 0 ? "自检正常" : `自检发现 ${findings.length} 个问题`,
        tone: findings.length === 0 ? "blue" : "orange",
        lines:
          findings.length === 0
            ? [
                {
                  kind: "text",
                  text: `${formatMoment(now)} 在办案件的提醒齐全，到点的都已发出，消息队列正常，岗位都联系得上。`,
                },
              ]
            : findings.slice(0, 12).map((text) => ({ kind: "text", text })),
        buttons: [],
      },
    };
  },
});
