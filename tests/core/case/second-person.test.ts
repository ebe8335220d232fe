import { describe, expect, test } from "vitest";
import { assigned, Desk, REPORTS } from "../../support/desk.ts";

const KEY = [
  "policy-misread",
  "vital-interest",
  "moral-bottom-line",
  "emergency-disaster",
  "superior-required",
] as const;

describe("误报", () => {
  test("ends the case when a second person agrees, and not before", () => {
    const desk = new Desk().does("王晓梅", "falseAlarm");
    expect(desk.case.state).toBe("reported");
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
    desk.does("周敏", "confirm");
    expect(desk.case.state).toBe("falseAlarm");
    expect(desk.clock("response.first")?.outcome).toBe("ended");
  });
  test("is never confirmed by the one who proposed it, 组织协调 or not", () => {
    const desk = new Desk().does("周敏", "falseAlarm");
    expect(desk.tries("周敏", "confirm")).toMatch(/须由第二人确认/);
    desk.does("罗文博", "confirm");
    expect(desk.case.state).toBe("falseAlarm");
  });
  test("not even by the head of the government, when it was his proposal", () => {
    expect(new Desk().does("张志远", "falseAlarm").tries("张志远", "confirm")).toMatch(/须由第二人确认/);
    expect(new Desk().does("周敏", "falseAlarm").tries("张志远", "confirm")).toBe("");
  });
  test("a unit's liaison officer cannot confirm it", () => {
    expect(new Desk().does("王晓梅", "falseAlarm").tries("马超群", "confirm")).toMatch(
      /请另一位组织协调或值班领导确认/,
    );
  });
  test("is open to the key categories: what is not ours is not ours", () => {
    const desk = new Desk().does("周敏", "triage", { categories: ["emergency-disaster"] });
    expect(desk.tries("周敏", "falseAlarm")).toBe("");
  });
  test("declined, the case goes on and the proposal is gone", () => {
    const desk = new Desk().does("王晓梅", "falseAlarm").does("周敏", "confirm", { agree: false, reason: "系本县" });
    expect(desk.case.state).toBe("reported");
    expect(desk.case.proposals).toEqual([]);
  });
  test("cannot be confirmed any more once the case has been answered", () => {
    const desk = assigned().does("周敏", "falseAlarm").does("马超群", "respond");
    expect(desk.tries("罗文博", "confirm")).toMatch(/不能再按误报处理/);
    desk.does("罗文博", "confirm", { agree: false, reason: "已回应" });
    expect(desk.case.state).toBe("responded");
  });
});

describe("仅备案", () => {
  test("takes effect with a second person", () => {
    const desk = new Desk().does("周敏", "triage", { categories: ["none"], reason: "影响面小" });
    desk.does("周敏", "fileOnly");
    expect(desk.case.state).toBe("triaged");
    expect(desk.does("罗文博", "confirm").case).toMatchObject({ state: "closed", closing: { tag: "仅备案" } });
  });
  test.each(KEY)("is refused for %s, before and after 研判", (category) => {
    const desk = new Desk().does("周敏", "triage", { categories: [category] });
    expect(desk.tries("周敏", "fileOnly")).toMatch(/五类重点回应事项不得仅备案/);
    const stated = new Desk();
    stated.case.report.category = [category];
    expect(stated.tries("周敏", "fileOnly")).toMatch(/五类重点回应事项不得仅备案/);
  });
  test("asked for before 研判 found a key category, it can no longer be confirmed", () => {
    const desk = new Desk().does("周敏", "fileOnly").does("周敏", "triage", { categories: ["vital-interest"] });
    expect(desk.tries("罗文博", "confirm")).toMatch(/五类重点回应事项不得仅备案/);
    expect(desk.case.state).toBe("triaged");
  });
});

describe("回应=否", () => {
  const silent = (): Desk =>
    new Desk().does("周敏", "triage", { respond: false, categories: ["none"], reason: "重复反映,上周已答复" });

  test("the limits run until a second person agrees", () => {
    const desk = silent();
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
    desk.passes("1h").does("罗文博", "confirm");
    expect(desk.clock("response.first")).toMatchObject({ outcome: "ended", stoppedAt: desk.now });
    expect(desk.tries("周敏", "close")).toBe("");
  });
  test.each(KEY)("is refused for %s", (category) => {
    const refused = new Desk().tries("周敏", "triage", { respond: false, categories: [category], reason: "小事" });
    expect(refused).toMatch(/五类重点回应事项不得选.不回应/);
  });
  test("needs a reason, and so does 非重点", () => {
    expect(new Desk().tries("周敏", "triage", { respond: false, categories: [] })).toMatch(/须写理由/);
    expect(new Desk().tries("周敏", "triage", { categories: ["none"] })).toMatch(/判定为非重点须写理由/);
  });
  test("the superior's own limit runs on", () => {
    const desk = new Desk(`${REPORTS.water},市政府办要求24小时内报送`);
    desk.does("周敏", "triage", { matter: "superior", respond: false, categories: ["none"], reason: "重复" });
    desk.does("罗文博", "confirm");
    expect(desk.clock("requested")).not.toHaveProperty("stoppedAt");
  });
});

describe("办结", () => {
  test("waits for the response that is due", () => {
    expect(assigned().tries("周敏", "close")).toMatch(/还有未完成的回应时限,请先.回应/);
  });
  test("waits for a confirmation that is asked", () => {
    const desk = assigned()
      .does("马超群", "respond")
      .does("马超群", "supplement", {
        patch: { occurredAt: { text: null, value: "2026-11-19T10:00:00+08:00", precision: "minute", approx: false } },
      });
    expect(desk.tries("周敏", "close")).toMatch(/待第二人确认/);
  });
  test.each(["I", "II"] as const)("of rank %s is the head of government's", (level) => {
    const desk = new Desk()
      .does("周敏", "triage", { opinionLevel: level })
      .does("周敏", "assign")
      .does("马超群", "respond");
    expect(desk.tries("周敏", "close")).toMatch(/由政府主要负责同志办结.*张志远/);
    expect(desk.tries("张志远", "close")).toBe("");
  });
  test("nothing asked stays open in an ended case, and nobody can confirm it back to life", () => {
    const desk = assigned().does("马超群", "return").does("周敏", "falseAlarm");
    const [asked] = desk.case.proposals;
    desk.does("罗文博", "confirm", { proposal: desk.case.proposals[1]?.id ?? 0 });
    expect(desk.case).toMatchObject({ state: "falseAlarm", proposals: [] });
    expect(desk.tries("沈立", "confirm", { proposal: asked?.id ?? 0 })).toMatch(/不能再确认/);
    expect(desk.case.state).toBe("falseAlarm");
  });
});
