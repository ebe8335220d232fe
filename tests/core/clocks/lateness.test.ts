import { describe, expect, it } from "vitest";
import { lateness } from "#core/clocks/lateness.ts";
import { planClocks } from "#core/clocks/plan.ts";
import { fromIso } from "#core/iso.ts";
import type { ClockFacts, KnownTime, Lateness } from "#core/policy/types.ts";
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
    expect(late({ raisedAt: at("10:00"), respondedAt: at("10:45") }).response).toBe(45);
  });

  it("targets, provisional and advisory limits make nobody late", () => {
    const suggested = { triaged: false, eventLevel: undefined, respondedAt: at("12:00") };
    expect(late({ ...suggested, suggestedLevel: "I" }).response).toBe(0);
  });
});
