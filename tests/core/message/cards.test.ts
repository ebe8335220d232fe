import { describe, expect, test } from "vitest";
import { announce } from "#core/message/announce.ts";
import { type Card, cut, fitting } from "#core/message/card.ts";
import { buttonsFor, caseCard } from "#core/message/case-card.ts";
import { formFor } from "#core/message/forms.ts";
import { reminderCard } from "#core/message/reminder-card.ts";
import { cardText } from "#core/message/text.ts";
import { toneOf } from "#core/message/tone.ts";
import { assigned, Desk, REPORTS } from "../../support/desk.ts";

const text = (desk: Desk): string => cardText(caseCard(desk.case, desk.office, desk.now), desk.now).normalize("NFKC");
const WATER = "青岩县水务局";
const HOUSING = "青岩县住房和城乡建设局";

describe("the card of a case", () => {
  test("says at once who answers, until when, since when, by what document, and what is missing", () => {
    const shown = text(new Desk(REPORTS.crash));
    expect(shown).toMatch(/^【已受理】YQ-990121-20261120-001\n/);
    expect(shown).toMatch(/第一责任主体 县公安局.*\(待研判确认\)/);
    expect(shown).toMatch(/时限\(建议按突发事件II级?研判\)/);
    expect(shown).toMatch(/权威信息 11月20日\(周五\)11:20 还剩 2小时20分/);
    expect(shown).toMatch(/起算 11月20日\(周五\)06:20\(事发\) · 发现 09:00/);
    expect(shown).toMatch(/依据 国办发〔2016〕80号/);
  });
  test("names a suggested unit once, with what speaks for it", () => {
    const desk = new Desk("幸福里小区停水,老人提水上楼");
    desk.case = { ...desk.case, suggested: [{ unit: "swj", words: ["停水"] }] };
    expect(text(desk)).toContain("第一责任主体 县水务局(按“停水”建议,待研判确认)");
    expect(text(desk)).not.toMatch(/\n建议 /);
    desk.case = { ...desk.case, suggested: [...(desk.case.suggested ?? []), { unit: "zjj", words: ["物业"] }] };
    expect(text(desk)).toContain("建议 县水务局(停水)、县住建局(物业)");
  });
  test("never shows an internal target or an assumption as a limit of a document", () => {
    expect(text(new Desk())).not.toMatch(/研判 11月20日|签收 11月/);
    expect(text(new Desk())).toMatch(/首次回应 .*\(推定\)/);
  });
  test("stays on one screen", () => {
    const desk = assigned(WATER, HOUSING).does("马超群", "respond").does("田野", "respond");
    expect(text(desk).split("\n").length).toBeLessThanOrEqual(16);
  });
  test("shows nothing of a case whose content is withheld", () => {
    const desk = new Desk();
    desk.case = { ...desk.case, withheld: true };
    const card = caseCard(desk.case, desk.office, desk.now);
    expect(JSON.stringify([card.lines.slice(1), card.details])).not.toMatch(/幸福里小区停水/);
  });
  test("turns from blue to red as the time runs out, and turquoise when it was answered", () => {
    const desk = assigned();
    const tones = ["0m", "25h", "12h", "8h", "4h"].map((time) => toneOf(desk.case, desk.passes(time).now));
    expect(tones).toEqual(["blue", "yellow", "orange", "red", "red"]);
    expect(toneOf(desk.does("马超群", "respond").case, desk.now)).toBe("turquoise");
  });
  test("offers the next step first, and in an ended case none", () => {
    const first = (desk: Desk): string | undefined => buttonsFor(desk.case, desk.office)[0]?.action;
    expect(first(new Desk())).toBe("研判");
    expect(first(new Desk().does("周敏", "triage"))).toBe("转办");
    expect(first(assigned())).toBe("签收");
    expect(first(assigned().does("马超群", "acknowledge"))).toBe("回应");
    expect(first(assigned().does("沈立", "return"))).toBe("转办");
    expect(first(assigned().does("马超群", "respond").does("周敏", "close"))).toBeUndefined();
  });
});

