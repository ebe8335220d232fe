import { describe, expect, test } from "vitest";
import { missingGates } from "#core/case/actions/respond.ts";
import { RESPONSE_FORMS } from "#core/case/case.ts";
import { HOUR, MINUTE } from "#core/time.ts";
import { assigned, Desk, REPORTS } from "../../support/desk.ts";
import { at } from "../../support/time.ts";

const NOTHING = { link: "", docNo: "", proof: "" };

/** A level II emergency, assigned and signed; 5 h from 06:20, so until 11:20. */
const emergency = (): Desk =>
  new Desk(REPORTS.crash)
    .does("周敏", "triage", {
      eventLevel: "II",
      opinionLevel: "II",
      categories: ["emergency-disaster"],
      units: ["青岩县公安局"],
    })
    .does("周敏", "assign", { units: ["青岩县公安局"] })
    .does("贺强", "acknowledge");

describe("what proves a response", () => {
  test.each([
    ["a link", { link: "https://www.qingyan.example/a" }],
    ["a document number", { docNo: "青政办函〔2026〕12号" }],
    ["minutes, photo or the reply's record number", { proof: "12345工单 2026112000123" }],
  ])("%s", (_, proof) => {
    const desk = assigned();
    expect(desk.tries("马超群", "respond", { ...NOTHING, ...proof })).toBe("");
    expect(desk.clock("response.first")?.outcome).toBe("met");
  });

  test("published in the minute of the report is not before it: people write minutes, the record knows seconds", () => {
    const desk = new Desk("网友反映幸福里小区停水，县水务局不作为").does("周敏", "triage").does("周敏", "assign", {
      units: ["青岩县水务局"],
    });
    const known = desk.case.receivedAt;
    expect(desk.tries("马超群", "respond", { publishedAt: known - MINUTE })).toMatch(/早于/);
    expect(desk.tries("马超群", "respond", { publishedAt: known - MINUTE + 1 })).toBe("");
    expect(desk.case.responses[0]?.publishedAt).toBe(known);
  });

  test("words alone prove nothing: the refusal says what does, and the clock runs on", () => {
    const desk = assigned();
    expect(desk.tries("马超群", "respond", NOTHING)).toMatch(/凭证之一.*口头回应不停止计时/);
    expect(desk.clock("response.first")?.stoppedAt).toBeUndefined();
  });

  test("a publication in the future is refused", () => {
    const desk = assigned();
    expect(desk.tries("马超群", "respond", { publishedAt: desk.now + MINUTE })).toMatch(/还没有到,发布后再登记/);
  });

  test("a publication before anything had happened answers nothing", () => {
    const desk = assigned();
    expect(desk.tries("马超群", "respond", { publishedAt: at("11-01 08:00") })).toMatch(/早于本件最早的时间/);
    expect(desk.clock("response.first")?.stoppedAt).toBeUndefined();
  });

  test("持续发布 is none before the first response", () => {
    expect(assigned().tries("马超群", "respond", { form: "持续发布" })).toMatch(/还没有首次回应/);
  });

  test("signing for a case, giving it back and pressing for it stop no limit", () => {
    const desk = assigned().does("马超群", "acknowledge").does("张志远", "urge").does("沈立", "return");
    expect(desk.case.state).toBe("returned");
    expect(desk.clock("response.first")).not.toHaveProperty("stoppedAt");
  });
});

