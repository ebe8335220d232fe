import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lateness } from "#core/clocks/lateness.ts";
import { planClocks } from "#core/clocks/plan.ts";
import { fromIso } from "#core/iso.ts";
import type { ClockFacts, KnownTime, Lateness } from "#core/policy/types.ts";
import { MINUTE } from "#core/time.ts";
import { qingyan, rulesOf } from "../policy/packs.ts";

const at = (time: string): number => fromIso(`2026-11-22T${time}`) ?? Number.NaN;
const sure = (time: string): KnownTime => ({ at: at(time), range: false, inferred: false });

/** A crash at 02:20, 研判 II. */
function late(change: Partial<ClockFacts>): Lateness {
  const facts: ClockFacts = {
    matter: "opinion",
    eventLevel: "II",
    opinionLevel: undefined,
    triaged: true,
    suggestedLevel: null,
    emergency: true,
    casualties: null,
    socialSecurity: false,
    superiorRequired: false,
    sensitive: false,
    occurredAt: sure("02:20"),
    receivedAt: at("07:35"),
    ...change,
  };
  return lateness(facts, planClocks(facts, rulesOf(), qingyan));
}

describe("lateness", () => {
  it("tells detection, reporting and response apart", () => {
    const times = { surfacedAt: sure("03:00"), detectedAt: sure("06:30"), respondedAt: at("09:00") };
    expect(late(times)).toEqual({ detection: 210, reporting: 65, response: 100 });
  });

  it("says nothing of what is not known", () => {
    expect(late({})).toEqual({ detection: null, reporting: null, response: null });
    const inferred = { at: at("07:35"), range: false, inferred: true };
    expect(late({ surfacedAt: sure("03:00"), detectedAt: inferred })).toMatchObject({
      detection: null,
      reporting: null,
    });
  });

  it("a response in time is not late", () => {
    expect(late({ respondedAt: at("07:20") }).response).toBe(0);
    expect(late({ respondedAt: at("07:19") }).response).toBe(0);
    expect(late({ respondedAt: at("07:21") }).response).toBe(1);
  });

  it("a limit that was over when the level was raised counts from the raising", () => {
    expect(late({ levelChanges: [{ at: at("10:00"), from: "IV" }], respondedAt: at("10:45") }).response).toBe(45);
  });

  it("targets, provisional and advisory limits make nobody late", () => {
    const suggested = { triaged: false, eventLevel: undefined, respondedAt: at("12:00") };
    expect(late({ ...suggested, suggestedLevel: "I" }).response).toBe(0);
  });

  it("a response that only a range makes late is late for nobody, and late from the start once the range is over", () => {
    const occurredAt = { at: at("02:00"), to: at("06:00"), range: true, inferred: false };
    const response = (time: string) => late({ occurredAt, detectedAt: sure("07:00"), respondedAt: at(time) }).response;
    expect(response("06:59")).toBe(0);
    expect(response("07:00")).toBeNull();
    expect(response("10:59")).toBeNull();
    expect(response("11:00")).toBe(240);
  });

  it("a time of surfacing that was only inferred says nothing of the detection", () => {
    const surfacedAt = { ...sure("03:00"), inferred: true };
    expect(late({ surfacedAt, detectedAt: sure("06:30") }).detection).toBeNull();
  });

  it("of a time known only as a range the least delay counts that it leaves, none where its end is unknown", () => {
    const morning = { at: at("00:00"), to: at("06:00"), range: true, inferred: false };
    expect(late({ detectedAt: morning }).reporting).toBe(95);
    expect(late({ surfacedAt: morning, detectedAt: sure("06:30") }).detection).toBe(30);
    expect(late({ surfacedAt: sure("00:00"), detectedAt: { ...morning, at: at("01:00") } }).detection).toBe(60);
    expect(late({ detectedAt: { at: at("00:00"), range: true, inferred: false } }).reporting).toBeNull();
  });

  it("what was detected before it surfaced was not detected late", () => {
    expect(late({ surfacedAt: sure("07:00"), detectedAt: sure("06:30") }).detection).toBe(0);
  });

  it("each of the three follows from its own two times alone", () => {
    const minute = fc.integer({ min: 0, max: 240 });
    const time = (minutes: number) => ({ at: at("02:00") + minutes * MINUTE, range: false, inferred: false });
    fc.assert(
      fc.property(minute, minute, minute, minute, minute, (surfaced, toDetection, toReceipt, toResponse, other) => {
        const detected = surfaced + toDetection;
        const received = detected + toReceipt;
        const responded = received + toResponse;
        const times = {
          occurredAt: time(0),
          surfacedAt: time(surfaced),
          detectedAt: time(detected),
          receivedAt: time(received).at,
          respondedAt: time(responded).at,
        };
        const all = late(times);
        expect(all).toEqual({
          detection: toDetection,
          reporting: toReceipt,
          response: Math.max(0, responded - 5 * 60),
        });
        expect(late({ ...times, surfacedAt: time(other) })).toEqual({
          ...all,
          detection: Math.max(0, detected - other),
        });
        expect(late({ ...times, receivedAt: time(other).at })).toEqual({
          ...all,
          reporting: Math.max(0, other - detected),
        });
        expect(late({ ...times, respondedAt: time(other).at })).toEqual({
          ...all,
          response: Math.max(0, other - 5 * 60),
        });
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
