import { caseCard } from "#core/message/case-card.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 仅备案: recorded without a response, with a second person; never for the five key categories. */
export default defineCommand({
  name: "file-only",
  word: "仅备案",
  aliases: ["备案"],
  summary: "提请仅备案(第二人确认)；五类重点回应事项不适用",
  usage: "/舆情 仅备案 20261120-001 理由=重复反映，已于上周答复",
  who: ["值班员", "组织协调"],
  target: "case",
  fields: [{ name: "理由", hint: "为什么不需要回应" }],
  async run(context, c) {
    const reason = context.args.fields["理由"]?.trim() || context.args.text;
    if (!reason) return refusal("仅备案须写理由，例如：理由=重复反映，已于上周答复。");
    const outcome = await context.change(c, "fileOnly", { reason });
    if (!outcome.ok) return refusal(outcome.refused);
    return {
      kind: "reply",
      card: caseCard(outcome.case, context.office, context.now),
      toast: "已提请仅备案，待第二人确认；计时照常",
    };
  },
});
