import { describe, expect, it } from "vitest";
import { readDays, readShift, readWeekdays } from "#core/roster/sheets/days.ts";
import { examine, NOW, sheet, told } from "../../../support/roster-sheets.ts";

const night = { from: "17:30", to: "08:30" };
const whole = { from: "08:30", to: "08:30" };

describe("duty lists", () => {
  it("one row per day: the month stands in the title, a day off is whole, a working day is its night", () => {
    const read = examine([
      sheet(
        "Sheet1",
        `青岩县人民政府办公室2026年11月值班表
         日期|星期|值班员|带班领导
         27日|五|赵敏之|罗文博
         28|六|杜 若|高建平`,
      ),
    ]);
    expect(told(read.findings, "error")).toEqual([]);
    expect(read.roster?.file.duty.slice(2)).toEqual([
      { dates: ["2026-11-27"], ...night, officer: "赵敏之", leader: "罗文博" },
      { dates: ["2026-11-28"], ...whole, officer: "杜若", leader: "高建平" },
    ]);
    expect(told(read.findings, "note")[0]).toContain("Sheet1 2：没有写时间，工作日按 17:30 至次日 08:30");
  });

  it("one row per weekday replaces the weekly entries and keeps the dated ones", () => {
    const base = structuredClone(examine([sheet("s", "日期|值班员|带班领导\n2026-12-25|何伟|高建平")]).roster?.file);
    const read = examine(
      [sheet("值班", "星期|时间|值班员|带班领导\n周一至周五|17:30-次日8:30|何伟|罗文博\n周末|全天|杜若|高建平")],
      base,
    );
    expect(read.roster?.file.duty).toEqual([
      { dates: ["2026-12-25"], ...night, officer: "何伟", leader: "高建平" },
      { weekdays: [1, 2, 3, 4, 5], ...night, officer: "何伟", leader: "罗文博" },
      { weekdays: [6, 7], ...whole, officer: "杜若", leader: "高建平" },
    ]);
  });

  it("a list of days replaces the days from its first to its last, and no others", () => {
    const november = examine([sheet("s", "日期|值班员|带班领导\n11月29日、12月2日|何伟|高建平")]).roster?.file;
    const read = examine([sheet("s", "日期|值班员|带班领导\n12月1日|杜若|高建平\n12月3日|杜若|高建平")], november);
    expect(read.roster?.file.duty.flatMap((d) => d.dates?.map((day) => `${day} ${d.officer}`) ?? [])).toEqual([
      "2026-11-29 何伟",
      "2026-12-01 杜若",
      "2026-12-03 杜若",
    ]);
  });

  it("takes the day above for the second shift of a day in a merged cell", () => {
    const read = examine([sheet("s", "日期|班次|值班员|带班领导\n12月1日|白班|何伟|高建平\n|夜班|杜若|高建平")]);
    expect(read.roster?.file.duty.slice(2).map((d) => [d.dates?.[0], d.from, d.officer])).toEqual([
      ["2026-12-01", "08:30", "何伟"],
      ["2026-12-01", "17:30", "杜若"],
    ]);
  });

  it("tells a weekday that is not that of the day, people nobody knows, and what cannot be read", () => {
    const read = examine([
      sheet(
        "值班",
        `日期|星期|时间|值班员|带班领导
         12月1日|周三||何伟|高建平
         13月1日|||何伟|高建平
         12月2日|||赵敏芝|高建平
         12月3日||上半夜|何伟|`,
      ),
    ]);
    expect(told(read.findings, "error")).toEqual([
      "值班 2 B 星期：2026-12-01 是周二，不是周三，请核对日期和星期",
      "值班 3 A 日期：“13月1日”不是日期，请写成 2026-12-01 或 12月1日",
      "值班 4 D 值班员：赵敏芝 不在任何单位、领导或角色名单里，是不是 赵敏之？",
      "值班 5 E 带班领导：没有写带班领导",
    ]);
  });

  it("tells the hours of the next fourteen days in which nobody is on duty", () => {
    const read = examine([sheet("值班", "星期|值班员|带班领导\n周一至周五|何伟|高建平")]);
    expect(told(read.findings, "note")).toContainEqual(
      expect.stringContaining("11月28日(周六)08:30 至 11月30日(周一)08:30 没有排班"),
    );
  });
});

describe("days, weekdays and shifts as people write them", () => {
  it.each([
    ["2026-11-20", ["2026-11-20"]],
    ["2026/1/5", ["2026-01-05"]],
    ["１１月３０日（周一）", ["2026-11-30"]],
    ["1月2日", ["2027-01-02"]],
    ["10月1日至3日", ["2026-10-01", "2026-10-02", "2026-10-03"]],
    ["11月30日至12月1日", ["2026-11-30", "2026-12-01"]],
    ["2月30日", undefined],
    ["5日", undefined],
    ["下周", undefined],
  ])("%s", (text, days) => {
    expect(readDays(text, {}, NOW)).toEqual(days);
  });

  it.each([
    ["星期一", [1]],
    ["周六日", [6, 7]],
    ["周一、周三", [1, 3]],
    ["周五至周日", [5, 6, 7]],
    ["工作日", [1, 2, 3, 4, 5]],
    ["节假日", undefined],
  ])("%s", (text, days) => {
    expect(readWeekdays(text)).toEqual(days);
  });

  it.each([
    ["17：30—次日8：30", night],
    ["8时30分至17时30分", { from: "08:30", to: "17:30" }],
    ["24小时", whole],
    ["25:00-8:00", undefined],
  ])("%s", (text, shift) => {
    expect(readShift(text, { opens: "08:30", closes: "17:30" })).toEqual(shift);
  });
});
