import type { Actor } from "#core/case/authority.ts";
import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { Address, MessageEvent, PressEvent } from "#core/ports.ts";
import type { Tx } from "#core/store.ts";
import { formatSpan, type Instant, MINUTE } from "#core/time.ts";
import { addressOf } from "./incoming.ts";
import type { Registry } from "./registry.ts";

/** What a turn needs of its surroundings. */
export interface TurnDeps {
  office: Office;
  registry: Registry;
  /** Findings of the auditor, for 自检. */
  inspect: (tx: Tx) => Promise<string[]>;
}

/** One event at work, inside its transaction. */
export interface Turn extends Readonly<TurnDeps> {
  readonly tx: Tx;
  readonly event: MessageEvent | PressEvent;
  readonly now: Instant;
  readonly actor: Actor;
  /** Where answers go. */
  readonly chat: Address;
  /** The case that was opened or changed last. */
  touched?: Case;
  /** It is asked whether the text is a report. */
  asked: boolean;
  /** Accounts were bound or unbound: platforms are told after the commit. */
  bound: boolean;
  /** Said at the foot of the answer: that the message was late, and what was asked for besides and is declined. */
  asides: string[];
}

export function startTurn(tx: Tx, event: MessageEvent | PressEvent, now: Instant, deps: TurnDeps): Turn {
  const { office, registry, inspect } = deps;
  const actor = { name: event.from, known: event.known };
  const asides = lateness(event, now, office.config.params.lateAfterMinutes);
  return {
    office,
    registry,
    inspect,
    tx,
    event,
    now,
    actor,
    chat: addressOf(event),
    asked: false,
    bound: false,
    asides,
  };
}

/** A message that waited while the bot was down is handled like any other, and its sender is told how long it waited. */
function lateness(event: MessageEvent | PressEvent, now: Instant, lateAfterMinutes: number): string[] {
  const waited = now - event.at;
  if (event.type === "press" || waited <= lateAfterMinutes * MINUTE) return [];
  return [`补收：这条消息发送于 ${formatSpan(waited).replace(/分$/u, "分钟")}前。`];
}

/** What came with the message is on record, in a case or in a question. */
export const isRecorded = ({ asked, touched, event }: Turn): boolean =>
  asked || touched?.evidence?.some((e) => e.messageId === event.messageId) === true;
