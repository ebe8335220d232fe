import { describe, expect, test } from "vitest";
import { successors } from "#core/escalation/successor.ts";
import { assigned } from "../../support/desk.ts";

const WATER = "青岩县水务局";
const HOUSING = "青岩县住房和城乡建设局";
const desk = assigned(WATER, HOUSING);

function follow(as: "单位分管" | "联络员", failed: string[], told: string[] = [], gone: string[] = []) {
  const post = { as, units: [WATER], subject: "response.first" } as const;
  const contacts = { failed: new Set(failed), told: new Set(told), reaches: (name: string) => !gone.includes(name) };
  const { filledBy, next } = successors(desk.case, post, contacts, desk.office, desk.now);
  return { filledBy, next: next.map((r) => r.name) };
}

describe("who follows somebody who could not be told", () => {
  test("fills the post of that unit, and of no other", () => {
    expect(follow("单位分管", ["沈立"])).toEqual({ filledBy: ["韩青松"], next: ["韩青松"] });
  });

  test("is the one after those who failed too, or cannot be reached at all", () => {
    expect(follow("单位分管", ["沈立", "韩青松"]).next).toEqual(["罗文博"]);
    expect(follow("单位分管", ["沈立"], [], ["韩青松"]).next).toEqual(["罗文博"]);
  });

  test("is told only if that did not happen yet", () => {
    expect(follow("联络员", ["马超群"], ["姚倩"])).toEqual({ filledBy: ["姚倩"], next: [] });
  });

  test("may be nobody", () => {
    const everybody = [...desk.office.roster.people.keys()];
    expect(follow("单位分管", everybody)).toEqual({ filledBy: [], next: [] });
  });
});
