import { midNo } from "#core/case/case.ts";
import { defineCommand, note, refusal } from "#src/chat/command.ts";

/** 催办: one press by a leader, and those who have to act are told privately who asks. */
export default defineCommand({
  name: "urge",
  word: "催办",
  aliases: ["督促"],
  summary: "催办：私信提醒承办人员，注明催办人",
  usage: "/舆情 催办 20261120-001 内容=请一小时内发布权威信息",
  who: ["组织协调", "督查", "领导"],
  target: "case",
  fields: [{ name: "内容", hint: "要求，可不填" }],
  async run(context, c) {
    const content = context.args.fields["内容"]?.trim() || context.args.text;
    const outcome = await context.change(c, "urge", content ? { content } : {});
    if (!outcome.ok) return refusal(outcome.refused);
    const target = outcome.case.urged.at(-1)?.target ?? "";
    const reply = note(`已催办 ${midNo(c.id)}`, [`已私信${target}的承办人员。`]);
    return reply.kind === "reply" ? { ...reply, toast: `已催办${target}` } : reply;
  },
});
