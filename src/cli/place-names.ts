import type { Roster } from "#core/roster/roster.ts";

/** Places of the worked examples of the decision table that lie outside any one office's roster. */
const WORKED_EXAMPLES: Readonly<Record<string, string>> = {
  "110000": "(直辖市例)",
  "110101": "(直辖市例)A区",
  "110105": "(直辖市例)B区",
  "410000": "河南省",
};

/** Names of places by GB/T 2260 code: the roster's, with its note in brackets (省直管), before those of the examples. */
export function placeNames(roster: Roster): Record<string, string> {
  const own = roster.file.jurisdictions.map(({ code, name, note }) => [code, note ? `${name}(${note})` : name]);
  return { ...WORKED_EXAMPLES, ...Object.fromEntries(own) };
}
