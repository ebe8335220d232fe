import { isNothing, readItems, readPeople } from "./cells.ts";
import { type Draft, short } from "./draft.ts";
import type { DraftPhones } from "./phones.ts";
import type { DraftPosts } from "./posts.ts";
import type { DraftUnit, DraftUnits } from "./read-units.ts";
import { type Cell, cellOf, phoneBeside, type RosterTable, type Row } from "./table.ts";
import { liaisonOrder, POST_CHOICES, type PostWord, readPost } from "./words.ts";

export interface DraftParts {
  draft: Draft;
  units: DraftUnits;
  posts: DraftPosts;
  phones: DraftPhones;
}

/** One row per unit: what it is, and its people in columns. */
export function readUnitTable(table: RosterTable, parts: DraftParts): void {
  const { units, posts } = parts;
  for (const { field } of table.columns) if (isPost(field)) posts.speaksOf(field);
  let above: { unit: DraftUnit | undefined } | undefined;
  for (const row of table.rows) {
    const cell = cellOf(row, "unit");
    if (cell && !isNothing(cell.text)) above = { unit: units.ofRow(row, cell) };
    else if (!above) parts.draft.error(cell ?? row.place, "没有写单位");
    // Of a unit that cannot be taken the people cannot either; the unit has been reported.
    if (above?.unit) for (const person of row.cells) holdPost(table, row, person, above.unit, parts);
  }
}

function holdPost(table: RosterTable, row: Row, cell: Cell, unit: DraftUnit, parts: DraftParts): void {
  if (!isPost(cell.field)) return;
  const post = cell.field;
  const first = post === "liaison" ? liaisonOrder(cell.heading) : undefined;
  readPeople(cell.text).forEach(({ name, phone }, i) => {
    const order = first === undefined ? undefined : first + i;
    parts.posts.hold(unit, order === undefined ? { post } : { post, order }, name, cell);
    if (phone) parts.phones.add(name, phone, cell);
    else if (i === 0) addPhone(table, row, cell, name, parts.phones);
  });
}

/** One row per person: unit, name, post and telephone. An empty unit is the one above, as in merged cells. */
export function readPeopleTable(table: RosterTable, parts: DraftParts): void {
  const { draft, units, phones } = parts;
  const field = table.columns.some((c) => c.field === "post") ? "post" : "title";
  let above: { unit: DraftUnit | undefined; isKnown: boolean } = { unit: undefined, isKnown: true };
  for (const row of table.rows) {
    const unitCell = cellOf(row, "unit");
    if (unitCell && isNothing(unitCell.text) && unitCell.text !== "") above = { unit: undefined, isKnown: true };
    else if (unitCell?.text) {
      const unit = units.ofPeople(unitCell);
      above = { unit, isKnown: unit !== undefined };
    }
    const nameCell = cellOf(row, "name");
    const [person, ...others] = readPeople(nameCell?.text ?? "");
    if (!person || !nameCell) continue;
    if (others.length > 0) draft.error(nameCell, `“${short(nameCell.text)}”是几个人，请一人一行`);
    if (person.phone) phones.add(person.name, person.phone, nameCell);
    else addPhone(table, row, nameCell, person.name, phones);
    const postCell = cellOf(row, field);
    const words = readItems(postCell?.text ?? "");
    if (words.length === 0) draft.error(postCell ?? nameCell, `${person.name} 没有写岗位，可填 ${POST_CHOICES}`);
    for (const word of words) takePost(word, postCell ?? nameCell, person.name, above, parts);
  }
}

function takePost(
  word: string,
  cell: Cell,
  name: string,
  { unit, isKnown }: { unit: DraftUnit | undefined; isKnown: boolean },
  { draft, posts }: DraftParts,
): void {
  const post = readPost(word);
  if (post === undefined) draft.error(cell, `${name} 的“${short(word)}”不是岗位，可填 ${POST_CHOICES}`);
  else if (typeof post === "string") posts.play(post, name, cell);
  else if (unit) posts.hold(unit, post, name, cell);
  else if (isKnown) draft.error(cell, `${name} 是${word}，但没有写单位`);
}

/** The number in the column beside a person. */
export function addPhone(table: RosterTable, row: Row, cell: Cell, name: string, phones: DraftPhones): void {
  const phone = phoneBeside(table, row, cell);
  if (phone) phones.add(name, phone.text, phone);
}

const isPost = (field: Cell["field"] | undefined): field is PostWord["post"] =>
  field === "liaison" || field === "deputy" || field === "head";
