import type { Sheet } from "#core/import/table.ts";
import type { Instant } from "#core/time.ts";
import { namesIn } from "../problems.ts";
import type { DutyEntry, RosterFile } from "../schema.ts";
import type { Kind } from "./columns.ts";
import type { OfficeHours } from "./days.ts";
import { Draft } from "./draft.ts";
import { DraftPhones } from "./phones.ts";
import { DraftPosts } from "./posts.ts";
import { readDutyTable, type SaidDuty } from "./read-duty.ts";
import { readAccounts, readAreas, readGroups, readLeaders } from "./read-lists.ts";
import { readPeopleTable, readUnitTable } from "./read-people.ts";
import { DraftUnits } from "./read-units.ts";
import { type RosterTable, rosterTable } from "./table.ts";

/** What sheets are laid over: a list of people says nothing of places and groups. */
export interface SheetContext {
  /** The roster that the office has. */
  base: RosterFile;
  /** Code of the office's own jurisdiction. */
  home: string;
  hours: OfficeHours;
  now: Instant;
}

export interface ReadSheets {
  tables: RosterTable[];
  /** The workbook holds a whole roster: what it leaves out is gone. */
  isWhole: boolean;
  /** The roster as it would be, not yet checked. */
  content: unknown;
  draft: Draft;
}

/** With these a workbook is a whole roster, as `roster export` writes it. */
const WHOLE: readonly Kind[] = ["units", "people", "duty", "groups"];

/**
 * Reads the tables of a workbook and lays them over the roster that the office has. A table of units or people changes the
 * posts it speaks of, of the units it names; a list of duty days the days from its first to its last; any other table the
 * whole of what it is about. A workbook that is a whole roster changes everything but the office's settings. Pure.
 */
export function readRosterSheets(sheets: readonly Sheet[], { base, home, hours, now }: SheetContext): ReadSheets {
  const tables = sheets.flatMap((sheet) => rosterTable(sheet) ?? []);
  const of = (kind: Kind): RosterTable[] => tables.filter((t) => t.kind === kind);
  /** What all tables of a kind say; undefined when there is none. */
  const all = <T>(kind: Kind, read: (table: RosterTable) => T[]): T[] | undefined =>
    of(kind).length > 0 ? of(kind).flatMap(read) : undefined;
  const isWhole = WHOLE.every((kind) => of(kind).length > 0);

  const draft = new Draft();
  const jurisdictions = all("areas", (t) => readAreas(t, draft)) ?? base.jurisdictions;
  const units = new DraftUnits(draft, base, { isWhole, home, areas: jurisdictions });
  const posts = new DraftPosts(draft);
  const phones = new DraftPhones(draft);
  const parts = { draft, units, posts, phones };
  for (const table of of("units")) readUnitTable(table, parts);
  for (const table of of("people")) readPeopleTable(table, parts);
  posts.giveTo(units, isWhole);
  const leaders = all("leaders", (t) => readLeaders(t, parts)) ?? base.leaders;
  const groups = all("groups", (t) => readGroups(t, parts)) ?? base.groups;
  const said = all("duty", (t) => readDutyTable(t, parts, { now, hours }));
  const duty = said ? laidOver(isWhole ? [] : base.duty, said, draft) : base.duty;
  const roles = posts.roles(base.roles, isWhole);
  const accounts = of("accounts").map((t) => readAccounts(t, draft));
  const content = {
    ...(base.office ? { office: base.office } : {}),
    jurisdictions,
    units: units.list,
    leaders,
    roles,
    duty,
    groups,
    phones: phones.over(isWhole ? {} : base.phones),
    accounts: accounts.length > 0 ? Object.assign({}, ...accounts) : structuredClone(base.accounts),
  };
  forgetGone(base, content as RosterFile);
  return { tables, isWhole, content, draft };
}

/** Entries for days replace those of the days from the first to the last of them; entries for weekdays all of their kind. */
function laidOver(base: readonly DutyEntry[], said: readonly SaidDuty[], draft: Draft): DutyEntry[] {
  const days = said.flatMap(({ entry }) => entry.dates ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const hasWeekly = said.some(({ entry }) => entry.weekdays);
  const kept = base.flatMap((entry): DutyEntry[] => {
    if (entry.weekdays) return hasWeekly ? [] : [entry];
    const dates = entry.dates?.filter((d) => first === undefined || last === undefined || d < first || d > last) ?? [];
    return dates.length > 0 ? [{ ...entry, dates }] : [];
  });
  said.forEach(({ at, officer, leader }, i) => {
    draft.put(["duty", kept.length + i], at);
    draft.put(["duty", kept.length + i, "officer"], officer);
    draft.put(["duty", kept.length + i, "leader"], leader);
  });
  return [...kept, ...said.map(({ entry }) => entry)];
}

/** Numbers and accounts of people who left with this file go with them. */
function forgetGone(base: RosterFile, content: RosterFile): void {
  const present = namesIn(content);
  const gone = [...namesIn(base)].filter((name) => !present.has(name));
  for (const known of [content.phones, ...Object.values(content.accounts)]) for (const name of gone) delete known[name];
}
