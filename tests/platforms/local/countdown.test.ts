import { describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "#core/time.ts";
import { countdown } from "#src/platforms/local/browser/countdown.ts";
import { START } from "./fixture.ts";

const limit = { startAt: START, dueAt: START + 10 * HOUR };
const at = (ms: number, speed = 1) => countdown(limit, START + ms, speed);

describe("a running limit", () => {
  test.each([
    [0, "还剩 10小时00分", "calm"],
    [5 * HOUR, "还剩 5小时00分", "soon"],
    [7.5 * HOUR, "还剩 2小时30分", "near"],
    [9 * HOUR, "还剩 1小时00分", "late"],
    [9 * HOUR + 47 * MINUTE + 52_000, "还剩 12分08秒", "late"],
    [10 * HOUR, "时限已到", "late"],
    [13 * HOUR + 12 * MINUTE, "已逾期 3小时12分", "late"],
  ])("after %d ms says %s and is %s", (ms, text, urgency) => {
    expect(at(ms)).toMatchObject({ text, urgency });
  });

  test("shows how much of its time is used, between nothing and all", () => {
    expect(at(-HOUR).used).toBe(0);
    expect(at(2.5 * HOUR).used).toBe(0.25);
    expect(at(99 * HOUR).used).toBe(1);
  });

  test("counts no seconds while time flies", () => {
    expect(at(9.5 * HOUR, 600).text).toBe("还剩 30分");
  });
});

test("a limit that was met stands still", () => {
  const met = { ...limit, stoppedAt: START + 4 * HOUR };
  const expected = { text: "11月20日(周五)13:00 完成", used: 0.4, urgency: "done" };
  expect(countdown(met, START + 99 * HOUR, 1)).toEqual(expected);
});
