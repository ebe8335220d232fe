import { describe, expect, test } from "vitest";
import { resolveAudience } from "#core/escalation/audience.ts";
import { rowOf } from "#core/escalation/plan.ts";
import type { ReminderSubject } from "#core/escalation/stages.ts";
import { DEFAULT_STAGES } from "#core/escalation/table.ts";
import { assigned, Desk, REPORTS } from "../../support/desk.ts";
import { at } from "../../support/time.ts";

/** The posts of the ruling's table, as the example county fills them for 县水务局, signed for by its second officer. */
const POSTS: Record<string, string[]> = {
  承办: ["姚倩"],
  联络员: ["马超群", "姚倩"],
  单位分管: ["沈立"],
  单位主要负责人: ["韩青松"],
  府办: ["周敏", "罗文博"],
  府办主任: ["高建平"],
  宣传: ["陈静"],
  组织协调: ["周敏", "罗文博"],
  值班员: ["周敏"],
  值班领导: ["罗文博"],
  政府分管: ["刘建华"],
  政府主要负责同志: ["张志远"],
};

const ALL_5H = "承办+联络员+单位分管+单位主要负责人+府办+宣传+政府分管+值班领导";
const ALL_24H = "承办+府办+单位主要负责人+宣传+政府分管";
const ALL_48H = "承办+联络员+单位分管+单位主要负责人+府办+政府分管";

/** The ruling's table, row by row; "!" marks what rank I adds. */
const TABLE: Partial<Record<ReminderSubject, Record<string, string>>> = {
  triage: { "50%": "组织协调", T: "值班领导", "T+30m": "值班领导", "T+1h": "值班领导", "T+1h30m": "值班领导" },
  "release.authoritative": {
    "T-3h": "承办+联络员",
    "T-1h30m": "单位分管",
    "T-30m": "单位主要负责人+府办+宣传+政府分管",
    T: `${ALL_5H}!政府主要负责同志`,
    "T+30m": `${ALL_5H}+政府主要负责同志`,
    "T+2h": `${ALL_5H}+政府主要负责同志`,
    "T+3h": `${ALL_5H}+政府主要负责同志`,
    "T+24h": `${ALL_5H}+政府主要负责同志`,
  },
  "press.conference": {
    "T-12h": "承办+府办",
    "T-6h": "承办+府办+单位主要负责人",
    "T-2h": ALL_24H,
    T: `${ALL_24H}!政府主要负责同志`,
    "T+1h": `${ALL_24H}!政府主要负责同志`,
    "T+6h": `${ALL_24H}!政府主要负责同志`,
    "T+24h": `${ALL_24H}!政府主要负责同志`,
    "T+48h": `${ALL_24H}!政府主要负责同志`,
  },
  "response.first": {
    "T-24h": "承办",
    "T-8h": "联络员+单位分管",
    "T-2h": "单位主要负责人+府办",
    T: ALL_48H,
    "T+4h": ALL_48H,
    "T+24h": ALL_48H,
    "T+72h": ALL_48H,
  },
  "reply.suggestion": {
    "T-3wd@09:00": "承办+联络员",
    "T-1wd@09:00": "承办+联络员",
    "T-0wd@09:00": "承办+联络员",
    T: "单位分管",
    "T+1wd": "单位主要负责人+府办",
    "T+3wd": "单位主要负责人+府办",
  },
  "reply.complaint": {
    "T-5wd@09:00": "承办+联络员",
    "T-2wd": "承办+联络员",
    "T-1wd": "承办+联络员",
    "T-0wd@09:00": "承办+联络员",
    T: "单位分管",
    "T+1wd": "单位主要负责人+府办",
    "T+3wd": "单位主要负责人+府办",
  },
  "repost.soft": { "50%": "承办", "T-10m": "承办" },
  "repost.hard": { "T-2h": "承办", T: "单位分管", "T+24h": "单位分管", "T+48h": "单位分管" },
  requested: {
    "50%": "承办+府办",
    "80%": "承办+府办",
    "T-1h": "承办+府办",
    T: "单位主要负责人+府办",
    "T+1h": "单位主要负责人+府办",
    "T+2h": "单位主要负责人+府办",
  },
  "report.up": {
    "25%": "值班员+府办",
    "50%": "值班员+府办",
    "75%": "值班员+府办",
    T: "府办主任",
    "T+30m": "府办主任",
    "T+1h": "府办主任",
  },
};

const rows = Object.entries(TABLE).flatMap(([subject, stages]) =>
  Object.entries(stages).map(([stage, to]) => ({ subject: subject as ReminderSubject, stage, to })),
);

