import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { startService } from "#src/bench-feishu-service.ts";
import { benchParts } from "#src/bench-parts.ts";
import { bench, type Suite } from "#src/cli/bench/bench.ts";
import { type Figure, figure } from "#src/cli/bench/figures.ts";
import { percentile } from "#src/cli/bench/statistics.ts";

/** The smallest run: what it says is checked for its shape, never for its speed. */
const SIZE = 100;
const MINUTE = 60_000;

const folders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`huiying-bench-${process.pid}-`));

async function figuresOf(suite: Exclude<Suite, "all">): Promise<Figure[]> {
  const lines = await bench({ suite, json: true, size: SIZE, idleMs: 100 }, benchParts);
  expect(lines).toHaveLength(1);
  const report = JSON.parse(lines[0] ?? "") as { machine: object; size: number; figures: Figure[] };
  expect(report.size).toBe(SIZE);
  expect(report.machine).toEqual({
    node: process.versions.node,
    platform: expect.any(String),
    cpu: expect.any(String),
    cores: expect.any(Number),
  });
  for (const f of report.figures) {
    expect(f, f.id).toMatchObject({ name: expect.any(String), unit: expect.any(String), goals: expect.any(Array) });
    if (f.value !== null) expect(f.value, f.id).toBeGreaterThanOrEqual(0);
    if (f.floor && f.value !== null) expect(f.ratio, f.id).toBeCloseTo(f.value / f.floor);
  }
  expect(folders()).toEqual([]);
  return report.figures;
}

const goalsIn = (figures: readonly Figure[]): string[] => [
  ...new Set(figures.flatMap((f) => f.goals.map((g) => g.id))),
];

describe("bench", () => {
  it(
    "measures reminders and the running process",
    async () => {
      const figures = await figuresOf("timers");
      expect(figures.map((f) => f.id)).toContain("timers.fired");
      expect(goalsIn(figures)).toEqual(["P1", "P2", "P5", "P8"]);
    },
    MINUTE,
  );

  it(
    "measures messages and reports",
    async () => {
      const figures = await figuresOf("messages");
      expect(figures.map((f) => f.id)).toContain("messages.reports.sixteen");
      expect(goalsIn(figures)).toEqual(["P3", "P4"]);
    },
    MINUTE,
  );

  it(
    "measures Feishu on a loopback service, where nothing is missed or refused",
    async () => {
      const figures = await figuresOf("feishu");
      expect(figures.map((f) => f.id)).toEqual([
        "feishu.ack.p50",
        "feishu.ack.p99",
        "feishu.ack.max",
        "feishu.ack.missed",
        "feishu.send5.time",
        "feishu.send5.rate",
        "feishu.send5.refused",
        "feishu.send150.time",
        "feishu.send150.rate",
        "feishu.send150.refused",
        "feishu.escalation.behind",
        "feishu.escalation.used",
        "feishu.escalation.refused",
      ]);
      expect(goalsIn(figures)).toEqual(["P11", "P12", "P13"]);
      for (const f of figures.filter(({ unit }) => unit === "件" || unit === "次")) expect(f.value, f.id).toBe(0);
      expect(figures[0]?.floor).toBeGreaterThan(0);
    },
    MINUTE,
  );

  it("says what to do where the loopback service is not installed", () => {
    expect(() => startService("nowhere/process.ts")).toThrow(/完整的源码目录/);
  });

  it(
    "measures the start of the program",
    async () => {
      expect(goalsIn(await figuresOf("start"))).toEqual(["P6"]);
    },
    MINUTE,
  );

  it("shows people a table with every goal's verdict", async () => {
    const [machine, , head, ...rows] = await bench({ suite: "messages", json: false, size: SIZE }, benchParts);
    expect(machine).toContain(`Node ${process.versions.node}`);
    expect(head).toMatch(/项目 +测得 +同轮基准 +比值 +目标/);
    expect(rows.filter((row) => /P[34] .*(达到|未达到)$/.test(row))).toHaveLength(7);
  });
});

describe("figure", () => {
  const given = { id: "a", name: "甲", unit: "条/秒" };

  it("holds a goal against the value or against the ratio to the floor", () => {
    const met = figure({
      ...given,
      value: 50,
      floor: 100,
      goals: [
        { id: "P1", of: "ratio", is: ">=", limit: 0.5 },
        { id: "P2", of: "value", is: "<=", limit: 49 },
      ],
    });
    expect(met.ratio).toBe(0.5);
    expect(met.goals.map((g) => g.met)).toEqual([true, false]);
  });

  it("says neither met nor missed of what could not be measured", () => {
    const unknown = figure({ ...given, value: null, goals: [{ id: "P8", of: "value", is: "<=", limit: 150 }] });
    expect(unknown.goals[0]?.met).toBeNull();
  });
});

describe("percentile", () => {
  it("takes the nearest rank", () => {
    const samples = [5, 1, 4, 2, 3];
    expect(percentile(samples, 0.5)).toBe(3);
    expect(percentile(samples, 0.99)).toBe(5);
    expect(percentile(samples, 0)).toBe(1);
  });

  it("has nothing to say of no samples", () => expect(percentile([], 0.5)).toBeNaN());
});
