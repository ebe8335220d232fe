import type { RosterFile } from "./schema.ts";

/** What a roster file need not say: the schema fills it in. */
const isDefault = (key: string, value: unknown): boolean =>
  value === undefined || value === false || (key === "management" && value === "local");

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** A part of a roster as a person would write it: without empty lists and defaults. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]): [string, unknown] => [key, plain(inner)])
      .filter(([key, inner]) => !isDefault(key, inner) && !isEmpty(inner)),
  );
}

/** True when two parts of rosters say the same; the order of fields does not matter, the order of lists does. */
export const saysSame = (a: unknown, b: unknown): boolean => ordered(plain(a)) === ordered(plain(b));

/** True when two rosters say the same; the settings of the office are no part of the roster. */
export const isSameRoster = (a: RosterFile, b: RosterFile): boolean =>
  saysSame({ ...a, office: undefined }, { ...b, office: undefined });

const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? "";
