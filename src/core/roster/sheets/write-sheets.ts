import type { Sheet } from "#core/import/table.ts";
import type { RosterFile, Unit } from "../schema.ts";
import { weekdayWords } from "./days.ts";
import { EVERYBODY } from "./read-lists.ts";
import { LEADER_ROLE, liaisonWord, MANAGEMENT, PURPOSE, UNIT_ROLE, wordOf } from "./words.ts";

/** For people who play a role without a post in a unit: an empty cell would mean the unit above. */
const NO_UNIT = "—";

/** The sheets of a whole roster, which `readRosterSheets` reads back: everything but the office's settings. */
export function rosterSheets(file: RosterFile): Sheet[] {
  const name = new Map(file.units.map((u) => [u.id, u.name]));
  const names = (ids: readonly string[]): string => items(ids.map((id) => name.get(id) ?? id));
  return [
    sheet(
      "单位",
      ["单位编号", "单位", "别名", "区划代码", "管理方式", "上级部门", "职能", "职责词"],
      file.units.map(unitRow),
    ),
    peopleSheet(file),
    sheet(
      "分管领导",
      ["姓名", "职务", "类别", "常务", "分管单位", "手机"],
      file.leaders.map((l) => [
        l.name,
        l.post,
        wordOf(LEADER_ROLE, l.role),
        l.executive ? "是" : "否",
        names(l.units),
        file.phones[l.name] ?? "",
      ]),
    ),
    sheet(
      "值班",
      ["日期", "星期", "起", "止", "值班员", "带班领导"],
      file.duty.map((d) => [items(d.dates ?? []), weekdayWords(d.weekdays ?? []), d.from, d.to, d.officer, d.leader]),
    ),
    sheet(
      "群",
      ["群名称", "用途", "区划代码", "单位", "成员"],
      file.groups.map((g) => [
        g.name,
        wordOf(PURPOSE, g.purpose),
        g.jurisdiction ?? "",
        names(g.units),
        g.members === "all-liaisons" ? EVERYBODY : items(g.members ?? []),
      ]),
    ),
    sheet(
      "区划",
      ["区划代码", "区划名称", "别名", "地名", "备注"],
      file.jurisdictions.map((j) => [j.code, j.name, items(j.aliases), items(j.places), j.note ?? ""]),
    ),
    sheet(
      "账号",
      ["平台", "姓名", "账号"],
      Object.entries(file.accounts).flatMap(([platform, known]) =>
        Object.entries(known).map(([person, account]) => [platform, person, account]),
      ),
    ),
  ];
}

/** One row for each post and each role of each person, with the number: what an office hands around. */
export function peopleSheet({ units, roles, phones }: Pick<RosterFile, "units" | "roles" | "phones">): Sheet {
  const row = (unit: string, person: string, post: string): string[] => [unit, person, post, phones[person] ?? ""];
  return sheet(
    "人员",
    ["单位", "姓名", "岗位", "手机"],
    [
      ...units.flatMap((unit) => [
        ...unit.liaison.map((person, i) => row(unit.name, person, liaisonWord(i))),
        ...(unit.deputy ? [row(unit.name, unit.deputy, "分管领导")] : []),
        ...(unit.head ? [row(unit.name, unit.head, "主要负责人")] : []),
      ]),
      ...Object.entries(roles).flatMap(([role, people]) => people.map((person) => row(NO_UNIT, person, role))),
    ],
  );
}

const unitRow = (u: Unit): string[] => [
  u.id,
  u.name,
  items(u.aliases),
  u.jurisdiction,
  wordOf(MANAGEMENT, u.management),
  u.superior ?? "",
  wordOf(UNIT_ROLE, u.role),
  items(u.duties),
];

const sheet = (name: string, headings: string[], rows: string[][]): Sheet => ({ name, rows: [headings, ...rows] });

const items = (values: readonly string[]): string => values.join("、");
