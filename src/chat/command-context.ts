import type { Actions } from "#core/case/actions/types.ts";
import type { Case } from "#core/case/case.ts";
import { decide } from "#core/case/decide.ts";
import { type Evidence, evidenceOf } from "#core/case/evidence.ts";
import { mergeCases } from "#core/case/merge.ts";
import { openCase } from "#core/case/open.ts";
import { record } from "#core/case/record.ts";
import { learnFrom } from "#core/learning/learn.ts";
import { dayOf, type Instant } from "#core/time.ts";
import type { AccountBook, CommandContext, Outcome } from "./command.ts";
import { byNumber } from "./find-case.ts";
import type { Incoming } from "./incoming.ts";
import type { Turn } from "./turn-state.ts";

/** What a command is given: what was said, and the only ways in which it can read and change anything. */
export function commandContext(turn: Turn, incoming: Incoming, args: CommandContext["args"]): CommandContext {
  const { tx, office, registry, inspect } = turn;
  const recording = { office, now: turn.now, cause: turn.event.id };
  const evidence = evidenceIn(incoming, turn.now);
  return {
    now: turn.now,
    actor: turn.actor,
    office,
    chat: turn.event.chat,
    args,
    attachments: incoming.event.type === "message" ? incoming.event.attachments : [],
    evidence,
    quoted: incoming.quoted,
    askSecrecy: incoming.askSecrecy,
    pressed: turn.event.type === "press",
    sentAt: Math.min(turn.event.at, turn.now),
    messageId: turn.event.messageId,
    store: tx,
    commands: registry.commands,
    open: async (input, requestedDueAt, reporter = turn.actor) => {
      turn.touched = await openCase(tx, { ...input, origin: turn.chat }, requestedDueAt, reporter, recording);
      return turn.touched;
    },
    change: async <A extends keyof Actions>(
      c: Case,
      action: Exclude<A, "report">,
      input: Actions[A],
    ): Promise<Outcome> => {
      const decision = decide(c, action, input as Actions[Exclude<A, "report">], {
        ...recording,
        actor: turn.actor,
        evidence,
      });
      if ("refused" in decision) return { ok: false, refused: decision.refused };
      turn.touched = await record(tx, c, decision.events, recording);
      if (action === "triage" || action === "assign") await learnFrom(tx, turn.touched, turn.actor, recording);
      return { ok: true, case: turn.touched };
    },
    find: (ref) => byNumber(tx, ref, turn.now),
    merge: async (source, target, reason) => {
      const merged = await mergeCases(tx, { source, target }, reason, turn.actor, recording);
      if ("source" in merged) turn.touched = merged.source;
      return merged;
    },
    question: async (messageId) => tx.openQuestion(messageId),
    settleQuestion: async (id, caseId) => tx.settleQuestion(id, "answered", caseId),
    book: bookOf(turn),
    noteWord: (entry) => tx.noteWord(entry),
    anchor: () => tx.anchor(dayOf(turn.now), turn.now),
    inspect: () => inspect(tx),
  };
}

function bookOf(turn: Turn): AccountBook | undefined {
  const { tx, event } = turn;
  const { platform } = event;
  if (platform === undefined) return undefined;
  return {
    mentioned: event.type === "message" ? (event.accounts ?? []) : [],
    all: () => tx.accounts(platform),
    put: (account) => {
      turn.bound = true;
      return tx.putAccount(platform, account);
    },
  };
}

/** What came with the message, as it is recorded. */
export function evidenceIn({ event }: Incoming, now: Instant): Evidence[] {
  if (event.type !== "message") return [];
  return evidenceOf(event.attachments, { by: event.from, at: Math.min(event.at, now), messageId: event.messageId });
}
