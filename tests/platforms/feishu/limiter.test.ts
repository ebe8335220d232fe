import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Lane } from "#core/ports.ts";
import { type Instant, MINUTE, SECOND } from "#core/time.ts";
import { FeishuError } from "#src/platforms/feishu/errors.ts";
import { Limiter, type Use } from "#src/platforms/feishu/limiter.ts";

interface Wish {
  use: Use;
  lane: Lane;
}

interface Call extends Wish {
  at: Instant;
}

/** Sends what is wished for as soon as it may go, in the order of the outbox: the lowest lane that is free, the oldest first. */
function sendAll(wishes: readonly Wish[]): Call[] {
  let now = 1_000_000;
  const limiter = new Limiter(() => now);
  let left = [...wishes].sort((a, b) => a.lane - b.lane);
  const calls: Call[] = [];
  while (left.length > 0) {
    const waiting: Wish[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const wish of left) {
      const free = limiter.freeAt(wish.use, wish.lane);
      if (free <= now) {
        limiter.take(wish.use);
        calls.push({ ...wish, at: now });
      } else {
        waiting.push(wish);
        next = Math.min(next, free);
      }
    }
    left = waiting;
    now = Math.max(now, next);
  }
  return calls;
}

/** Calls to nobody in particular, each as soon as it may be made, for so long. */
function sendFor(span: number, lane: Lane = 0): Call[] {
  const start = 1_000_000;
  let now = start;
  const limiter = new Limiter(() => now);
  const calls: Call[] = [];
  for (; now - start < span; now = limiter.freeAt({}, lane)) {
    limiter.take({});
    calls.push({ use: {}, lane, at: now });
  }
  return calls;
}

/** Calls to nobody in particular, each so much later than it could have been made. */
function sendLate(count: number, late: (i: number) => number): Call[] {
  let now = 1_000_000;
  const limiter = new Limiter(() => now);
  return Array.from({ length: count }, (_, i) => {
    now = Math.max(now, limiter.freeAt({}, 0)) + late(i);
    limiter.take({});
    return { use: {}, lane: 0, at: now };
  });
}

/** The most calls in any window of this length, both ends included. */
function most(calls: readonly Call[], window: number): number {
  let from = 0;
  let found = 0;
  for (const [to, call] of calls.entries()) {
    while (call.at - (calls[from]?.at ?? 0) > window) from++;
    found = Math.max(found, to - from + 1);
  }
  return found;
}

const wish = fc.record({
  use: fc.record(
    { chat: fc.integer({ min: 0, max: 20 }).map(String), edits: fc.integer({ min: 0, max: 5 }).map(String) },
    { requiredKeys: [] },
  ),
  lane: fc.constantFrom<Lane>(0, 1, 2, 3),
});

describe("the rates that Feishu allows", () => {
  test("are never exceeded, whatever is sent", () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1000, maxLength: 1500 }), (wishes) => {
        const calls = sendAll(wishes);
        expect(calls).toHaveLength(wishes.length);
        expect(most(calls, SECOND)).toBeLessThan(50);
        expect(most(calls, MINUTE)).toBeLessThan(1000);
        for (const key of ["chat", "edits"] as const)
          for (const [place, some] of Map.groupBy(calls, (c) => c.use[key]))
            if (place !== undefined) expect(most(some, SECOND)).toBeLessThanOrEqual(5);
      }),
      { seed: 20_261_120, numRuns: 5 },
    );
  });

  test("are used to at least nine tenths", () => {
    expect(sendFor(SECOND).length).toBeGreaterThanOrEqual(45);
    expect(sendFor(10 * MINUTE).length).toBeGreaterThanOrEqual(9_000);
    const toOne = sendAll(Array.from({ length: 100 }, () => ({ use: { chat: "ou_1" }, lane: 0 as const })));
    expect(99 / (((toOne.at(-1)?.at ?? 0) - (toOne[0]?.at ?? 0)) / SECOND)).toBeGreaterThanOrEqual(4.5);
  });

  test("are used to nine tenths also when every call leaves a little late", () => {
    const calls = sendLate(500, (i) => (i % 4) * 5);
    expect(499 / (((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)) / SECOND)).toBeGreaterThanOrEqual(45);
  });

  test("are not exceeded when a pause is made up for", () => {
    for (const late of [20, 100, 1_000])
      expect(
        most(
          sendLate(200, (i) => (i % 20 === 0 ? late : 0)),
          SECOND,
        ),
      ).toBeLessThan(50);
  });
});

describe("an escalation", () => {
  test("goes at once when digests have used up all that they may", () => {
    const now = 1_000_000 + 20 * SECOND;
    let at = 1_000_000;
    const limiter = new Limiter(() => at);
    let digests = 0;
    for (; at < now; at = limiter.freeAt({ chat: `ou_${digests}` }, 3)) {
      limiter.take({ chat: `ou_${digests}` });
      digests += 1;
    }
    at = now;
    expect(digests).toBe(864);
    expect(limiter.freeAt({ chat: "ou_x" }, 3)).toBeGreaterThan(now + 30 * SECOND);
    for (let i = 0; i < 96; i++) {
      const free = limiter.freeAt({ chat: `leader${i}` }, 1);
      expect(free - at).toBeLessThanOrEqual(22);
      at = free;
      limiter.take({ chat: `leader${i}` });
    }
    expect(at - now).toBeLessThan(2.1 * SECOND);
  });
});

describe("what Feishu blocks", () => {
  const at = 1_000_000;
  const limiter = (): Limiter => new Limiter(() => at);

  test("a group that other bots use up is left alone, and nobody else", () => {
    const one = limiter();
    one.blockUntil({ chat: "oc_1" }, at + 3_000);
    expect(one.freeAt({ chat: "oc_1" }, 0)).toBe(at + 3_000);
    expect(one.freeAt({ chat: "oc_2" }, 3)).toBe(at);
    expect(one.freeAt({ edits: "oc_1" }, 3)).toBe(at);
  });

  test("the app as a whole", () => {
    const one = limiter();
    one.blockUntil({}, at + 10_000);
    one.blockUntil({}, at + 5_000);
    expect(one.freeAt({ chat: "oc_1" }, 0)).toBe(at + 10_000);
    expect(one.freeAt({}, 3)).toBe(at + 10_000);
  });

  test.each([
    ["230020: this chat only", { code: 230020, status: 400 }, at + 1_000, at],
    [
      "99991400: everything, until the reset",
      { code: 99991400, status: 429, retryAfterMs: 7_000 },
      at + 7_000,
      at + 7_000,
    ],
    ["429 without a code: everything", { status: 429 }, at + 1_000, at + 1_000],
    ["another error: nothing", { code: 230002, status: 400 }, at, at],
  ])("%s", (_, details, here, elsewhere) => {
    const one = limiter();
    one.refused(new FeishuError(details), "oc_1");
    expect(one.freeAt({ chat: "oc_1" }, 0)).toBe(here);
    expect(one.freeAt({ chat: "oc_2" }, 0)).toBe(elsewhere);
  });
});
