import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lateness } from "#core/clocks/lateness.ts";
import { planClocks } from "#core/clocks/plan.ts";
import type { Level } from "#core/intake/types.ts";
import {
  AWAITS_TRIAGE,
  type ClockFacts,
  type ClockKey,
  type EventLevel,
  type LevelChange,
  type PlannedClock,
} from "#core/policy/types.ts";
import { HOUR, type Instant, MINUTE } from "#core/time.ts";
import { qingyan, rulesOf } from "../policy/packs.ts";
import { at, facts, RECEIVED, stated, triaged } from "./clock-facts.ts";

const office = rulesOf();
const plan = (f: ClockFacts): PlannedClock[] => planClocks(f, office, qingyan);
const find = (clocks: readonly PlannedClock[], key: ClockKey) => clocks.find((c) => c.key === key);

const EVENT_LEVELS: readonly EventLevel[] = ["I", "II", "III", "IV", "none", "pending"];
const level = fc.constantFrom(...EVENT_LEVELS);
const unsure = (status: "unknown" | "unverified") => ({ status, dead: null, injured: null });
const suspicions = fc.record({
  suggestedLevel: fc.constantFrom<(Level | null)[]>("I", "II", "III", "IV", null),
  emergency: fc.boolean(),
  casualties: fc.constantFrom(null, stated(0), stated(40), unsure("unknown"), unsure("unverified")),
  socialSecurity: fc.boolean(),
});
type Suspicions = Pick<ClockFacts, "suggestedLevel" | "emergency" | "casualties" | "socialSecurity">;

/** Ruling 2, once more in other words. */
const suspected = ({ suggestedLevel, emergency, casualties, socialSecurity }: Suspicions): boolean =>
  suggestedLevel === "I" || suggestedLevel === "II" || (emergency && casualties?.status !== "stated") || socialSecurity;

