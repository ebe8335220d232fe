import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseClock } from "#core/case/case.ts";
import { evolve } from "#core/case/decide.ts";
import type { CaseEvent } from "#core/case/events.ts";
import { isSuggestedMajor } from "#core/case/rank.ts";
import type { EventLevel } from "#core/policy/types.ts";
import { MINUTE } from "#core/time.ts";
import { Desk, REPORTS } from "../../support/desk.ts";
import { at } from "../../support/time.ts";

const desk = new Desk(REPORTS.crash).does("周敏", "triage", { eventLevel: "II", opinionLevel: "II" });
const decided = desk.events.findLast((e) => e.type === "triaged") as Extract<CaseEvent, { type: "triaged" }>;
const again = (eventLevel: EventLevel, later: number): CaseEvent => {
  const time = decided.at + later * MINUTE;
  return { ...decided, at: time, triage: { ...decided.triage, at: time, eventLevel } };
};
const running = (clocks: readonly CaseClock[]) =>
  clocks
    .filter((c) => c.outcome !== "ended")
    .map((c) => ({ ...c, overSince: undefined, note: c.note.filter((label) => label !== "改级时已过") }));

describe("the level of a case", () => {
  it("changed in any order runs the limits of the last decision, from their original start", () => {
    const level = fc.constantFrom<EventLevel>("I", "II", "III", "IV", "none", "pending");
    const changes = fc.array(fc.tuple(level, fc.integer({ min: 1, max: 600 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(changes, (steps) => {
        const total = (until: number) => steps.slice(0, until + 1).reduce((sum, [, gap]) => sum + gap, 0);
        const events = steps.map(([eventLevel], i) => again(eventLevel, total(i)));
        const walked = evolve(desk.case, events, desk.office);
        const straight = evolve(desk.case, events.slice(-1), desk.office);
        expect(running(walked.clocks)).toEqual(running(straight.clocks));
        for (const c of walked.clocks) {
          const before = desk.case.clocks.find((k) => k.key === c.key && k.rule === c.rule);
          if (before) expect([c.key, c.start, c.dueAt]).toEqual([before.key, before.start, before.dueAt]);
        }
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it("remembers every change, so that a second raising does not hide when the first one brought the limit", () => {
    const walked = evolve(desk.case, [again("IV", 10), again("II", 600), again("I", 700)], desk.office);
    expect(walked.levelChanges?.map((c) => c.from)).toEqual(["II", "IV", "II"]);
    const clock = walked.clocks.find((c) => c.key === "release.authoritative");
    expect(clock).toMatchObject({ overSince: decided.at + 600 * MINUTE });
    expect(clock?.note).toContain("改级时已过");
  });
});

describe("a limit that only a range makes overdue", () => {
  const ranged = () =>
    new Desk("今天凌晨石门镇S216线一辆客车坠崖,已致12人死亡、9人受伤,县公安局在现场").does("周敏", "triage", {
      eventLevel: "II",
      opinionLevel: "II",
    });

  it("is no suggestion any more once the level is decided", () => {
    const { case: c } = ranged();
    expect(c.clocks.find((k) => k.key === "release.authoritative")).toMatchObject({
      kind: "provisional",
      note: ["推定"],
    });
    expect(isSuggestedMajor(c)).toBe(false);
  });

  it("is met by a response before the limit from the range's end, and missed by one after it", () => {
    const answered = (time: string) => {
      const d = ranged();
      const clock = d.case.clocks.find((k) => k.key === "release.authoritative");
      expect([clock?.dueAt, clock?.latestDueAt]).toEqual([at("11-20 05:00"), at("11-20 11:00")]);
      const event: CaseEvent = {
        type: "responded",
        by: "周敏",
        at: at(time),
        response: {
          id: 1,
          form: "权威信息",
          units: [],
          link: "https://www.qingyan.example/1",
          publishedAt: at(time),
          recorded: { by: "周敏", at: at(time) },
        },
      };
      return evolve(d.case, [event], d.office).clocks.find((k) => k.key === "release.authoritative")?.outcome;
    };
    expect(answered("11-20 10:59")).toBe("met");
    expect(answered("11-20 11:00")).toBe("late");
  });
});
