import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueAfter, requestedDue } from "#core/clocks/due.ts";
import {
  addWorkingTime,
  isPublished,
  isTentative,
  isWorkingDay,
  shiftWorkingDays,
  workingTimeBetween,
} from "#core/clocks/working-days.ts";
import { fromIso } from "#core/iso.ts";
import {
  addDays,
  atTime,
  DAY,
  type Day,
  dayOf,
  HOUR,
  type Instant,
  localParts,
  MINUTE,
  timeOf,
  toIso,
} from "#core/time.ts";
import { qingyan, readFixture } from "../policy/packs.ts";

const calendar = readFixture<{ years: Record<string, { off?: Day[]; work?: Day[] }> }>("calendar_cn").years;
const HOURS = qingyan.workingHours;

const at = (text: string): Instant => {
  const instant = fromIso(text);
  if (instant === undefined) throw new Error(text);
  return instant;
};

function daysOf(year: string): Day[] {
  const days: Day[] = [];
  for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) days.push(day);
  return days;
}

describe("working days", () => {
  it.each(["2025", "2026"])("of %s are those of the State Council's notice, day by day", (year) => {
    const { off = [], work = [] } = calendar[year] ?? {};
    const wrong = daysOf(year).filter((day) => {
      const weekday = localParts(at(day)).weekday <= 5;
      return isWorkingDay(day) !== (work.includes(day) || (weekday && !off.includes(day)));
    });
    expect(wrong).toEqual([]);
    expect(isPublished(`${year}-07-01`)).toBe(true);
  });

  it("of a year without a notice are Monday to Friday, and 暂定", () => {
    expect(isPublished("2027-01-01")).toBe(false);
    expect(daysOf("2027").filter(isWorkingDay)).toEqual(daysOf("2027").filter((d) => localParts(at(d)).weekday <= 5));
    expect(isTentative(at("2026-12-31T20:00"), at("2027-01-04T18:00"))).toBe(true);
    expect(isTentative(at("2026-12-30T20:00"), at("2026-12-31T18:00"))).toBe(false);
  });

  it.each([
    ["2026-11-20", 1, "2026-11-23"],
    ["2026-09-30", 1, "2026-10-08"],
    ["2026-10-08", 2, "2026-10-10"],
    ["2026-02-13", 1, "2026-02-14"],
    ["2026-02-14", 1, "2026-02-24"],
    ["2026-11-23", -1, "2026-11-20"],
    ["2026-11-22", 0, "2026-11-22"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-12-31", 1, "2027-01-01"],
  ])("%s shifted by %i is %s", (day, count, expected) => {
    expect(shiftWorkingDays(day, count)).toBe(expected);
  });

  it("on every day of 2025 and 2026, 1 to 30 working days on are those that a plain count over the notice gives", () => {
    const days = ["2024", "2025", "2026", "2027"].flatMap(daysOf);
    const working = days.filter((day) => {
      const { off = [], work = [] } = calendar[day.slice(0, 4)] ?? {};
      return work.includes(day) || (!off.includes(day) && ![0, 6].includes(new Date(`${day}T12:00Z`).getUTCDay()));
    });
    const wrong: string[] = [];
    let next = working.findIndex((day) => day > "2025-01-01");
    for (const day of ["2025", "2026"].flatMap(daysOf)) {
      while ((working[next] ?? "") <= day) next++;
      for (let n = 1; n <= 30; n++) if (shiftWorkingDays(day, n) !== working[next + n - 1]) wrong.push(`${day} + ${n}`);
    }
    expect(wrong).toEqual([]);
  });

  it("the limit ends at the office's hour of the last day, at whatever hour of the first it starts", () => {
    const hour = fc.constantFrom("00:00", "08:59", "17:59", "18:00", "18:01", "23:59");
    const deadline = fc.constantFrom("17:30", "18:00", "23:59", "24:00");
    const day = fc.constantFrom(...["2025", "2026"].flatMap(daysOf));
    fc.assert(
      fc.property(day, hour, deadline, fc.integer({ min: 1, max: 30 }), (first, time, deadlineTime, value) => {
        const due = dueAfter(atTime(first, time), { value, unit: "workingDay" }, { deadlineTime });
        expect(due).toBe(atTime(shiftWorkingDays(first, value), deadlineTime));
      }),
      { seed: 18, numRuns: 300 },
    );
  });

  it("24:00 is the next midnight: a start then counts from the next day, a limit then ends the day before", () => {
    const start = atTime("2026-11-20", "24:00");
    expect(toIso(dueAfter(start, { value: 1, unit: "workingDay" }, qingyan))).toBe("2026-11-23T18:00:00+08:00");
    const last = dueAfter(at("2026-12-30T10:00"), { value: 1, unit: "workingDay" }, { deadlineTime: "24:00" });
    expect(toIso(last)).toBe("2027-01-01T00:00:00+08:00");
    expect(isTentative(at("2026-12-30T10:00"), last)).toBe(false);
    expect(isTentative(at("2026-12-30T10:00"), last + MINUTE)).toBe(true);
  });

  it.each([
    ["2028-02-28T10:00", 1, "2028-02-29T18:00:00+08:00"],
    ["2028-02-29T10:00", 1, "2028-03-01T18:00:00+08:00"],
    ["2026-12-30T10:00", 1, "2026-12-31T18:00:00+08:00"],
    ["2026-12-31T10:00", 1, "2027-01-01T18:00:00+08:00"],
    ["2026-12-31T23:59", 7, "2027-01-11T18:00:00+08:00"],
  ])("from %s, %i working days end at %s, 暂定 where a year is unpublished", (start, value, expected) => {
    const due = dueAfter(at(start), { value, unit: "workingDay" }, qingyan);
    expect(toIso(due)).toBe(expected);
    expect(isTentative(at(start), due)).toBe(!expected.startsWith("2026"));
  });

  const instants = fc.integer({ min: at("2025-01-01"), max: at("2026-11-30T23:59") });

  it("a limit in working days never ends on a day off, and counts exactly its working days", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 15 }), (start, value) => {
        const due = dueAfter(start, { value, unit: "workingDay" }, qingyan);
        expect(isWorkingDay(dayOf(due))).toBe(true);
        expect(timeOf(due)).toBe("18:00");
        let counted = 0;
        for (let day = addDays(dayOf(start), 1); day <= dayOf(due); day = addDays(day, 1))
          if (isWorkingDay(day)) counted++;
        expect(counted).toBe(value);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("shifting forth and back returns to the same working day", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 30 }), (start, count) => {
        const day = shiftWorkingDays(dayOf(start), 1);
        expect(shiftWorkingDays(shiftWorkingDays(day, count), -count)).toBe(day);
      }),
      { seed: 15, numRuns: 300 },
    );
  });
});

