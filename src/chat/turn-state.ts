import type { Actor } from "#core/case/authority.ts";
import type { Case } from "#core/case/case.ts";
import type { Office } from "#core/case/office.ts";
import type { Address, MessageEvent, PressEvent } from "#core/ports.ts";
import type { Tx } from "#core/store.ts";
import type { Instant } from "#core/time.ts";
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
  /** What was asked for besides and is declined: said at the foot of the answer. */
  aside?: string;
}

export function startTurn(tx: Tx, event: MessageEvent | PressEvent, now: Instant, deps: TurnDeps): Turn {
  const { office, registry, inspect } = deps;
  const actor = { name: event.from, known: event.known };
  return { office, registry, inspect, tx, event, now, actor, chat: addressOf(event), asked: false };
}

/** What came with the message is on record, in a case or in a question. */
export const isRecorded = ({ asked, touched, event }: Turn): boolean =>
  asked || touched?.evidence?.some((e) => e.messageId === event.messageId) === true;
