import { describe, expect, it } from "vitest";
import type { CaseClock } from "#core/case/case.ts";
import { caseCard, limitLine } from "#core/message/case-card.ts";
import { digestCard } from "#core/message/digest-card.ts";
import { listCard } from "#core/message/list-card.ts";
import { reminderCard } from "#core/message/reminder-card.ts";
import { cardText } from "#core/message/text.ts";
import { formatRemaining } from "#core/time.ts";
import { countdown } from "#src/platforms/local/browser/countdown.ts";
import { assigned, Desk } from "../../support/desk.ts";
import { at } from "../../support/time.ts";

const due = at("11-20 12:00");

describe("how the passing of a limit is called", () => {
  it.each([
    ["11-20 11:00", {}, "还剩 1小时00分"],
    ["11-20 12:00", {}, "时限已到"],
    ["11-20 14:00", {}, "已逾期 2小时00分"],
    ["11-20 14:00", { soft: true }, "已超目标 2小时00分"],
    ["11-20 14:00", { latestDueAt: at("11-20 15:00") }, "时间待确认"],
    ["11-20 15:00", { latestDueAt: at("11-20 15:00") }, "已逾期 3小时00分"],
  ])("at %s %o: %s", (now, passing, text) => {
    expect(formatRemaining(due, at(now), passing)).toBe(text);
    expect(countdown({ startAt: due - 1, dueAt: due, ...passing }, at(now), 60).text).toBe(text);
  });
});

describe("a limit that is over only because its start is known by its range", () => {
  /** A case whose one limit counts from a range and is past when counted from its start, not from its end. */
  const unsure = (): Desk => {
    const desk = assigned();
    const clocks = desk.case.clocks.map(
      (k): CaseClock => (k.key === "response.first" && k.dueAt ? { ...k, latestDueAt: k.dueAt + 6 * 3_600_000 } : k),
    );
    desk.case = { ...desk.case, clocks };
    desk.now = (desk.clock("response.first")?.dueAt ?? 0) + 3_600_000;
    return desk;
  };

  it("is to be confirmed on the card, in lists, in the digest and in reminders, never 已逾期", () => {
    const { case: c, office, now } = unsure();
    const limit = c.clocks.find((k) => k.key === "response.first")?.dueAt ?? 0;
    const stages = [{ subject: "response.first" as const, limit, stage: "T" }];
    const to = { name: "马超群", as: "承办" as const, units: ["青岩县水务局"] };
    const counts = { opened: 0, open: 1, responded: 0, closed: 0, overdue: 1 };
    const digest = { counts, overdue: [c], soon: [], asked: [], anchor: { hash: "0".repeat(64), events: 0 } };
    const cards = [
      caseCard(c, office, now),
      listCard("在办", { cases: [c], total: 1, page: 1 }, { action: "到期", values: {} }, office, now),
      reminderCard(c, stages, to, office, now),
      digestCard(digest, office, now),
    ];
    for (const card of cards) {
      const text = cardText(card, now);
      expect(text).toContain("时间待确认");
      expect(text).not.toMatch(/已逾期|逾期 \d+(?:小时|分)/u);
    }
  });
});

describe("an internal target", () => {
  it("is passed, never overdue, and is called what it is", () => {
    const desk = new Desk();
    desk.passes("5h");
    const triage = desk.case.clocks.find((k) => k.key === "triage");
    const [line] = triage ? limitLine(triage, desk.now) : [];
    const text = line ? cardText({ title: "", tone: "blue", lines: [line], buttons: [] }, desk.now) : "";
    expect(text).toContain("已超目标 3小时00分(内部目标)");
    expect(text).not.toContain("逾期");
  });
});
