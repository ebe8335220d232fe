import { caseCard } from "#core/message/case-card.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 误报: proposed with a reason, effective with a second person. Not for false information, which must be clarified. */
export default defineCommand({
  name: "false-alarm",
  word: "误报",
  aliases: ["撤回", "撤销", "撤回上报"],
  summary: "提请按误报处理(第二人确认)；不实信息不是误报，须澄清",
  usage: "/舆情 误报 20261120-001 理由=视频拍摄地为外省，非本县",
  who: ["报送人", "值班员", "组织协调"],
  target: "case",
  fields: [{ name: "理由", hint: "理由和依据" }],
  async run(context, c) {
    const reason = context.args.fields["理由"]?.trim() || context.args.text;
    if (!reason)
      return refusal("误报须写理由和依据，例如：理由=视频拍摄地为外省。内容不实但涉及本县的，不是误报，须澄清。");
    const outcome = await context.change(c, "falseAlarm", { reason });
    if (!outcome.ok) return refusal(outcome.refused);
    return {
      kind: "reply",
      card: caseCard(outcome.case, context.office, context.now),
      toast: "已提请按误报处理，待第二人确认；计时照常",
    };
  },
});
