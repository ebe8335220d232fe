import { rolesOf, unitsFor } from "#core/case/authority.ts";
import type { Case } from "#core/case/case.ts";
import { isOpen } from "#core/case/states.ts";
import type { Button, Card } from "#core/message/card.ts";
import { button, caseCard } from "#core/message/case-card.ts";
import type { Turn } from "./turn-state.ts";

export const plainCard = (title: string, lines: readonly string[], tone: Card["tone"] = "blue"): Card => ({
  title,
  tone,
  lines: lines.map((text) => ({ kind: "text", text })),
  buttons: [],
});

export const refusalCard = (text: string): Card => plainCard("未办理", [text], "yellow");

/** What the bot does not do, with the lawful way and a next step to press. */
export const declinedCard = (text: string): Card => ({
  ...plainCard(
    "这件事机器人不办理",
    [`${text.replaceAll("; ", "；")}。`, "如有舆情要报，请发 /舆情 上报 和情况。"],
    "yellow",
  ),
  buttons: [
    { action: "我的", label: "我的案件", values: {} },
    { action: "帮助", label: "能办什么", values: {} },
  ],
});

/** Said to the bot itself, and not understood: what can be said instead. */
export const lostCard = (): Card => ({
  ...plainCard("没看懂这句话", [
    "要报舆情：/舆情 上报 时间、地点、情况、链接",
    "要查进展：停水那件几点到期？",
    "要补充更正：直接回复那件的卡片。",
  ]),
  buttons: [
    { action: "我的", label: "我的案件", values: {} },
    { action: "帮助", label: "能办什么", values: {} },
  ],
});

/** Unknown action word: the nearest ones to press. */
export const suggestCard = (word: string, nearest: readonly string[]): Card => ({
  ...plainCard(`没有“${word.slice(0, 12)}”这个动作`, ["您要找的可能是下面这些，或发送 /舆情 帮助。"], "yellow"),
  buttons: ["状态", "到期", "列表", "我的", "帮助"].includes(nearest[0] ?? "")
    ? nearest.slice(0, 1).map((n) => ({ action: n, label: n, values: {} }))
    : [{ action: "帮助", label: "帮助", values: {} }],
  lines: [
    { kind: "text", text: `相近的有：${nearest.map((n) => `/舆情 ${n}`).join("、")}` },
    { kind: "text", text: "原文已留存，没有丢失。", emphasis: "quiet" },
  ],
});

/** A secrecy marking: nothing of the text is kept; what to do, and the way to be handled offline with a running clock. */
export const secrecyCard = (): Card => ({
  ...plainCard(
    "该消息疑似带密级标志",
    [
      "机器人不接收、不存储、不转发。请立即撤回，并报告本单位保密机构。",
      "如属需要回应的舆情，可登记一个不含内容的编号：时限照常计时，内容线下办理。",
    ],
    "red",
  ),
  buttons: [{ action: "上报", label: "登记无内容编号", values: { 无内容: "是" } }],
});

/** The case's card as this person may use it. */
export const cardFor = (c: Case, turn: Pick<Turn, "actor" | "office" | "registry" | "now">): Card =>
  usableBy(caseCard(c, turn.office, turn.now), c, turn);

/** A card about a case with the buttons that this person may press; leaders may always press for it. */
export function usableBy(
  card: Card,
  c: Case,
  { actor, office, registry, now }: Pick<Turn, "actor" | "office" | "registry" | "now">,
): Card {
  const roles = rolesOf(actor, c, office, now);
  const mine = unitsFor(actor, c, office);
  const signed = c.parts.every((p) => !mine.includes(p.unit) || p.acknowledged !== undefined);
  const buttons = card.buttons.filter(
    (b) => registry.find(b.action)?.who.some((w) => roles.has(w)) && !(b.action === "签收" && signed),
  );
  // Who may only look may press others.
  const acts = (b: Button): boolean => b.action !== "送达";
  const isIdle = card.buttons.some(acts) && !buttons.some(acts) && isOpen(c.state) && roles.has("领导");
  return { ...card, buttons: isIdle ? [button("催办", c, office, true, "督促"), ...buttons] : buttons };
}
