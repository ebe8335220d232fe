import { didYouMean } from "../problems.ts";
import type { Jurisdiction, RosterFile, Unit } from "../schema.ts";
import { isNothing, readItems, readName } from "./cells.ts";
import { type Draft, short } from "./draft.ts";
import { type Cell, cellOf, type Row } from "./table.ts";
import { choices, MANAGEMENT, meaningOf, UNIT_ROLE } from "./words.ts";

/** A unit while it is read: the one the office has already, or a new one. */
export type DraftUnit = Partial<Unit> & Pick<Unit, "id" | "name" | "liaison">;

/** The units of a file. A file that holds a whole roster starts with none, any other with those the office has. */
export class DraftUnits {
  readonly list: DraftUnit[];
  /** Units that the file speaks of. */
  readonly named = new Set<DraftUnit>();
  readonly #draft: Draft;
  readonly #known: readonly DraftUnit[];
  readonly #isWhole: boolean;
  readonly #home: string;
  readonly #areas: readonly Partial<Jurisdiction>[];

  constructor(
    draft: Draft,
    base: RosterFile,
    { isWhole, home, areas }: { isWhole: boolean; home: string; areas: readonly Partial<Jurisdiction>[] },
  ) {
    this.#draft = draft;
    this.#known = structuredClone(base.units);
    this.list = isWhole ? [] : [...this.#known];
    this.#isWhole = isWhole;
    this.#home = home;
    this.#areas = areas;
  }

  /** The unit with this name, alias or id; spaces and widths of characters do not matter. */
  find(text: string, among: readonly DraftUnit[] = this.list): DraftUnit | undefined {
    const key = keyOf(text);
    return among.find((u) => [u.name, u.id, ...(u.aliases ?? [])].some((name) => keyOf(name) === key));
  }

  /** The unit that a row of people belongs to. In a whole roster it must stand in the list of units. */
  ofPeople(cell: Cell): DraftUnit | undefined {
    const found = this.find(cell.text);
    if (!found && this.#isWhole)
      return this.#draft.error(
        cell,
        `“${short(cell.text)}”不在单位表里${this.#near(cell.text)}；新单位请先在单位表加一行`,
      );
    return this.#take(found ?? this.#added(cell), cell);
  }

  /** The unit of a row of the list of units, with what the columns say of it. */
  ofRow(row: Row, cell: Cell): DraftUnit | undefined {
    const id = cellOf(row, "unitId");
    const known = this.#known.find((u) => u.id === id?.text) ?? this.find(cell.text, this.#known);
    const found = this.find(id?.text || cell.text) ?? this.find(cell.text);
    if (found && this.#isWhole) return this.#draft.error(cell, `“${short(cell.text)}”在单位表里出现了两次，请删去一行`);
    const unit = found ?? known ?? this.#added(cell);
    if (this.#isWhole) this.list.push(unit);
    if (id?.text) {
      unit.id = id.text;
      unit.name = cell.text;
    }
    this.#describe(unit, row);
    return this.#take(unit, cell);
  }

  /** Ids of the units that a cell lists; one that nobody knows is an error. */
  idsOf(cell: Cell | undefined): string[] {
    return readItems(cell?.text ?? "").flatMap((name) => {
      const unit = this.find(name);
      if (!unit && cell)
        this.#draft.error(cell, `没有“${short(name)}”这个单位${this.#near(name) || "，请改正名称，或先加上这个单位"}`);
      return unit?.id ?? [];
    });
  }

  #take(unit: DraftUnit, cell: Cell): DraftUnit {
    this.named.add(unit);
    this.#draft.put(["units", this.list.indexOf(unit)], cell);
    return unit;
  }

  #added(cell: Cell): DraftUnit {
    const name = readName(cell.text);
    const near = this.#isWhole ? "" : this.#near(name);
    if (near) this.#draft.note(cell, `通讯录里没有“${short(name)}”，作为新单位加入${near}`);
    const unit: DraftUnit = { id: name, name, jurisdiction: this.#home, liaison: [] };
    if (!this.#isWhole) this.list.push(unit);
    return unit;
  }

  #describe(unit: DraftUnit, row: Row): void {
    const index = this.list.indexOf(unit);
    const cell = (field: Cell["field"], key: keyof Unit): Cell | undefined => {
      const found = cellOf(row, field);
      this.#draft.put(["units", index, key], found);
      return found;
    };
    const aliases = cell("aliases", "aliases");
    if (aliases) unit.aliases = readItems(aliases.text);
    const duties = cell("duties", "duties");
    if (duties) unit.duties = readItems(duties.text);
    const superior = cell("superior", "superior");
    if (superior) set(unit, "superior", isNothing(superior.text) ? undefined : superior.text);
    const area = cell("area", "jurisdiction");
    if (area) unit.jurisdiction = isNothing(area.text) ? this.#home : this.#codeOf(area.text);
    const management = cell("management", "management");
    if (management)
      unit.management = this.#draft.read(management, (t) => meaningOf(MANAGEMENT, t), choices(MANAGEMENT)) ?? "local";
    const role = cell("unitRole", "role");
    if (role)
      set(
        unit,
        "role",
        this.#draft.read(role, (t) => meaningOf(UNIT_ROLE, t), choices(UNIT_ROLE)),
      );
  }

  /** An area may be written by its name. */
  #codeOf(text: string): string {
    return this.#areas.find((a) => a.name === text || a.aliases?.includes(text))?.code ?? text;
  }

  #near(written: string): string {
    return didYouMean(
      written,
      this.list.flatMap((u) => [u.name, ...(u.aliases ?? [])]),
    );
  }
}

/** Sets an optional field, or takes it away. */
export function set<T extends object, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value === undefined) delete target[key];
  else target[key] = value;
}

const keyOf = (name: string): string => name.normalize("NFKC").replace(/\s/gu, "");
