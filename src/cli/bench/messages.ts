import { join } from "node:path";
import { intake } from "#core/intake/intake.ts";
import { toIso } from "#core/time.ts";
import { type Figure, figure } from "./figures.ts";
import { openFloor } from "./floor.ts";
import { type Bench, openBench, REPORTER, REPORTS, TALK } from "./office.ts";
import type { BenchLine, BenchParts, BenchRegistry } from "./parts.ts";
import { callsPerSecond, median, percentile, timed } from "./statistics.ts";

const OPENED = Date.UTC(2026, 10, 23, 1, 0);
const ROUNDS = 3;

const commandLine = (word: string): string => `/舆情 ${word} 20261120-001 单位=县教育局 请尽快核实`;

/** From a line of text to the command it means, without a database. */
export async function benchLines({ registry, readLine, splitArguments }: BenchLine, size: number): Promise<Figure[]> {
  const recognise = async (commands: number): Promise<number> => {
    const known = await registry(commands);
    const lines = known.commands.map((c) => commandLine(c.word));
    return callsPerSecond(size, true, (i) => {
      const line = readLine(lines[i % lines.length] ?? "", false, (word) => known.find(word) !== undefined);
      const spec = line && known.find(line.word);
      const names = spec?.fields.map((f) => f.name);
      return line && names && splitArguments(line.rest, names);
    });
  };
  const at30 = await recognise(30);
  const at200 = await recognise(200);
  const rejected = callsPerSecond(size, false, (i) => readLine(TALK[i % TALK.length] ?? "", false, () => false));
  const { commands } = await registry(30);
  const floor = callsPerSecond(size, true, byHand(commands));
  return [
    figure({
      id: "messages.commands30",
      name: "识别命令和参数,30 个命令",
      value: at30,
      unit: "条/秒",
      floor,
      goals: [{ id: "P3", of: "ratio", is: ">=", limit: 0.036 }],
    }),
    figure({
      id: "messages.commands200",
      name: "同上,200 个命令(基准为 30 个命令)",
      value: at200,
      unit: "条/秒",
      floor: at30,
      goals: [{ id: "P3", of: "ratio", is: ">=", limit: 0.7 }],
    }),
    figure({
      id: "messages.rejected",
      name: "略过不是命令的话",
      value: rejected,
      unit: "条/秒",
      floor,
      goals: [{ id: "P3", of: "ratio", is: ">=", limit: 0.091 }],
    }),
  ];
}

/** The least that recognising takes: the line is split at its spaces, the word looked up. */
function byHand(commands: BenchRegistry["commands"]): (i: number) => unknown {
  const byWord = new Map(commands.map((c) => [c.word, c]));
  const lines = commands.map((c) => commandLine(c.word));
  return (i) => {
    const [, word = "", ref, field = "", ...text] = (lines[i % lines.length] ?? "").split(" ");
    const [name = "", value] = field.split("=");
    const command = byWord.get(word);
    return command && { command, ref, fields: { [name]: value }, text: text.join(" ") };
  };
}

/** From a report in free text to its durable number, clocks, reminders and answer. */
export async function benchReports(parts: BenchParts, folder: string, size: number): Promise<Figure[]> {
  const bench = await openBench(parts, `sqlite:${join(folder, "messages.db")}`, OPENED);
  const floor = openFloor(folder);
  const rates = { floor: [] as number[], one: [] as number[], sixteen: [] as number[] };
  const latency = { one: [] as number[], sixteen: [] as number[] };
  try {
    await reports(bench, Math.min(size, 500), 16);
    for (let round = 0; round < ROUNDS; round++) {
      const bare = await timed(() => {
        for (let i = 0; i < size; i++) floor.commit();
      });
      rates.floor.push((size / bare.ms) * 1000);
      for (const [inFlight, kind] of [
        [1, "one"],
        [16, "sixteen"],
      ] as const) {
        const samples = await reports(bench, size, inFlight);
        rates[kind].push((size / samples.ms) * 1000);
        latency[kind].push(...samples.latency);
        await bench.engine.wake();
      }
    }
    const commits = median(rates.floor);
    const both = (kind: "one" | "sixteen", name: string, limit: number): Figure[] => [
      figure({
        id: `messages.reports.${kind}`,
        name: `上报(${name})`,
        value: median(rates[kind]),
        unit: "件/秒",
        floor: commits,
        goals: [{ id: "P4", of: "ratio", is: ">=", limit }],
      }),
      figure({
        id: `messages.reports.${kind}.p50`,
        name: `上报到落盘答复(${name}),中位`,
        value: median(latency[kind]),
        unit: "毫秒",
      }),
      figure({
        id: `messages.reports.${kind}.p99`,
        name: `上报到落盘答复(${name}),p99(基准为中位)`,
        value: percentile(latency[kind], 0.99),
        unit: "毫秒",
        floor: median(latency[kind]),
        goals: [{ id: "P4", of: "ratio", is: "<=", limit: 10 }],
      }),
    ];
    return [...both("one", "一件接一件", 0.25), ...both("sixteen", "16 件同时", 1), ...parsing(bench)];
  } finally {
    floor.close();
    await bench.close();
  }
}

/** `count` reports, so many at a time; how long all took, and each. */
async function reports(bench: Bench, count: number, inFlight: number): Promise<{ ms: number; latency: number[] }> {
  const latency: number[] = [];
  let left = count;
  const person = async (): Promise<void> => {
    while (left-- > 0) {
      const from = performance.now();
      await bench.say(REPORTS[left % REPORTS.length] ?? "");
      latency.push(performance.now() - from);
    }
  };
  const { ms } = await timed(() => Promise.all(Array.from({ length: inFlight }, person)));
  return { ms, latency };
}

/** Screening and reading of long texts. */
function parsing({ office }: Bench): Figure[] {
  return [2, 100].map((kilobytes) => {
    const text = "/舆情 上报 昨天中午开始幸福里小区停水,物业没贴通知,网友质疑县水务局不作为。".repeat(1000);
    const input = {
      text: Buffer.from(text)
        .subarray(0, kilobytes * 1024)
        .toString("utf8"),
      receivedAt: toIso(OPENED),
      sender: { name: REPORTER, unit: null, jurisdiction: null },
    };
    const samples = Array.from({ length: 15 }, () => {
      const from = performance.now();
      intake(input, office.roster);
      return performance.now() - from;
    });
    return figure({
      id: `messages.parse${kilobytes}k`,
      name: `读懂 ${kilobytes} KB 的一条消息`,
      value: median(samples),
      unit: "毫秒",
    });
  });
}
