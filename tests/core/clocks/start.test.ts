import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planClocks } from "#core/clocks/plan.ts";
import { kindAt } from "#core/clocks/range.ts";
import { startOf } from "#core/clocks/start.ts";
import type { ClockFacts, KnownTime, PlannedClock } from "#core/policy/types.ts";
import { HOUR, type Instant, MINUTE } from "#core/time.ts";
import { qingyan, rulesOf } from "../policy/packs.ts";
import { at, facts, RECEIVED, sure, triaged } from "./clock-facts.ts";

const office = rulesOf();
const received = at(RECEIVED);
const start = (f: ClockFacts) => startOf(["occurredAt", "detectedAt"], f, qingyan.params);
const without = (f: ClockFacts, ...names: (keyof ClockFacts)[]): ClockFacts =>
  Object.fromEntries(
    Object.entries(f).filter(([name]) => !names.includes(name as keyof ClockFacts)),
  ) as unknown as ClockFacts;
const range = (from: string, to?: string): KnownTime => ({
  at: at(from),
  range: true,
  inferred: false,
  ...(to === undefined ? {} : { to: at(to) }),
});

describe("two uncertain times", () => {
  it("the clock starts no later than the later of them can be: an exact occurrence bounds a range of detection", () => {
    const f = facts({
      occurredAt: sure("2026-11-20T06:00"),
      detectedAt: range("2026-11-20T04:00", "2026-11-20T08:00"),
    });
    expect(start(f)).toMatchObject({ at: at("2026-11-20T04:00"), latest: at("2026-11-20T06:00") });
  });

  it("a range of occurrence reaches to the end of a range of detection", () => {
    const f = facts({
      occurredAt: range("2026-11-20T00:00", "2026-11-20T12:00"),
      detectedAt: range("2026-11-20T02:00", "2026-11-20T08:00"),
    });
    expect(start(f)).toMatchObject({ at: at("2026-11-20T00:00"), latest: at("2026-11-20T08:00") });
  });

  it("a range that starts after a certain time leaves no doubt", () => {
    const f = facts({
      detectedAt: sure("2026-11-20T06:00"),
      occurredAt: range("2026-11-20T07:00", "2026-11-20T08:00"),
    });
    expect(start(f)).toEqual({ at: at("2026-11-20T06:00"), from: "detectedAt", note: [] });
  });
});

