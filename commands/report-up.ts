import { caseCard } from "#core/message/case-card.ts";
import { defineCommand, refusal } from "#src/chat/command.ts";

/** 报送: the report upward has been made; stops its clock, and the superior's own limit when it went to the superior. */
export default defineCommand({
  name: "report-up",
  word: "报送",
  aliases: [],
  summary: "登记已向本级党委政府或上级报送",
  usage: "/舆情 报送 20261120-001 对象=上级 建议=发布权威信息、开展政策解读、回应疑问",
  who: ["组织协调", "值班员"],
  target: "case",
  fields: [
    { name: "对象", hint: "本级党委政府、上级" },
    { name: "建议", hint: "信息发布、政策解读、舆情回应三项建议" },
  ],
  async run(context, c) {
    const { fields, text } = context.args;
    const written = fields["对象"]?.trim() || (/上级/u.test(text) ? "上级" : "本级党委政府");
    const target = /上级|省|市/u.test(written) ? "上级" : /本级|党委|政府/u.test(written) ? "本级党委政府" : undefined;
    if (!target) return refusal("报送对象请填 本级党委政府 或 上级。");
    const suggestion = fields["建议"]?.trim() || text;
    const outcome = await context.change(c, "reportUp", { target, ...(suggestion ? { suggestion } : {}) });
    if (!outcome.ok) return refusal(outcome.refused);
    return { kind: "reply", card: caseCard(outcome.case, context.office, context.now), toast: `已登记报送${target}` };
  },
});
