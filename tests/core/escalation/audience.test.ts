import { describe, expect, test } from "vitest";
import { type Audience, resolveAudience } from "#core/escalation/audience.ts";
import type { Entry } from "#core/escalation/stages.ts";
import { rosterFrom } from "#core/roster/load.ts";
import type { RosterFile } from "#core/roster/schema.ts";
import { assigned, Desk } from "../../support/desk.ts";
import { exampleOffice } from "../../support/office.ts";

function told(desk: Desk, to: Entry[], ...gone: string[]): Audience {
  const { office, now } = desk;
  const reaches = (name: string): boolean => !gone.includes(name);
  return resolveAudience(to, { c: desk.case, subject: "response.first", office, now, reaches });
}
const names = ({ recipients }: Audience): string[] => recipients.map((r) => r.name);

describe("a post that cannot be reached never waits out its step", () => {
  test.each<[Entry, string[], string, string]>([
    ["承办", ["马超群", "姚倩"], "沈立", "青岩县水务局承办人"],
    ["联络员", ["马超群", "姚倩"], "沈立", "青岩县水务局联络员"],
    ["单位分管", ["沈立"], "韩青松", "青岩县水务局分管领导"],
    ["单位分管", ["沈立", "韩青松"], "罗文博", "青岩县水务局分管领导"],
    ["单位主要负责人", ["韩青松"], "刘建华", "青岩县水务局主要负责人"],
    ["政府分管", ["刘建华"], "张志远", "政府分管领导"],
    ["宣传", ["陈静", "曾莉"], "谭明", "青岩县委宣传部联络员"],
    ["府办主任", ["高建平"], "罗文博", "青岩县人民政府办公室主任"],
  ])("%s without %j: %s is told at once, and the gap named", (word, gone, next, post) => {
    const audience = told(assigned(), [word], ...gone);
    expect(names(audience)).toEqual([next]);
    expect(audience.gaps).toMatchObject([{ post, told: next }]);
  });

  test("officer B stands in for A without a gap: the post is filled", () => {
    const audience = told(assigned(), ["承办"], "马超群");
    expect(names(audience)).toEqual(["姚倩"]);
    expect(audience.gaps).toEqual([]);
  });

  test("the one who signed and left: the unit's officers are told", () => {
    expect(names(told(assigned().does("姚倩", "acknowledge"), ["承办"], "姚倩"))).toEqual(["马超群"]);
  });

  test("nobody at all can be reached: the gap says so", () => {
    const { office, case: c, now } = assigned();
    const audience = resolveAudience(["单位分管"], { c, subject: "sign", office, now, reaches: () => false });
    expect(audience).toMatchObject({ recipients: [], gaps: [{ told: null }] });
  });
});

describe("a post that the roster leaves empty", () => {
  const { roster, ...office } = exampleOffice();
  const units = roster.file.units.map(({ deputy, ...unit }) =>
    unit.id === "swj" ? unit : { ...unit, ...(deputy ? { deputy } : {}) },
  );
  const { 沈立: _, ...phones } = roster.file.phones;
  const file: RosterFile = { ...roster.file, units, phones };
  const desk = new Desk(undefined, undefined, { ...office, roster: rosterFrom(file) })
    .does("周敏", "triage", { units: ["青岩县水务局"] })
    .does("周敏", "assign");

  test("is passed on to the head", () => {
    const audience = told(desk, ["单位分管"]);
    expect(names(audience)).toEqual(["韩青松"]);
    expect(audience.gaps).toMatchObject([{ post: "青岩县水务局分管领导", told: "韩青松" }]);
  });
  test("a return then needs the head's consent", () => {
    desk.does("马超群", "return").does("韩青松", "confirm");
    expect(desk.case.state).toBe("returned");
  });
});

test("who holds several of the posts is told once", () => {
  expect(names(told(assigned(), ["府办", "值班领导", "府办"]))).toEqual(["周敏", "罗文博"]);
});

test("several units: each is told for itself", () => {
  const audience = told(assigned("青岩县水务局", "青岩县住房和城乡建设局"), ["单位分管"]);
  expect(audience.recipients).toMatchObject([
    { name: "沈立", units: ["青岩县水务局"] },
    { name: "石岩", units: ["青岩县住房和城乡建设局"] },
  ]);
});
