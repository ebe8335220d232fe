import { readUnits } from "#core/case/field-values.ts";
import { type LexiconEntry, standing } from "#core/learning/lexicon.ts";
import { lexiconCard } from "#core/message/lexicon-card.ts";
import { type Answer, type CommandContext, defineCommand, note, refusal } from "#src/chat/command.ts";

/** 词库: words that suggest units because people taught them. Only the administrator adds and removes; every step is kept. */
export default defineCommand({
  name: "lexicon",
  word: "词库",
  aliases: ["职责词"],
  summary: "查看、加入、删除从改派中学到的职责词",
  usage: "/舆情 词库 加入 窨井 单位=县住建局",
  who: ["管理员"],
  target: "none",
  fields: [
    { name: "词", hint: "2 到 8 个汉字" },
    { name: "单位", hint: "通讯录中的单位" },
    { name: "结论", hint: "加入、不加入、删除" },
  ],
  async run(context) {
    const { args, store, office } = context;
    const entries = await store.lexicon();
    const [verb = "", written = ""] = args.text.split(/\s+/u);
    const what = args.fields["结论"]?.trim() || verb;
    const word = (args.fields["词"]?.trim() || written).replace(/^[“"「]|[”"」]$/gu, "");
    if (what === "") return { kind: "reply", card: lexiconCard(entries, office) };
    if (!(what in STEPS)) return refusal("词库后面可写 加入、不加入 或 删除，例如：/舆情 词库 删除 窨井。");
    if (!/^\p{Script=Han}{2,8}$/u.test(word))
      return refusal("请写明是哪个词，2 到 8 个汉字，例如：/舆情 词库 删除 窨井。");
    return what === "删除" ? remove(word, entries, context) : settle(word, what, entries, context);
  },
});

const STEPS: Record<string, LexiconEntry["step"]> = { 加入: "accepted", 不加入: "declined", 删除: "removed" };

async function settle(
  word: string,
  what: string,
  entries: readonly LexiconEntry[],
  { args, office, now, actor, noteWord }: CommandContext,
): Promise<Answer> {
  const open = standing(entries).filter((e) => e.word === word && e.step === "asked");
  const named = args.fields["单位"]?.trim();
  const unit = named
    ? office.roster.unit(readUnits(named, office.roster).known[0] ?? named)
    : office.roster.unit(open[0]?.unit ?? "");
  if (!unit)
    return refusal(
      named
        ? `通讯录里没有“${named}”，请写通讯录中的单位名称。`
        : `请写单位，例如：/舆情 词库 加入 ${word} 单位=县住建局。`,
    );
  const name = unit.aliases[0] ?? unit.name;
  const before = standing(entries).find((e) => e.word === word && e.unit === unit.id);
  const step = STEPS[what] as LexiconEntry["step"];
  if (before?.step === step) return refusal(`“${word}”已由${before.by}${DONE[step]}，不用重复办理。`);
  if (step === "accepted" && unit.duties.includes(word)) return refusal(`“${word}”本来就是${name}的职责词。`);
  if (step === "declined" && before?.step !== "asked")
    return refusal(`没有待定的“${word}”；要删除请用 /舆情 词库 删除 ${word}。`);
  await noteWord({ word, unit: unit.id, step, by: actor.name, at: now });
  const done = step === "accepted" ? `已加入：“${word}”建议${name}，仍由人研判` : `好的，“${word}”不加入，不再询问`;
  return told(done);
}

const DONE: Record<LexiconEntry["step"], string> = {
  asked: "提出",
  accepted: "加入",
  declined: "答复不加入",
  removed: "删除",
};

async function remove(
  word: string,
  entries: readonly LexiconEntry[],
  { args, office, now, actor, noteWord }: CommandContext,
): Promise<Answer> {
  const named = args.fields["单位"]?.trim();
  const only = named ? office.roster.unit(readUnits(named, office.roster).known[0] ?? named)?.id : undefined;
  const held = standing(entries).filter((e) => e.word === word && e.step === "accepted" && (!named || e.unit === only));
  if (held.length === 0) return refusal(`词库里没有“${word}”。发送 /舆情 词库 查看全部。`);
  for (const { unit } of held) await noteWord({ word, unit, step: "removed", by: actor.name, at: now });
  return told(`已从词库删除“${word}”`);
}

/** The same for a press and for a typed line. */
const told = (text: string): Answer => {
  const answer = note(`${text}。`);
  return answer.kind === "reply" ? { ...answer, toast: text } : answer;
};
