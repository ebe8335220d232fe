import { describe, expect, test } from "vitest";
import { type Chased, chasedIn, planStages, rowOf } from "#core/escalation/plan.ts";
import type { ReminderSubject } from "#core/escalation/stages.ts";
import { formatMoment, type Instant } from "#core/time.ts";
import { assigned, Desk } from "../../support/desk.ts";
import { exampleOffice } from "../../support/office.ts";
import { at } from "../../support/time.ts";

const office = exampleOffice();
const plan = (subject: ReminderSubject, start: string, limit: string, now: Instant | string) =>
  planStages({ subject, start: at(start), limit: at(limit) }, office, typeof now === "string" ? at(now) : now);
const stages = (...args: Parameters<typeof plan>): string[] => plan(...args).wanted.map((r) => r.stage);

describe("stages of a limit", () => {
  test("that lies ahead: all of them, at fixed instants", () => {
    const { wanted } = plan("response.first", "11-20 09:00", "11-22 09:00", "11-20 09:00");
    expect(wanted.map((r) => [r.stage, formatMoment(r.dueAt).slice(-5)])).toEqual([
      ["T-24h", "09:00"],
      ["T-8h", "01:00"],
      ["T-2h", "07:00"],
      ["T", "09:00"],
      ["T+4h", "13:00"],
      ["T+24h", "09:00"],
    ]);
  });

  test("that became known late: only the latest one that has passed, and those to come", () => {
    expect(stages("response.first", "11-20 09:00", "11-22 09:00", "11-22 08:00")).toEqual([
      "T-2h",
      "T",
      "T+4h",
      "T+24h",
    ]);
    expect(stages("response.first", "11-20 09:00", "11-22 09:00", "11-22 14:00")).toEqual(["T+4h", "T+24h"]);
  });

  test("a repeating row: the latest repeat that has passed and the next", () => {
    expect(stages("release.authoritative", "11-20 06:00", "11-20 11:00", "11-20 16:30")).toEqual(["T+5h", "T+6h"]);
  });

  test("a repeating row ends: afterwards the case stands in the digest only", () => {
    expect(stages("release.authoritative", "11-20 06:00", "11-20 11:00", "11-21 11:00")).toEqual(["T+24h"]);
    expect(stages("release.authoritative", "11-20 06:00", "11-20 11:00", "11-25 11:00")).toEqual(["T+24h"]);
  });

  test("working days before the limit are counted over weekends, at nine", () => {
    const { wanted } = plan("reply.suggestion", "11-20 09:00", "12-01 18:00", "11-20 09:00");
    expect(wanted.map((r) => formatMoment(r.dueAt))).toEqual([
      "11月26日(周四)09:00",
      "11月30日(周一)09:00",
      "12月1日(周二)09:00",
      "12月1日(周二)18:00",
      "12月2日(周三)09:00",
      "12月4日(周五)09:00",
    ]);
  });

  test("thirds of a sign-in window in working time are thirds of working time", () => {
    const { wanted } = plan("sign", "11-20 17:10", "11-23 09:10", "11-20 17:10");
    expect(wanted.slice(0, 3).map((r) => formatMoment(r.dueAt))).toEqual([
      "11月20日(周五)17:30",
      "11月23日(周一)08:50",
      "11月23日(周一)09:10",
    ]);
  });

  test("a stage that the table does not have belongs to no limit", () => {
    const { valid } = plan("response.first", "11-20 09:00", "11-22 09:00", "11-20 09:00");
    expect(["T", "T+24h", "T+48h", "T+720h"].map(valid)).toEqual([true, true, true, true]);
    expect(["T-3h", "T+25h", "50%"].map(valid)).toEqual([false, false, false]);
    expect(rowOf(office.stages["response.first"], "T-3h")).toBeUndefined();
  });
});

describe("what is chased in a case", () => {
  const subjects = (desk: Desk, gates: string[] = []): string[] =>
    chasedIn(desk.case, gates).map((k: Chased) => k.subject);

  test("its running limits, and none that stands", () => {
    const desk = assigned();
    expect(subjects(desk)).toEqual(["response.first", "sign"]);
    desk.does("马超群", "acknowledge");
    expect(subjects(desk)).toEqual(["response.first"]);
  });
  test("every confirmation that is asked, two hours later", () => {
    const desk = new Desk().does("王晓梅", "falseAlarm");
    const asked = chasedIn(desk.case, []).find((k) => k.subject === "confirm");
    expect(asked?.limit).toBe(at("11-20 11:00"));
  });
  test("review steps that are missing", () => {
    expect(subjects(assigned().does("马超群", "respond"), ["签发"])).toContain("gates");
    expect(subjects(assigned().does("马超群", "respond"))).not.toContain("gates");
  });
});
