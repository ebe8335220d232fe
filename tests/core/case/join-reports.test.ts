import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinReports } from "#core/case/join-reports.ts";
import { takeReport } from "#core/case/take-report.ts";
import type { Report, TimeValue } from "#core/intake/types.ts";
import { fromIso } from "#core/iso.ts";
import { toIso } from "#core/time.ts";
import { exampleOffice } from "../../support/office.ts";
import { at } from "../../support/time.ts";

const office = exampleOffice();
const read = (text: string, time = "11-20 09:00"): Report =>
  takeReport({ text, at: at(time), from: "王晓梅", attachments: 1 }, office).input.report;
const exactly = (time: string): TimeValue => ({
  text: time,
  value: toIso(at(time)),
  precision: "minute",
  approx: false,
});

const WATER = read("昨天中午开始幸福里小区停水,抖音播放12.3万,https://v.douyin.com/a/ ,县水务局");
const CRASH = read("今早6点20石门镇客车坠崖,12人死亡,微博阅读860万,https://weibo.com/1/B ,县公安局", "11-20 10:00");

describe("a report with another one appended", () => {
  const joined = joinReports(WATER, CRASH, "并入 002：");

  test("keeps what it states, and takes what it did not know", () => {
    expect(joined.units).toEqual(WATER.units);
    expect(joined.places).toEqual(WATER.places);
    expect(joined.heat.views).toEqual(WATER.heat.views);
    expect(joinReports({ ...WATER, places: [], units: [], unitIds: [] }, CRASH, "").units).toEqual(CRASH.units);
  });

  test("has the links, platforms, flags and attachments of both, and the other text behind its own", () => {
    expect(joined.urls).toEqual([...WATER.urls, ...CRASH.urls]);
    expect(joined.platforms).toEqual(expect.arrayContaining(["抖音", "微博"]));
    expect(joined.flags).toEqual(expect.arrayContaining(["emergency"]));
    expect(joined.attachments).toBe(2);
    expect(joined.summary.startsWith(WATER.summary)).toBe(true);
    expect(joined.summary).toContain(`并入 002：${CRASH.summary}`);
  });

  test("takes the graver suggestion and the stated number of victims", () => {
    expect(joined.eventLevelHint).toBe("II");
    expect(joined.casualties).toMatchObject({ status: "stated", dead: 12 });
    expect(joinReports(CRASH, read("石门镇客车坠崖,1人死亡"), "").casualties).toMatchObject({ dead: 12 });
  });

  test("asks only for what neither report has", () => {
    const neither = joinReports({ ...WATER, missing: ["url", "units"] }, { ...CRASH, missing: ["units"] }, "");
    expect(neither.missing).toEqual(["units"]);
  });

  test("prefers an exact time to a part of the day that holds it, not to one that is over by then", () => {
    const morning = { ...exactly("11-20 06:00"), to: toIso(at("11-20 12:00")), precision: "range" as const };
    const times = (own: TimeValue, added: TimeValue): string | undefined =>
      joinReports({ ...WATER, occurredAt: own }, { ...CRASH, occurredAt: added }, "").occurredAt?.value;
    expect(times(exactly("11-20 08:30"), morning)).toBe(toIso(at("11-20 08:30")));
    expect(times(morning, exactly("11-20 08:30"))).toBe(toIso(at("11-20 08:30")));
    expect(times(exactly("11-20 13:00"), morning)).toBe(toIso(at("11-20 06:00")));
  });
});

test("of two exact starts the earlier one counts, whichever report has it", () => {
  const moments = fc.integer({ min: 0, max: 72 * 60 }).map((m) => at("11-18 00:00") + m * 60_000);
  fc.assert(
    fc.property(moments, moments, fc.constantFrom("occurredAt", "surfacedAt", "detectedAt"), (a, b, field) => {
      const time = (instant: number): TimeValue => ({ ...exactly("11-20 08:30"), value: toIso(instant) });
      const own = { ...WATER, [field]: time(a) };
      const added = { ...CRASH, [field]: time(b) };
      for (const joined of [joinReports(own, added, ""), joinReports(added, own, "")])
        expect(fromIso(joined[field as "occurredAt"]?.value ?? "")).toBe(Math.min(a, b));
    }),
    { numRuns: 100 },
  );
});
