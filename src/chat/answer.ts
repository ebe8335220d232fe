import type { Case } from "#core/case/case.ts";
import { cardSlot } from "#core/case/record.ts";
import { type Card, fitting, type Line } from "#core/message/card.ts";
import { caseCard } from "#core/message/case-card.ts";
import type { Toast } from "#core/ports.ts";
import type { Answer, CommandSpec } from "./command.ts";
import { cardFor, refusalCard, usableBy } from "./replies.ts";
import type { Turn } from "./turn-state.ts";

/** Queues a command's answer and notes the outcome: a press gets a toast, a message a reply. */
export async function answerWith(turn: Turn, answer: Answer, spec: CommandSpec, c?: Case): Promise<Toast | undefined> {
  const { tx, event } = turn;
  if (answer.kind === "refusal") return close(turn, answer.text, answer.card ?? refusalCard(answer.text), "refusal");
  if (answer.kind === "messages") {
    const [first, ...rest] = answer.messages;
    await tx.queue(first ? [{ ...first, card: withAsides(turn, first.card) }, ...rest] : [], turn.now);
    await tx.finish(event.id, answer.toast ?? "done", turn.touched?.id);
    return event.type === "press" ? { text: answer.toast ?? "已办理", tone: "ok" } : undefined;
  }
  const changed = turn.touched;
  if (event.type === "press" && changed) {
    const card = await redrawn(turn, changed);
    const text = answer.toast ?? `已${spec.word}`;
    await tx.finish(event.id, text, changed.id);
    return { text, tone: "ok", ...(card ? { card } : {}) };
  }
  const about = changed ?? c;
  // In a private chat nobody else needs the buttons that this person may not press.
  const card = about && turn.chat.kind === "user" ? usableBy(answer.card, about, turn) : answer.card;
  return close(turn, answer.toast ?? "done", card, "reply", about, answer.mentions);
}

/** Ends the turn with one card as its answer; what a press would only be told in words becomes a toast. */
export async function close(
  turn: Turn,
  outcome: string,
  card: Card,
  kind: "reply" | "refusal",
  c?: Case,
  mentions: string[] = [],
): Promise<Toast | undefined> {
  const { tx, event, chat } = turn;
  await tx.finish(event.id, outcome, turn.touched?.id ?? c?.id);
  if (event.type === "press" && kind === "refusal" && card.buttons.length === 0)
    return { text: card.lines.map((l) => (l.kind === "text" ? l.text : "")).join(""), tone: "warning" };
  await tx.queue(
    [
      {
        key: `answer/${event.id}`,
        lane: 0,
        to: chat,
        kind,
        card: fitting(withAsides(turn, card)),
        mentions: chat.kind === "group" ? (mentions.length > 0 ? mentions : [turn.actor.name]) : [],
        ...(c ? { caseId: c.id } : {}),
        ...(event.type === "message" ? { replyTo: event.messageId } : {}),
      },
    ],
    turn.now,
  );
  return undefined;
}

/**
 * The pressed message as it stands now. In a private chat it is queued as well, for platforms that cannot show it with the
 * answer; the case's own card in a group follows by itself.
 */
async function redrawn(turn: Turn, c: Case): Promise<Card | undefined> {
  const { tx, event, chat, now, office } = turn;
  if (chat.kind === "group") {
    const isOwnCard = (await tx.slotMessage(cardSlot(c.id, chat))) === event.messageId;
    return isOwnCard ? caseCard(c, office, now) : undefined;
  }
  const card = cardFor(c, turn);
  await tx.queue(
    [
      {
        key: `edit/${event.id}`,
        lane: 0,
        to: chat,
        kind: "update",
        card,
        mentions: [],
        caseId: c.id,
        slot: `message:${event.messageId}`,
      },
    ],
    now,
  );
  return card;
}

const withAsides = ({ asides }: Turn, card: Card): Card => ({
  ...card,
  lines: [...card.lines, ...asides.map((text): Line => ({ kind: "text", text, emphasis: "quiet" }))],
});
