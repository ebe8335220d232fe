import { describe, expect, test } from "vitest";
import type { TimeValue } from "#core/intake/types.ts";
import { caseCard } from "#core/message/case-card.ts";
import { cardText } from "#core/message/text.ts";
import { Desk, REPORTS } from "../../support/desk.ts";
import { at } from "../../support/time.ts";

const time = (value: string): TimeValue => ({
  text: null,
  value: `2026-${value.replace(" ", "T")}:00+08:00`,
  precision: "minute",
  approx: false,
});

const decided = (): Desk =>
  new Desk(REPORTS.crash).does("周敏", "triage", {
    eventLevel: "II",
    opinionLevel: "II",
    categories: ["emergency-disaster"],
    units: ["青岩县公安局"],
  });

describe("a time that a supplement changes", () => {
  test("moves the limits at once before 研判", () => {
    const desk = new Desk(REPORTS.crash);
    expect(desk.clock("release.authoritative")?.dueAt).toBe(at("11-20 11:20"));
    desk.does("王晓梅", "supplement", { patch: { occurredAt: time("11-20 06:00") } });
    expect(desk.clock("release.authoritative")?.dueAt).toBe(at("11-20 11:00"));
  });

  test("moves limits that the suspicion of a major emergency started, also when the casualties no longer bear it out", () => {
    const desk = new Desk("今早6点20石门镇客车侧翻,伤亡不明,县公安局在现场");
    expect(desk.clock("release.authoritative")).toMatchObject({ kind: "provisional", dueAt: at("11-20 11:20") });
    desk.does("王晓梅", "supplement", {
      patch: { casualties: { status: "stated", dead: 0, injured: 3 }, eventLevelHint: "IV" },
    });
    desk.does("王晓梅", "supplement", { patch: { occurredAt: time("11-20 06:00") } });
    expect(desk.clock("release.authoritative")).toMatchObject({ kind: "provisional", dueAt: at("11-20 11:00") });
    expect(cardText(caseCard(desk.case, desk.office, desk.now), desk.now)).toContain(
      "时限(建议按突发事件Ⅳ级研判，研判前先按重大提醒)",
    );
  });

  test("moves nothing after 研判 until a second person agrees, who sees the limit before and after", () => {
    const desk = decided().does("贺强", "supplement", { patch: { occurredAt: time("11-20 08:00") } });
    expect(desk.clock("release.authoritative")?.dueAt).toBe(at("11-20 11:20"));
    expect(desk.case.proposals[0]?.reason.normalize("NFKC")).toMatch(/06:20 → .*08:00;权威信息时限 .*11:20 → .*13:00/);
    desk.does("周敏", "confirm");
    expect(desk.clock("release.authoritative")?.dueAt).toBe(at("11-20 13:00"));
  });

  test("declined, everything stays", () => {
    const desk = decided().does("贺强", "supplement", { patch: { occurredAt: time("11-20 08:00") } });
    desk.does("周敏", "confirm", { agree: false, reason: "报警记录为 6:20" });
    expect(desk.clock("release.authoritative")?.dueAt).toBe(at("11-20 11:20"));
    expect(desk.case.proposals).toEqual([]);
  });

  test("asks nobody when the time is the one that is known", () => {
    const desk = decided();
    desk.does("贺强", "supplement", { patch: { occurredAt: time("11-20 06:20") } });
    expect(desk.case.proposals).toEqual([]);
  });

  test("what else the supplement says holds at once", () => {
    const patch = { occurredAt: time("11-20 08:00"), platforms: ["微博", "抖音"] };
    expect(decided().does("贺强", "supplement", { patch }).case.report.platforms).toEqual(["微博", "抖音"]);
  });
});

test("an empty supplement is refused with an example", () => {
  expect(new Desk().tries("王晓梅", "supplement", { text: "" })).toMatch(/请写要补充的内容,例如/);
});
