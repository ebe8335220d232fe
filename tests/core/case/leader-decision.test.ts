import { describe, expect, it } from "vitest";
import { announce } from "#core/message/announce.ts";
import { caseCard } from "#core/message/case-card.ts";
import { cardText } from "#core/message/text.ts";
import { Desk, REPORTS } from "../../support/desk.ts";

const REASON = "供水主管在住建领域工程范围内,由住建局负责";
const decided = (): Desk =>
  new Desk().does("周敏", "triage", { units: ["青岩县住房和城乡建设局"], decidedBy: "张志远", reason: REASON });

describe("rule 11: a named leader's decision stands above the table", () => {
  it("the unit of the decision is the first responsible, and the case shows whose decision it is and why", () => {
    const desk = decided();
    expect(desk.case.responsibility.firstResponsible).toEqual(["青岩县住房和城乡建设局"]);
    expect(cardText(caseCard(desk.case, desk.office, desk.now), desk.now)).toContain(`领导决定 张志远：${REASON}`);
    expect(desk.events.at(-1)).toMatchObject({ type: "triaged", triage: { decidedBy: "张志远", reason: REASON } });
  });

  it("overrides also where the table names somebody above", () => {
    const desk = new Desk().does("周敏", "triage", {
      policyOwner: "province",
      units: ["青岩县水务局"],
      decidedBy: "张志远",
      reason: "省里已明确由县里答复执行环节",
    });
    expect(desk.case.responsibility).toMatchObject({ firstResponsible: ["青岩县水务局"], human: [] });
    expect(desk.case.responsibility.by).toBeUndefined();
  });

  it("the leader learns of what was entered in their name", () => {
    const desk = decided();
    const told = announce(desk.case, desk.events.slice(-1), desk.office, desk.now);
    const cards = told.filter((a) => a.to.name === "张志远").map((a) => cardText(a.card, desk.now));
    expect(cards.join()).toContain("周敏登记您的决定");
  });

  it("needs a leader of the government, a unit and a reason", () => {
    const tries = (input: object) => new Desk().tries("周敏", "triage", { units: ["青岩县水务局"], ...input });
    expect(tries({ decidedBy: "马超群", reason: REASON })).toContain("不是通讯录里的政府领导");
    expect(tries({ decidedBy: "张志远" })).toContain("理由");
    expect(tries({ decidedBy: "张志远", reason: REASON, units: [] })).toContain("单位");
  });

  it("(g) led by the province: the owner moves by a recorded decision, the conference's clock stays", () => {
    const level = { eventLevel: "I", opinionLevel: "I", categories: ["emergency-disaster"] } as const;
    const own = new Desk(REPORTS.crash).does("周敏", "triage", {
      ...level,
      categories: [...level.categories],
      units: ["青岩县公安局"],
    });
    const led = new Desk(REPORTS.crash).does("周敏", "triage", {
      ...level,
      categories: [...level.categories],
      units: ["江北省人民政府新闻办公室"],
      decidedBy: "张志远",
      reason: "省政府成立指挥部,发布会由省里统一举行",
    });
    expect(led.case.responsibility.firstResponsible).toEqual(["江北省人民政府新闻办公室"]);
    expect(led.clock("press.conference")?.dueAt).toBe(own.clock("press.conference")?.dueAt);
    expect(led.clock("press.conference")?.kind).toBe("hard");
  });
});
