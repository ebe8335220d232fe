import type { OfficeConfig } from "#core/config.ts";
import { DAY, formatMoment, type Instant } from "#core/time.ts";
import { dutyHoles } from "./duty-holes.ts";
import { didYouMean, type Remark } from "./problems.ts";
import type { Roster } from "./roster.ts";

/** How far ahead holes in the duty roster are looked for. */
const DUTY_AHEAD = 14 * DAY;
/** Where in mainland China a mobile number can begin; platforms find people by it. */
const MOBILE = /^1[3-9]\d{9}$/;

/** What somebody should know about a roster that can be used: posts that nobody fills, people nobody can call, doubtful doubles. */
export function rosterGaps(roster: Roster, hours: Pick<OfficeConfig, "workingHours">, now: Instant): Remark[] {
  return [
    ...emptyPosts(roster),
    ...peopleTwice(roster),
    ...phones(roster),
    ...roles(roster),
    ...groups(roster),
    ...duty(roster, hours, now),
  ];
}

function emptyPosts({ units }: Roster): Remark[] {
  return units.flatMap((unit, i) => {
    const path = ["units", i];
    return [
      ...(unit.liaison.length === 0 ? [{ path, reason: `${unit.name} 没有联络员，转办无人签收，请补上` }] : []),
      ...(unit.liaison.length === 1 ? [{ path, reason: `${unit.name} 只有一名联络员，请再定一名 B 岗` }] : []),
      ...(unit.deputy ? [] : [{ path, reason: `${unit.name} 没有分管领导，提醒会转给主要负责人` }]),
      ...(unit.head ? [] : [{ path, reason: `${unit.name} 没有主要负责人，提醒会转给政府分管领导` }]),
    ];
  });
}

function peopleTwice({ people, units }: Roster): Remark[] {
  return [...people.values()].flatMap(({ name, posts }) => {
    const remarks: Remark[] = [];
    const where = [...new Set(posts.map((p) => p.unit))];
    if (where.length > 1)
      remarks.push({
        path: ["units", units.indexOf(where[1] as (typeof where)[number])],
        reason: `${name} 同时在 ${where.map((u) => u.name).join("、")} 任职；如是同名的两个人，请写成不同的名字，如 ${name}(${where[1]?.aliases[0] ?? where[1]?.name})`,
      });
    for (const unit of where)
      if (unit.liaison.filter((n) => n === name).length > 1)
        remarks.push({
          path: ["units", units.indexOf(unit), "liaison"],
          reason: `${unit.name} 的 ${name} 同时是两个联络员，A、B 岗应是两个人`,
        });
    return remarks;
  });
}

function phones({ people, file }: Roster): Remark[] {
  const owners = Map.groupBy(Object.keys(file.phones), (name) => file.phones[name]);
  return [
    ...[...people.values()]
      .filter((p) => p.phone === undefined && !Object.values(file.accounts).some((known) => known[p.name]))
      .map(({ name }) => ({ path: ["phones", name], reason: `${name} 没有手机号，平台找不到本人，短信电话也打不通` })),
    ...[...owners.values()]
      .filter((names) => names.length > 1)
      .map((names) => ({
        path: ["phones", names[1] as string],
        reason: `${names.join("、")} 的手机号相同，平台只能认出其中一人`,
      })),
    ...Object.entries(file.phones)
      .filter(([, phone]) => !MOBILE.test(phone))
      .map(([name]) => ({
        path: ["phones", name],
        reason: `${name} 的号码不是 11 位手机号，平台按手机号认人，请核对`,
      })),
  ];
}

function roles(roster: Roster): Remark[] {
  return (["组织协调", "值班员", "管理员"] as const)
    .filter((role) => roster.withRole(role).length === 0)
    .map((role) => ({ path: ["roles"], reason: `没有人担任${role}，请在人员里加一行，岗位写 ${role}` }));
}

function groups(roster: Roster): Remark[] {
  const known = [...roster.people.keys()];
  return [
    ...(roster.dutyGroup()
      ? []
      : [{ path: ["groups"], reason: "没有值班群，日报无处发布，请把一个群的用途写成 值班" }]),
    ...roster.file.groups.flatMap((group, i): Remark[] => [
      ...(roster.members(group).length === 0 ? [{ path: ["groups", i], reason: `“${group.name}”没有成员` }] : []),
      ...(Array.isArray(group.members) ? group.members : [])
        .filter((name) => !roster.people.has(name))
        .map((name) => ({
          path: ["groups", i, "members"],
          reason: `“${group.name}”的成员 ${name} 不在人员里${didYouMean(name, known)}`,
        })),
    ]),
  ];
}

function duty(roster: Roster, hours: Pick<OfficeConfig, "workingHours">, now: Instant): Remark[] {
  return dutyHoles(roster, hours, now, now + DUTY_AHEAD).map(([from, to]) => ({
    path: ["duty"],
    reason: `${formatMoment(from, now)} 至 ${formatMoment(to, now)} 没有排班，提醒会发给组织协调`,
  }));
}