const names = (words: string): string[] => [...new Set(words.split("+").flatMap((w) => POSTS[w] ?? [w]))].sort();

function told(desk: Desk, subject: ReminderSubject, stage: string, now = desk.now): string[] {
  const { office } = desk;
  const row = rowOf(office.stages[subject], stage);
  if (!row) throw new Error(`no row for ${subject} ${stage}`);
  const found = resolveAudience(row.to, { c: desk.case, subject, office, now, reaches: () => true });
  expect(found.gaps).toEqual([]);
  return found.recipients.map((r) => r.name).sort();
}

/** 研判 is chased before it is done, everything else after. */
const waiting = (subject: ReminderSubject, level: "I" | "II"): Desk =>
  subject === "triage" ? new Desk() : signed(level);

const signed = (level: "I" | "II"): Desk =>
  new Desk().does("周敏", "triage", { opinionLevel: level }).does("周敏", "assign").does("姚倩", "acknowledge");

describe("who is told by day", () => {
  test.each(rows)("$subject $stage: $to", ({ subject, stage, to }) => {
    const [always = "", onlyI] = to.split("!");
    expect(told(waiting(subject, "II"), subject, stage)).toEqual(names(always));
    expect(told(waiting(subject, "I"), subject, stage)).toEqual(names(onlyI ? `${always}+${onlyI}` : always));
  });

  test("the ruling's table and the default table have the same rows", () => {
    for (const [subject, stages] of Object.entries(TABLE))
      for (const { at: name } of DEFAULT_STAGES[subject as ReminderSubject])
        expect(stages, subject).toHaveProperty([name]);
  });
});

describe("the sign-in window", () => {
  test.each([
    ["33%", "联络员"],
    ["67%", "联络员"],
    ["T", "单位分管"],
    ["T+15m", "单位主要负责人+府办"],
  ])("%s: %s", (stage, to) => {
    expect(told(assigned(), "sign", stage)).toEqual(names(to));
  });
  test("a unit that has signed is not asked again", () => {
    const desk = assigned("青岩县水务局", "青岩县住房和城乡建设局").does("马超群", "acknowledge");
    expect(told(desk, "sign", "T")).toEqual(["石岩"]);
  });
});

describe("研判", () => {
  const { water, crash } = REPORTS;
  test("at night is the duty officer's", () => {
    expect(told(new Desk(water, "11-20 23:00"), "triage", "50%")).toEqual(["赵敏之"]);
    expect(told(new Desk(water, "11-21 12:00"), "triage", "50%")).toEqual(["杜若"]);
  });
  test("at night the leader on duty is told at the limit", () => {
    expect(told(new Desk(water, "11-20 23:00"), "triage", "T")).toEqual(["罗文博"]);
    expect(told(new Desk(water, "11-21 12:00"), "triage", "T")).toEqual(["高建平"]);
  });
  test("an hour over, a suspected major case reaches the county leader whose list holds the unit", () => {
    expect(told(new Desk(crash), "triage", "T+1h")).toEqual(["刘建华", "罗文博"].sort());
    expect(told(new Desk(water), "triage", "T+1h")).toEqual(["罗文博"]);
  });
});

describe("政府分管", () => {
  test.each([
    ["青岩县教育局", "钟慧"],
    ["青岩县公安局", "刘建华"],
    ["青岩县城关镇人民政府", "刘建华"],
  ])("of %s is %s: by the lists, else the executive deputy", (unit, leader) => {
    expect(told(assigned(unit), "response.first", "T")).toContain(leader);
  });
});

describe("承办", () => {
  const to = (desk: Desk): string[] => told(desk, "response.first", "T-24h");
  test("is the one who signed", () => {
    expect(to(assigned().does("姚倩", "acknowledge"))).toEqual(["姚倩"]);
  });
  test("before that liaison officer A", () => {
    expect(to(assigned())).toEqual(["马超群"]);
  });
  test("before the assignment the named unit's officer, and 组织协调, whose turn it is", () => {
    expect(to(new Desk())).toEqual(["周敏", "罗文博", "马超群"].sort());
  });
  test("of several units those that have not answered", () => {
    const desk = assigned("青岩县水务局", "青岩县住房和城乡建设局").does("马超群", "respond");
    expect(to(desk)).toEqual(["田野"]);
  });
});

test("a confirmation is asked of somebody else than the one who proposed", () => {
  const desk = new Desk().does("周敏", "falseAlarm");
  expect(told(desk, "confirm", "T", at("11-20 11:00"))).toEqual(["罗文博"]);
  expect(told(assigned().does("马超群", "return"), "confirm", "T")).toEqual(["沈立"]);
});
