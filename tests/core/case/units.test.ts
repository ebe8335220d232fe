import { describe, expect, test } from "vitest";
import { assigned, Desk } from "../../support/desk.ts";

const WATER = "青岩县水务局";
const HOUSING = "青岩县住房和城乡建设局";
const TOWN = "青岩县城关镇人民政府";

const led = (): Desk =>
  new Desk()
    .does("周敏", "triage", { units: [WATER, HOUSING], leadUnit: WATER })
    .does("周敏", "assign", { units: [WATER, HOUSING], lead: WATER });

describe("several units with 牵头", () => {
  test("the lead's response stops the limit; the others' parts stay as tasks", () => {
    const desk = led().does("田野", "respond");
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
    desk.does("马超群", "respond");
    expect(desk.clock("response.first")?.outcome).toBe("met");
    expect(desk.case.parts.map((p) => p.unit)).toEqual([WATER, HOUSING]);
  });
  test("the lead's response alone is enough", () => {
    expect(led().does("马超群", "respond").clock("response.first")?.outcome).toBe("met");
  });
  test("the lead must be one of them", () => {
    const desk = new Desk().does("周敏", "triage");
    expect(desk.tries("周敏", "assign", { units: [WATER, HOUSING], lead: TOWN })).toMatch(/不在承办单位/);
  });
});

describe("several units without 牵头", () => {
  test("the limit stops when the last has answered, at that time", () => {
    const desk = assigned(WATER, HOUSING).passes("1h").does("马超群", "respond").passes("1h");
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
    desk.does("田野", "respond");
    expect(desk.clock("response.first")).toMatchObject({ outcome: "met", stoppedAt: desk.now });
  });
  test("a later release by one of them is no first response of the other", () => {
    const desk = assigned(WATER, HOUSING).does("马超群", "respond").does("田野", "respond", { form: "持续发布" });
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
  });
  test("a joint answer that names them all stops it", () => {
    const desk = assigned(WATER, HOUSING).does("马超群", "respond", { units: [WATER, HOUSING] });
    expect(desk.clock("response.first")?.outcome).toBe("met");
  });
  test("who records for others must say for whom", () => {
    expect(assigned(WATER, HOUSING).tries("曾莉", "respond")).toMatch(/有 2 个承办单位,请写明是谁回应的/);
  });
  test("a unit outside the case cannot be named", () => {
    expect(assigned(WATER).tries("周敏", "respond", { units: [TOWN] })).toMatch(/不是 20261120-001 的承办单位/);
  });
  test("the sign-in window ends when each has signed or answered", () => {
    const desk = assigned(WATER, HOUSING).does("马超群", "acknowledge");
    expect(desk.clock("sign")).not.toHaveProperty("stoppedAt");
    desk.passes("5m").does("田野", "respond");
    expect(desk.clock("sign")?.outcome).toBe("met");
  });
  test("one that has not answered yet may still give it back, and the case be passed on", () => {
    const desk = assigned(WATER, HOUSING).does("马超群", "respond").does("石岩", "return");
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
    desk.does("周敏", "assign", { units: [WATER, TOWN] });
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
    desk.does("赵磊", "respond");
    expect(desk.clock("response.first")?.outcome).toBe("met");
  });
  test("one that has answered cannot give it back", () => {
    expect(assigned(WATER, HOUSING).does("马超群", "respond").tries("沈立", "return")).toMatch(/已登记回应,不能再退回/);
  });
});

describe("退回", () => {
  test("needs the deputy's consent, and no limit stops", () => {
    const desk = assigned().does("马超群", "return");
    expect(desk.case.state).toBe("assigned");
    expect(desk.tries("周敏", "confirm")).toMatch(/请青岩县水务局分管领导确认/);
    expect(desk.tries("石岩", "confirm")).toMatch(/请青岩县水务局分管领导确认/);
    const limits = desk.case.clocks.map((k) => k.dueAt);
    desk.does("沈立", "confirm");
    expect(desk.case).toMatchObject({ state: "returned", proposals: [] });
    expect(desk.case.clocks.map((k) => k.dueAt)).toEqual(limits);
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
  });
  test("by the deputy or the head takes effect at once", () => {
    expect(assigned().does("沈立", "return").case.state).toBe("returned");
    expect(assigned().does("韩青松", "return").case.state).toBe("returned");
  });
  test("the head may consent in place of the deputy", () => {
    expect(assigned().does("马超群", "return").does("韩青松", "confirm").case.state).toBe("returned");
  });
  test("kept where it was, the unit starts anew: it signs again, and may give it back again", () => {
    const desk = assigned().does("马超群", "acknowledge").does("沈立", "return").passes("1h");
    desk.does("周敏", "assign", { units: [WATER] });
    expect(desk.case).toMatchObject({ state: "assigned", parts: [{ unit: WATER }] });
    expect(desk.case.parts[0]).not.toHaveProperty("returned");
    expect(desk.tries("马超群", "acknowledge")).toBe("");
  });
  test("a unit that changes its mind may sign for what it gave back", () => {
    const desk = assigned().does("沈立", "return").does("马超群", "acknowledge");
    expect(desk.case.state).toBe("handling");
    expect(desk.case.parts[0]).not.toHaveProperty("returned");
  });
  test("passed on while the deputy still thinks: the question is gone", () => {
    const desk = assigned()
      .does("马超群", "return")
      .does("周敏", "assign", { units: [HOUSING] });
    expect(desk.case.proposals).toEqual([]);
    expect(desk.tries("沈立", "confirm")).toMatch(/没有待确认的事项/);
  });
  test("another unit's officer cannot give it back", () => {
    expect(assigned().tries("田野", "return")).toMatch(/请 20261120-001 的承办单位\(青岩县水务局\)办理/);
  });
});

describe("转办 again", () => {
  test("after the answer there is nothing left to pass on", () => {
    const desk = assigned().does("马超群", "respond");
    expect(desk.tries("周敏", "assign", { units: [HOUSING] })).toMatch(/已回应,没有未完成的回应时限/);
  });
  test("each issue of the order has a number of its own", () => {
    const desk = assigned();
    const first = desk.case.assignment?.no;
    desk.does("周敏", "assign", { units: [HOUSING] });
    expect([first, desk.case.assignment?.no]).toEqual(["转办〔2026〕1120-001-1", "转办〔2026〕1120-001-2"]);
  });
});
