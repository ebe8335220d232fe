import { describe, expect, test } from "vitest";
import type { Recipient } from "#core/escalation/audience.ts";
import type { ReminderSubject } from "#core/escalation/stages.ts";
import { lengthOf } from "#core/escalation/stages.ts";
import { alarmUrgency, urgencyOf } from "#core/escalation/urgency.ts";
import { HOUR, type Instant, MINUTE } from "#core/time.ts";
import { Desk, REPORTS } from "../../support/desk.ts";
import { exampleOffice, exampleSetup } from "../../support/office.ts";

/** Received at nine in the morning, about half past six; after 研判 the level is this. */
function deskOf(level: "I" | "II" | "III" | "IV" | "pending", report: string = REPORTS.crash): Desk {
  const desk = new Desk(report);
  if (level === "pending") return desk;
  return desk.does("周敏", "triage", {
    eventLevel: level === "I" || level === "II" ? level : "none",
    opinionLevel: level,
    units: ["青岩县公安局"],
  });
}
const head: Recipient = { name: "刘建华", as: "政府分管", units: [] };

/** The channel for a stage of a limit, when it fires at its own time. */
function channel(desk: Desk, subject: ReminderSubject, stage: string, to: Recipient = head): string | undefined {
  const limit = desk.clock(subject)?.dueAt ?? 0;
  const offset = stage === "T" ? 0 : lengthOf(stage.slice(2)) * (stage[1] === "-" ? -1 : 1);
  return urgencyOf(desk.case, [{ subject, limit, stage }], to, desk.office, limit + offset);
}

describe("the urgent channel", () => {
  test.each([
    ["I", "T-3h", undefined],
    ["I", "T-1h30m", "app"],
    ["I", "T", "sms"],
    ["I", "T+30m", "phone"],
    ["II", "T+2h", "phone"],
    ["II", "T+3h", "app"],
    ["pending", "T-30m", "app"],
    ["pending", "T", "sms"],
    ["pending", "T+30m", "phone"],
  ] as const)("rank %s, authoritative release, %s: %s", (level, stage, expected) => {
    expect(channel(deskOf(level), "release.authoritative", stage)).toBe(expected);
  });

  test.each([
    ["III", "T-2h", undefined],
    ["III", "T", "app"],
    ["III", "T+4h", "sms"],
    ["IV", "T-2h", undefined],
    ["IV", "T", undefined],
    ["IV", "T+24h", undefined],
  ] as const)("rank %s, first response, %s: %s", (level, stage, expected) => {
    expect(channel(deskOf(level, REPORTS.water), "response.first", stage)).toBe(expected);
  });

  test("of an internal target never goes beyond the app", () => {
    for (const stage of ["T", "T+30m", "T+10h"]) expect(channel(deskOf("pending"), "triage", stage)).toBe("app");
    expect(channel(deskOf("IV", REPORTS.water), "triage", "T")).toBeUndefined();
  });

  test("is used for no confirmation, no missing review step and no promise", () => {
    const desk = deskOf("I");
    const limit = desk.now - HOUR;
    for (const subject of ["confirm", "gates", "promise"] as const)
      expect(urgencyOf(desk.case, [{ subject, limit, stage: "T" }], head, desk.office, desk.now)).toBeUndefined();
  });

  test("of several stages in one message is the strongest", () => {
    const desk = deskOf("I");
    const stage = (subject: ReminderSubject, stage: string) => ({
      subject,
      limit: desk.clock(subject)?.dueAt ?? 0,
      stage,
    });
    const stages = [stage("release.authoritative", "T"), stage("report.up", "T+30m")];
    expect(urgencyOf(desk.case, stages, head, desk.office, desk.now)).toBe("sms");
  });

  test("rouses nobody at night whom the night rule lets sleep", () => {
    const desk = deskOf("III", REPORTS.water);
    const limit = desk.clock("response.first")?.dueAt ?? 0;
    const at = (name: string, as: Recipient["as"], now: Instant) =>
      urgencyOf(
        desk.case,
        [{ subject: "response.first", limit, stage: "T+4h" }],
        { name, as, units: [] },
        desk.office,
        now,
      );
    const night = desk.now + 15 * HOUR;
    expect(at("刘建华", "政府分管", night)).toBeUndefined();
    expect(at("任何人", "承办", night)).toBe("sms");
    expect(at(desk.office.roster.dutyAt(night).officer, "值班员", night)).toBe("sms");
    expect(at("刘建华", "政府分管", desk.now + 30 * MINUTE)).toBe("sms");
  });

  test("is the office's to choose", () => {
    const office = exampleOffice(
      exampleSetup({ office: { params: { urgent: { alarm: "none", IV: ["none", "app", "phone"] } } } }),
    );
    const desk = new Desk(REPORTS.water, undefined, office).does("周敏", "triage", { opinionLevel: "IV" });
    expect(channel(desk, "response.first", "T+4h")).toBe("phone");
    expect(alarmUrgency(office)).toBeUndefined();
    expect(alarmUrgency(exampleOffice())).toBe("app");
  });
});
