import type { ActionName, Actions } from "#core/case/actions/types.ts";
import type { Actor, Who } from "#core/case/authority.ts";
import type { Case } from "#core/case/case.ts";
import type { Evidence } from "#core/case/evidence.ts";
import type { Merged } from "#core/case/merge.ts";
import type { Office } from "#core/case/office.ts";
import type { LexiconEntry } from "#core/learning/lexicon.ts";
import type { Card } from "#core/message/card.ts";
import type { Account, Attachment, ChatRef } from "#core/ports.ts";
import type { Outgoing, Question, Reader } from "#core/store.ts";
import type { Instant } from "#core/time.ts";

/** A field that a command takes as 字段=值 or from a form. */
export interface FieldSpec {
  name: string;
  /** Short meaning with the values it takes, for help. */
  hint: string;
}

/** What stands behind the action word, read but not yet understood. */
export interface Arguments {
  /** The action word as typed or pressed: 更正 rather than 补充. */
  word: string;
  /** Free text: what is neither a number nor a field. */
  text: string;
  /** Everything behind the action word as written (screened). */
  raw: string;
  fields: Readonly<Record<string, string>>;
  /** Case numbers as written, when the command has no single target. */
  ref: string | undefined;
  /** A picture that followed a report by itself: taken without a word, as far as there is nothing to say. */
  joins?: true;
}

/** Whether a change took place; a refusal says why not and what to do. */
export type Outcome = { ok: true; case: Case } | { ok: false; refused: string };

/** The accounts of the platform on which the command was given. */
export interface AccountBook {
  /** People who are mentioned in the message. */
  mentioned: readonly { written: string; account: string }[];
  all: () => Promise<Account[]>;
  /** Adds an account, or replaces what was known of it and of its name; the platform is told after the commit. */
  put: (account: Account) => Promise<void>;
}

export interface CommandContext {
  now: Instant;
  actor: Actor;
  office: Office;
  chat: ChatRef;
  args: Arguments;
  attachments: readonly Attachment[];
  /** The same as it is recorded; `change` does so by itself. */
  evidence: readonly Evidence[];
  /** What chat records and shared pages that came along say, screened. */
  quoted: string;
  /** True when a button was pressed instead of a line typed. */
  pressed: boolean;
  /** Words such as 涉密 stand alone at the head: ask whether the message itself is classified. */
  askSecrecy: boolean;
  /** When it was sent or pressed: earlier than `now` when the bot was down. What people call "just now" is this. */
  sentAt: Instant;
  /** Id of the message that is being answered. */
  messageId: string;
  store: Reader;
  /** All commands, for help. */
  commands: readonly CommandSpec[];
  /** Opens a new case with the next free number. */
  open(
    input: Omit<Actions["report"], "id" | "origin">,
    requestedDueAt: Instant | undefined,
    /** Who reported it, when that is not the person who presses. */
    reporter?: Actor,
  ): Promise<Case>;
  /** Decides and records an action on the case: the only way in which a command changes one. */
  change<A extends Exclude<ActionName, "report">>(c: Case, action: A, input: Actions[A]): Promise<Outcome>;
  /** The case with this number, as people write numbers. */
  find(ref: string): Promise<Case | undefined>;
  /** 并案: decides and records the change of both cases together. */
  merge(source: Case, target: Case, reason: string): Promise<Merged>;
  /** The text of which it is still asked whether it is a report. */
  question: (messageId: string) => Promise<Question | undefined>;
  settleQuestion: (id: number, caseId?: string) => Promise<void>;
  /** Undefined on a platform whose people and groups need no binding. */
  book: AccountBook | undefined;
  /** Adds a step to the life of a learned word. */
  noteWord: (entry: LexiconEntry) => Promise<void>;
  /** Hash over all chains as they stand now, with the number of today's records. */
  anchor: () => Promise<{ hash: string; events: number }>;
  /** Findings of the auditor's checks, run now. */
  inspect: () => Promise<string[]>;
}

/** A command's answer: a card, or a line of text. */
export type Answer =
  | {
      kind: "reply";
      card: Card;
      mentions?: string[];
      /** Shown to a person who pressed a button, in place of a message. */
      toast?: string;
    }
  /** Messages of the command's own making, such as the receipts of a report in two groups. */
  | { kind: "messages"; messages: Outgoing[]; toast?: string }
  | { kind: "refusal"; text: string; card?: Card };

interface CommandBase {
  /** Equal to the file's name. */
  name: string;
  /** The action word people type. */
  word: string;
  aliases: readonly string[];
  /** One line for help and README. */
  summary: string;
  /** An example as typed. */
  usage: string;
  /** Default deny: the roles that may. Checked before `run`. */
  who: readonly Who[];
  fields: readonly FieldSpec[];
}

export type CommandSpec = CommandBase &
  (
    | { target: "case"; run(context: CommandContext, c: Case): Promise<Answer> }
    /** A case only when a number is written or a card is answered. */
    | { target: "optional"; run(context: CommandContext, c: Case | undefined): Promise<Answer> }
    | { target: "none"; run(context: CommandContext): Promise<Answer> }
  );

/** Declares a chat command; one file each under commands/, found by its file name. */
export const defineCommand = (spec: CommandSpec): CommandSpec => spec;

export const refusal = (text: string): Answer => ({ kind: "refusal", text });

/** A plain answer without buttons. */
export const note = (title: string, lines: readonly string[] = [], tone: Card["tone"] = "blue"): Answer => ({
  kind: "reply",
  card: { title, tone, lines: lines.map((text) => ({ kind: "text", text })), buttons: [] },
});
