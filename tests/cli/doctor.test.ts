import { describe, expect, it } from "vitest";
import type { Check } from "#core/check.ts";
import { OfficeConfigSchema } from "#core/config.ts";
import { rosterFrom } from "#core/roster/load.ts";
import type { Roster } from "#core/roster/roster.ts";
import { atTime, DAY, HOUR, MINUTE } from "#core/time.ts";
import type { Vitals } from "#core/vitals.ts";
import {
  checkClock,
  checkEnvFile,
  checkFolder,
  checkFrozenRules,
  checkLife,
  checkNode,
  checkPlatform,
  checkRoster,
  checkRules,
  checkWeb,
} from "#src/cli/checkup.ts";
import { doctorReport } from "#src/cli/doctor.ts";
import { packNamed } from "../core/policy/packs.ts";

const NOW = atTime("2026-11-20", "10:00");
const config = OfficeConfigSchema.parse({ name: "某县府办", jurisdiction: "990121", packs: ["cn.gb61"] });
const states = (checks: readonly Check[]): string[] => checks.map((c) => `${c.state} ${c.name}`);

const NIGHTS = { weekdays: [1, 2, 3, 4, 5], from: "17:30", to: "08:30", officer: "赵敏之", leader: "罗文博" };
const WEEKEND = { weekdays: [6, 7], from: "08:30", to: "08:30", officer: "赵敏之", leader: "罗文博" };

function rosterWith(more: Record<string, unknown>): Roster {
  return rosterFrom({
    office: { jurisdiction: "990121" },
    jurisdictions: [{ code: "990121", name: "青岩县" }],
    units: [
      {
        id: "xfb",
        name: "县府办",
        jurisdiction: "990121",
        role: "coordinator",
        liaison: ["周敏"],
        deputy: "罗文博",
        head: "高建平",
      },
    ],
    roles: { 组织协调: ["周敏"], 管理员: ["周敏"], 值班员: ["赵敏之"] },
    duty: [NIGHTS, WEEKEND],
    groups: [{ name: "值班群", purpose: "duty", members: "all-liaisons" }],
    ...more,
  });
}
const roster = (more: Record<string, unknown> = {}, gaps: string[] = [], now = NOW): Check[] =>
  checkRoster(rosterWith(more), config, gaps, now);

describe("doctor: people", () => {
  it("finds nothing in a full roster", () => {
    expect(states(roster())).toEqual(["ok 通讯录", "ok 值班"]);
  });

  it("names the times that nobody is on duty", () => {
    const duty = roster({ duty: [NIGHTS] }).at(-1);
    expect(duty?.state).toBe("attention");
    expect(duty?.finding).toBe(
      "今后 14 天有 2 段没有排班:11月21日(周六)08:30 至 11月23日(周一)08:30;11月28日(周六)08:30 至 11月30日(周一)08:30",
    );
  });

  it("takes a holiday on a weekday for a time without duty", () => {
    const before = atTime("2026-09-28", "10:00");
    expect(roster({}, [], before).at(-1)?.finding).toContain("10月1日(周四)08:30 至 10月1日(周四)17:30");
  });

  it("says which posts and groups are missing", () => {
    const checks = roster(
      {
        roles: { 值班员: ["赵敏之"] },
        groups: [{ name: "工作群", purpose: "work", members: [] }],
      },
      ["县水务局没有联络员,提醒会转给下一人。"],
    );
    expect(states(checks)).toEqual([
      "ok 通讯录",
      "attention 岗位",
      "wrong 岗位",
      "attention 岗位",
      "wrong 群",
      "attention 群",
      "ok 值班",
    ]);
    expect(checks.filter((c) => c.state !== "ok").every((c) => c.mend)).toBe(true);
  });
});

describe("doctor: rules", () => {
  const { obligations: _, ...gb61 } = packNamed("cn.gb61");

  it("tells of packs that do not bind, that end soon, and of a year without a holiday notice", () => {
    const packs = [
      { ...gb61, advisory: null },
      { ...gb61, id: "old.pack", advisory: "已过有效期" as const },
      { ...gb61, id: "soon.pack", advisory: null, validUntil: "2026-12-31" },
    ];
    expect(states(checkRules(packs, 9, NOW))).toEqual(["ok 规则包", "attention 规则包效力", "attention 规则包效力"]);
    const lastDays = checkRules([{ ...gb61, advisory: null }], 9, atTime("2098-12-20", "10:00"));
    expect(lastDays.at(-1)?.finding).toContain("2099 年的放假安排没有收录");
  });
});

describe("doctor: frozen rules", () => {
  it("says nothing where all are there, and how many cases have lost theirs", () => {
    expect(checkFrozenRules([])).toEqual([]);
    const numbers = Array.from({ length: 7 }, (_, i) => `20261120-00${i + 1}`);
    const [found] = checkFrozenRules(numbers);
    expect(found?.state).toBe("wrong");
    expect(found?.finding).toContain("7 件在办案件研判时冻结的规则缺失(20261120-001、");
    expect(found?.finding).not.toContain("20261120-006");
  });
});

