import { join } from "node:path";
import { type Instant, MINUTE } from "#core/time.ts";
import { type Figure, figure, type Goal } from "./figures.ts";
import { type Floor, openFloor } from "./floor.ts";
import { type Bench, openBench } from "./office.ts";
import type { BenchParts } from "./parts.ts";
import { median, percentile, timed } from "./statistics.ts";

/** A Monday morning at work: nobody sleeps, nothing is held back. */
const OPENED = Date.UTC(2026, 10, 23, 1, 0);

/** What waits for an ordinary new case. */
const REMINDERS_PER_CASE = 10;

/**
 * Stages of the 研判 limit after receipt that tell one person each: the limit, half an hour later, and the first of those
 * that repeat. Before them, at half the limit, two people are told: that one warms up.
 */
const WARM_UP = 60 * MINUTE;
const STAGES = [120 * MINUTE, 150 * MINUTE, 180 * MINUTE];

/** What one wave of reminders took. */
interface Wave {
  count: number;
  ms: number;
  cpuMs: number;
  /** For each reminder, from the instant it was due to its commit. */
  lateness: number[];
}

/** Peers were measured beside the same floor once (docs/performance.md); their goals are therefore ratios to the floor. */
const P1: Goal = { id: "P1", of: "ratio", is: ">=", limit: 0.5 };
const P2_SMALL: Goal = { id: "P2", of: "ratio", is: "<=", limit: 2.5 };
const P2_LARGE: Goal = { id: "P2", of: "ratio", is: "<=", limit: 1.9 };

/**
 * Reminders that fall due together, in the full engine and on the bare database in turn: `size` wait, a hundredth of them
 * is one wave, a tenth another.
 */
export async function benchTimers(parts: BenchParts, folder: string, size: number): Promise<Figure[]> {
  const small = Math.max(1, Math.round(size / 100));
  const large = Math.max(1, Math.round(size / 10));
  const bench = await openBench(parts, `sqlite:${join(folder, "timers.db")}`, OPENED);
  const floor = openFloor(folder);
  try {
    await bench.openCases(small);
    bench.clock.set(OPENED + MINUTE);
    await bench.openCases(large);
    floor.add((small + large) * (REMINDERS_PER_CASE - STAGES.length), Number.MAX_SAFE_INTEGER);
    for (const opened of [OPENED, OPENED + MINUTE]) {
      bench.clock.set(opened + WARM_UP);
      await bench.engine.tick();
    }
    const waves = { small: [] as Wave[], large: [] as Wave[], bareSmall: [] as Wave[], bareLarge: [] as Wave[] };
    const delivered: number[] = [];
    for (const stage of STAGES) {
      waves.bareSmall.push(await bareWave(floor, small, stage));
      waves.small.push(await wave(parts, bench, OPENED + stage));
      waves.bareLarge.push(await bareWave(floor, large, stage));
      const fired = await wave(parts, bench, OPENED + MINUTE + stage);
      waves.large.push(fired);
      const { ms } = await timed(() => bench.engine.wake());
      delivered.push((fired.count / ms) * 1000);
    }
    // The first one audits, because hours have passed.
    await bench.engine.tick();
    const { ms: idle } = await timed(() => emptyTicks(bench));
    return [
      figure({
        id: "timers.fired",
        name: `提醒触发(${size} 条在等,${large} 条同时到点)`,
        value: median(waves.large.map(perSecond)),
        unit: "条/秒",
        floor: median(waves.bareLarge.map(perSecond)),
        goals: [P1],
      }),
      figure({
        id: "timers.cpu",
        name: "每条提醒的 CPU",
        value: median(waves.large.map((w) => (w.cpuMs / w.count) * 1000)),
        unit: "微秒",
        floor: median(waves.bareLarge.map((w) => (w.cpuMs / w.count) * 1000)),
      }),
      ...lateness("timers.late.small", small, waves.small, waves.bareSmall, P2_SMALL),
      ...lateness("timers.late.large", large, waves.large, waves.bareLarge, P2_LARGE),
      figure({ id: "timers.delivered", name: "送出并记录", value: median(delivered), unit: "条/秒" }),
      figure({ id: "timers.tick", name: "无事可做的一次查看", value: idle / TICKS, unit: "毫秒" }),
    ];
  } finally {
    floor.close();
    await bench.close();
  }
}

const TICKS = 100;

async function emptyTicks({ engine }: Bench): Promise<void> {
  for (let i = 0; i < TICKS; i++) await engine.tick();
}

/** Fires everything due at an instant through the engine, and only that: nothing is delivered yet. */
async function wave(parts: BenchParts, { store, office, clock }: Bench, due: Instant): Promise<Wave> {
  clock.set(due);
  const context = { office, now: due, reaches: () => true };
  return measured(() => store.write((tx) => parts.fireDue(tx, context)));
}

async function bareWave(floor: Floor, count: number, due: Instant): Promise<Wave> {
  floor.add(count, due);
  return measured(async () => floor.fire(due));
}

async function measured(fire: () => Promise<number>): Promise<Wave> {
  const lateness: number[] = [];
  const from = performance.now();
  const spent = await timed(async () => {
    for (;;) {
      const fired = await fire();
      if (fired === 0) return;
      const late = performance.now() - from;
      for (let i = 0; i < fired; i++) lateness.push(late);
    }
  });
  return { ...spent, count: lateness.length, lateness };
}

const perSecond = (w: Wave): number => (w.count / w.ms) * 1000;

function lateness(id: string, count: number, waves: readonly Wave[], bare: readonly Wave[], goal: Goal): Figure[] {
  const at = (all: readonly Wave[], share: number): number => median(all.map((w) => percentile(w.lateness, share)));
  const one = (part: string, name: string, share: number, goals: Goal[]): Figure =>
    figure({
      id: `${id}.${part}`,
      name: `${count} 条同时到点,迟到${name}`,
      value: at(waves, share),
      unit: "毫秒",
      floor: at(bare, share),
      goals,
    });
  return [one("p50", "中位", 0.5, []), one("p99", " p99", 0.99, [goal]), one("worst", "最多", 1, [])];
}
