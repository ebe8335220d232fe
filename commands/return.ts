import { caseCard } from "#core/message/case-card.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 退回: with a reason and a better owner, and the deputy's consent. */
export default defineCommand({
  name: "return",
  word: "退回",
  aliases: ["退"],
  summary: "不属本单位职责的退回(须分管领导同意)，计时不停",
  usage: "/舆情 退回 20261120-001 理由=不属本局职责 建议单位=县住建局",
  who: ["联络员", "单位分管", "单位主要负责人"],
  target: "case",
  fields: [
    { name: "理由", hint: "为什么不属本单位" },
    { name: "建议单位", hint: "建议由谁承办" },
  ],
  async run(context, c) {
    const { fields, text } = context.args;
    const reason = fields["理由"]?.trim() || text;
    const suggestion = fields["建议单位"]?.trim() ?? "";
    if (!reason || !suggestion)
      return refusal("退回须写理由和建议单位，例如：理由=不属本局职责 建议单位=县住建局。计时不停。");
    const named = context.office.roster.unit(suggestion)?.name ?? suggestion;
    const outcome = await context.change(c, "return", { reason, suggestion: named });
    if (!outcome.ok) return refusal(outcome.refused);
    const waits = outcome.case.proposals.find((p) => p.kind === "return");
    const deputy = waits?.unit ? context.office.roster.unit(waits.unit)?.deputy : undefined;
    return {
      kind: "reply",
      card: caseCard(outcome.case, context.office, context.now),
      toast: waits ? `已提出退回，待${deputy ?? "分管领导"}同意；计时不停` : "已退回；计时不停",
    };
  },
});
