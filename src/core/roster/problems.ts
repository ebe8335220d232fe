import { nearestName } from "#core/nearest-name.ts";
import type { RosterFile, Unit } from "./schema.ts";

/** Something that is said of a value of a roster: why the roster cannot be used, or what somebody should know. */
export interface Remark {
  /** Path of the value in the content of a roster file. */
  path: readonly PropertyKey[];
  /** One Chinese sentence. */
  reason: string;
}

export const isCoordinator = (unit: Unit, home: string): boolean =>
  unit.role === "coordinator" && unit.jurisdiction === home;

/** Why a roster whose form is right cannot be used, all at once; none: it can. @param home code of the office's jurisdiction */
export function rosterProblems(file: RosterFile, home: string): Remark[] {
  const codes = file.jurisdictions.map((j) => j.code);
  return [
    ...codes.flatMap((code, i) =>
      codes.indexOf(code) < i ? [{ path: ["jurisdictions", i, "code"], reason: `区划代码 ${code} 重复` }] : [],
    ),
    ...(codes.includes(home)
      ? []
      : [
          {
            path: ["jurisdictions"],
            reason: `jurisdictions(区划)里没有本单位的区划代码 ${home}，请加上，或改正 office 里的 jurisdiction`,
          },
        ]),
    ...unitProblems(file, codes),
    ...coordinatorProblems(file, home),
    ...unknownUnits(file),
    ...unknownPeople(file),
  ];
}

function unitProblems({ units }: RosterFile, codes: readonly string[]): Remark[] {
  const owners = new Map<string, Unit>();
  return units.flatMap((unit, i) => {
    const problems: Remark[] = [];
    for (const key of [unit.id, unit.name, ...unit.aliases]) {
      const other = owners.get(key);
      if (other && other !== unit)
        problems.push({
          path: ["units", i],
          reason: `“${key}”同时是 ${other.name} 和 ${unit.name} 的名称或别名`,
        });
      owners.set(key, unit);
    }
    if (!codes.includes(unit.jurisdiction))
      problems.push({
        path: ["units", i, "jurisdiction"],
        reason: `${unit.name} 的区划代码 ${unit.jurisdiction} 不在 jurisdictions 里`,
      });
    if (unit.management === "vertical" && !unit.superior)
      problems.push({ path: ["units", i], reason: `${unit.name} 是垂直管理单位,须写 superior(上级部门)` });
    return problems;
  });
}

function coordinatorProblems({ units }: RosterFile, home: string): Remark[] {
  const found = units.filter((u) => isCoordinator(u, home));
  if (found.length === 1) return [];
  return [
    {
      path: ["units"],
      reason: `本级应有且只有一个组织协调单位(role: coordinator，表格里职能写 组织协调)，现在有 ${found.length} 个`,
    },
  ];
}

function unknownUnits({ units, leaders, groups }: RosterFile): Remark[] {
  const known = new Set(units.flatMap((u) => [u.id, u.name, ...u.aliases]));
  const unknown = (list: "leaders" | "groups", each: readonly { units: string[] }[]): Remark[] =>
    each.flatMap((item, i) =>
      item.units.flatMap((id, k) =>
        known.has(id)
          ? []
          : [{ path: [list, i, "units", k], reason: `没有编号为 ${id} 的单位${didYouMean(id, [...known])}` }],
      ),
    );
  return [...unknown("leaders", leaders), ...unknown("groups", groups)];
}

function unknownPeople(file: RosterFile): Remark[] {
  const known = namesIn(file);
  const named: [string, PropertyKey[]][] = [
    ...file.duty.flatMap((d, i): [string, PropertyKey[]][] => [
      [d.officer, ["duty", i, "officer"]],
      [d.leader, ["duty", i, "leader"]],
    ]),
    ...Object.keys(file.phones).map((name): [string, PropertyKey[]] => [name, ["phones", name]]),
  ];
  return named.flatMap(([name, path]) =>
    known.has(name) ? [] : [{ path, reason: `${name} 不在任何单位、领导或角色名单里${didYouMean(name, [...known])}` }],
  );
}

/** Everybody with a post, a role or a seat in the government. */
export function namesIn(file: Pick<RosterFile, "units" | "leaders" | "roles">): Set<string> {
  return new Set([
    ...file.units.flatMap((u) => [...u.liaison, u.deputy ?? [], u.head ?? []].flat()),
    ...file.leaders.map((l) => l.name),
    ...Object.values(file.roles).flat(),
  ]);
}

/** ",是不是 县水务局?" behind a name that nobody knows, when one is near; else nothing. */
export function didYouMean(written: string, known: readonly string[]): string {
  const near = nearestName(written, known);
  return near === undefined ? "" : `，是不是 ${near}？`;
}
