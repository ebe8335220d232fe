import { type Case, midNo } from "#core/case/case.ts";
import type { Line } from "#core/message/card.ts";
import { movedText } from "#core/message/rules-diff-card.ts";
import { leadButtons } from "#core/message/similar.ts";
import { toneOf } from "#core/message/tone.ts";
import { type Answer, type CommandContext, defineCommand, refusal } from "#src/chat/command.ts";

/** 并案: this case goes into another one, or is said to be something else. */
export default defineCommand({
  name: "merge",
  word: "并案",
  aliases: [],
  summary: "把重复的件并入另一件，起算取两件中较早者；也可标记不是同一件",
  usage: "/舆情 并案 20261120-003 到=20261120-002 理由=同一事件",
  who: ["组织协调"],
  target: "case",
  fields: [
    { name: "到", hint: "并入哪一件的编号" },
    { name: "理由", hint: "相似依据" },
    { name: "结论", hint: "不是同一件" },
  ],
  async run(context, c) {
    // 并案 003 001, 并案 003 到 001 同一件: the second number says where to.
    const written = context.args.fields["到"]?.trim() || context.args.text;
    const [, ref = ""] = INTO.exec(written) ?? [];
    const rest = written.replace(INTO, "").trim();
    if (ref === "") return refusal(`请写并入哪一件，例如：/舆情 并案 ${midNo(c.id)} 到=${hint(c)} 理由=同一事件。`);
    const target = await context.find(ref);
    if (!target) return refusal(`没有编号 ${ref} 的案件。`);
    if (context.args.fields["结论"]?.trim() === "不是同一件") return distinguish(context, c, target);
    const reason = context.args.fields["理由"]?.trim() || rest;
    if (!reason)
      return refusal(
        `并案须写相似依据，例如：/舆情 并案 ${midNo(c.id)} 到=${midNo(target.id)} 理由=同一事件，同一链接。`,
      );
    const merged = await context.merge(c, target, reason);
    if ("refused" in merged) return refusal(merged.refused);
    return { ...report(merged.source, merged.target, context), toast: `已并入 ${midNo(target.id)}` };
  },
});

const INTO = /^(?:并?[到入]|与|和)?\s*(YQ-[\dA-Z]+-\d{8}-\d{3,}|\d{8}-\d{3,}|[#＃]?\d{1,3})(?![\d-])[\s，,：:]*/iu;

/** A number to show in the example: the likely one, else where it stands. */
const hint = (c: Case): string => (c.similar?.[0] ? midNo(c.similar[0].id) : "另一件的编号");

async function distinguish(context: CommandContext, c: Case, target: Case): Promise<Answer> {
  const outcome = await context.change(c, "distinguish", { other: target.id });
  if (!outcome.ok) return refusal(outcome.refused);
  const text = `已记录：${midNo(c.id)} 与 ${midNo(target.id)} 不是同一件，不再提示。`;
  return { kind: "reply", card: { title: text, tone: toneOf(c, context.now), lines: [], buttons: [] }, toast: text };
}

function report(source: Case, target: Case, { now }: CommandContext): Extract<Answer, { kind: "reply" }> {
  const moved = target.absorbed?.at(-1)?.moved ?? [];
  const lines: Line[] = [
    { kind: "text", text: `${midNo(target.id)} ${target.title}`, emphasis: "strong" },
    { kind: "text", text: `${midNo(source.id)} 的编号和报告保留，不再单独计时；链接、附件、报送人已记入本件。` },
    ...moved.map((m): Line => ({ kind: "text", text: `时限提前：${movedText(m, now)}` })),
    {
      kind: "text",
      text: `并案不能撤销；发现并错，请重新〔上报〕并写明原编号 ${midNo(source.id)}。`,
      emphasis: "quiet",
    },
  ];
  return {
    kind: "reply",
    card: {
      title: `已并案 ${midNo(source.id)} → ${midNo(target.id)}`,
      tone: toneOf(target, now),
      lines,
      buttons: leadButtons(source),
    },
  };
}
