import { type Case, midNo } from "#core/case/case.ts";
import { matching } from "#core/case/match-question.ts";
import { mayShowIn } from "#core/case/visible.ts";
import { gazetteerOf } from "#core/intake/gazetteer.ts";
import { normalise } from "#core/intake/normalise.ts";
import { type Question, readQuestion } from "#core/intake/query.ts";
import type { Card } from "#core/message/card.ts";
import { caseAnswer } from "#core/message/case-answer.ts";
import { caseRow, listCard, paged } from "#core/message/list-card.ts";
import { questionText } from "#core/message/question-text.ts";
import type { CaseQuery } from "#core/store.ts";
import { addDays, atTime, dayOf, formatMoment, startOfDay } from "#core/time.ts";
import { type Answer, type CommandContext, defineCommand, note } from "#src/chat/command.ts";

/** 查: words, or a question in plain words; one case is answered in a sentence, several are listed. */
export default defineCommand({
  name: "search",
  word: "查",
  aliases: ["查询", "搜索", "查找"],
  summary: "查案件：编号、词语，或直接问，例如 昨天停水那件几点到期",
  usage: "/舆情 查 停水",
  who: ["通讯录人员"],
  target: "optional",
  fields: [{ name: "页", hint: "第几页" }],
  async run(context, c) {
    const { office, now, args, store } = context;
    const text = normalise((context.pressed ? args.text : args.raw) || args.text).text.slice(0, 200);
    const q = readQuestion(text, now, gazetteerOf(office.roster));
    const named = c ?? (q.ref ? await context.find(q.ref) : undefined);
    if (named) return one(context, named, q);
    if (q.asked.includes("duty")) return onDuty(context, q, text);
    const found = await search(context, bare(q) ? { ...q, mine: "concerned" } : q);
    const [first] = found;
    if (first && found.length === 1 && !q.asked.includes("list")) return one(context, first, q);
    if (found.length > 0) {
      const next = { action: "查", values: { 内容: text } };
      return {
        kind: "reply",
        card: listCard(questionText(q) || "您的案件", paged(found, args.fields["页"]), next, office, now),
      };
    }
    const near = await nearby(context, q);
    const others = await store.countCases({ open: true });
    return { kind: "reply", card: nothingFound(q, near, others, context) };
  },
});

/** Nothing says which case: what concerns the asker. */
const bare = (q: Question): boolean =>
  q.days === null &&
  q.unit === null &&
  q.place === null &&
  q.wanted === null &&
  q.mine === null &&
  q.topics.length === 0;

function one({ chat, office, now }: CommandContext, c: Case, q: Question): Answer {
  if (!mayShowIn(c, chat, office)) return note(`${c.id} ${c.title}`, ["这个群不是承办单位的群，请私信机器人查看。"]);
  return { kind: "reply", card: caseAnswer(c, q.asked, office, now) };
}

/** Nothing of that kind is an answer, not a failure; otherwise what may have been meant, and always the way on. */
function nothingFound(q: Question, near: readonly Case[], open: number, { office, now }: CommandContext): Card {
  const title = bare(q)
    ? "现在没有您的在办案件"
    : q.topics.length === 0
      ? `没有${questionText(q)}的案件`
      : `没有找到“${questionText(q)}”的案件`;
  const unit = q.asked.includes("responsible") ? dutyUnit(q, office) : undefined;
  return {
    title,
    tone: "blue",
    lines: [
      ...(unit ? [{ kind: "text" as const, text: `按职责分工一般由${unit}负责，以研判为准。` }] : []),
      ...(near.length > 0
        ? [{ kind: "text" as const, text: "相近的有：" }, ...near.flatMap((c) => caseRow(c, office, now))]
        : [{ kind: "text" as const, text: `在办共 ${open} 件。要报新的，请发 /舆情 上报 和情况。` }]),
    ],
    buttons:
      near.length > 0
        ? near.map((c) => ({ action: "状态", label: midNo(c.id), values: { 编号: c.id, 版本: String(c.version) } }))
        : [{ action: "到期", label: "到期清单", values: {} }],
  };
}

/** Whose duty the topic is by the roster, when the question is about a kind of matter rather than a case. */
function dutyUnit({ topics }: Question, { roster }: CommandContext["office"]): string | undefined {
  const unit = roster.units.find((u) => u.duties.some((duty) => topics.some((topic) => topic.includes(duty))));
  return unit && (unit.aliases[0] ?? unit.name);
}

/** So many cases are looked at; a question that means more is too wide to be answered. */
const SCOPE = 500;
/** A matter may be received days after it happened. */
const LATE_REPORT = 4;

async function search(context: CommandContext, q: Question): Promise<Case[]> {
  const { store, office } = context;
  const unit = q.unit ? office.roster.unit(q.unit)?.name : undefined;
  const base: CaseQuery = { ...(unit ? { unit } : {}), limit: SCOPE };
  const scopes: CaseQuery[] =
    q.days && q.wanted !== "due"
      ? [{ ...base, from: startOfDay(q.days.from), to: startOfDay(addDays(q.days.to, LATE_REPORT)) }]
      : q.wanted === "closed"
        ? [{ ...base, open: false }]
        : [{ ...base, open: true, byDue: true }, base];
  for (const scope of scopes) {
    const exact = q.topics.length > 0 ? await store.cases({ ...scope, words: q.topics }) : [];
    const found = matching(exact, q, context);
    if (found.length > 0) return found;
    const loose = matching(await store.cases(scope), q, context);
    if (loose.length > 0) return loose;
  }
  return [];
}

/** What the question may have meant: without its day, then without its state, then without its place and unit, then by one of its words, then the day alone. */
async function nearby(context: CommandContext, q: Question): Promise<Case[]> {
  const wider: Question[] = [
    { ...q, days: null },
    { ...q, days: null, wanted: null },
    { ...q, days: null, wanted: null, unit: null, place: null },
    ...(q.topics.length > 1 ? q.topics.map((topic): Question => ({ ...q, wanted: null, topics: [topic] })) : []),
    { ...q, wanted: null, unit: null, place: null, topics: [] },
  ];
  for (const next of wider) {
    if (bare(next)) continue;
    const found = await search(context, next);
    if (found.length > 0) return found.slice(0, 3);
  }
  return [];
}

function onDuty({ office, now }: CommandContext, q: Question, text: string): Answer {
  const day = q.days?.from ?? dayOf(now);
  const at = /晚|夜/.test(text) ? atTime(day, "20:00") : day === dayOf(now) ? now : atTime(day, "10:00");
  const { officer, leader, from, to } = office.roster.dutyAt(at);
  const span = `${formatMoment(from, now)} 至 ${formatMoment(to, now)}`;
  const answer = note(`值班 ${officer}，带班 ${leader}`, [span]);
  if (answer.kind === "reply") answer.card.buttons = [{ action: "值班", label: "值班安排", values: {} }];
  return answer;
}
