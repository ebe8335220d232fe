import type { Actor } from "#core/case/authority.ts";
import { unitsFor } from "#core/case/authority.ts";
import { type Case, midNo } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { Card } from "#core/message/card.ts";
import { toneOf } from "#core/message/tone.ts";
import type { Address, ChatRef } from "#core/ports.ts";
import type { Reader } from "#core/store.ts";
import { addDays, dayOf, type Instant } from "#core/time.ts";

export interface CaseSearch {
  /** Number as written, if any. */
  ref: string | undefined;
  /** Case of the card or message that is answered. */
  answers: string | undefined;
  actor: Actor;
  chat: ChatRef;
  office: Office;
  now: Instant;
  /** The command is one that whoever reported may use: what they reported here comes first. */
  ownReports?: boolean;
}

/**
 * The case that a command means: by its number; else the card that is answered; else the sender's only open case. Otherwise
 * the open ones from which to choose.
 */
export async function findCase(store: Reader, search: CaseSearch): Promise<Case | { choices: Case[]; why: string }> {
  const { ref, answers } = search;
  if (ref !== undefined) {
    const found = await byNumber(store, ref, search.now);
    return found ?? { choices: await nearby(store, search), why: `没有编号 ${ref} 的案件。` };
  }
  if (answers !== undefined) {
    const found = await store.case(answers);
    if (found) return found;
  }
  const open = await store.cases({ open: true, byDue: true, limit: 200 });
  const reported = search.ownReports ? open.filter((c) => isReportedHere(c, search)) : [];
  const [mine] = reported;
  if (mine && reported.length === 1) return mine;
  const own = reported.length > 1 ? reported : open.filter((c) => concerns(c, search));
  const [only] = own;
  if (only && own.length === 1) return only;
  const [sole] = open;
  if (sole && open.length === 1) return sole;
  if (own.length === 0)
    return {
      choices: open.slice(0, 5),
      why: open.length === 0 ? "现在没有在办案件。" : "没有与您有关的在办案件，请选一件或写编号。",
    };
  return { choices: own.slice(0, 5), why: `您有 ${own.length} 件在办，请选一件或写编号。` };
}

/** The case with a number as people write it: "YQ-990121-20261120-001", "20261120-001", "001" and "#1" of today. */
export async function byNumber(store: Reader, ref: string, now: Instant): Promise<Case | undefined> {
  if (ref.startsWith("YQ-")) return store.case(ref);
  if (/^#?\d{1,3}$/u.test(ref)) return store.caseByNumber(dayOf(now), Number(ref.replace("#", "")));
  const [date = "", no = "0"] = ref.split("-");
  return store.caseByNumber(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`, Number(no));
}

/** Open cases of the last days, nearest limit first: what a wrong number probably meant. */
async function nearby(store: Reader, { now }: CaseSearch): Promise<Case[]> {
  const recent = await store.cases({ open: true, byDue: true, limit: 5 });
  return recent.length > 0 ? recent : store.cases({ day: addDays(dayOf(now), 0), limit: 5 });
}

/** Did this person report it in this chat? */
export function isReportedHere(c: Case, { actor, chat }: Pick<CaseSearch, "actor" | "chat">): boolean {
  const here: Address = chat.kind === "group" ? { kind: "group", name: chat.name } : { kind: "user", name: actor.name };
  return c.reporter === actor.name && c.origin.name === here.name;
}

function concerns(c: Case, search: CaseSearch): boolean {
  const { actor, office } = search;
  if (isReportedHere(c, search)) return true;
  if (unitsFor(actor, c, office).length > 0) return true;
  const roles = office.roster.person(actor.name)?.roles ?? [];
  return roles.includes("组织协调") || roles.includes("值班员");
}

/** "Which one?" as a card: a press runs the same action on the chosen case. */
export function choiceCard(
  why: string,
  choices: readonly Case[],
  word: string,
  values: Record<string, string>,
  now: Instant,
): Card {
  return {
    title: why,
    tone: choices[0] ? toneOf(choices[0], now) : "blue",
    lines: choices.map((c) => ({ kind: "text", text: `${midNo(c.id)} ${c.title}` })),
    buttons: choices.map((c) => ({
      action: word,
      label: midNo(c.id),
      values: { ...values, 编号: c.id, 版本: String(c.version) },
    })),
  };
}
