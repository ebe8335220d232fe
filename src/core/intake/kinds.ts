import { isQuestion, LONGEST_QUESTION, type Question } from "./query.ts";
import { type Declined, declinedAsk } from "./refusals.ts";
import { isCourtesy, saysFact } from "./talk.ts";
import { asksWithdrawal, beginsLikeUpdate, mayBeginAfresh, withoutTakingBack } from "./update-kind.ts";

/** What a message asks for, before it is read as a report. */
export type Intent = "report" | "update" | "query" | "not-report" | { declined: Declined };

export interface IntentFacts {
  text: string;
  /** It answers a case card or another message about a case. */
  isReply: boolean;
  /** Signs of a report that the parser found: links, labels, figures, casualties, places, platforms. */
  evidence: number;
  /** Among them such as only somebody gives who states facts: a link, figures, casualties, labelled fields, files. */
  states: boolean;
  /** It says when, where and on which platform: a report that leans on no other. */
  isWhole: boolean;
  /** The text read as a question: only short texts are. */
  question: () => Question;
  /** The same signs in a text without some of its clauses. */
  evidenceIn: (text: string) => number;
}

/** Two signs together make a report; one alone is chatter (今天食堂吃什么). */
const ENOUGH = 2;
/** So many leave no doubt, whatever the first word says. */
const STRONG = 4;

/**
 * Branches on the words of the message. What the bot declines to do is refused only when nothing else is left: a report that
 * also asks for 删帖 stays a report, because losing it costs the office its limit.
 */
export function intentOf(facts: IntentFacts): Intent {
  const { text, isReply, evidence, states, isWhole, question, evidenceIn } = facts;
  if (isCourtesy(text) && !states) return "not-report";
  // 撤了吧 in answer to a card takes the case back, nothing else.
  const declined = declinedAsk(isReply ? withoutTakingBack(text) : text);
  const kept = (rest: string): boolean =>
    evidenceIn(rest) >= ENOUGH || beginsLikeUpdate(rest) || (isReply && saysFact(rest, false));
  if (declined && !kept(declined.rest)) return { declined: declined.what };
  if (!isReply && isWhole && evidence >= STRONG && mayBeginAfresh(text)) return "report";
  if (beginsLikeUpdate(text) || (isReply && asksWithdrawal(text))) return "update";
  if (text.length <= LONGEST_QUESTION && evidence < 4 && isQuestion(text, question(), isReply)) return "query";
  if (isReply) return saysFact(text, states) ? "update" : "not-report";
  return evidence >= ENOUGH ? "report" : "not-report";
}
