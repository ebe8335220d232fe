import fc from "fast-check";
import { expect, test } from "vitest";
import type { ActionName, Actions } from "#core/case/actions/types.ts";
import type { Case, CaseClock } from "#core/case/case.ts";
import { evolve } from "#core/case/decide.ts";
import { countedAt, proves } from "#core/case/settle.ts";
import { isOpen } from "#core/case/states.ts";
import { MINUTE } from "#core/time.ts";
import { Desk, REPORTS } from "../../support/desk.ts";

type Act = Exclude<ActionName, "report">;
interface Step {
  by: string;
  action: Act;
  input: Partial<Actions[Act]>;
  minutes: number;
}

const UNITS = ["青岩县水务局", "青岩县住房和城乡建设局", "青岩县公安局"] as const;
const PEOPLE = [
  "王晓梅",
  "周敏",
  "罗文博",
  "赵敏之",
  "马超群",
  "沈立",
  "田野",
  "石岩",
  "贺强",
  "邵军",
  "张志远",
] as const;
const LEVELS = ["I", "II", "III", "IV", "none", "pending"] as const;

const someUnits = fc.subarray<string>([...UNITS], { minLength: 1 });
const inputs: { [A in Act]?: fc.Arbitrary<Partial<Actions[A]>> } = {
  triage: fc.record({
    eventLevel: fc.constantFrom(...LEVELS),
    opinionLevel: fc.constantFrom("I", "II", "III", "IV"),
    matter: fc.constantFrom("opinion", "suggestion", "complaint", "repost", "superior"),
    categories: fc.constantFrom(["none"], ["vital-interest"]),
    reason: fc.constant("理由"),
    respond: fc.boolean(),
    units: someUnits,
  }),
  assign: fc.oneof(
    someUnits.map((units) => ({ units })),
    someUnits.map((units) => ({ units, lead: units[0] as string })),
  ),
  respond: fc.record({
    form: fc.constantFrom("权威信息", "新闻发布会", "首次回应", "持续发布", "答复"),
    units: fc.subarray<string>([...UNITS]),
    link: fc.constantFrom("", "https://www.qingyan.example/a", "https://www.qingyan.example/b"),
  }),
  reportUp: fc.record({ target: fc.constantFrom("本级党委政府", "上级") }),
  confirm: fc.record({ agree: fc.boolean(), reason: fc.constant("理由") }),
};
const ACTS: Act[] = [
  "supplement", "triage", "assign", "acknowledge", "return", "respond", "reportUp", "close", "falseAlarm", "fileOnly",
  "confirm", "see", "urge",
]; // biome-ignore format: a word list

const step: fc.Arbitrary<Step> = fc.constantFrom(...ACTS).chain((action) =>
  fc.record({
    by: fc.constantFrom(...PEOPLE),
    action: fc.constant(action),
    input: (inputs[action] ?? fc.constant({})) as fc.Arbitrary<Partial<Actions[Act]>>,
    minutes: fc.integer({ min: 0, max: 600 }),
  }),
);

const isLimit = (k: CaseClock): boolean => k.kind === "hard" || k.kind === "extendable";
const byKey = (c: Case): Map<string, CaseClock> => new Map(c.clocks.filter(isLimit).map((k) => [k.key, k]));

/** Why a limit that ran before the step stands still after it; "" when nothing explains it. */
function reason(key: string, before: Case, after: Case, action: Act): string {
  if (!isOpen(after.state)) return "the case ended";
  if (after.noResponse) return "two people agreed that no response is due";
  if (action === "triage" && after.triage !== before.triage) return "研判 decided which limits hold";
  if (key === "requested") return after.reportedUp.some((m) => m.target === "上级") ? "reported upward" : "";
  const stoppedAt = byKey(after).get(key)?.stoppedAt;
  const evidence = after.responses.some((r) => proves(key as CaseClock["key"], r.form) && countedAt(r) === stoppedAt);
  return evidence ? "evidence" : "";
}

test("no sequence of actions stops a limit without evidence, loses an event, or leaves the state apart from its events", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(REPORTS)), fc.array(step, { maxLength: 25 }), (report, steps) => {
      const desk = new Desk(report);
      for (const { by, action, input, minutes } of steps) {
        desk.now += minutes * MINUTE;
        const before = desk.case;
        const known = [...desk.events];
        const refused = desk.tries(by, action, input);
        expect(desk.events.slice(0, known.length)).toEqual(known);
        expect(desk.case.version).toBe(desk.events.length);
        if (refused !== "") {
          expect(refused.length).toBeGreaterThan(5);
          expect(desk.case).toBe(before);
          continue;
        }
        expect(isOpen(before.state), "nothing changes an ended case").toBe(true);
        for (const [key, clock] of byKey(before)) {
          if (clock.stoppedAt !== undefined || byKey(desk.case).get(key)?.stoppedAt === undefined) continue;
          expect(reason(key, before, desk.case, action), `${key} after ${action}`).not.toBe("");
        }
      }
      const rebuilt = desk.events.reduce<Case | null>((c, event) => evolve(c, [event], desk.office), null);
      expect(rebuilt).toEqual(desk.case);
      expect(JSON.parse(JSON.stringify(desk.case))).toEqual(desk.case);
    }),
    { seed: 20261120, numRuns: 500 },
  );
});

test("who signs for a unit, and who recorded what, is never overwritten by a later step of somebody else", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const desk = new Desk();
      for (const { by, action, input, minutes } of steps) {
        desk.now += minutes * MINUTE;
        const responses = desk.case.responses.map(({ id, publishedAt, recorded }) => ({ id, publishedAt, recorded }));
        desk.tries(by, action, input);
        expect(desk.case.responses.slice(0, responses.length)).toMatchObject(responses);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});
