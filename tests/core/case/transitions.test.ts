import { describe, expect, test } from "vitest";
import type { ActionName } from "#core/case/actions/types.ts";
import type { Case } from "#core/case/case.ts";
import { isOpen, STATES, type StateId, TRANSITIONS, type TransitionId } from "#core/case/states.ts";
import { assigned, Desk } from "../../support/desk.ts";

type Act = Exclude<ActionName, "report" | "confirm" | "see">;

/** Who would be asked to do it, so that nothing but the state decides. */
const BY: Record<Act, string> = {
  supplement: "周敏",
  triage: "周敏",
  assign: "周敏",
  acknowledge: "马超群",
  return: "沈立",
  respond: "马超群",
  reportUp: "周敏",
  close: "周敏",
  falseAlarm: "周敏",
  fileOnly: "周敏",
  urge: "张志远",
  adoptRules: "周敏",
  distinguish: "周敏",
};

/** A case in a state, as far as the actions look at it; states that this release does not reach yet are set by hand. */
function inState(state: StateId): Desk {
  const desk = ["draft", "reported", "verifying"].includes(state)
    ? new Desk()
    : ["triaged", "consulting"].includes(state)
      ? new Desk().does("周敏", "triage", { categories: ["none"], reason: "影响面小" })
      : assigned();
  if (["responded", "evaluating", "closed", "archived"].includes(state)) desk.does("马超群", "respond");
  const closing = isOpen(state) ? {} : { closing: { by: "周敏", at: desk.now, tag: "良好", result: "已办" } };
  desk.case = { ...desk.case, state, ...closing } satisfies Case;
  return desk;
}

/** What may be refused in a state that allows the action, for reasons of its own. */
const BESIDES: Partial<Record<Act, (state: StateId) => boolean>> = {
  triage: (state) => !["draft", "reported", "verifying"].includes(state),
  assign: (state) => !["triaged", "consulting"].includes(state),
  close: (state) => !["responded", "evaluating"].includes(state),
  return: (state) => state === "responded",
  // The desk has one set of rules: there is never another one to adopt. tests/core/case/adopt-rules.test.ts has two.
  adoptRules: () => true,
};

const states = Object.keys(STATES) as StateId[];
const acts = Object.keys(BY) as Act[];
const table = acts.flatMap((act) => states.map((state) => ({ act, state })));

function isAllowed(act: TransitionId, state: StateId): boolean {
  const from: "open" | readonly StateId[] = TRANSITIONS[act].from;
  return from === "open" ? isOpen(state) : from.includes(state);
}

describe("every action in every state", () => {
  test.each(table)("$act in $state is done, or refused with a reason and what to do", ({ act, state }) => {
    const desk = inState(state);
    const before = desk.case;
    const refused = desk.tries(BY[act], act);
    if (isAllowed(act, state) && !BESIDES[act]?.(state)) {
      expect(refused).toBe("");
      expect(desk.case.version).toBeGreaterThan(before.version);
      return;
    }
    expect(refused, "a sentence").toMatch(/。$/);
    expect(refused, "says what to do instead").toMatch(/请|等待|可/);
    expect(desk.case).toBe(before);
  });

  test.each(states.filter((s) => !isOpen(s)))("%s: the refusal says who ended the case, and when", (state) => {
    const refused = inState(state).tries("马超群", "acknowledge");
    expect(refused).toMatch(/20261120-001 已于 11月20日\(周五\)09:00 由周敏/);
  });

  test("the states of the work flow are all there, and only ended ones stop the clocks", () => {
    expect(states.filter((s) => !isOpen(s))).toEqual(["closed", "archived", "falseAlarm", "merged", "transferred"]);
    expect(states).toHaveLength(16);
  });
});

describe("what was done already is answered with who did it and when", () => {
  test("研判", () => {
    const desk = new Desk().does("周敏", "triage").passes("5m");
    expect(desk.tries("罗文博", "triage")).toMatch(/已于 11月20日\(周五\)09:00 由周敏研判/);
  });
  test("转办", () => {
    const desk = assigned().passes("5m");
    expect(desk.tries("罗文博", "assign", { units: ["青岩县水务局"] })).toMatch(/已于 .*09:00 由周敏转办/);
  });
  test("签收", () => {
    const desk = assigned().does("马超群", "acknowledge").passes("5m");
    expect(desk.tries("姚倩", "acknowledge")).toMatch(/已于 .*09:00 由马超群签收/);
  });
  test("退回 that waits for the deputy", () => {
    const desk = assigned().does("马超群", "return").passes("5m");
    expect(desk.tries("姚倩", "return")).toMatch(/马超群已于 .*09:00 提出退回,等待沈立同意/);
  });
  test("误报 that waits for a second person", () => {
    const desk = new Desk().does("王晓梅", "falseAlarm").passes("5m");
    expect(desk.tries("周敏", "falseAlarm")).toMatch(/王晓梅已于 .*09:00 提出,等待第二人确认/);
  });
  test("the same response twice", () => {
    const link = "https://www.qingyan.example/same";
    const desk = assigned().does("马超群", "respond", { link });
    expect(desk.tries("姚倩", "respond", { link })).toMatch(/已于 .*09:00 由马超群登记/);
  });
});