describe("working time", () => {
  it.each([
    ["2026-11-20T09:00", 60, "2026-11-20T10:00:00+08:00"],
    ["2026-11-20T11:30", 60, "2026-11-20T14:30:00+08:00"],
    ["2026-11-20T11:00", 60, "2026-11-20T12:00:00+08:00"],
    ["2026-11-20T17:00", 60, "2026-11-23T09:00:00+08:00"],
    ["2026-11-20T20:00", 60, "2026-11-23T09:30:00+08:00"],
    ["2026-11-21T10:00", 60, "2026-11-23T09:30:00+08:00"],
    ["2026-09-30T17:00", 60, "2026-10-08T09:00:00+08:00"],
  ])("from %s, %i minutes end at %s", (from, minutes, expected) => {
    expect(toIso(addWorkingTime(at(from), minutes * MINUTE, HOURS))).toBe(expected);
  });

  it("what is added is what lies between", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at("2026-01-01"), max: at("2026-11-30") }),
        fc.integer({ min: 1, max: 40 * 60 }),
        (from, minutes) => {
          const to = addWorkingTime(from, minutes * MINUTE, HOURS);
          expect(workingTimeBetween(from, to, HOURS)).toBe(minutes * MINUTE);
        },
      ),
      { seed: 60, numRuns: 300 },
    );
  });

  it("a time span that ends before it starts holds none", () => {
    expect(workingTimeBetween(at("2026-11-20T15:00"), at("2026-11-20T09:00"), HOURS)).toBe(0);
  });
});

describe("due times", () => {
  it("hours run through nights, weekends and the turn of the year", () => {
    expect(dueAfter(at("2026-12-31T20:00"), { value: 5, unit: "naturalHour" }, qingyan)).toBe(at("2027-01-01T01:00"));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 100 }), (start, value) => {
        expect(dueAfter(start, { value, unit: "naturalHour" }, qingyan) - start).toBe(value * HOUR);
      }),
      { seed: 48, numRuns: 100 },
    );
  });

  it("a received limit of 5 days counts natural days without the day of receipt", () => {
    expect(toIso(requestedDue({ value: 5, unit: "day" }, at("2026-11-18T15:00"), qingyan))).toBe(
      "2026-11-23T18:00:00+08:00",
    );
  });

  it("a limit that starts at midnight does not count that day either", () => {
    expect(toIso(dueAfter(at("2026-11-23T00:00"), { value: 1, unit: "workingDay" }, qingyan))).toBe(
      "2026-11-24T18:00:00+08:00",
    );
    expect(toIso(dueAfter(at("2026-11-22T23:59"), { value: 1, unit: "workingDay" }, qingyan))).toBe(
      "2026-11-23T18:00:00+08:00",
    );
  });

  it("the deadline is the office's own", () => {
    const due = dueAfter(at("2026-11-20T10:00"), { value: 1, unit: "workingDay" }, { deadlineTime: "17:30" });
    expect(due).toBe(atTime("2026-11-23", "17:30"));
    expect(due - atTime("2026-11-20", "17:30")).toBe(3 * DAY);
  });
});
