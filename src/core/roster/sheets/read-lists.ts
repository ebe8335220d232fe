import type { Group, Jurisdiction, Leader, RosterFile } from "../schema.ts";
import { isNothing, readItems, readPeople } from "./cells.ts";
import type { Draft } from "./draft.ts";
import type { DraftPhones } from "./phones.ts";
import { addPhone } from "./read-people.ts";
import { type DraftUnits, set } from "./read-units.ts";
import { type Cell, cellOf, type RosterTable, type Row } from "./table.ts";
import { choices, LEADER_ROLE, meaningOf, PURPOSE } from "./words.ts";

/** How the group of everybody is written. */
export const EVERYBODY = "全体联络员";

/** What the schema still has to look at: a cell may hold anything. */
type Raw<T> = Partial<T>;

/** 分管领导: leaders of the government and the units each is in charge of. */
export function readLeaders(
  table: RosterTable,
  { draft, units, phones }: { draft: Draft; units: DraftUnits; phones: DraftPhones },
): Raw<Leader>[] {
  return table.rows.flatMap((row, i) => {
    const cell = cellOf(row, "name");
    const [person] = readPeople(cell?.text ?? "");
    if (!cell || !person) return draft.error(cell ?? row.place, "没有写姓名") ?? [];
    if (person.phone) phones.add(person.name, person.phone, cell);
    else addPhone(table, row, cell, person.name, phones);
    draft.put(["leaders", i], cell);
    const title = cellOf(row, "title") ?? cellOf(row, "post");
    draft.put(["leaders", i, "post"], title);
    const said = draft.read(cellOf(row, "leaderRole"), (t) => meaningOf(LEADER_ROLE, t), choices(LEADER_ROLE));
    const post = title?.text ?? "";
    const isHead = /^代?[省市县区]长$/u.test(post);
    const executive = draft.read(cellOf(row, "executive"), yesNo, "是、否") ?? post.startsWith("常务");
    const leader: Raw<Leader> = { name: person.name, role: said ?? (isHead ? "主要负责同志" : "分管领导"), executive };
    if (post !== "") leader.post = post;
    else draft.error(title ?? cell, `${person.name} 没有写职务，如 副县长`);
    leader.units = units.idsOf(cellOf(row, "leads"));
    return [leader];
  });
}

const yesNo = (text: string): boolean | undefined => {
  if (/^(?:是|√|✓|常务)$/u.test(text)) return true;
  return text === "否" ? false : undefined;
};

/** 群 */
export function readGroups(table: RosterTable, { draft, units }: { draft: Draft; units: DraftUnits }): Raw<Group>[] {
  return table.rows.map((row, i) => {
    const name = cellOf(row, "group");
    draft.put(["groups", i], name?.text ? name : row.place);
    const members = cellOf(row, "members");
    draft.put(["groups", i, "members"], members);
    const area = text(row, "area");
    draft.put(["groups", i, "jurisdiction"], cellOf(row, "area"));
    const purpose = draft.read(cellOf(row, "purpose"), (t) => meaningOf(PURPOSE, t), choices(PURPOSE));
    const group: Raw<Group> = { purpose: purpose ?? (name?.text.includes("值班") ? "duty" : "work") };
    if (name?.text) group.name = name.text;
    else draft.error(name ?? row.place, "没有写群名称");
    set(group, "jurisdiction", area);
    if (members?.text === EVERYBODY) group.members = "all-liaisons";
    else if (members && !isNothing(members.text)) group.members = readPeople(members.text).map((p) => p.name);
    group.units = units.idsOf(cellOf(row, "unit"));
    return group;
  });
}

/** 区划 */
export function readAreas({ rows }: RosterTable, draft: Draft): Raw<Jurisdiction>[] {
  return rows.map((row, i) => {
    draft.put(["jurisdictions", i], row.place);
    draft.put(["jurisdictions", i, "code"], cellOf(row, "area"));
    draft.put(["jurisdictions", i, "name"], cellOf(row, "areaName"));
    const area: Raw<Jurisdiction> = {
      aliases: readItems(text(row, "aliases") ?? ""),
      places: readItems(text(row, "places") ?? ""),
    };
    set(area, "code", text(row, "area")?.normalize("NFKC"));
    set(area, "name", text(row, "areaName"));
    if (!area.code || !area.name) draft.error(row.place, "区划代码和区划名称都要写");
    set(area, "note", text(row, "note"));
    return area;
  });
}

/** 账号 */
export function readAccounts({ rows }: RosterTable, draft: Draft): RosterFile["accounts"] {
  const accounts: RosterFile["accounts"] = {};
  for (const row of rows) {
    const [platform, name, account] = [text(row, "platform"), text(row, "name"), text(row, "account")];
    if (!platform || !name || !account) {
      draft.error(row.place, "平台、姓名、账号有一项没有写");
      continue;
    }
    accounts[platform] = { ...accounts[platform], [name]: account };
    draft.put(["accounts", platform, name], cellOf(row, "account"));
  }
  return accounts;
}

function text(row: Row, field: Cell["field"]): string | undefined {
  const found = cellOf(row, field)?.text ?? "";
  return isNothing(found) ? undefined : found;
}
