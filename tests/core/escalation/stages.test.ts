import { describe, expect, test } from "vitest";
import { lengthOf, offsetName, readStage, StageRowSchema } from "#core/escalation/stages.ts";
import { DEFAULT_STAGES, stageTable } from "#core/escalation/table.ts";
import { HOUR, MINUTE } from "#core/time.ts";

describe("the names of stages", () => {
  test.each([
    ["T", { kind: "offset", ms: 0 }],
    ["T-3h", { kind: "offset", ms: -3 * HOUR }],
    ["T-1h30m", { kind: "offset", ms: -90 * MINUTE }],
    ["T+30m", { kind: "offset", ms: 30 * MINUTE }],
    ["T+2h", { kind: "offset", ms: 2 * HOUR }],
    ["T-1wd@09:00", { kind: "workingDays", days: -1, time: "09:00" }],
    ["T-2wd", { kind: "workingDays", days: -2, time: "09:00" }],
    ["T+1wd", { kind: "workingDays", days: 1, time: "09:00" }],
    ["50%", { kind: "share", share: 0.5 }],
    ["33%", { kind: "share", share: 1 / 3 }],
  ])("%s", (name, stage) => {
    expect(readStage(name)).toEqual(stage);
    expect(StageRowSchema.safeParse({ at: name, to: ["承办"] }).success).toBe(true);
  });

  test.each(["", "T-", "T+", "3h", "T3h", "T-3", "T-3d", "T-1wd@9:00", "150%", "T - 3h", "t-3h"])(
    "%j is none",
    (name) => {
      expect(StageRowSchema.safeParse({ at: name, to: ["承办"] }).success).toBe(false);
    },
  );

  test("lengths are read and written alike", () => {
    for (const text of ["30m", "1h", "1h30m", "24h"]) expect(offsetName(lengthOf(text))).toBe(`T+${text}`);
  });
});

describe("a row of an office's own table", () => {
  const refused = (row: unknown): string => {
    const parsed = StageRowSchema.safeParse(row);
    return parsed.success ? "" : parsed.error.issues.map((i) => i.message).join();
  };
  test("repeats until a time, or not at all", () => {
    expect(refused({ at: "T+1h", to: ["承办"], every: "1h" })).toMatch(/every 和 until 须同时写/);
  });
  test("repeats only after the limit", () => {
    expect(refused({ at: "T-3h", to: ["承办"], every: "1h", until: "3h" })).toMatch(/只有时限之后的节点/);
  });
  test("tells somebody", () => {
    expect(refused({ at: "T", to: [] })).not.toBe("");
    expect(refused({ at: "T", to: ["市长"] })).not.toBe("");
  });
  test("stands in place of the default rows of its limit, and of no other", () => {
    const table = stageTable({ "response.first": [{ at: "T-1h", to: ["承办"] }] });
    expect(table["response.first"]).toEqual([{ at: "T-1h", to: ["承办"] }]);
    expect(table["press.conference"]).toBe(DEFAULT_STAGES["press.conference"]);
  });
  test("every wrong row is named at once", () => {
    expect(() => stageTable({ nonsense: [], sign: [{ at: "later", to: ["承办"] }] })).toThrow(
      /nonsense：没有这个时限[\s\S]*stages\.sign/,
    );
  });
});
