import { describe, expect, test } from "vitest";
import { Desk, REPORTS } from "../../support/desk.ts";

const DAY = "11-20 09:00";
const NIGHT = "11-20 22:30";

describe("代研判", () => {
  test("is the duty officer's at night, and 组织协调 is asked afterwards", () => {
    const desk = new Desk(REPORTS.water, NIGHT).does("赵敏之", "triage");
    expect(desk.case).toMatchObject({ state: "triaged", triage: { acting: true } });
    expect(desk.case.proposals.map((p) => p.kind)).toEqual(["actingTriage"]);
    desk.does("周敏", "confirm");
    expect(desk.case.triageConfirmed?.by).toBe("周敏");
  });
  test("is refused by day while the window is open: the refusal says until when", () => {
    const desk = new Desk(REPORTS.water, DAY);
    expect(desk.tries("赵敏之", "triage")).toMatch(
      /现在由组织协调\(周敏、罗文博\)办理,.*11:00 仍无人研判时您可以代研判/,
    );
    desk.passes("2h");
    expect(desk.tries("赵敏之", "triage")).toBe("");
  });
  test("by day of a suggested major case after 30 minutes", () => {
    const desk = new Desk(REPORTS.crash, DAY).passes("29m");
    expect(desk.tries("赵敏之", "triage")).toMatch(/09:30 仍无人研判/);
    expect(desk.passes("1m").tries("赵敏之", "triage")).toBe("");
  });
  test("on a Saturday", () => {
    expect(new Desk(REPORTS.water, "11-21 10:00").tries("杜若", "triage")).toBe("");
  });
  test("is not confirmed by the one who did it, and not done twice", () => {
    const desk = new Desk(REPORTS.water, NIGHT).does("赵敏之", "triage");
    expect(desk.tries("赵敏之", "confirm")).toMatch(/您是提出人/);
    expect(desk.tries("赵敏之", "triage")).toMatch(/已代研判,等待组织协调确认/);
  });
  test("decided anew by 组织协调 it is settled, with everything that was asked about it", () => {
    const desk = new Desk(REPORTS.water, NIGHT);
    desk.does("赵敏之", "triage", { respond: false, categories: ["none"], reason: "小事" });
    expect(desk.case.proposals.map((p) => p.kind)).toEqual(["actingTriage", "noResponse"]);
    desk.does("周敏", "triage", { categories: ["vital-interest"] });
    expect(desk.case.proposals).toEqual([]);
    expect(desk.case.triage).toMatchObject({ by: "周敏", acting: false, respond: true });
    expect(desk.tries("罗文博", "confirm")).toMatch(/没有待确认的事项/);
  });
  test("a response that was ruled out is due again when 组织协调 decides so", () => {
    const desk = new Desk(REPORTS.water, NIGHT);
    desk.does("赵敏之", "triage", { respond: false, categories: ["none"], reason: "小事" });
    desk.does("罗文博", "confirm", { proposal: desk.case.proposals[1]?.id ?? 0 });
    expect(desk.clock("response.first")?.outcome).toBe("ended");
    desk.does("周敏", "triage");
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
  });
});

describe("代转办", () => {
  test("at night, asked of 组织协调 afterwards", () => {
    const desk = new Desk(REPORTS.water, NIGHT).does("赵敏之", "triage").does("赵敏之", "assign");
    expect(desk.case.assignment).toMatchObject({ acting: true });
    expect(desk.case.proposals.map((p) => p.kind)).toEqual(["actingTriage", "actingAssign"]);
    // Both stand on the card, and one press means both.
    desk.does("周敏", "confirm");
    expect(desk.case.proposals).toEqual([]);
  });
  test("one of the two may be confirmed alone, by its own message", () => {
    const desk = new Desk(REPORTS.water, NIGHT).does("赵敏之", "triage").does("赵敏之", "assign");
    desk.does("周敏", "confirm", { proposal: desk.case.proposals[1]?.id ?? 0 });
    expect(desk.case.proposals.map((p) => p.kind)).toEqual(["actingTriage"]);
  });
  test("passed on anew by 组织协调 nothing is asked any more", () => {
    const desk = new Desk(REPORTS.water, DAY).does("周敏", "triage");
    desk.now += 13 * 3600_000;
    desk.does("赵敏之", "assign").does("周敏", "assign", { units: ["青岩县城关镇人民政府"] });
    expect(desk.case.proposals).toEqual([]);
  });
  test("is refused by day when 组织协调 decided in time: the later steps are theirs", () => {
    const desk = new Desk(REPORTS.water, DAY).does("周敏", "triage").passes("3h");
    expect(desk.tries("赵敏之", "assign")).toMatch(/现在由组织协调\(周敏、罗文博\)办理/);
  });
});