describe("doctor: the bot", () => {
  const alive: Vitals = { intact: true, openCases: 2, heartbeat: NOW - 20_000, lateReminders: 0, stuckMessages: 0 };

  it("is well when it beats and nothing waits", () => {
    expect(states(checkLife({ ...alive, nextDigest: NOW + HOUR, lastAnchor: NOW - HOUR }, NOW))).toEqual([
      "ok 运行",
      "ok 提醒和消息",
      "ok 日报",
    ]);
  });

  it("is ill when it runs and does not do what is due", () => {
    const ill = { ...alive, lateReminders: 3, stuckMessages: 1, nextDigest: NOW - HOUR };
    expect(states(checkLife(ill, NOW))).toEqual(["ok 运行", "wrong 提醒和消息", "wrong 日报"]);
  });

  it("only waits to be started when it does not run", () => {
    const stopped = { ...alive, heartbeat: NOW - DAY, lateReminders: 3, nextDigest: NOW - HOUR };
    const checks = checkLife(stopped, NOW);
    expect(states(checks)).toEqual(["attention 运行", "attention 提醒和消息", "attention 日报"]);
    expect(checks[0]?.finding).toContain("24小时00分前");
    const { heartbeat: __, ...never } = alive;
    expect(states(checkLife(never, NOW))).toEqual(["attention 运行"]);
  });

  it("notices that no anchor was made for more than a day", () => {
    expect(states(checkLife({ ...alive, lastAnchor: NOW - 2 * DAY }, NOW)).at(-1)).toBe("attention 日报");
  });

  it("notices a clock that stands before the newest record", () => {
    expect(checkClock({ newestEvent: NOW - MINUTE }, NOW).state).toBe("ok");
    const back = checkClock({ newestEvent: NOW + 3 * HOUR }, NOW);
    expect(back.state).toBe("wrong");
    expect(back.finding).toContain("早 3小时00分");
  });
});

describe("doctor: the machine", () => {
  it("wants Node 24", () => {
    expect(checkNode("24.21.0").state).toBe("ok");
    expect(checkNode("20.20.2").state).toBe("wrong");
  });

  it("looks at the data folder and the disk", () => {
    const facts = { writable: true, free: 50 * 1024 ** 3, mode: 0o700 };
    expect(states(checkFolder("data", facts))).toEqual(["ok 数据目录", "ok 磁盘"]);
    expect(states(checkFolder("data", { ...facts, mode: 0o755, free: 1024 ** 3 }))).toEqual([
      "attention 数据目录",
      "attention 磁盘",
    ]);
    expect(states(checkFolder("data", { ...facts, free: 1024 ** 2 }))).toContain("wrong 磁盘");
    expect(states(checkFolder("data", { ...facts, writable: false }))).toEqual(["wrong 数据目录"]);
  });

  it("wants a token before other machines can reach the pages", () => {
    expect(checkWeb({ host: "127.0.0.1", port: 8061 }).state).toBe("ok");
    expect(checkWeb({ host: "0.0.0.0", port: 8061, token: "0123456789abcdef" }).state).toBe("ok");
    expect(checkWeb({ host: "0.0.0.0", port: 8061 }).state).toBe("wrong");
  });

  it("knows the platforms there are", () => {
    expect(states(["local", "qq"].map((name) => checkPlatform(name, ["local"])))).toEqual(["ok 平台", "wrong 平台"]);
  });
});

describe("doctor: credentials", () => {
  it("are for the account of the bot alone; where there are no such rights, nothing is said", () => {
    expect(states([0o600, 0o640, 0o604, 0].map((mode) => checkEnvFile("/srv/.env", mode)))).toEqual([
      "ok 密钥文件",
      "attention 密钥文件",
      "attention 密钥文件",
      "ok 密钥文件",
    ]);
    expect(checkEnvFile("/srv/.env", 0o644).mend).toContain("chmod 600 /srv/.env");
  });
});

describe("doctor's report", () => {
  const checks: Check[] = [
    { name: "时钟", state: "ok", finding: "准" },
    { name: "磁盘", state: "wrong", finding: "满", mend: "清理磁盘。" },
  ];

  it("says of each check how it is and how to mend it, and fails when one is wrong", () => {
    expect(doctorReport(checks, { json: false })).toEqual({
      lines: ["[正常] 时钟:准", "[有问题] 磁盘:满", "  怎样修:清理磁盘。", "", "1 处有问题,0 处须注意,1 处正常。"],
      status: 1,
    });
    expect(doctorReport(checks.slice(0, 1), { json: false }).status).toBe(0);
  });

  it("is one JSON object when asked for", () => {
    const { lines } = doctorReport(checks, { json: true });
    expect(lines.map((l) => JSON.parse(l))).toEqual([{ ok: false, checks }]);
  });
});