describe("before and after 研判", () => {
  it("5 h and 24 h run provisionally exactly when I/II is suspected, 48 h always runs hard", () => {
    fc.assert(
      fc.property(suspicions, fc.boolean(), (f, pending) => {
        const clocks = plan(facts({ ...f, ...(pending ? triaged("pending") : {}) }));
        for (const key of ["release.authoritative", "press.conference"] as const) {
          const clock = find(clocks, key);
          expect(clock?.kind).toBe(suspected(f) ? "provisional" : undefined);
          if (clock) expect(clock.note).toContain(AWAITS_TRIAGE);
        }
        expect(find(clocks, "response.first")?.kind).toBe("hard");
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it("the decision makes them hard or ends them, whatever was suspected", () => {
    fc.assert(
      fc.property(suspicions, fc.constantFrom<EventLevel>("I", "II", "III", "IV", "none"), (f, decided) => {
        const clocks = plan(facts({ ...f, ...triaged(decided) }));
        const major = decided === "I" || decided === "II";
        expect(find(clocks, "release.authoritative")?.kind).toBe(major ? "hard" : undefined);
        expect(find(clocks, "press.conference")?.kind).toBe(major ? "hard" : undefined);
        expect(find(clocks, "response.first")?.kind).toBe(major ? undefined : "hard");
        expect(clocks.flatMap((c) => c.note)).not.toContain(AWAITS_TRIAGE);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe("a level that changes", () => {
  /** Detected 08:50: 5 h end at 13:50, 24 h at 08:50 of the next day. */
  const changed = (final: EventLevel, ...levelChanges: [string, EventLevel][]): PlannedClock[] =>
    plan(facts(triaged(final, { levelChanges: levelChanges.map(([time, from]) => ({ at: at(time), from })) })));
  const mark = (clocks: readonly PlannedClock[], key: ClockKey = "release.authoritative") => {
    const clock = find(clocks, key);
    return clock && [clock.note.includes("改级时已过"), clock.overSince];
  };
  const three = at("2026-11-20T15:00");

  it("raised after the limit shows 改级时已过 and counts from the raising", () => {
    expect(mark(changed("II", ["2026-11-20T15:00", "IV"]))).toEqual([true, three]);
    expect(mark(changed("II", ["2026-11-20T15:00", "IV"]), "press.conference")).toEqual([false, undefined]);
    expect(mark(changed("II", ["2026-11-20T13:49", "IV"]))).toEqual([false, undefined]);
    expect(mark(changed("II", ["2026-11-20T13:50", "IV"]))).toEqual([true, at("2026-11-20T13:50")]);
  });

  it("raised twice counts from the raising that brought the limit", () => {
    expect(mark(changed("I", ["2026-11-20T15:00", "IV"], ["2026-11-20T18:00", "II"]))).toEqual([true, three]);
  });

  it("lowered and raised again counts from the second raising", () => {
    const up = at("2026-11-20T18:00");
    const again = changed("I", ["2026-11-20T12:00", "II"], ["2026-11-20T18:00", "III"]);
    expect(mark(again)).toEqual([true, up]);
    expect(mark(changed("II", ["2026-11-20T12:00", "II"], ["2026-11-20T13:00", "III"]))).toEqual([false, undefined]);
  });

  it("decided after it was pending is no raise where the limit ran provisionally", () => {
    const pendingFirst = { levelChanges: [{ at: three, from: "pending" as const }] };
    expect(mark(plan(facts(triaged("II", { ...pendingFirst, suggestedLevel: "II" }))))).toEqual([false, undefined]);
    expect(mark(plan(facts(triaged("II", pendingFirst))))).toEqual([true, three]);
  });

  it("doubted again after a low decision counts from the doubt", () => {
    const doubted = facts(
      triaged("II", {
        socialSecurity: true,
        levelChanges: [
          { at: three, from: "III" },
          { at: at("2026-11-20T18:00"), from: "pending" },
        ],
      }),
    );
    expect(mark(plan(doubted))).toEqual([true, three]);
  });

  it("lowered never shows 改级时已过", () => {
    expect(mark(changed("III", ["2026-11-25T15:00", "I"]), "response.first")).toEqual([false, undefined]);
    expect(find(changed("III", ["2026-11-20T15:00", "I"]), "release.authoritative")).toBeUndefined();
  });

  const history = fc.record({
    suspicion: suspicions,
    levels: fc.array(level, { minLength: 1, maxLength: 7 }),
    gaps: fc.array(fc.integer({ min: 1, max: 15 * 60 }), { minLength: 7, maxLength: 7 }),
  });

  /** The facts after each decision of a history, and when it was taken. */
  function replay(levels: readonly EventLevel[], gaps: readonly number[], suspicion: Suspicions) {
    let time = at(RECEIVED);
    let levelChanges: LevelChange[] = [];
    return levels.map((decided, i): { facts: ClockFacts; time: Instant; decided: EventLevel } => {
      const before = levels[i - 1];
      time += (gaps[i] ?? 1) * MINUTE;
      if (before !== undefined && before !== decided) levelChanges = [...levelChanges, { at: time, from: before }];
      return { facts: facts({ ...suspicion, ...triaged(decided, { levelChanges }) }), time, decided };
    });
  }
  const bare = (clock: PlannedClock) => ({
    ...clock,
    overSince: undefined,
    note: clock.note.filter((label) => label !== "改级时已过"),
  });

  it("in any order and at any time gives the limits of its final facts, and moves no start", () => {
    fc.assert(
      fc.property(history, ({ levels, gaps, suspicion }) => {
        const steps = replay(levels, gaps, suspicion);
        const starts = new Map<string, unknown>();
        for (const step of steps) {
          const clocks = plan(step.facts);
          expect(clocks.map(bare)).toEqual(plan({ ...step.facts, levelChanges: [] }).map(bare));
          for (const { key, rule, start, dueAt } of clocks) {
            const before = starts.get(`${key} ${rule}`);
            if (before !== undefined) expect([key, start, dueAt]).toEqual(before);
            starts.set(`${key} ${rule}`, [key, start, dueAt]);
          }
        }
      }),
      { seed: 20160730, numRuns: 400 },
    );
  });

  it("in any order marks exactly the limits that were over when the level brought them", () => {
    fc.assert(
      fc.property(history, ({ levels, gaps, suspicion }) => {
        let ran = true; // before the first decision nothing was raised
        let since: Instant | undefined;
        for (const { facts: f, time, decided } of replay(levels, gaps, suspicion)) {
          const runs = decided === "I" || decided === "II" || (decided === "pending" && suspected(suspicion));
          if (since === undefined && !ran && runs) since = time;
          if (!runs) since = undefined;
          ran = runs;
          const clock = find(plan(f), "release.authoritative");
          const expected = decided !== "pending" && runs && since !== undefined && (clock?.dueAt ?? 0) <= since;
          expect(clock?.overSince).toBe(expected ? since : undefined);
          expect(clock?.note.includes("改级时已过") ?? false).toBe(expected);
        }
      }),
      { seed: 20161110, numRuns: 400 },
    );
  });

  it("in any order scores a response from the raising, and never for the time before it", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 60 }), ({ levels, gaps, suspicion }, later) => {
        const last = replay(levels, gaps, suspicion).at(-1);
        if (!last) return;
        const respondedAt = last.time + later * HOUR;
        const f = { ...last.facts, respondedAt };
        const clock = find(plan(f), "release.authoritative");
        if (clock?.kind !== "hard" || clock.dueAt === null) return;
        const from = clock.overSince ?? clock.dueAt;
        expect(lateness(f, plan(f)).response).toBe(Math.max(0, (respondedAt - from) / MINUTE));
      }),
      { seed: 48, numRuns: 300 },
    );
  });
});
