import type { ChatRef } from "#core/ports.ts";
import type { Case } from "./case.ts";
import type { Office } from "./office.ts";
import { namedUnits } from "./responders.ts";

/** A group that is not concerned sees the number and the title of a case, and nothing of what it says. */
export function mayShowIn(c: Case, chat: ChatRef, office: Office): boolean {
  if (chat.kind === "private" || chat.name === c.origin.name) return true;
  const group = office.roster.group(chat.name);
  if (!group || group.purpose === "duty") return true;
  const units = namedUnits(c, office);
  return group.units.some((id) => units.includes(office.roster.unit(id)?.name ?? ""));
}
