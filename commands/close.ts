import { CLOSING_TAGS } from "#core/case/case.ts";
import { caseCard } from "#core/message/case-card.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 办结: with an evaluation tag and the result. */
export default defineCommand({
  name: "close",
  word: "办结",
  aliases: ["结案"],
  summary: "评估效果并办结(Ⅰ、Ⅱ级由主要负责同志)",
  usage: "/舆情 办结 20261120-001 标签=良好 结果=已恢复供水并公开说明",
  who: ["组织协调", "主要负责同志"],
  target: "case",
  fields: [
    { name: "标签", hint: CLOSING_TAGS.join("、") },
    { name: "结果", hint: "网下处置结果；不能办理的写明解释" },
  ],
  async run(context, c) {
    const { fields, text } = context.args;
    const written = fields["标签"]?.trim() || "良好";
    const tag = CLOSING_TAGS.find((t) => t === written || t.includes(written));
    if (!tag) return refusal(`评估标签“${written.slice(0, 12)}”看不懂，可填：${CLOSING_TAGS.join("、")}。`);
    const result = fields["结果"]?.trim() || text;
    if (!result) return refusal("办结须写处置结果，做到件件有着落，例如：结果=已恢复供水，并在县政府网站说明原因。");
    const outcome = await context.change(c, "close", { tag, result });
    if (!outcome.ok) return refusal(outcome.refused);
    return { kind: "reply", card: caseCard(outcome.case, context.office, context.now), toast: "已办结" };
  },
});
