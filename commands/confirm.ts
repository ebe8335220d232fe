import { readYesNo } from "#core/case/field-values.ts";
import { caseCard, proposalName } from "#core/message/case-card.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 确认: the second person agrees, or says why not. */
export default defineCommand({
  name: "confirm",
  word: "确认",
  aliases: [],
  summary: "第二人确认(误报、仅备案、不回应、补登时间、退回、代研判)",
  usage: "/舆情 确认 20261120-001",
  who: ["组织协调", "领导", "单位分管", "单位主要负责人"],
  target: "case",
  fields: [
    { name: "结论", hint: "同意、不同意" },
    { name: "理由", hint: "不同意的理由" },
    { name: "事项", hint: "待确认事项的序号" },
  ],
  async run(context, c) {
    const { fields } = context.args;
    const agree = fields["结论"] ? readYesNo(fields["结论"]) : true;
    if (agree === undefined) return refusal("结论请填 同意 或 不同意。");
    const reason = fields["理由"]?.trim();
    if (!agree && !reason) return refusal("不同意请写理由。");
    const proposal = fields["事项"] ? Number(fields["事项"]) : undefined;
    const outcome = await context.change(c, "confirm", {
      agree,
      ...(proposal === undefined || Number.isNaN(proposal) ? {} : { proposal }),
      ...(reason ? { reason } : {}),
    });
    if (!outcome.ok) return refusal(outcome.refused);
    const left = outcome.case.proposals.map(proposalName);
    const settled = c.proposals.filter((p) => !outcome.case.proposals.some((o) => o.id === p.id)).map(proposalName);
    return {
      kind: "reply",
      card: caseCard(outcome.case, context.office, context.now),
      toast: `${agree ? "已确认" : "已记录不同意"}：${settled.join("、")}${left.length > 0 ? `；还有待确认：${left.join("、")}` : ""}`,
    };
  },
});
