import { caseCard } from "#core/message/case-card.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 签收: a liaison officer takes the case for the unit. */
export default defineCommand({
  name: "acknowledge",
  word: "签收",
  aliases: ["签"],
  summary: "承办单位签收；不停止任何时限",
  usage: "/舆情 签收 20261120-001",
  who: ["联络员", "单位分管", "单位主要负责人"],
  target: "case",
  fields: [{ name: "单位", hint: "代表多个单位时写明" }],
  async run(context, c) {
    const unit = context.args.fields["单位"]?.trim();
    const named = unit ? (context.office.roster.unit(unit)?.name ?? unit) : undefined;
    const outcome = await context.change(c, "acknowledge", named ? { unit: named } : {});
    if (!outcome.ok) return refusal(outcome.refused);
    const signed = outcome.case.parts.filter((p) => p.acknowledged).length;
    const total = outcome.case.parts.length;
    return {
      kind: "reply",
      card: caseCard(outcome.case, context.office, context.now),
      toast: total > 1 ? `已签收(${signed}/${total} 家)` : "已签收",
    };
  },
});
