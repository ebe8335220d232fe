import { midNo } from "#core/case/case.ts";
import { defineCommand, note, refusal } from "#src/chat/command.ts";

/** 知悉: proof of contact. Never scored against a person, stops nothing. */
export default defineCommand({
  name: "see",
  word: "知悉",
  aliases: ["已知悉"],
  summary: "表示已知悉；只证明联络到位，不停止任何时限",
  usage: "/舆情 知悉 20261120-001",
  who: ["通讯录人员"],
  target: "case",
  fields: [],
  async run(context, c) {
    const outcome = await context.change(c, "see", {});
    if (!outcome.ok) return refusal(outcome.refused);
    const reply = note(`已记录知悉 ${midNo(c.id)}`);
    return reply.kind === "reply" ? { ...reply, toast: "已记录知悉" } : reply;
  },
});
