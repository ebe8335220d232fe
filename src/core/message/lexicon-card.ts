import type { Office } from "#core/case/office.ts";
import { type LexiconEntry, standing } from "#core/learning/lexicon.ts";
import type { WordToLearn } from "#core/learning/word-to-learn.ts";
import { dayOf } from "#core/time.ts";
import type { Button, Card, Line } from "./card.ts";

/** Words on one card; the rest is counted. */
const SHOWN = 12;
/** Open questions that can be answered from the list. */
const ANSWERABLE = 3;

const unitName = (id: string, { roster }: Office): string => {
  const unit = roster.unit(id);
  return unit?.aliases[0] ?? unit?.name ?? id;
};

/** Asks the administrator whether a word that people keep putting right is to suggest their unit from now on. */
export function lexiconAskCard({ word, unit, cases }: WordToLearn, office: Office): Card {
  const name = unitName(unit, office);
  return {
    title: `【词库建议】${word} → ${name}`,
    tone: "blue",
    lines: [
      { kind: "text", text: `“${word}”近${cases.length}次都改派${name}，是否加入它的职责词？` },
      { kind: "field", label: "案件", value: cases.slice(0, 5).join("、") },
      { kind: "text", text: "加入后，报送里有这个词会建议该单位，仍由人研判。随时可以删除。", emphasis: "quiet" },
    ],
    buttons: answerButtons({ word, unit }),
  };
}

const answerButtons = ({ word, unit }: { word: string; unit: string }, suffix = ""): Button[] => [
  { action: "词库", label: `加入${suffix}`, style: "primary", values: { 词: word, 单位: unit, 结论: "加入" } },
  { action: "词库", label: `不加入${suffix}`, values: { 词: word, 单位: unit, 结论: "不加入" } },
];

/** 词库: what waits for an answer, and what suggests units, each with where it comes from. */
export function lexiconCard(entries: readonly LexiconEntry[], office: Office): Card {
  const all = standing(entries);
  const asked = all.filter((e) => e.step === "asked");
  const learned = all.filter((e) => e.step === "accepted");
  const lines: Line[] = [
    ...asked.map(
      (e): Line => ({
        kind: "field",
        label: "待定",
        value: `${e.word} → ${unitName(e.unit, office)}(${dayOf(e.at)} 提出)`,
      }),
    ),
    ...learned.map(
      (e): Line => ({
        kind: "field",
        label: e.word,
        value: `${unitName(e.unit, office)}(${dayOf(e.at)} 由${e.by}加入)`,
      }),
    ),
  ];
  const more = lines.length - SHOWN;
  return {
    title: `词库 ${learned.length} 词${asked.length > 0 ? `，待定 ${asked.length} 词` : ""}`,
    tone: "blue",
    lines: [
      ...(lines.length > 0 ? lines.slice(0, SHOWN) : [{ kind: "text" as const, text: "还没有学到的词。" }]),
      ...(more > 0 ? [{ kind: "text" as const, text: `另有 ${more} 词`, emphasis: "quiet" as const }] : []),
      { kind: "text", text: "添加：/舆情 词库 加入 词 单位=…；删除：/舆情 词库 删除 词。", emphasis: "quiet" },
    ],
    buttons: asked.slice(0, ANSWERABLE).flatMap((e) => answerButtons(e, asked.length > 1 ? `“${e.word}”` : "")),
  };
}
