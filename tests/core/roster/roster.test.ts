import { describe, expect, test } from "vitest";
import { rosterFrom } from "#core/roster/load.ts";
import { exampleSetup } from "../../support/office.ts";
import { at } from "../../support/time.ts";

const { roster } = exampleSetup();

describe("who is on duty", () => {
  test.each([
    ["11-20 09:00", "周敏", "罗文博"],
    ["11-20 17:29", "周敏", "罗文博"],
    ["11-20 17:30", "赵敏之", "罗文博"],
    ["11-21 08:29", "赵敏之", "罗文博"],
    ["11-21 08:30", "杜若", "高建平"],
    ["11-22 23:00", "杜若", "高建平"],
    ["11-23 08:29", "杜若", "高建平"],
    ["11-23 08:30", "周敏", "罗文博"],
  ])("at %s: %s under %s", (time, officer, leader) => {
    expect(roster.dutyAt(at(time))).toMatchObject({ officer, leader });
  });

  test("every instant of a week is covered by a shift that contains it", () => {
    for (let now = at("11-16 00:00"); now < at("11-23 12:00"); now += 17 * 60_000) {
      const { from, to, officer, leader } = roster.dutyAt(now);
      expect(from <= now && now < to).toBe(true);
      expect(officer && leader).toBeTruthy();
    }
  });

  test("a dated entry stands above the weekly one", () => {
    const file = structuredClone(roster.file);
    file.duty.push({ dates: ["2026-11-20"], from: "17:30", to: "08:30", officer: "何伟", leader: "高建平" });
    expect(rosterFrom(file).dutyAt(at("11-20 22:00"))).toMatchObject({ officer: "何伟", leader: "高建平" });
    expect(rosterFrom(file).dutyAt(at("11-19 22:00"))).toMatchObject({ officer: "赵敏之" });
  });
});

describe("people and units", () => {
  test("a unit is found by id, name and every alias", () => {
    for (const name of ["swj", "青岩县水务局", "县水务局", "水务局"]) expect(roster.unit(name)?.id).toBe("swj");
    expect(roster.unit("水务")).toBeUndefined();
  });
  test("the county leader of a unit: by the lists, else the executive deputy", () => {
    const leader = (id: string): string | undefined => {
      const unit = roster.unit(id);
      return unit && roster.leaderOf(unit)?.name;
    };
    expect([leader("jyj"), leader("gaj"), leader("cgz")]).toEqual(["钟慧", "刘建华", "刘建华"]);
  });
  test("heads, deputies and the county's leaders are addressed as leaders, liaison officers are not", () => {
    expect(["沈立", "韩青松", "张志远", "罗文博"].every((n) => roster.isLeader(n))).toBe(true);
    expect(["马超群", "周敏", "赵敏之", "路人甲"].some((n) => roster.isLeader(n))).toBe(false);
  });
});

test("a roster with mistakes is refused with all of them at once", () => {
  const file = structuredClone(roster.file);
  file.units.push({
    ...structuredClone(file.units[5] as (typeof file.units)[number]),
    id: "twin",
    jurisdiction: "123456",
  });
  file.duty.push({ weekdays: [1], from: "00:00", to: "01:00", officer: "无名氏", leader: "罗文博" });
  expect(() => rosterFrom(file)).toThrow(/水务局.*同时是[\s\S]*123456 不在 jurisdictions[\s\S]*无名氏 不在任何/);
});
