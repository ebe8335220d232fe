import type { Roster } from "../roster/roster.ts";
import { parse } from "./parse.ts";
import { SECRET_REFUSAL } from "./refusals.ts";
import { type ScreenContext, type Screened, screen } from "./screen.ts";
import type { Parsed, ParseInput } from "./types.ts";

export interface Intake {
  screened: Screened;
  parsed: Parsed;
}

const contexts = new WeakMap<Roster, ScreenContext>();

/** The people of the roster are not private persons: their names stay, their own numbers are shortened. */
export function screenContextOf(roster: Roster): ScreenContext {
  const known = contexts.get(roster);
  if (known) return known;
  const phones = new Set(Object.values(roster.file.phones));
  const context: ScreenContext = {
    isKnownName: (name) => roster.person(name) !== undefined,
    isStaffPhone: (digits) => phones.has(digits),
  };
  contexts.set(roster, context);
  return context;
}

/** Screens a raw message, then reads what may be kept. With a hard marking nothing is read at all. */
export function intake(input: ParseInput, roster: Roster): Intake {
  const screened = screen(input.text, screenContextOf(roster));
  if (screened.verdict === "withheld") return { screened, parsed: SECRET_REFUSAL };
  const pii = screened.pii.map(({ type, masked }) => ({ type, masked }));
  return { screened, parsed: parse({ ...input, text: screened.text, pii }, roster) };
}

/** Screening for a platform that keeps its own history: what of a text may be written down. */
export function intakeScreen(roster: Roster): (text: string) => { withheld: true } | { withheld: false; text: string } {
  const context = screenContextOf(roster);
  return (text) => {
    const result = screen(text, context);
    return result.verdict === "withheld" ? { withheld: true } : { withheld: false, text: result.text };
  };
}
