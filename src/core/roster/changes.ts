import { saysSame } from "./plain.ts";
import { namesIn } from "./problems.ts";
import type { DutyEntry, RosterFile, Unit } from "./schema.ts";
import { weekdayWords } from "./sheets/days.ts";
import { liaisonWord, MANAGEMENT, UNIT_ROLE, wordOf } from "./sheets/words.ts";

/** One difference between two rosters, in words that need no other context. Telephone numbers are masked. */
export interface Change {
  part: "区划" | "单位" | "人员" | "岗位" | "电话" | "账号" | "分管领导" | "值班" | "群" | "单位配置";
  how: "added" | "changed" | "removed";
  text: string;
}

/** What the second roster says otherwise than the first. Empty: at most the order of things differs. */
export function rosterChanges(before: RosterFile, after: RosterFile): Change[] {
  return [
    ...listed("区划", (f) => f.jurisdictions.map((j) => [j.code, j.name, j]), before, after),
    ...unitChanges(before, after),
    ...listed("人员", (f) => [...namesIn(f)].map((name) => [name, name, name]), before, after),
    ...postChanges(before, after),
    ...roleChanges(before, after),
    ...pairs("电话", before.phones, after.phones, masked),
    ...accountChanges(before, after),
    ...listed("分管领导", (f) => f.leaders.map((l) => [l.name, `${l.name}(${l.post})`, l]), before, after),
    ...listed("值班", (f) => f.duty.map((d) => [dutyText(d), dutyText(d), d]), before, after),
    ...listed("群", (f) => f.groups.map((g) => [g.name, g.name, g]), before, after),
    ...(saysSame(before.office, after.office)
      ? []
      : [{ part: "单位配置", how: "changed", text: "office 里的单位配置有变化" } as const]),
  ];
}

type Named = [key: string, text: string, value: unknown];

function listed(
  part: Change["part"],
  itemsOf: (file: RosterFile) => Named[],
  before: RosterFile,
  after: RosterFile,
): Change[] {
  const old = new Map(itemsOf(before).map((item) => [item[0], item]));
  const now = new Map(itemsOf(after).map((item) => [item[0], item]));
  return [
    ...[...now.values()].flatMap(([key, text, value]): Change[] => {
      const was = old.get(key);
      if (!was) return [{ part, how: "added", text }];
      return saysSame(was[2], value)
        ? []
        : [{ part, how: "changed", text: `${text}：${fieldsChanged(was[2], value)}` }];
    }),
    ...[...old.values()].filter(([key]) => !now.has(key)).map(([, text]): Change => ({ part, how: "removed", text })),
  ];
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  name: "名称",
  aliases: "别名",
  places: "地名",
  note: "备注",
  post: "职务",
  role: "类别",
  executive: "常务",
  units: "单位",
  purpose: "用途",
  jurisdiction: "区划",
  members: "成员",
};

function fieldsChanged(before: unknown, after: unknown): string {
  const [a, b] = [before, after] as Record<string, unknown>[];
  const keys = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  return keys
    .filter((key) => !saysSame(a?.[key], b?.[key]))
    .map((key) => `${FIELD_NAMES[key] ?? key} ${shown(a?.[key])}→${shown(b?.[key])}`)
    .join("；");
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.join("、") : "(空)";
  if (typeof value === "boolean") return value ? "是" : "否";
  return typeof value === "string" && value !== "" ? value : "(空)";
}

function unitChanges(before: RosterFile, after: RosterFile): Change[] {
  const described = ({
    name,
    aliases,
    jurisdiction,
    management,
    superior,
    role,
    duties,
  }: Unit): Record<string, unknown> => ({
    名称: name,
    别名: aliases,
    区划: jurisdiction,
    管理方式: wordOf(MANAGEMENT, management),
    上级部门: superior,
    职能: wordOf(UNIT_ROLE, role),
    职责词: duties,
  });
  return listed("单位", (f) => f.units.map((u) => [u.id, u.name, described(u)]), before, after);
}

function postChanges(before: RosterFile, after: RosterFile): Change[] {
  return after.units.flatMap((unit) => {
    const old = before.units.find((u) => u.id === unit.id);
    return pairs("岗位", postsOf(old), postsOf(unit), (name) => name, `${unit.name} `);
  });
}

function postsOf(unit: Unit | undefined): Record<string, string> {
  return {
    ...Object.fromEntries((unit?.liaison ?? []).map((name, i) => [liaisonWord(i), name])),
    ...(unit?.deputy ? { 分管领导: unit.deputy } : {}),
    ...(unit?.head ? { 主要负责人: unit.head } : {}),
  };
}

function roleChanges(before: RosterFile, after: RosterFile): Change[] {
  const words = ({ roles }: RosterFile): Record<string, string> =>
    Object.fromEntries(
      Object.entries(roles)
        .filter(([, names]) => names.length > 0)
        .map(([role, names]) => [role, names.join("、")]),
    );
  return pairs("岗位", words(before), words(after));
}

function accountChanges(before: RosterFile, after: RosterFile): Change[] {
  return [...new Set([...Object.keys(before.accounts), ...Object.keys(after.accounts)])].flatMap((platform) =>
    pairs("账号", before.accounts[platform] ?? {}, after.accounts[platform] ?? {}, (id) => id, `${platform} `),
  );
}

function pairs(
  part: Change["part"],
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  show: (value: string) => string = (value) => value,
  prefix = "",
): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key): Change[] => {
    const [a, b] = [before[key], after[key]];
    if (a === b) return [];
    if (a === undefined) return [{ part, how: "added", text: `${prefix}${key} ${show(b ?? "")}` }];
    if (b === undefined) return [{ part, how: "removed", text: `${prefix}${key} ${show(a)}` }];
    return [{ part, how: "changed", text: `${prefix}${key} ${show(a)}→${show(b)}` }];
  });
}

/** 138****8000; of a shorter number only the last two digits. */
const masked = (phone: string): string =>
  phone.length >= 11 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`;

function dutyText({ dates, weekdays, from, to, officer, leader }: DutyEntry): string {
  return `${dates ? dates.join("、") : weekdayWords(weekdays ?? [])} ${from}-${to} ${officer}(带班 ${leader})`;
}