describe("any times", () => {
  /** Minutes before the receipt at which something may have happened, from … to. */
  const span = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 }), fc.boolean())
    .map(([before, width, isRange]) => {
      const from = received - before * HOUR;
      const to = Math.min(received, from + width * HOUR);
      return isRange && to > from
        ? { at: from, to, range: true, inferred: false }
        : { at: from, range: false, inferred: false };
    });
  const hours = ({ at: from, to }: KnownTime): Instant[] => {
    const instants = [from];
    for (let t = from + HOUR; t <= (to ?? from); t += HOUR) instants.push(t);
    return instants;
  };

  it("start at the earliest and at the latest that the true times can give", () => {
    fc.assert(
      fc.property(span, span, (occurredAt, detectedAt) => {
        const found = start(facts({ occurredAt, detectedAt }));
        const possible = hours(occurredAt).flatMap((o) => hours(detectedAt).map((d) => Math.min(o, d)));
        expect(found?.at).toBe(Math.min(...possible));
        expect(found?.latest ?? found?.at).toBe(Math.max(...possible));
      }),
      { seed: 524, numRuns: 500 },
    );
  });

  it("5 h and 24 h start at the earlier of occurrence and detection, 48 h at the detection, else at the receipt as 推定", () => {
    const exact = fc.option(fc.integer({ min: 0, max: 72 * 60 }), { nil: undefined });
    const known = (before: number): KnownTime => ({ at: received - before * MINUTE, range: false, inferred: false });
    fc.assert(
      fc.property(exact, exact, (occurred, detected) => {
        const base = without(facts(triaged("II")), "detectedAt");
        const f = {
          ...base,
          ...(occurred === undefined ? {} : { occurredAt: known(occurred) }),
          ...(detected === undefined ? {} : { detectedAt: known(detected) }),
        };
        const from = received - (detected ?? 0) * MINUTE;
        const old = occurred !== undefined && occurred - (detected ?? 0) > 72 * 60;
        const earliest = occurred === undefined || old ? from : Math.min(from, received - occurred * MINUTE);
        const major = planClocks(f, office, qingyan);
        expect(major.find((c) => c.key === "release.authoritative")?.dueAt).toBe(earliest + 5 * HOUR);
        expect(major.find((c) => c.key === "press.conference")?.dueAt).toBe(earliest + 24 * HOUR);
        const first = planClocks({ ...f, ...triaged("III") }, office, qingyan).find((c) => c.key === "response.first");
        expect(first?.dueAt).toBe(from + 48 * HOUR);
        expect(first?.startFrom).toBe(detected === undefined ? "receivedAt" : "detectedAt");
        expect(first?.note.includes("推定")).toBe(detected === undefined);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it("an old matter is one that lies more than 72 h, or the office's own number, before its detection", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * 24 * 60 }), fc.integer({ min: 1, max: 200 }), (before, limit) => {
        const f = facts({
          occurredAt: { ...sure(RECEIVED), at: received - before * MINUTE },
          detectedAt: sure(RECEIVED),
        });
        const found = startOf(["occurredAt", "detectedAt"], f, { oldMatterHours: limit });
        expect(found?.note.includes("旧事重提")).toBe(before > limit * 60);
        expect(found?.at).toBe(before > limit * 60 ? received : received - before * MINUTE);
      }),
      { seed: 72, numRuns: 300 },
    );
  });
});

describe("as time goes on", () => {
  const occurredAt = range("2026-11-20T08:00", "2026-11-20T12:00");
  const f = facts(
    triaged("II", { occurredAt, detectedAt: sure("2026-11-20T12:00"), receivedAt: at("2026-11-20T12:10") }),
  );
  const clock = planClocks(f, office, qingyan).find((c) => c.key === "release.authoritative") as PlannedClock;

  it("a limit from a range is hard, then provisional while only the range makes it overdue, then hard again", () => {
    expect(clock.kind).toBe("hard");
    const kinds = ["12:59", "13:00", "16:59", "17:00", "23:00"].map((time) => kindAt(clock, at(`2026-11-20T${time}`)));
    expect(kinds).toEqual(["hard", "provisional", "provisional", "hard", "hard"]);
  });

  it("what awaits 研判 stays provisional, and what only advises advisory", () => {
    const late = at("2026-11-25T00:00");
    const before = planClocks({ ...f, ...facts({ occurredAt, suggestedLevel: "I" }) }, office, qingyan);
    for (const c of before) expect(kindAt(c, late)).toBe(c.kind);
  });

  it("a limit from certain times is what it was planned as, at any time", () => {
    fc.assert(
      fc.property(fc.integer({ min: -72, max: 200 }), (later) => {
        for (const c of planClocks(facts(triaged("II")), office, qingyan))
          expect(kindAt(c, received + later * HOUR)).toBe(c.kind);
      }),
      { seed: 3, numRuns: 50 },
    );
  });
});

describe("the count from 首发", () => {
  const first = (change: Partial<ClockFacts>) =>
    planClocks(facts(change), office, qingyan).find((c) => c.key === "response.first");

  it("is shown beside the 48 h and counts for nothing", () => {
    const clock = first({ surfacedAt: sure("2026-11-20T05:00") });
    expect(clock).toMatchObject({ dueAt: at("2026-11-22T08:50"), surfacedDueAt: at("2026-11-22T05:00") });
  });

  it("is left out where nothing surfaced before the start", () => {
    expect(first({})).not.toHaveProperty("surfacedDueAt");
    expect(first({ surfacedAt: sure("2026-11-20T08:50") })).not.toHaveProperty("surfacedDueAt");
  });
});
