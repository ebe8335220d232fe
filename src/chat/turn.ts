import type { Case } from "#core/case/case.ts";
import { EVENT_NAMES } from "#core/case/events.ts";
import { cut } from "#core/message/card.ts";
import { leadButtons } from "#core/message/similar.ts";
import type { Toast } from "#core/ports.ts";
import { formatMoment } from "#core/time.ts";
import { answerWith, close } from "./answer.ts";
import type { Answer, CommandContext } from "./command.ts";
import { commandContext, evidenceIn } from "./command-context.ts";
import { choiceCard, findCase } from "./find-case.ts";
import type { Incoming } from "./incoming.ts";
import { splitArguments } from "./line.ts";
import { denied } from "./permission.ts";
import { declinedCard, lostCard, plainCard, refusalCard, secrecyCard, suggestCard } from "./replies.ts";
import type { Routed } from "./route.ts";
import type { Turn } from "./turn-state.ts";

/** Longest field value that a command takes; the whole text stays in the inbox. */
const FIELD = 2000;

/** The answer to a message of which nothing may be kept. */
export async function withhold(turn: Turn): Promise<Toast | undefined> {
  if (turn.event.type === "message") return close(turn, "withheld", secrecyCard(), "refusal");
  await turn.tx.finish(turn.event.id, "withheld");
  return { text: WITHHELD, tone: "warning" };
}

const WITHHELD = "填写的内容疑似带密级标志，没有保存。请改为线下办理，并报告本单位保密机构。";

/** Does what the event asks for. */
export async function takeTurn(turn: Turn, routed: Routed, incoming: Incoming): Promise<Toast | undefined> {
  if ("aside" in routed && routed.aside !== undefined) turn.asides.push(routed.aside);
  switch (routed.kind) {
    case "refuse":
      return close(turn, "refused", declinedCard(routed.text), "refusal");
    case "lost":
      return close(turn, "lost", lostCard(), "reply");
    case "later": {
      const text = `“${routed.word}”将在后续版本提供。发送 /舆情 帮助 查看现在能办的事。`;
      return close(turn, "later", refusalCard(text), "refusal");
    }
    case "unknown":
      return close(turn, "unknown", suggestCard(routed.word, turn.registry.nearest(routed.word)), "refusal");
    case "offer":
      return offer(turn, routed, incoming);
    case "more":
      turn.asked = true;
      await turn.tx.addToQuestion(routed.question.id, evidenceIn(incoming, turn.now));
      await turn.tx.finish(turn.event.id, "asked");
      return undefined;
    case "command":
      return command(turn, routed, incoming);
  }
}

/** Is this a report? Asked with one button; numbered when nobody answers. */
async function offer(
  turn: Turn,
  { report: clear, text }: Extract<Routed, { kind: "offer" }>,
  incoming: Incoming,
): Promise<Toast | undefined> {
  if (incoming.event.type !== "message") return undefined;
  const { event } = incoming;
  const wait = turn.office.config.params.unclearMinutes;
  turn.asked = true;
  await turn.tx.ask({
    at: Math.min(event.at, turn.now),
    dueAt: turn.now + wait * 60_000,
    chat: turn.chat,
    sender: event.from,
    known: event.known,
    messageId: event.messageId,
    text,
    attachments: event.attachments.length,
    evidence: evidenceIn(incoming, turn.now),
  });
  const card = plainCard(clear ? "这条像是舆情报送，要登记吗？" : "这是舆情报送吗？", [
    `${wait}分钟内无人回答，将先行编号。`,
  ]);
  const values = { 问题: event.messageId };
  card.buttons = [
    { action: "上报", label: "是，登记上报", style: "primary", values },
    { action: "上报", label: "不是", values: { ...values, 结论: "不是" } },
  ];
  return close(turn, "asked", card, "reply");
}

async function command(
  turn: Turn,
  { spec, word, rest, answers, values: filled = {}, joins }: Extract<Routed, { kind: "command" }>,
  incoming: Incoming,
): Promise<Toast | undefined> {
  const values = { ...filled, ...incoming.values };
  const split = splitArguments(
    rest,
    spec.fields.map((f) => f.name),
  );
  // Text that was typed before the case was chosen comes back with the press that chooses it.
  const carried = spec.fields.some((f) => f.name === "内容") ? "" : (values["内容"] ?? "");
  const fields = Object.fromEntries(Object.entries({ ...split.fields, ...values }).map(([k, v]) => [k, cut(v, FIELD)]));
  const args: CommandContext["args"] = {
    ...split,
    word,
    text: split.text || carried,
    fields,
    raw: rest,
    ...(joins ? { joins } : {}),
  };
  const context = commandContext(turn, incoming, args);
  // In an answer to a card, a number in the middle of the text is part of what is said.
  const ref = values["编号"] ?? (answers === undefined || split.leading ? split.ref : undefined);
  const stranger = turn.actor.known ? undefined : denied(spec, null, turn);
  if (stranger) return answerWith(turn, stranger, spec);
  if (spec.target === "none" || (spec.target === "optional" && ref === undefined && answers === undefined)) {
    const answer =
      denied(spec, null, turn) ?? (await (spec.target === "none" ? spec.run(context) : spec.run(context, undefined)));
    return answerWith(turn, answer, spec);
  }
  const found = await findCase(turn.tx, {
    ref,
    answers,
    actor: turn.actor,
    chat: turn.event.chat,
    office: turn.office,
    now: turn.now,
    ownReports: spec.who.includes("报送人"),
  });
  if ("choices" in found) {
    const typed = { ...split.fields, ...(split.text ? { 内容: cut(split.text, FIELD) } : {}) };
    return close(turn, "which", choiceCard(found.why, found.choices, spec.word, typed, turn.now), "refusal");
  }
  const answer = denied(spec, found, turn) ?? (await spec.run(context, found));
  if (answer.kind !== "refusal") return answerWith(turn, answer, spec, found);
  const told = withHistory(answer, await since(turn, found, values));
  return answerWith(turn, leading(told, found, context.pressed), spec, found);
}

/** What others did since the card that was pressed was drawn. */
async function since({ tx, now }: Turn, c: Case, values: Record<string, string>): Promise<string> {
  const seen = Number(values["版本"] ?? c.version);
  if (!(seen < c.version)) return "";
  const later = (await tx.history(c.id)).filter((e) => e.seq > seen).slice(-3);
  return later.map((e) => `${e.event.by} ${formatMoment(e.event.at, now)} ${EVENT_NAMES[e.event.type]}`).join("，");
}

type Refusal = Extract<Answer, { kind: "refusal" }>;

/** What is said about a merged case leads to the one it went into; a card that was pressed has the button itself. */
function leading(answer: Refusal, c: Case, pressed: boolean): Answer {
  if (!c.mergedInto || answer.card || pressed) return answer;
  return { ...answer, card: { ...refusalCard(answer.text), buttons: leadButtons(c) } };
}

function withHistory(answer: Refusal, since: string): Refusal {
  return since === "" || answer.text.includes("已于")
    ? answer
    : { ...answer, text: `${answer.text}(您看到的卡片之后：${since})` };
}
