import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { HOUR } from "#core/time.ts";
import { type Figure, figure } from "./figures.ts";
import { ADMINISTRATOR, openBench, REPORTS } from "./office.ts";
import type { BenchParts } from "./parts.ts";
import { cpuOf, memoryOf, type Running, run } from "./running.ts";
import { median } from "./statistics.ts";

const STARTS = 5;

/** Process start → first answer in the local chat, on a database that exists. */
export async function benchStart({ program }: BenchParts, folder: string): Promise<Figure[]> {
  const data = join(folder, "start");
  const samples: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i <= STARTS; i++) {
    const from = performance.now();
    const bot = await run(program, data);
    try {
      await bot.ask(REPORTS[1]);
      // The first start makes the database.
      if (i > 0) samples.push(performance.now() - from);
    } finally {
      await bot.stop();
    }
    bare.push(await bareStart());
  }
  return [
    figure({
      id: "start.reply",
      name: "从启动进程到第一张答复卡(基准为空的 Node 进程)",
      value: median(samples),
      unit: "毫秒",
      floor: median(bare),
      goals: [{ id: "P6", of: "value", is: "<=", limit: 600 }],
    }),
  ];
}

async function bareStart(): Promise<number> {
  const from = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - from;
}

/** The real program on a database with `size` open cases: first reminder after a start, idle cost, memory. */
export async function benchRunning(parts: BenchParts, folder: string, size: number, idleMs: number): Promise<Figure[]> {
  const data = join(folder, "running");
  mkdirSync(data);
  const database = join(data, "open.db");
  const now = Date.now();
  const bench = await openBench(parts, `sqlite:${database}`, now - 12 * HOUR);
  // One old case: its reminders came due while nothing ran.
  await bench.openCases(1);
  bench.clock.set(now);
  await bench.openCases(size);
  await bench.close();
  const empty = await run(parts.program, join(folder, "empty"));
  const floor = await idleCost(empty, idleMs);
  await empty.stop();
  const bot = await run(parts.program, data, `sqlite:${database}`);
  try {
    const firstFire = (await firstSent(database, now)) - bot.startedAt;
    const idle = await idleCost(bot, idleMs);
    const resting = memoryOf(bot.pid, "VmRSS");
    await bot.ask(REPORTS[1]);
    await bot.ask("/舆情 列表");
    await bot.ask("/舆情 自检", ADMINISTRATOR);
    return [
      figure({
        id: "running.first-fire",
        name: `从启动进程到第一条补发提醒(${size} 件在办)`,
        value: firstFire,
        unit: "毫秒",
      }),
      figure({
        id: "running.idle",
        name: `空转(${size} 件在办;基准为空库)`,
        value: idle,
        unit: "毫秒 CPU/秒",
        ...(floor === null ? {} : { floor }),
        goals: [{ id: "P5", of: "value", is: "<=", limit: 2 }],
      }),
      figure({
        id: "running.memory",
        name: `常驻内存(${size} 件在办),空转时`,
        value: resting,
        unit: "MB",
        goals: [{ id: "P8", of: "value", is: "<=", limit: 150 }],
      }),
      figure({
        id: "running.memory.peak",
        name: "常驻内存,上报、列表、自检之后的最高值",
        value: memoryOf(bot.pid, "VmHWM"),
        unit: "MB",
        goals: [{ id: "P8", of: "value", is: "<=", limit: 150 }],
      }),
    ];
  } finally {
    await bot.stop();
  }
}

/** How long the program may take until its first reminder, milliseconds. */
const PATIENCE = 10_000;

/** Processor time per second while nothing happens, after the start has settled. */
async function idleCost({ pid }: Running, idleMs: number): Promise<number | null> {
  await pause(Math.min(idleMs, 2_000));
  const from = performance.now();
  const before = cpuOf(pid);
  await pause(idleMs);
  const after = cpuOf(pid);
  return before === null || after === null ? null : ((after - before) / (performance.now() - from)) * 1000;
}

/** When the first reminder was sent after `since`: the program is ready before its messages are out. */
async function firstSent(file: string, since: number): Promise<number> {
  const db = new Database(file, { readonly: true });
  try {
    const first = db.prepare<[number], { at: number | null }>(
      "select min(sent_at) as at from outbox where lane = 1 and sent_at >= ?",
    );
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      const at = first.get(since)?.at;
      if (at) return at;
      if (performance.now() > deadline) throw new Error("the bot sent no reminder");
      await pause(20);
    }
  } finally {
    db.close();
  }
}
