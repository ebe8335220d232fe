import type { Report } from "#core/intake/types.ts";
import type { SuggestedUnit } from "#core/learning/suggested-units.ts";
import type { Address } from "#core/ports.ts";
import type { Instant } from "#core/time.ts";
import type { Actor } from "../authority.ts";
import type { Case, Gate, Imported, Response, Similar, Triage } from "../case.ts";
import type { CaseEvent } from "../events.ts";
import type { Evidence } from "../evidence.ts";
import type { Office } from "../office.ts";

/** What a person asks to be done with a case; the words of the commands, already read into values. */
export interface Actions {
  report: {
    id: string;
    report: Report;
    title: string;
    origin: Address;
    withheld?: true;
    fileOnly?: string;
    /** When it was received, if that was not now. */
    receivedAt?: Instant;
    /** Who reported it, when somebody else enters it. */
    reporter?: string;
    imported?: Imported;
    similar?: Similar[];
    suggested?: SuggestedUnit[];
    evidence?: Evidence[];
  };
  supplement: {
    text: string;
    patch: Partial<Report>;
    gates: Partial<Record<Gate, string>>;
    similar?: Similar[];
    suggested?: SuggestedUnit[];
  };
  triage: Omit<Triage, "by" | "at" | "acting"> & { requestedDueAt?: Instant };
  assign: { units: string[]; lead?: string; demand?: string };
  acknowledge: { unit?: string };
  return: { unit?: string; reason: string; suggestion: string };
  respond: Omit<Response, "id" | "recorded" | "unconfirmed"> & { gates: Partial<Record<Gate, string>> };
  reportUp: { target: "本级党委政府" | "上级"; suggestion?: string };
  close: { tag: string; result: string };
  falseAlarm: { reason: string };
  fileOnly: { reason: string };
  confirm: { proposal?: number; agree: boolean; reason?: string };
  /** @param to digest of the set that the person was shown; without it, the present one */
  adoptRules: { reason: string; to?: string };
  /** 不是同一件 */
  distinguish: { other: string };
  see: Record<string, never>;
  urge: { content?: string };
}

export type ActionName = keyof Actions;

export interface ActionContext {
  now: Instant;
  actor: Actor;
  office: Office;
  /** What came with the message: recorded along with whatever it does. */
  evidence?: readonly Evidence[];
}

/** The events that the action causes, or a clause that says why not and what to do instead. */
export type Decision = { events: CaseEvent[] } | { refused: string };

export type Decider<A extends ActionName> = (c: Case, input: Actions[A], context: ActionContext) => Decision;

export const refuse = (refused: string): Decision => ({ refused });
