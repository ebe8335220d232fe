import { chainOf } from "../policy/region.ts";
import type { Roster } from "../roster/roster.ts";
import { alternatives } from "./words.ts";

/** What a place name in a message can mean. */
export interface PlaceName {
  /** Jurisdictions that claim the name; a river may belong to two. */
  codes: readonly string[];
  /** 青岩县, 东岭区 … rather than a short form or a village. */
  full: boolean;
  /** A jurisdiction rather than a town, estate or river in it. */
  jurisdiction: boolean;
}

/** The names of one roster, ready to search with. */
export interface Gazetteer {
  places: ReadonlyMap<string, PlaceName>;
  /** All place names, longest first. */
  placePattern: string;
  startsWithPlace: RegExp;
  /** Unit names and aliases, longest first. */
  unitPattern: string;
  unitIds: ReadonlyMap<string, string>;
  /** Official names, as opposed to aliases. */
  unitFullNames: ReadonlySet<string>;
  /** Unit id → official name. */
  unitNames: ReadonlyMap<string, string>;
  /** Unit id → name of its jurisdiction, in the order of the roster. */
  unitPlaces: ReadonlyMap<string, string>;
  unitRoles: ReadonlyMap<string, string | undefined>;
  /** Duties word → ids of the units that list it. */
  duties: readonly (readonly [word: string, unitIds: readonly string[]])[];
}

const cache = new WeakMap<Roster, Gazetteer>();

/** Built once per roster. */
export function gazetteerOf(roster: Roster): Gazetteer {
  const known = cache.get(roster);
  if (known) return known;
  const built = build(roster);
  cache.set(roster, built);
  return built;
}

function build(roster: Roster): Gazetteer {
  const codes = new Map<string, { codes: string[]; full: boolean; jurisdiction: boolean }>();
  const add = (name: string, code: string, full: boolean, jurisdiction: boolean): void => {
    const entry = codes.get(name) ?? { codes: [], full, jurisdiction };
    if (!entry.codes.includes(code)) entry.codes.push(code);
    codes.set(name, entry);
  };
  for (const j of roster.file.jurisdictions) {
    add(j.name, j.code, true, true);
    for (const alias of j.aliases) add(alias, j.code, /[省市县区州旗盟]$/.test(alias), true);
    for (const place of j.places) add(place, j.code, true, false);
  }
  const placePattern = alternatives(codes.keys());
  const unitNames = roster.unitNames();
  const duties = new Map<string, string[]>();
  for (const unit of roster.units)
    for (const word of unit.duties) duties.set(word, [...(duties.get(word) ?? []), unit.id]);
  return {
    places: codes,
    placePattern,
    startsWithPlace: new RegExp(`^(?:${placePattern || "(?!)"})`),
    unitPattern: alternatives(unitNames.map(([name]) => name)),
    unitIds: new Map(unitNames.map(([name, unit]) => [name, unit.id])),
    unitFullNames: new Set(roster.units.map((unit) => unit.name)),
    unitNames: new Map(roster.units.map((unit) => [unit.id, unit.name])),
    unitPlaces: new Map(roster.units.map((unit) => [unit.id, roster.jurisdiction(unit.jurisdiction)?.name ?? ""])),
    unitRoles: new Map(unitNames.map(([name, unit]) => [name, unit.role])),
    duties: [...duties],
  };
}

/** True when `ancestor` is a government above `code`. */
export function isAncestor(ancestor: string, code: string): boolean {
  return ancestor !== code && chainOf(code).includes(ancestor);
}
