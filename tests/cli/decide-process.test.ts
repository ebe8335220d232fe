import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { readFixture } from "../core/policy/packs.ts";

interface Cases {
  cases: { id: string; facts: object; expect: Record<string, unknown> }[];
}
const { cases } = readFixture<Cases>("responsibility_cases");

/** Instants at which a day begins or ends in Asia/Shanghai, in Los Angeles or in UTC, and around a change to summer time. */
const INSTANTS = [
  "2026-03-08T17:59:00+08:00",
  "2026-03-08T18:01:00+08:00",
  "2026-11-20T00:00:00+08:00",
  "2026-11-20T07:59:59+08:00",
  "2026-11-20T15:59:00Z",
  "2026-11-20T23:59:00+08:00",
  "2026-12-31T16:00:00Z",
  "2028-02-29T08:00:00+08:00",
  "2026-11-01",
];
const timed = INSTANTS.flatMap((receivedAt) =>
  ["opinion", "suggestion", "repost"].map((matter) => ({
    facts: {
      home: "990121",
      matter,
      eventLevel: "II",
      receivedAt,
      occurredAt: receivedAt,
      sourcePublishedAt: receivedAt,
    },
  })),
);

function huiying(
  zone: string,
  input: string,
  options: string[] = [],
): { status: number | null; lines: string[]; stderr: string } {
  const run = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "src/main.ts", "decide", "--json", ...options],
    {
      input,
      encoding: "utf8",
      env: { ...process.env, TZ: zone },
    },
  );
  return { status: run.status, lines: run.stdout.split("\n").filter((line) => line !== ""), stderr: run.stderr };
}

describe("huiying decide --json, as a process", () => {
  const input = [...cases, ...timed].map((c) => JSON.stringify(c)).join("\n");
  let home: ReturnType<typeof huiying>;
  beforeAll(() => {
    home = huiying("Asia/Shanghai", input);
  }, 60_000);

  it("answers all twenty worked cases exactly", () => {
    expect([home.status, home.stderr]).toEqual([0, ""]);
    expect(cases).toHaveLength(20);
    for (const [i, c] of cases.entries()) {
      const { clocks, lateness, ...answer } = JSON.parse(home.lines[i] ?? "");
      expect([c.id, answer]).toEqual([c.id, c.expect]);
      expect(Array.isArray(clocks)).toBe(true);
      expect(Object.keys(lateness)).toEqual(["detection", "reporting", "response"]);
    }
  });

  it.each(["America/Los_Angeles", "UTC"])(
    "answers the same where the machine stands in %s",
    (zone) => {
      const away = huiying(zone, input);
      expect(away.lines).toEqual(home.lines);
      expect(away.lines).toHaveLength(cases.length + timed.length);
    },
    60_000,
  );

  it("answers by a pack file that no folder holds yet", () => {
    const question = JSON.stringify({ home: "990121", eventLevel: "none", detectedAt: "2026-11-20T09:00:00+08:00" });
    const file = "examples/qingyan/packs/qingyan.first24.yaml";
    const { lines, stderr } = huiying("UTC", question, ["--rules", `cn.gb61,${file}`]);
    expect(stderr).toBe("");
    expect(JSON.parse(lines[0] ?? "").clocks).toMatchObject([
      { key: "response.first", rule: "first24.respond", dueAt: "2026-11-21T09:00:00+08:00" },
    ]);
  }, 60_000);

  it("refuses bad facts with one sentence and no output", () => {
    const { status, lines, stderr } = huiying("UTC", '{"evntLevel":"II"}');
    expect([status, lines]).toEqual([1, []]);
    expect(stderr).toBe("第 1 行的事实有 1 处不对:不认识的字段 evntLevel,是不是 eventLevel?\n");
  }, 60_000);
});
