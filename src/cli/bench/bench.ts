import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { benchAcks } from "./feishu-acks.ts";
import { benchEscalation } from "./feishu-escalation.ts";
import { benchSending } from "./feishu-sending.ts";
import type { Figure } from "./figures.ts";
import { benchLines, benchReports } from "./messages.ts";
import type { BenchParts } from "./parts.ts";
import { benchRunning, benchStart } from "./process.ts";
import { type Machine, reportText } from "./report.ts";
import { benchTimers } from "./timers.ts";

export const SUITES = ["timers", "messages", "feishu", "start", "all"] as const;
export type Suite = (typeof SUITES)[number];

export interface BenchOptions {
  suite: Suite;
  json: boolean;
  /** Waiting reminders, and open cases; everything else scales with it. */
  size: number;
  /** How long the idle process is watched, milliseconds. */
  idleMs?: number;
  /** Told what is being measured now. */
  progress?: (what: string) => void;
}

/**
 * `huiying bench`: what the parts that must be fast reach on this machine, each beside the least it could cost here, measured
 * in the same run. Works in a temporary folder that is removed afterwards.
 */
export async function bench(options: BenchOptions, parts: BenchParts): Promise<string[]> {
  const { suite, size, idleMs = 10_000, progress = () => {} } = options;
  const steps: { of: Suite; what: string; measure: (folder: string) => Promise<Figure[]> }[] = [
    { of: "timers", what: "提醒", measure: (folder) => benchTimers(parts, folder, size) },
    { of: "timers", what: "运行中的进程", measure: (folder) => benchRunning(parts, folder, size, idleMs) },
    { of: "messages", what: "命令识别", measure: () => benchLines(parts.line, size) },
    { of: "messages", what: "上报", measure: (folder) => benchReports(parts, folder, Math.ceil(size / 50)) },
    { of: "feishu", what: "飞书收到确认", measure: (folder) => benchAcks(parts, folder, size) },
    { of: "feishu", what: "飞书成批发送", measure: (folder) => benchSending(parts, folder, size, 5) },
    { of: "feishu", what: "飞书成批发送，服务较慢", measure: (folder) => benchSending(parts, folder, size, 150) },
    { of: "feishu", what: "飞书升级插队", measure: (folder) => benchEscalation(parts, folder, size) },
    { of: "start", what: "启动", measure: (folder) => benchStart(parts, folder) },
  ];
  const figures: Figure[] = [];
  for (const { of, what, measure } of steps) {
    if (suite !== "all" && suite !== of) continue;
    progress(what);
    figures.push(...(await inTemporaryFolder(measure)));
  }
  const machine: Machine = {
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model ?? "",
    cores: availableParallelism(),
  };
  return options.json ? [JSON.stringify({ machine, size, figures })] : reportText(figures, machine);
}

async function inTemporaryFolder<T>(job: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `huiying-bench-${process.pid}-`));
  try {
    return await job(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
