import { formatStamp } from "#core/time.ts";
import { isOpenId } from "../ids.ts";
import type { Kinds } from "./routing.ts";

/** Several values of a field are joined by this. */
export const JOIN = "、";

/** The choice of none: an option needs a value, and what was chosen once cannot be taken back otherwise. */
export const NONE = "∅";

const DATE_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) ([+-]\d{2}):?(\d{2})$/;
const DATE = /^(\d{4}-\d{2}-\d{2}) [+-]\d{4}$/;

/**
 * Inputs of a form by field name, as the command line writes them; fields without a value are left out.
 * @param kinds fields that are no words: only those are translated, whatever was typed into the others
 */
export function readInputs(
  given: Readonly<Record<string, unknown>>,
  kinds: Kinds,
  nameOf: (openId: string) => string | undefined,
): Record<string, string> {
  const inputs = Object.entries(given).map(([name, value]): [string, string] => [
    name,
    written(value, kinds[name], nameOf),
  ]);
  return Object.fromEntries(inputs.filter(([, value]) => value.trim() !== ""));
}

function written(
  value: unknown,
  kind: Kinds[string] | undefined,
  nameOf: (openId: string) => string | undefined,
): string {
  if (Array.isArray(value))
    return value
      .map((one) => written(one, kind, nameOf))
      .filter((text) => text !== "")
      .join(JOIN);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return "";
  if (kind === "choice") return value === NONE ? "" : value;
  // Whoever is chosen and not known stays an id: the command then refuses it instead of deciding without a name.
  if (kind === "account") return isOpenId(value) ? (nameOf(value) ?? value) : value;
  return kind === "time" ? timeOf(value) : value;
}

function timeOf(value: string): string {
  const [, day, time, hours, minutes] = DATE_TIME.exec(value) ?? [];
  if (day) return inShanghai(`${day}T${time}:00${hours}:${minutes}`) ?? value;
  return DATE.exec(value)?.[1] ?? value;
}

/** A picker writes the time zone of the phone; an office abroad for a day means its own clock at home. */
function inShanghai(iso: string): string | undefined {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? undefined : formatStamp(at);
}
