import { awaitsSentence, isAwaited } from "#core/case/evidence.ts";
import type { Office } from "#core/case/office.ts";
import { isCourtesy } from "#core/intake/talk.ts";
import type { Question, Tx } from "#core/store.ts";
import { MINUTE } from "#core/time.ts";
import { addressOf, type Incoming } from "./incoming.ts";

/** What the bot waits for from somebody who sent a picture and no word. */
export type Awaited =
  /** One line for a case that is numbered already. */
  | { caseId: string }
  /** The picture is not numbered yet: it was asked whether it is a report; anything but yes or no is the line itself. */
  | { question: Question; answer: "yes" | "no" | "line" };

/** More cases than one person opens in the minutes for which an answer is waited for. */
const RECENT = 50;
const YES = /^(?:是|是的|对|对的|登记|要登记|上报)[。.!！\s]*$/u;
const NO = /^(?:不是|不是的|否|不用|不登记|发错了?)[。.!！\s]*$/u;

/**
 * Is this message the one line that was asked for? Either it answers the card of the case, or it is what the same person says
 * next in the same chat while they would still know what was asked (unclearMinutes ⚙).
 * @param answers the case whose card is answered
 */
export async function awaitedFrom(
  tx: Tx,
  incoming: Incoming,
  office: Office,
  answers: string | undefined,
): Promise<Awaited | undefined> {
  const { event } = incoming;
  const said = incoming.line.trim();
  if (event.type !== "message" || (said !== "" && isCourtesy(said))) return undefined;
  const bare = YES.test(said) || NO.test(said);
  if (answers !== undefined) {
    const answered = await tx.case(answers);
    return answered && awaitsSentence(answered) && !bare ? { caseId: answers } : undefined;
  }
  const since = event.at - office.config.params.unclearMinutes * MINUTE;
  const chat = addressOf(event);
  const recent = await tx.cases({ open: true, reporter: event.from, from: since, limit: RECENT });
  const asked = bare ? undefined : recent.find((c) => isAwaited(c, event.from, chat, since));
  if (asked) return { caseId: asked.id };
  const picture = await tx.openPicture(event.from, chat);
  return picture && { question: picture, answer: YES.test(said) ? "yes" : NO.test(said) ? "no" : "line" };
}