describe("a reminder before 研判", () => {
  const remind = (subject: "report.up" | "release.authoritative", name: string, as: "值班领导" | "承办"): Card => {
    const desk = new Desk(REPORTS.crash);
    const limit = desk.clock(subject)?.dueAt ?? 0;
    const to = { name, as, units: as === "承办" ? ["青岩县公安局"] : [] };
    return reminderCard(desk.case, [{ subject, limit, stage: "T" }], to, desk.office, desk.now);
  };
  test("asks a leader for the report upward, not for another step", () => {
    expect(cardText(remind("report.up", "高建平", "值班领导"), 0)).toContain("请您督促尽快报送本级党委政府和上级");
  });
  test("offers the unit only what it may do, and says whom to tell what it finds", () => {
    const card = remind("release.authoritative", "贺强", "承办");
    expect(cardText(card, 0)).toContain("新情况请告知周敏、罗文博");
    expect(card.buttons.map((b) => b.label)).toEqual(["状态"]);
  });
});

describe("the form of a response", () => {
  const form = (desk: Desk): string | undefined =>
    formFor("回应", desk.case, desk.office)?.fields.find((f) => f.name === "形式")?.value;
  test("suggests what the tightest limit asks for", () => {
    expect(form(new Desk(REPORTS.crash))).toBe("权威信息");
    expect(form(assigned())).toBe("首次回应");
    expect(form(assigned().does("马超群", "respond"))).toBe("持续发布");
  });
  test("suggests a first response to the second unit too", () => {
    expect(form(assigned(WATER, HOUSING).does("马超群", "respond"))).toBe("首次回应");
  });
});

describe("who is told of a change", () => {
  const told = (desk: Desk): string[] => {
    const last = desk.events.filter((e) => e.at === desk.now && e.type !== "reported").slice(-1);
    return announce(desk.case, last, desk.office, desk.now).map((a) => a.to.name);
  };
  test("the unit's officers of an assignment", () => {
    expect(told(assigned())).toEqual(["马超群", "姚倩"]);
  });
  test("the deputy who must consent to a return, and 组织协调 who may act at once", () => {
    expect(told(assigned().does("马超群", "return"))).toEqual(["沈立", "周敏", "罗文博"]);
  });
  test("宣传 and 网信 of a major case, without the complainant's data", () => {
    const desk = new Desk().does("周敏", "triage", { opinionLevel: "II" });
    expect(told(desk)).toEqual(["陈静", "王晓梅"]);
  });
  test("nobody of what stays an ordinary case", () => {
    expect(told(new Desk().does("周敏", "triage", { opinionLevel: "IV" }))).toEqual([]);
  });
});

describe("texts that are too long for a card", () => {
  test("are cut between characters, never inside one", () => {
    expect(cut("👨👩👧👦", 3)).toBe("👨👩…");
    expect(cut("短", 3)).toBe("短");
    expect(cut("一二三四", 4)).toBe("一二三四");
  });
  test("wherever they stand", () => {
    const long = "长".repeat(5000);
    const card: Card = {
      title: long,
      tone: "blue",
      lines: [
        { kind: "text", text: long },
        { kind: "field", label: "字段", value: long },
        { kind: "limit", label: "时限", startAt: 0, dueAt: 1, note: long },
      ],
      details: [{ kind: "text", text: long }],
      buttons: [],
    };
    expect(JSON.stringify(fitting(card)).length).toBeLessThan(2500);
  });
});

test("the form of 研判 never fills in 无 for an emergency of which the level is unknown", () => {
  const level = (report: string): string | undefined => {
    const desk = new Desk(report);
    return formFor("研判", desk.case, desk.office)?.fields.find((f) => f.name === "突发")?.value;
  };
  expect(level("城东仓库着火,火很大,听说有人没出来")).toBe("待定");
  expect(level(REPORTS.crash)).toBe("II");
  expect(level(REPORTS.water)).toBe("无");
});
