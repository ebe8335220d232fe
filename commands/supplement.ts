import { type Case, GATES, type Gate, type MovedClock, midNo } from "#core/case/case.ts";
import { awaitsSentence } from "#core/case/evidence.ts";
import { firstSentence } from "#core/case/first-sentence.ts";
import { sentBefore } from "#core/case/same-content.ts";
import { similarByLink } from "#core/case/similar.ts";
import { type Amendment, amend } from "#core/intake/amend.ts";
import type { Report } from "#core/intake/types.ts";
import { learnedWords } from "#core/learning/lexicon.ts";
import type { Button, Card, Line } from "#core/message/card.ts";
import { missingLine, proposalText } from "#core/message/case-card.ts";
import { changesBetween } from "#core/message/changes.ts";
import { described } from "#core/message/evidence.ts";
import { movedText } from "#core/message/rules-diff-card.ts";
import { shownClocks, toneOf } from "#core/message/tone.ts";
import type { ClockKey } from "#core/policy/types.ts";
import { toIso } from "#core/time.ts";
import { type CommandContext, defineCommand, refusal } from "#src/chat/command.ts";

/** 补充 and 更正: laid over the report; times that change move the limits at once, after 研判 with a second person. */
export default defineCommand({
  name: "supplement",
  word: "补充",
  aliases: ["补", "补录", "补报", "续报", "更正", "订正", "勘误"],
  summary: "补充或更正情况，登记审核环节",
  usage: "/舆情 补充 20261120-001 伤者3人，均为轻伤",
  who: ["报送人", "值班员", "组织协调", "承办单位"],
  target: "case",
  fields: [{ name: "内容", hint: "补充的情况" }, ...GATES.map((gate) => ({ name: gate, hint: "审核人" }))],
  async run(context, c) {
    const { args, now, attachments } = context;
    const written = [args.text, args.fields["内容"] ?? ""].filter(Boolean).join(" ").trim();
    const text = [written, context.quoted].filter(Boolean).join("\n");
    const gates: Partial<Record<Gate, string>> = {};
    for (const gate of GATES) if (args.fields[gate]) gates[gate] = args.fields[gate];
    if (/^(收到|好的|好|知道了|ok|谢谢)[。!！,，\s🙏👌]*$/iu.test(text)) return { kind: "messages", messages: [] };
    const first = text !== "" && awaitsSentence(c) ? await sentence(text, c, context) : undefined;
    const said = first || (text === "" && attachments.length === 0) ? undefined : amendment(text, c.report, context);
    const patch: Partial<Report> = first?.patch ?? said?.patch ?? {};
    const outcome = await context.change(c, "supplement", {
      text,
      patch,
      gates,
      ...(first?.suggested ? { suggested: first.suggested } : {}),
      ...(await similarByLink(context.store, c, patch, context.office)),
    });
    if (!outcome.ok) return refusal(outcome.refused);
    const asked = outcome.case.proposals.filter((p) => p.kind === "retime");
    // What waits for a second person has not changed yet.
    const files = context.evidence.length > 0 ? [`附件已登记：${context.evidence.map(described).join("、")}`] : [];
    const before = { ...c.report, attachments: outcome.case.report.attachments };
    const changes = changesBetween(before, outcome.case.report, now);
    const repeats = await sentBefore(context.store, outcome.case, context.evidence, now);
    // The case's own card shows it; nine pictures need no nine answers.
    if (args.joins && repeats.length === 0) return { kind: "messages", messages: [] };
    const asks = said?.askVictims !== undefined;
    const remark = said && asked.length === 0 && files.length === 0 && !asks ? [REMARK] : [];
    const title = first?.patch.title ? [`标题：${first.patch.title}`] : [];
    const moved = movedLimits(c, outcome.case).map((m) => `时限：${movedText(m, now)}`);
    const lines = [...title, ...(changes.length > 0 ? changes : remark), ...moved, ...files, ...repeats];
    // The case's own card is edited in place; the answer says only what was taken and what is still missing.
    const card: Card = {
      title: `${said?.corrects && changes.length > 0 ? "已更正" : "已补充"} ${midNo(c.id)}`,
      tone: toneOf(outcome.case, now),
      lines: [
        ...(lines.length > 0 || asks ? lines : ["已记入案件。"]).map((line): Line => ({ kind: "text", text: line })),
        ...(said?.unclear && asked.length === 0 ? [{ kind: "text" as const, text: WHICH }] : []),
        ...(said?.askVictims === undefined
          ? []
          : [{ kind: "text" as const, text: `${said.askVictims}人是受伤还是死亡？请点选。` }]),
        ...(outcome.case.triage ? [] : missingLine(outcome.case)),
        ...asked.map((p): Line => ({ kind: "text", text: proposalText(p) })),
      ],
      buttons: said?.askVictims === undefined ? [] : victimButtons(c.id, said.askVictims),
    };
    const told = changes.join("；");
    return { kind: "reply", card, toast: told ? `已补充：${told}` : "已补充" };
  },
});

/** Limits that the addition moved, brought, or took away: whoever acts has to know at once. */
function movedLimits(before: Case, after: Case): MovedClock[] {
  const due = (c: Case, key: ClockKey): number | null =>
    shownClocks(c).find((k) => k.key === key && k.stoppedAt === undefined)?.dueAt ?? null;
  const keys = [...new Set([...shownClocks(before), ...shownClocks(after)].map((k) => k.key))];
  return keys
    .map((key) => ({ key, before: due(before, key), after: due(after, key) }))
    .filter((m) => m.before !== m.after && (m.before !== null || m.after !== null));
}

const REMARK = "已记入案件，各项登记内容没有变化。";
const WHICH = "没有认出更正的是哪一项；要改登记内容，请写明，例如：更正：伤亡 轻伤1人。";

/** A bare number of people says neither dead nor injured, and a guess could hide a death. */
const victimButtons = (id: string, n: number): Button[] =>
  [`受伤${n}人`, `死亡${n}人`].map((内容) => ({ action: "补充", label: 内容, values: { 编号: id, 内容 } }));

/** The line that puts a picture into words: the report itself. */
const sentence = async (text: string, c: Case, { store, sentAt, office, attachments }: CommandContext) =>
  firstSentence(c, { text, at: sentAt, attachments: attachments.length }, office, learnedWords(await store.lexicon()));

function amendment(text: string, before: Report, context: CommandContext): Amendment {
  const { now, actor, office, attachments, args } = context;
  const unit = office.roster.unitOf(actor.name);
  return amend(
    before,
    {
      text,
      receivedAt: toIso(now),
      sender: { name: actor.name, unit: unit?.name ?? null, jurisdiction: unit?.jurisdiction ?? office.roster.home },
      attachments: attachments.length,
    },
    office.roster,
    /^(?:更正|订正|勘误)$/u.test(args.word),
  );
}