describe("which form proves which limit", () => {
  const STOPS: Record<string, readonly string[]> = {
    权威信息: ["release.authoritative"],
    新闻发布会: ["release.authoritative", "press.conference"],
  };
  test.each(RESPONSE_FORMS.filter((f) => f !== "持续发布"))("%s", (form) => {
    const desk = emergency().passes("1h").does("贺强", "respond", { form });
    const stopped = ["release.authoritative", "press.conference"].filter((key) => desk.clock(key)?.outcome === "met");
    expect(stopped).toEqual(STOPS[form] ?? []);
    const ordinary = assigned().does("马超群", "respond", { form });
    expect(ordinary.clock("response.first")?.outcome).toBe("met");
  });

  test("a conference that was earlier than the release counts for both", () => {
    const desk = emergency().passes("2h");
    const held = desk.now - HOUR;
    desk
      .does("贺强", "respond", { form: "权威信息" })
      .does("贺强", "respond", { form: "新闻发布会", publishedAt: held });
    expect(desk.clock("release.authoritative")).toMatchObject({ stoppedAt: held, outcome: "met" });
    expect(desk.clock("press.conference")).toMatchObject({ stoppedAt: held, outcome: "met" });
  });

  test("a suggestion is answered by 答复 and by nothing else", () => {
    const desk = new Desk()
      .does("周敏", "triage", { matter: "suggestion", categories: ["none"], reason: "建议", opinionLevel: undefined })
      .does("周敏", "assign")
      .does("马超群", "respond", { form: "首次回应" });
    expect(desk.clock("reply.suggestion")).not.toHaveProperty("stoppedAt");
    desk.does("马超群", "respond", { form: "答复", link: "", proof: "12345-7" });
    expect(desk.clock("reply.suggestion")?.outcome).toBe("met");
  });

  test("a reposting runs from the source and is met by its link", () => {
    const desk = new Desk().does("周敏", "triage", { matter: "repost", categories: ["none"], reason: "转载" });
    expect(desk.clock("repost.hard")).toMatchObject({ kind: "hard", dueAt: at("11-23 18:00") });
    desk.does("周敏", "assign").does("马超群", "respond");
    expect(desk.clock("repost.hard")?.outcome).toBe("met");
  });
});

describe("evidence entered after the limit for a time before it", () => {
  const late = (): Desk => emergency().passes("5h");
  const inTime = at("11-20 11:00");

  test("counts from its entry until a second person agrees, then from the publication", () => {
    const desk = late().does("贺强", "respond", { form: "权威信息", publishedAt: inTime });
    expect(desk.clock("release.authoritative")).toMatchObject({ outcome: "late", stoppedAt: desk.now });
    expect(desk.tries("贺强", "confirm")).toMatch(/须由第二人确认,您是提出人/);
    desk.does("周敏", "confirm");
    expect(desk.clock("release.authoritative")).toMatchObject({ outcome: "met", stoppedAt: inTime });
    expect(desk.case.responses[0]?.recorded.by).toBe("贺强");
  });

  test("stays late when the second person does not agree", () => {
    const desk = late().does("贺强", "respond", { form: "权威信息", publishedAt: inTime });
    desk.does("周敏", "confirm", { agree: false, reason: "网站记录为 15 时发布" });
    expect(desk.clock("release.authoritative")?.outcome).toBe("late");
  });

  test("cannot be slipped in behind a response that was late already", () => {
    const desk = late().does("贺强", "respond", { form: "权威信息" }).passes("10m");
    desk.does("贺强", "respond", { form: "权威信息", publishedAt: inTime });
    expect(desk.clock("release.authoritative")?.outcome).toBe("late");
    expect(desk.case.proposals.map((p) => p.kind)).toEqual(["lateEvidence"]);
  });

  test("needs nobody when it proves only limits that are not over", () => {
    const desk = late().does("贺强", "respond", { form: "媒体采访", publishedAt: inTime });
    expect(desk.case.proposals).toEqual([]);
    expect(desk.clock("release.authoritative")).not.toHaveProperty("stoppedAt");
  });

  test("needs a second person for the limits of reply too", () => {
    const desk = new Desk()
      .does("周敏", "triage", { matter: "complaint", categories: ["none"], reason: "投诉", opinionLevel: undefined })
      .does("周敏", "assign");
    desk.now = at("12-25 10:00");
    desk.does("马超群", "respond", { form: "答复", publishedAt: at("12-01 10:00") });
    expect(desk.case.proposals.map((p) => p.kind)).toEqual(["lateEvidence"]);
  });
});

describe("review steps that were not recorded", () => {
  test("do not stop the recording of a fact; they are listed, and chased until they are entered", () => {
    const desk = assigned().does("马超群", "respond", { gates: { 保密审查: "曹正" } });
    expect(missingGates(desk.case)).toEqual(["业务审核", "个人信息", "签发"]);
    desk.does("马超群", "supplement", { text: "", gates: { 业务审核: "姚倩", 个人信息: "姚倩", 签发: "沈立" } });
    expect(missingGates(desk.case)).toEqual([]);
  });
  test("关联单位 is asked for only where several units answer", () => {
    const units = ["青岩县水务局", "青岩县住房和城乡建设局"];
    expect(missingGates(assigned(...units).does("马超群", "respond").case)).toContain("关联单位");
  });
  test("nothing is asked for before there is a response", () => {
    expect(missingGates(assigned().case)).toEqual([]);
  });
});
